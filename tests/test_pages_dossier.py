"""The pages of a dossier: what each person sees there, what they can do, what stays as typed when refused."""

import re
from typing import Any

import pytest
from browsing import with_passwords
from builders import World, a_dossier, a_draft, completion_asked, judged, recorded
from builders_identity import HandClock, a_door, enter
from starlette.testclient import TestClient

from web.paging import plain

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


class Desk:
    """A browser window in which one person has signed in."""

    def __init__(self, world: World, login: str) -> None:
        self.browser: TestClient = a_door(world.engine, HandClock())
        assert enter(self.browser, login).status_code == 303

    def see(self, path: str, status: int = 200) -> str:
        """A page as text without runs of blanks."""
        answer = self.browser.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return " ".join(answer.text.split())

    def fields(self, path: str) -> dict[str, str]:
        """The hidden fields of the page's last form, as a browser sends them."""
        form = self.browser.get(path).text.rpartition("<form ")[2]
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))

    def act(self, ref: str, act: str, **typed: str) -> Any:
        """Fill in the small page of an act and send it."""
        path = f"/dossiers/{ref}/acts/{act}"
        return self.browser.post(path, data=self.fields(path) | typed)


@pytest.fixture
def peopled(sqlite_world: World) -> World:
    """The small city, whose people can sign in."""
    return with_passwords(sqlite_world)


# ---------------------------------------------------------------- what is shown to whom


