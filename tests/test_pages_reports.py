"""The pages of reports, items of the plan, packs: what each person sees there, what stays as typed when refused."""

from pathlib import Path

import pytest
from builders import World, a_dossier
from builders_pages import Desk, a_city, at_the_desk, words
from builders_reports import TEXT, a_duty, an_item, figures, the_plan

from db.engine import Database
from states.decide import CLOCK
from states.year.duty import Duty
from states.year.plan_file import plan_document, shipped_plan
from workflow.loading import facts_in


@pytest.fixture
def world(sqlite_database: Database, tmp_path: Path) -> World:
    """The small city whose people can sign in."""
    return a_city(sqlite_database, tmp_path)


def typed(**changed: str) -> dict[str, str]:
    """Every field of a report's form."""
    fields = {f"figures.{name}": str(value) for name, value in figures().items()}
    return fields | {f"text.{name}": text for name, text in TEXT.items()} | changed


def duty(world: World, ref: str) -> Duty:
    """The facts of a report."""
    found = facts_in(world.record(ref))
    assert isinstance(found, Duty)
    return found


def station(desk: Desk, ref: str) -> str:
    """Where a case stands."""
    return desk.world.record(ref).station


# ---------------------------------------------------------------- the form


def test_a_clerk_fills_in_a_report_from_their_inbox(world: World) -> None:
    ref = a_duty(world)
    clerk = at_the_desk(world, "lan")
    inbox = clerk.read("/inbox")
    assert f'href="/reports/{ref}"' in inbox
    assert f'href="/reports/{ref}#figures"' in inbox
    assert "Điền số liệu" in inbox
    assert 'name="figures.movements"' in clerk.read(f"/reports/{ref}")
    assert clerk.send(f"/reports/{ref}", ref, **typed()).status_code == 303
    assert duty(world, ref).figures == figures()
    assert "người giữ: Thủ trưởng đơn vị" in clerk.told()
    assert TEXT["results"] in clerk.read(f"/reports/{ref}")


@pytest.mark.parametrize("wrong", ["hai mươi", "2,5", "-3", "100001"])
def test_a_figure_that_is_no_number_is_named_with_all_that_was_typed_kept(world: World, wrong: str) -> None:
    ref = a_duty(world)
    clerk = at_the_desk(world, "lan")
    sent = typed(**{"figures.members": wrong, "text.results": "Đã họp ba lần"})
    answer = clerk.send(f"/reports/{ref}", ref, **sent)
    page = words(answer)
    assert answer.status_code == 422
    assert 'href="#figures.members">Số liệu, Số người tham gia</a>: ' in page
    assert f'value="{wrong}" aria-invalid="true"' in page
    assert "Đã họp ba lần" in page
    assert station(clerk, ref) == "due"


def test_figures_are_grouped_as_people_write_them(world: World) -> None:
    ref = a_duty(world)
    at_the_desk(world, "lan").send(f"/reports/{ref}", ref, **typed(**{"figures.members": "12.345"}))
    assert duty(world, ref).figures["members"] == 12_345


def test_what_is_typed_is_kept_until_it_is_saved(world: World) -> None:
    ref = a_duty(world)
    clerk = at_the_desk(world, "lan")
    clerk.send("/scratch", scratch=ref, **typed(**{"figures.members": "777"}))
    page = clerk.read(f"/reports/{ref}")
    assert 'value="777"' in page
    assert "chưa lưu" in page
    assert 'value="777"' not in at_the_desk(world, "minh").read(f"/reports/{ref}")
    assert clerk.send("/scratch/forget", scratch=ref).headers["location"] == f"/reports/{ref}"
    assert 'value="777"' not in clerk.read(f"/reports/{ref}")


def test_somebody_who_was_faster_is_named_and_nothing_typed_is_lost(world: World) -> None:
    ref = a_duty(world, "draft")
    clerk = at_the_desk(world, "lan")
    sent = {"csrf": clerk.csrf, "key": "late", "version": "1", **typed(**{"figures.members": "88"})}
    answer = clerk.browser.post(f"/reports/{ref}", data=sent)
    page = words(answer)
    assert answer.status_code == 409
    assert "Trần Thị Lan đã lưu báo cáo" in page
    assert 'value="88"' in page


# ---------------------------------------------------------------- sending, checking


