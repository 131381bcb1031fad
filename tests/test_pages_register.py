"""The register's pages: searched, taken away, begun from, followed to the end."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from builders import World, a_dossier, a_nomination
from builders_pages import Desk, a_city, at_the_desk
from builders_register import OPINION, an_award, before_the_chairman, drafted, lines, ready_to_sign
from databases import a_sqlite_copy

from db import view_log
from states.register.line import RegisterEntry


@pytest.fixture
def city(sqlite_template: Path, tmp_path: Path) -> Iterator[World]:
    """The small city whose people can sign in."""
    with a_sqlite_copy(sqlite_template) as database:
        yield a_city(database, tmp_path)


def form_of(line: RegisterEntry, **more: str) -> dict[str, str]:
    """A change of a decision as it is typed."""
    typed = {
        "category": "replace",
        "title": "Sửa quyết định",
        "wrong": "Sai tên",
        "right": "Đúng tên",
        "reason": "Đơn vị báo",
    }
    return {**typed, f"name:{line.id}": line.name, **more}


REVOKE = {
    "title": "Hủy bỏ",
    "ground": "forged_file",
    "document": "15/KL-TTr",
    "concluded_on": "2024-05-10",
    "reason": "Giả chữ ký",
}


def test_the_register_is_searched_without_marks_and_added_up(city: World) -> None:
    rows = [a_nomination("CSTDCS", "Đàm Thị Ửng"), a_nomination("TTLDTT", "Tổ Địa chính")]
    a_dossier(city, "awarded", rows=rows)
    desk = at_the_desk(city, "ly")
    page = desk.read("/register")
    assert "Đàm Thị Ửng" in page
    assert "3.240.000 đ" in page
    assert "2 dòng, 2 còn hiệu lực" in page
    found = desk.read("/register?q=dam+ung")
    assert "Đàm Thị Ửng" in found
    assert "Tổ Địa chính" not in found
    assert "Không có dòng nào khớp" in desk.read("/register?q=khong+co&year=abc&status=revoked")
    assert "Sổ chưa có dòng nào" in at_the_desk(city, "quy").read("/register")
    desk.read("/register?after=nonsense", 422)


def test_the_register_comes_in_pages(city: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.register.search.AT_ONCE", 1)
    a_dossier(
        city, "awarded", rows=[a_nomination("CSTDCS", "Người Một"), a_nomination("CSTDCS", "Người Hai")]
    )
    desk = at_the_desk(city, "ly")
    first = desk.read("/register")
    following = first.split('rel="next" href="')[1].split('"')[0]
    second = desk.read(following)
    assert ("Người Một" in first) != ("Người Một" in second)
    assert 'rel="next"' not in second


def test_a_workbook_of_the_register_is_noted_for_the_auditors(city: World) -> None:
    line = an_award(city)
    desk = at_the_desk(city, "uyen")
    answer = desk.browser.get("/register.xlsx?award=CSTDCS")
    with ZipFile(BytesIO(answer.content)) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert line.name in strings
    assert "01/QĐ-UBND" in strings
    with city.engine.database.reading() as conn:
        looks = view_log.listed(conn, frozenset({"LK"}), limit=5)
    assert [(look.person_id, look.what, look.about) for look, _ in looks] == [
        ("uyen", "export", "register: award=CSTDCS")
    ]
    shown = at_the_desk(city, "trung").read("/audit/views")
    assert "Tải sổ khen thưởng" in shown
    assert "Tải nhật ký" not in shown
    at_the_desk(city, "lan").browser.get("/register.xlsx")
    with city.engine.database.reading() as conn:
        assert len(view_log.listed(conn, frozenset({"LK"}), limit=5)) == 1


def test_a_line_shows_its_decision_its_bonus_and_what_may_be_begun(city: World) -> None:
    line = an_award(city)
    page = at_the_desk(city, "ngoc").read(f"/register/{line.id}")
    for said in (
        line.name,
        "01/QĐ-UBND",
        "1.800.000 đ",
        line.ref,
        "Thay thế, đính chính quyết định",
        "Đề nghị hủy bỏ",
    ):
        assert said in page
    assert "/change" not in at_the_desk(city, "ly").read(f"/register/{line.id}")
    at_the_desk(city, "binh").read(f"/register/{line.id}", 404)
    at_the_desk(city, "ly").read("/register/nobody", 404)


def test_a_change_is_begun_on_its_form_revised_signed_and_followed(city: World) -> None:
    line = an_award(city)
    officer, head, chairman = (at_the_desk(city, who) for who in ("ngoc", "son", "hung"))
    assert line.name in officer.read(f"/register/{line.id}/change")
    empty = officer.send(f"/register/{line.id}/change", **form_of(line, wrong=""))
    assert empty.status_code == 422
    done = officer.send(f"/register/{line.id}/change", **form_of(line, **{f"name:{line.id}": "Tên Mới"}))
    assert (done.status_code, done.headers["location"]) == (303, "/decision-changes/SD-2024-0001")
    ref, place = "SD-2024-0001", "/decision-changes/SD-2024-0001"
    page = head.read(place)
    assert "Tên Mới" in page
    assert "Sai nội dung" in page
    assert head.send(f"{place}/acts/return_change", ref, reason="Ghi rõ hơn").status_code == 303
    assert "Tên Mới" in officer.read(f"{place}/acts/revise_change")
    revised = form_of(line, wrong="Sai họ", **{f"name:{line.id}": "Tên Mới Hơn"})
    assert officer.send(f"{place}/acts/revise_change", ref, **revised).status_code == 303
    assert head.send(f"{place}/acts/check_change", ref).status_code == 303
    asked = chairman.read(f"{place}/acts/sign_change")
    assert "số tiếp theo của năm" in asked
    assert "document_no" not in asked
    assert chairman.send(f"{place}/acts/sign_change", ref).status_code == 303
    assert "02/QĐ-UBND" in chairman.read(place)
    old, new = sorted(lines(city, line.ref), key=lambda one: bool(one.replaces))
    assert (old.status, new.name) == ("replaced", "Tên Mới Hơn")
    assert "Đã thay bằng" in officer.read(f"/register/{old.id}")
    assert "Thay cho" in officer.read(f"/register/{new.id}")
    officer.read(f"{place}/history")


def test_a_correction_asks_the_chairman_for_its_letter(city: World) -> None:
    ref = ready_to_sign(city, an_award(city).id, "correct")
    chairman, place = at_the_desk(city, "hung"), f"/decision-changes/{ref}/acts/sign_change"
    assert "document_no" in chairman.read(place)
    assert chairman.send(place, ref).status_code == 422
    assert chairman.send(place, ref, document_no="120/UBND", date="2024-05-13").status_code == 303


def test_a_revocation_is_begun_on_its_form_and_followed(city: World) -> None:
    line = an_award(city, "CSTDCS")
    officer, head, secretary, chairman = (at_the_desk(city, who) for who in ("ngoc", "son", "yen", "hung"))
    assert "Gian dối" in officer.read(f"/register/{line.id}/revoke")
    assert officer.send(f"/register/{line.id}/revoke", **{**REVOKE, "ground": ""}).status_code == 422
    assert (
        officer.send(f"/register/{line.id}/revoke", **REVOKE).headers["location"]
        == "/revocations/TH-2024-0001"
    )
    ref, place = "TH-2024-0001", "/revocations/TH-2024-0001"
    assert head.send(f"{place}/acts/check_revocation", ref).status_code == 303
    wrong = secretary.send(f"{place}/acts/give_opinion", ref, **{**OPINION, "for": "nhiều"})
    assert wrong.status_code == 422
    assert secretary.send(f"{place}/acts/give_opinion", ref, **OPINION).status_code == 303
    assert "7 đồng ý hủy bỏ" in chairman.read(place)
    assert chairman.send(f"{place}/acts/decide_revocation", ref).status_code == 303
    page = at_the_desk(city, "ly").read(f"/register/{line.id}")
    assert "Đã hủy bỏ" in page
    assert ref in page
    again = officer.send(f"/register/{line.id}/revoke", **REVOKE)
    assert again.status_code == 409
    assert f"đã bị hủy bỏ theo {ref}" in again.text


def test_what_rests_on_a_revoked_award_is_listed_for_people_to_look_at(city: World) -> None:
    who = {"name": "Rơ Châm Tâm", "person": "tam"}
    first = a_dossier(city, "awarded", rows=[a_nomination("CSTDCS", **who)])
    (line,) = lines(city, first)
    above = a_dossier(city, "submitted_to_province", rows=[a_nomination("CSTD_TINH", **who)])
    answer = {"outcome": "awarded", "decision_no": "77/QĐ-CT", "date": "2024-05-13"}
    city.do("ngoc", "record_answer", above, answers=[{"nomination": city.ids(above)[0], **answer}])
    for ref in (f"/register/{line.id}", f"/revocations/{before_the_chairman(city, line.id)}"):
        page = at_the_desk(city, "hung").read(ref)
        assert "Khen thưởng dựa vào lần khen này" in page
        assert "77/QĐ-CT" in page
        assert "cần 3 lần" in page


def test_who_may_not_begin_is_told_so_and_nothing_is_written(city: World) -> None:
    line = an_award(city)
    desk: Desk = at_the_desk(city, "ly")
    assert "bạn chỉ xem" in desk.read(f"/register/{line.id}/change")
    assert desk.send(f"/register/{line.id}/change", **form_of(line)).status_code == 422
    drafted(city, line.id)
    other = at_the_desk(city, "ngoc").send(f"/register/{line.id}/change", **form_of(line))
    assert other.status_code == 409
    assert "SD-2024-0001" in other.text


def test_the_decision_page_offers_both_ways_and_shows_what_would_be_signed(city: World) -> None:
    rows = [a_nomination("CSTDCS", "Người Một"), a_nomination("TTLDTT", "Tổ Hai")]
    ref = a_dossier(city, "awaiting_decision", rows=rows)
    desk, place = at_the_desk(city, "hung"), f"/dossiers/{ref}/decision"
    assert "Sẽ ký 1 quyết định" in desk.read(place)
    one, two = city.ids(ref)
    shown = desk.send(place, ref, nomination=[one, two], split="award", preview="1")
    assert shown.status_code == 200
    assert "Sẽ ký 2 quyết định" in shown.text
    assert city.record(ref).station == "awaiting_decision"
    assert desk.send(place, ref, nomination=[one, two], split="award").status_code == 303
    assert "01/QĐ-UBND, 02/QĐ-UBND" in desk.told()
    assert "02/QĐ-UBND" in desk.read(f"/dossiers/{ref}")


def test_a_change_waits_on_the_desk_of_whoever_has_to_act(city: World) -> None:
    ref = drafted(city, an_award(city).id)
    head = at_the_desk(city, "son").read("/inbox")
    assert f"/decision-changes/{ref}" in head
    assert "Kiểm tra bản soạn" in head
    history = at_the_desk(city, "son").read(f"/decision-changes/{ref}/history?entry=1")
    assert "01/QĐ-UBND" in history


def test_a_workbook_that_does_not_hold_everything_says_so(
    city: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.register.search.MOST", 1)
    a_dossier(city, "awarded", awards=("CSTDCS", "TTLDTT"))
    answer = at_the_desk(city, "ly").browser.get("/register.xlsx")
    with ZipFile(BytesIO(answer.content)) as book:
        assert "thu hẹp điều kiện lọc" in book.read("xl/sharedStrings.xml").decode()