def test_an_officer_sees_what_is_left_to_judge(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review", awards=("CSTDCS", "CSTDCS", "TTLDTT"))
    page = Desk(peopled, "ngoc").see(f"/dossiers/{ref}")
    assert "Thẩm định 3 trường hợp" in page
    assert f'href="/dossiers/{ref}/appraisal"' in page
    judged_one = [{"nomination": peopled.ids(ref)[0], "verdict": "recommended"}]
    peopled.do("ngoc", "judge", ref, verdicts=judged_one)
    assert "Thẩm định tiếp: còn 2" in Desk(peopled, "ngoc").see(f"/dossiers/{ref}")


def test_the_unit_reads_a_verdict_only_once_the_office_let_go(peopled: World) -> None:
    ref = a_draft(peopled, awards=("CSTDCS", "CSTDCS"))
    peopled.do("minh", "submit", ref)
    judged(peopled, ref, declined=peopled.ids(ref)[:1])
    unit = Desk(peopled, "minh")
    for path in (f"/dossiers/{ref}", f"/dossiers/{ref}/history", f"/dossiers/{ref}/acts/forward"):
        assert "Chưa đủ thành tích" not in unit.see(path)
        assert "Không nhất trí" not in unit.see(path)
    assert "Chưa đủ thành tích" in Desk(peopled, "ngoc").see(f"/dossiers/{ref}")
    peopled.do("son", "forward", ref)
    assert "Chưa đủ thành tích" in unit.see(f"/dossiers/{ref}")


def test_the_unit_is_told_that_its_dossier_waits_not_why(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    peopled.do("son", "hold", ref, cause="denunciation", document="12/CV-TTr")
    for path in ("", "/history", "?print=1"):
        unit = Desk(peopled, "lan").see(f"/dossiers/{ref}{path}")
        assert "Tạm dừng" in unit or "tạm dừng" in unit
        assert "ố cáo" not in unit
        assert "12/CV-TTr" not in unit
    assert "Tố cáo" in Desk(peopled, "ngoc").see(f"/dossiers/{ref}")


def test_a_dossier_of_another_unit_does_not_exist(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    stranger = Desk(peopled, "tam")
    for path in ("", "/history", "/papers", "/acts/submit"):
        stranger.see(f"/dossiers/{ref}{path}", 404)
    assert ref not in stranger.see("/dossiers")


def test_a_figure_typed_by_the_council_is_not_the_units_to_read_yet(peopled: World) -> None:
    ref = a_dossier(peopled, "council_vote")
    recorded(peopled, ref, present=7)
    assert "7 trong 9" not in Desk(peopled, "minh").see(f"/dossiers/{ref}")
    assert "7 trong 9" in Desk(peopled, "yen").see(f"/dossiers/{ref}")


@pytest.mark.parametrize(
    "station",
    ["drafting", "awaiting_completion", "council_vote", "awarded"],
)
def test_no_page_of_a_dossier_breaks_for_anybody(peopled: World, station: str) -> None:
    ref = a_dossier(peopled, station)
    for login in ("lan", "khoa", "ngoc", "yen", "trung", "quy"):
        desk = Desk(peopled, login)
        seen = desk.browser.get(f"/dossiers/{ref}").status_code
        assert seen in (200, 404)
        for path in (
            "?tab=differing",
            "?print=1",
            "/history?entry=2",
            "/papers",
            "/acts/hold",
            "/acts/release",
        ):
            assert desk.browser.get(f"/dossiers/{ref}{path}").status_code == seen
        for path in ("/inbox", "/inbox?queue=done&whose=office", "/dossiers?q=khen", "/notices"):
            desk.see(path)


# ---------------------------------------------------------------- acts


def test_a_unit_head_submits_by_an_ordinary_form(peopled: World) -> None:
    ref = a_draft(peopled)
    desk = Desk(peopled, "minh")
    answer = desk.act(ref, "submit")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/dossiers/{ref}")
    assert peopled.record(ref).station == "home_affairs_review"
    assert "Đã trình hồ sơ" in desk.see(f"/dossiers/{ref}")


def test_the_same_form_sent_twice_acts_once(peopled: World) -> None:
    ref = a_draft(peopled)
    desk, path = Desk(peopled, "minh"), f"/dossiers/{ref}/acts/submit"
    filled = desk.fields(path)
    assert [desk.browser.post(path, data=filled).status_code for _ in range(2)] == [303, 303]
    assert len(peopled.entries(ref)) == 3


def test_a_refused_act_says_every_reason_with_the_page_that_repairs_it(peopled: World) -> None:
    ref = a_draft(peopled, papers=False)
    desk = Desk(peopled, "minh")
    before = desk.see(f"/dossiers/{ref}/acts/submit")
    assert "Còn thiếu giấy tờ" in before
    assert f'href="/dossiers/{ref}#papers"' in before
    answer = desk.act(ref, "submit")
    assert answer.status_code == 409
    assert "Còn thiếu giấy tờ" in answer.text
    assert len(peopled.entries(ref)) == 1


def test_what_was_typed_stays_when_something_is_missing(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    typed = {"items.1.what": "field:achievement", "items.1.note": "Nêu rõ số liệu", "reason": "Thiếu số liệu"}
    typed["items.1.nomination"] = peopled.ids(ref)[0]
    answer = Desk(peopled, "ngoc").act(ref, "request_completion", **typed)
    assert answer.status_code == 422
    assert 'value="Nêu rõ số liệu"' in answer.text
    assert ">Thiếu số liệu</textarea>" in answer.text
    assert 'aria-describedby="due-error"' in answer.text
    assert peopled.record(ref).station == "home_affairs_review"


def test_a_line_without_its_note_is_marked_where_it_stands(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    typed = {"items.0.what": "paper:BIEN_BAN", "due": "2024-05-24", "reason": "Thiếu"}
    answer = Desk(peopled, "ngoc").act(ref, "request_completion", **typed)
    assert answer.status_code == 422
    assert 'href="#items.0.note"' in answer.text
    assert 'aria-describedby="items-0-error"' in answer.text


def test_completion_is_asked_for_from_the_page(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    typed = {"items.2.what": "paper:BIEN_BAN", "items.2.note": "Thiếu chữ ký", "due": "2024-05-24"}
    assert Desk(peopled, "ngoc").act(ref, "request_completion", **typed, reason="Thiếu").status_code == 303
    unit = Desk(peopled, "lan").see(f"/dossiers/{ref}")
    assert "Thiếu chữ ký" in unit
    assert "Bổ sung hồ sơ" in unit


def test_whoever_was_overtaken_is_told_by_whom_and_keeps_the_words(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    desk, path = Desk(peopled, "son"), f"/dossiers/{ref}/acts/extend"
    filled = desk.fields(path) | {"due": "2024-06-28", "reason": "Chờ xác minh thêm"}
    completion_asked(peopled, ref)
    answer = desk.browser.post(path, data=filled)
    assert answer.status_code == 409
    assert "Vũ Bích Ngọc đã yêu cầu bổ sung lúc 08:" in answer.text
    assert ">Chờ xác minh thêm</textarea>" in answer.text
    assert 'value="2024-06-28"' in answer.text


def test_a_form_without_its_token_changes_nothing(peopled: World) -> None:
    ref = a_draft(peopled)
    desk, path = Desk(peopled, "minh"), f"/dossiers/{ref}/acts/submit"
    filled = desk.fields(path) | {"csrf": "forged"}
    assert desk.browser.post(path, data=filled).status_code == 403
    assert peopled.record(ref).station == "drafting"


@pytest.mark.parametrize("act", ["judge", "award", "create", "lapse", "confirm_result", "x", "x%00y"])
def test_an_act_with_a_page_of_its_own_is_not_done_here(peopled: World, act: str) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    answer = Desk(peopled, "ngoc").browser.post(f"/dossiers/{ref}/acts/{act}", data={})
    assert answer.status_code in (403, 404)


# ---------------------------------------------------------------- papers


def test_a_paper_is_brought_replaced_fetched(peopled: World) -> None:
    ref = a_draft(peopled)
    desk, path = Desk(peopled, "lan"), f"/dossiers/{ref}/papers"
    for name in ("Biên bản cũ.pdf", "Biên bản mới.pdf"):
        filled = desk.fields(path) | {"type": "BIEN_BAN", "nomination": ""}
        sent = desk.browser.post(path, data=filled, files={"file": (name, PDF, "application/pdf")})
        assert sent.status_code == 303
    page = desk.see(f"/dossiers/{ref}")
    assert "thay Biên bản cũ.pdf, BIEN_BAN.pdf" in page
    found = re.search(r'href="(/papers/\w+)"[^>]*><svg[^>]*><use[^>]*></use></svg> Biên bản mới', page)
    assert found
    assert desk.browser.get(found[1]).content == PDF
    assert Desk(peopled, "tam").browser.get(found[1]).status_code == 404


def test_a_file_that_is_not_what_its_name_says_is_refused_beside_its_field(peopled: World) -> None:
    ref = a_draft(peopled)
    desk, path = Desk(peopled, "lan"), f"/dossiers/{ref}/papers"
    filled = desk.fields(path) | {"type": "BIEN_BAN"}
    answer = desk.browser.post(path, data=filled, files={"file": ("a.pdf", b"<html>", "application/pdf")})
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.text
    assert '<option value="BIEN_BAN" selected>' in answer.text


# ---------------------------------------------------------------- history, audit, notices, work


def test_the_past_is_shown_up_to_the_moment_asked_for(peopled: World) -> None:
    ref = a_dossier(peopled, "awaiting_council")
    third = peopled.entries(ref)[2].at.isoformat().replace("+00:00", "Z")
    page = Desk(peopled, "trung").see(f"/dossiers/{ref}/history?as_of={third}")
    assert "5 mục, 3 mục tính đến lúc này" in page
    assert page.index("chuyển hồ sơ") < page.index("cut-line") < page.index("trình hồ sơ")
    assert "Còn 10 ngày làm việc" in page
    Desk(peopled, "trung").see(f"/dossiers/{ref}/history?as_of=hôm-qua", 422)


def test_the_field_shows_the_moment_that_was_asked_for_as_a_day(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    day = peopled.engine.today().isoformat()
    # A browser's field takes nothing but minutes; shown again, it asks for the same.
    for asked, shown in (
        (f"?as_of={day}", f"{day}T23:59"),
        (f"?as_of={day}T08:03", f"{day}T08:03"),
        ("", ""),
    ):
        page = Desk(peopled, "trung").see(f"/dossiers/{ref}/history{asked}")
        assert re.findall(r'<input[^>]*name="as_of"[^>]*value="([^"]*)"', page) == [shown]


def test_an_entry_shows_what_it_changed_except_to_the_unit(peopled: World) -> None:
    ref = a_dossier(peopled, "awaiting_council")
    path = f"/dossiers/{ref}/history?entry=3"
    assert '<del class="old">Soạn thảo</del>' in Desk(peopled, "trung").see(path)
    assert '<del class="old">' not in Desk(peopled, "minh").see(path)


def test_only_auditors_read_of_refused_attempts(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    assert peopled.refused("ngoc", "forward", ref)
    assert "hệ thống từ chối" in Desk(peopled, "trung").see(f"/dossiers/{ref}/history")
    assert "hệ thống từ chối" not in Desk(peopled, "son").see(f"/dossiers/{ref}/history")
    assert ref in Desk(peopled, "trung").see("/audit")
    Desk(peopled, "son").see("/audit", 404)


def test_a_row_changed_behind_our_back_breaks_the_seal_for_the_auditor(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    auditor = Desk(peopled, "trung")
    assert "Niêm phong nguyên vẹn" in auditor.see("/audit/verify")
    with peopled.engine.database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE cases SET due_on = '2030-01-01' WHERE ref = '{ref}'")
    assert "Có sai lệch trong nhật ký" in auditor.see("/audit/verify")
    assert "sealed-broken" in auditor.see(f"/dossiers/{ref}/history")


def test_a_notice_reaches_the_unit_it_is_about(peopled: World) -> None:
    ref = a_dossier(peopled, "awaiting_council")
    told = Desk(peopled, "minh").see("/notices")
    assert f"{ref}: hồ sơ đã chuyển bước" in told
    assert "Cao Thái Sơn chuyển hồ sơ" in told
    assert "Chưa có thông báo nào" in Desk(peopled, "binh").see("/notices")


def test_the_most_urgent_case_stands_first_with_what_to_do(peopled: World) -> None:
    late, later = (
        a_dossier(peopled, "home_affairs_review"),
        a_dossier(peopled, "home_affairs_review", unit="P2"),
    )
    peopled.do("son", "extend", later, due="2024-06-28", reason="Chờ xác minh")
    page = Desk(peopled, "ngoc").see("/inbox")
    assert page.index("Nên làm trước") < page.index(late) < page.index(later)
    assert f'href="/dossiers/{late}/appraisal"' in page


def test_an_empty_queue_says_so_with_the_next_thing(peopled: World) -> None:
    a_dossier(peopled, "home_affairs_review")
    page = Desk(peopled, "ngoc").see("/inbox?queue=overdue")
    assert "Không có việc nào quá hạn." in page
    assert "Xem việc cần xử lý" in page
    assert "Không có việc nào đang chờ." in Desk(peopled, "quy").see("/inbox")


def test_a_dossier_is_found_by_a_name_typed_without_marks(peopled: World) -> None:
    ref = a_dossier(peopled, "home_affairs_review")
    desk = Desk(peopled, "ngoc")
    assert ref in desk.see("/dossiers?q=vong nhit mui&period=2023")
    assert "Không có hồ sơ nào khớp." in desk.see("/dossiers?q=vong nhit mui&period=2022")
    assert "Không có hồ sơ nào khớp." in desk.see("/dossiers?station=nowhere")


def test_what_no_database_stores_is_not_looked_for() -> None:
    assert plain(" hồ\0 sơ ") == "hồ sơ"
    assert len(plain("x" * 5000)) == 200