def test_the_head_sends_after_reading_to_whom_it_goes(world: World) -> None:
    ref = a_duty(world, "draft", unit="T1")
    head = at_the_desk(world, "hieu")
    assert f'href="/reports/{ref}/acts/send"' in head.read(f"/reports/{ref}")
    page = head.read(f"/reports/{ref}/acts/send")
    assert "Phòng Giáo dục và Đào tạo (Chuyên viên GD-ĐT)" in page
    assert "14/05/2024" in page
    assert head.send(f"/reports/{ref}/acts/send", ref).headers["location"] == f"/reports/{ref}"
    assert station(head, ref) == "education_check"
    twice = head.send(f"/reports/{ref}/acts/send", ref)
    assert twice.status_code == 409
    assert "Báo cáo đang ở bước" in words(twice)
    assert "Hồ sơ đang ở bước" not in words(twice)


def test_what_a_report_lacks_is_said_before_it_is_sent(world: World) -> None:
    ref = a_duty(world)
    world.do("lan", "save", ref, figures={"movements": 1})
    head = at_the_desk(world, "minh")
    page = head.read(f"/reports/{ref}")
    assert "Còn thiếu số liệu: Theo chuyên đề" in page
    assert "Ghi đủ các số liệu" in head.read(f"/reports/{ref}/acts/send")
    assert head.send(f"/reports/{ref}/acts/send", ref).status_code == 409
    assert station(head, ref) == "draft"


def test_a_returned_report_says_why_and_what_to_do_next(world: World) -> None:
    ref = a_duty(world, "home_affairs_check")
    officer = at_the_desk(world, "ngoc")
    assert "Trả lại để sửa" in officer.read(f"/reports/{ref}")
    unsaid = officer.send(f"/reports/{ref}/acts/send_back", ref)
    assert unsaid.status_code == 422
    officer.send(f"/reports/{ref}/acts/send_back", ref, reason="Số tập thể chưa khớp")
    clerk = at_the_desk(world, "lan")
    page = clerk.read(f"/reports/{ref}")
    assert "Số tập thể chưa khớp" in page
    assert "rồi trưởng đơn vị gửi lại" in page
    assert "chưa sửa gì" in at_the_desk(world, "minh").read(f"/reports/{ref}")
    clerk.send(f"/reports/{ref}", ref, **typed(**{"figures.movements": "9"}))
    at_the_desk(world, "minh").send(f"/reports/{ref}/acts/send", ref)
    page = officer.read(f"/reports/{ref}")
    assert '<del class="old">1</del>' in page
    assert "<b>9</b>" in page
    assert "rồi trưởng đơn vị gửi lại" not in page
    officer.send(f"/reports/{ref}/acts/accept", ref)
    assert station(officer, ref) == "accepted"


def test_a_year_earlier_stands_beside_the_figures(world: World) -> None:
    a_duty(world, "accepted", period="2023H1")
    ref = a_duty(world, "draft", period="2024H1")
    assert "Năm trước" in at_the_desk(world, "lan").read(f"/reports/{ref}")
    other = a_duty(world, "draft", unit="P2")
    assert "Năm trước" not in at_the_desk(world, "tam").read(f"/reports/{other}")


def test_the_head_of_home_affairs_extends_and_excuses_with_a_reason(world: World) -> None:
    ref = a_duty(world)
    head = at_the_desk(world, "son")
    early = head.send(f"/reports/{ref}/acts/extend", ref, due="2024-05-10", reason="Kế hoạch đến muộn")
    assert early.status_code == 409
    assert "Kế hoạch đến muộn" in words(early)
    head.send(f"/reports/{ref}/acts/extend", ref, due="2024-05-24", reason="Kế hoạch đến muộn")
    page = at_the_desk(world, "lan").read(f"/reports/{ref}")
    assert "đến 24/05/2024" in page
    assert "Kế hoạch đến muộn" in page
    head.send(f"/reports/{ref}/acts/excuse", ref, reason="Đơn vị mới thành lập")
    assert "Đơn vị mới thành lập" in at_the_desk(world, "lan").read(f"/reports/{ref}")
    assert station(head, ref) == "excused"


def test_a_report_of_another_unit_or_another_kind_does_not_exist(world: World) -> None:
    ref, item, dossier = a_duty(world, unit="T1"), an_item(world), a_dossier(world)
    stranger, office = at_the_desk(world, "tam"), at_the_desk(world, "ngoc")
    for path in ("", "/history", "/acts/send", "/acts/save"):
        stranger.read(f"/reports/{ref}{path}", 404)
    assert ref not in stranger.read("/reports")
    stranger.read("/packs", 404)
    for path in (f"/reports/{item}", f"/plan-items/{ref}", f"/dossiers/{ref}", f"/reports/{dossier}"):
        for part in ("", "/history", "/acts/extend"):
            office.read(f"{path}{part}", 404)
    office.read(f"/reports/{ref}/acts/finish")
    office.read(f"/reports/{ref}/acts/nothing", 404)


# ---------------------------------------------------------------- the plan's items


def test_an_item_is_done_by_a_document_of_a_day(world: World) -> None:
    the_plan(world)
    ref = an_item(world, item="Q2-03")
    officer = at_the_desk(world, "ngoc")
    page = officer.read(f"/plan-items/{ref}")
    assert "Trình khen thưởng cấp tỉnh" in page
    assert "Submit to the province" in page
    assert "Q2-02b" in page
    assert f"/plan-items/{ref}" in officer.read("/inbox")
    wrong = officer.send(f"/plan-items/{ref}/acts/finish", ref, document_no="15/TTr")
    assert (wrong.status_code, 'value="15/TTr"' in words(wrong)) == (422, True)
    done = {"note": "Đã trình", "document_no": "15/TTr-UBND", "date": "2024-05-10"}
    officer.send(f"/plan-items/{ref}/acts/finish", ref, **done)
    page = officer.read(f"/plan-items/{ref}")
    assert "15/TTr-UBND" in page
    assert "Đã trình" in page
    assert "Đã thực hiện" in page
    assert "theo văn bản 15/TTr-UBND ngày 10/05/2024" in officer.read(f"/plan-items/{ref}/history")


def test_an_item_the_plan_requires_cannot_end_as_not_having_arisen(world: World) -> None:
    ref, free = an_item(world), an_item(world, item="Q2-05", if_any=True)
    officer = at_the_desk(world, "ngoc")
    assert "Kế hoạch không ghi “nếu có”" in officer.read(f"/plan-items/{ref}")
    assert officer.send(f"/plan-items/{ref}/acts/none_arose", ref).status_code == 409
    officer.send(f"/plan-items/{free}/acts/none_arose", free)
    assert station(officer, free) == "none_arose"


def test_an_intake_shows_its_days(world: World) -> None:
    args = {"unit": "PNV", "intake": "annual", "kind": "CONG_TRANG", "period": "2023"}
    ref = world.do(
        CLOCK,
        "open_intake",
        title="Khen thưởng công trạng năm 2023",
        opens="2024-01-01",
        deadline="2024-06-30",
        **args,
    ).ref
    head = at_the_desk(world, "son")
    assert "30/06/2024" in head.read(f"/intakes/{ref}")
    head.send(f"/intakes/{ref}/acts/extend", ref, due="2024-07-15", reason="Chờ các trường")
    assert "đến 15/07/2024" in head.read(f"/intakes/{ref}")


# ---------------------------------------------------------------- packs


def test_the_education_head_passes_on_what_is_checked_and_the_late_follow(world: World) -> None:
    first, late = a_duty(world, "education_pack", unit="T1"), a_duty(world, "education_check", unit="T2")
    officer, head = at_the_desk(world, "khoa"), at_the_desk(world, "dung")
    assert "chờ trưởng phòng chuyển gói" in officer.read("/packs")
    page = head.read("/packs")
    assert f'name="report" value="{first}"' in page
    assert f'name="report" value="{late}"' not in page
    assert "Chờ gói của GD-ĐT: 1, GD-ĐT kiểm tra: 1" in page
    versions = {f"version.{ref}": str(world.record(ref).version) for ref in (first, late)}
    nothing = head.send("/packs", duty="REP-6M-SCHOOL.2024H1", pack="07/GD", **versions)
    assert (nothing.status_code, "Chưa chọn báo cáo nào" in words(nothing)) == (422, True)
    unnumbered = head.send("/packs", duty="REP-6M-SCHOOL.2024H1", report=first, **versions)
    assert (unnumbered.status_code, "Chưa nhập" in words(unnumbered)) == (422, True)
    both = head.send(
        "/packs", report=[first, late, "BC-2024-9999"], pack="07/GD", duty="REP-6M-SCHOOL.2024H1", **versions
    )
    assert both.status_code == 409
    assert "Đã chuyển 1 báo cáo trong gói số 07/GD" in words(both)
    assert late in words(both)
    assert (station(head, first), station(head, late)) == ("home_affairs_check", "education_check")
    world.do("khoa", "check", late)
    versions = {f"version.{late}": str(world.record(late).version)}
    assert head.send("/packs", report=late, pack="08/GD", **versions).status_code == 303
    assert (duty(world, first).pack, duty(world, late).pack) == ("07/GD", "08/GD")


def test_an_officer_of_education_cannot_pass_a_pack_on(world: World) -> None:
    ref = a_duty(world, "education_pack", unit="T1")
    officer = at_the_desk(world, "khoa")
    sent = {f"version.{ref}": str(world.record(ref).version)}
    answer = officer.send("/packs", report=ref, pack="07/GD", **sent)
    assert (answer.status_code, station(officer, ref)) == (409, "education_pack")


# ---------------------------------------------------------------- every kind beside the others


def test_lists_show_dossiers_where_dossiers_are_meant(world: World) -> None:
    report, item, dossier = a_duty(world), an_item(world), a_dossier(world, "home_affairs_review")
    officer = at_the_desk(world, "ngoc")
    dossiers = officer.read("/dossiers")
    assert (dossier in dossiers, report in dossiers, item in dossiers) == (True, False, False)
    reports = officer.read("/reports")
    assert (report in reports, dossier in reports, item in reports) == (True, False, False)
    assert "Không có báo cáo nào khớp" in officer.read("/reports?period=2020")
    inbox = officer.read("/inbox")
    assert (item in inbox, dossier in inbox) == (True, True)


def test_the_auditors_desk_copes_with_every_kind(world: World) -> None:
    the_plan(world)
    refs = [a_duty(world, "accepted", unit="T1"), a_duty(world, "draft"), an_item(world)]
    auditor = at_the_desk(world, "trung")
    desk, register = auditor.read("/audit"), auditor.read("/audit/register")
    for ref in refs:
        kind = "plan-items" if ref.startswith("CV") else "reports"
        assert f"/{kind}/{ref}/history" in desk
        assert auditor.read(f"/{kind}/{ref}/history?entry=2")
        assert "Niêm phong nguyên vẹn" in auditor.read(f"/{kind}/{ref}")
    assert all(ref in register for ref in refs[1:])
    assert "Niêm phong nguyên vẹn" in auditor.read("/audit/verify")


@pytest.mark.parametrize("stop", ["due", "draft", "education_check", "home_affairs_check", "accepted"])
def test_no_page_of_a_report_breaks_for_anybody(world: World, stop: str) -> None:
    ref = a_duty(world, stop, unit="T1")
    for login in ("thu", "hieu", "khoa", "son", "hung", "trung", "quy"):
        desk = at_the_desk(world, login)
        for path in ("", "/history", "/acts/send", "/acts/pass_on", "/acts/extend"):
            assert desk.browser.get(f"/reports/{ref}{path}").status_code in (200, 404)


def test_the_plan_shows_its_items_and_is_put_into_effect_by_the_head(world: World) -> None:
    document = plan_document(shipped_plan(2024))
    ref = world.do("ngoc", "draw_up", unit="PNV", year=2024, title="Kế hoạch năm 2024", plan=document).ref
    assert f"/plans/{ref}" in at_the_desk(world, "ngoc").read("/inbox")
    head = at_the_desk(world, "son")
    assert "Trình khen thưởng cấp tỉnh" in head.read(f"/plans/{ref}")
    wrong = head.send(f"/plans/{ref}/acts/activate", ref, effective_from="2023-12-31", reason="Ban hành")
    assert (wrong.status_code, "phải thuộc năm 2024" in words(wrong)) == (422, True)
    head.send(f"/plans/{ref}/acts/activate", ref, effective_from="2024-01-01", reason="Ban hành")
    assert "01/01/2024" in head.read(f"/plans/{ref}")
    assert station(head, ref) == "active"


def test_a_reference_typed_into_the_search_opens_its_page(world: World) -> None:
    ref = a_duty(world)
    found = at_the_desk(world, "lan").browser.get(f"/dossiers?q={ref.lower()}")
    assert (found.status_code, found.headers["location"]) == (303, f"/reports/{ref}")
    assert "Không có hồ sơ nào khớp" in at_the_desk(world, "tam").read(f"/dossiers?q={ref}")
