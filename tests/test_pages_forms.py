"""Offices, council, chairman fill in their forms; the process is drawn."""

import re
from pathlib import Path

import pytest
from builders import World, a_dossier, a_draft, judged, nominations, recorded
from builders_pages import Desk, a_city, at_the_desk, words
from hypothesis import given, strategies as st

from db import view_log
from db.engine import Database
from states.council.shares import needed
from states.dossier import RoundRule
from web.dossiers.vote_count import Line, as_recorded
from workflow.dossiers.reading import NominationView


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    return a_city(sqlite_database, tmp_path)


# ---------------------------------------------------------------- appraisal


def in_review(city: World, *awards: str) -> tuple[str, Desk]:
    ref = a_dossier(city, "home_affairs_review", awards=awards or ("CSTDCS", "CSTDCS"))
    return ref, at_the_desk(city, "ngoc")


def verdict(nomination: str, said: str, reason: str = "", award: str = "") -> dict[str, str]:
    return {
        "nomination": nomination,
        "verdicts.0.verdict": said,
        "verdicts.0.reason": reason,
        "verdicts.0.award": award,
    }


def test_a_fresh_sheet_has_no_verdict_chosen_and_shows_the_conditions_with_their_article(city: World) -> None:
    ref, ngoc = in_review(city)
    page = ngoc.read(f"/dossiers/{ref}/appraisal")
    assert "checked" not in page
    assert "Đạt tiêu chuẩn danh hiệu Lao động tiên tiến" in page
    assert "Điều 23 khoản 1" in page


def test_after_a_verdict_comes_the_next_without_one_and_after_the_last_the_dossier(city: World) -> None:
    ref, ngoc = in_review(city)
    first, second = city.ids(ref)
    sent = ngoc.send(f"/dossiers/{ref}/appraisal", ref, **verdict(first, "recommended"))
    assert sent.headers["location"] == f"/dossiers/{ref}/appraisal?n={second}"
    assert (
        ngoc.send(f"/dossiers/{ref}/appraisal", ref, **verdict(second, "declined", "Chưa đủ")).headers[
            "location"
        ]
        == f"/dossiers/{ref}"
    )
    said = [n.opinions["home_affairs"].verdict for n in city.view("ngoc", ref).nominations]
    assert said == ["recommended", "declined"]


@pytest.mark.parametrize(
    ("said", "field"),
    [("", "verdicts.0.verdict"), ("declined", "verdicts.0.reason"), ("lower_award", "verdicts.0.award")],
)
def test_a_sheet_that_says_too_little_keeps_its_text(city: World, said: str, field: str) -> None:
    ref, ngoc = in_review(city)
    reason = "" if said == "declined" else "Vì vậy"
    answer = ngoc.send(f"/dossiers/{ref}/appraisal", ref, **verdict(city.ids(ref)[1], said, reason))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert city.view("ngoc", ref).nominations[1].name in words(answer)
    assert reason in words(answer)


def test_only_lower_awards_of_the_same_way_are_offered(city: World) -> None:
    ref, ngoc = in_review(city, "CSTDTQ")
    page = ngoc.read(f"/dossiers/{ref}/appraisal")
    chosen = page[page.index('id="verdicts.0.award"') :]
    found = set(re.findall(r'<option value="([A-Z_]+)"', chosen[: chosen.index("</select>")]))
    assert "CSTD_TINH" in found
    assert not found & {"CSTDCS", "LDTT"}


def test_several_ticked_nominations_are_judged_at_once_and_nothing_ticks_them_all(city: World) -> None:
    ref, ngoc = in_review(city, "CSTDCS", "CSTDCS", "CSTDCS")
    assert "data-select-all" not in ngoc.read(f"/dossiers/{ref}/appraisal?view=table")
    ids = city.ids(ref)
    form = {"nomination": ids[:2], "verdicts.0.verdict": "recommended"}
    assert ngoc.send(f"/dossiers/{ref}/appraisal/table", ref, **form).status_code == 303
    assert list(city.case(ref).unjudged("home_affairs")) == [ids[2]]
    nobody = ngoc.send(f"/dossiers/{ref}/appraisal/table", ref, **{"verdicts.0.verdict": "recommended"})
    assert nobody.status_code == 422


def test_one_reason_missing_for_several_is_told_once(city: World) -> None:
    ref, ngoc = in_review(city)
    form = {"nomination": city.ids(ref), "verdicts.0.verdict": "declined"}
    answer = ngoc.send(f"/dossiers/{ref}/appraisal/table", ref, **form)
    assert answer.text.count('href="#verdicts.0.reason"') == 1
    assert answer.text.count(" checked") == 2 + 1


def test_the_office_head_reads_the_sheet_without_a_button(city: World) -> None:
    ref, _ = in_review(city)
    page = at_the_desk(city, "son").read(f"/dossiers/{ref}/appraisal")
    assert "Chuyên viên Nội vụ" in page
    assert 'id="judge"' not in page


def test_a_dossier_that_waits_elsewhere_leads_back_to_itself(city: World) -> None:
    ref = a_dossier(city, "awaiting_council")
    ngoc = at_the_desk(city, "ngoc")
    for page in ("appraisal", "council", "edit", "submission"):
        assert ngoc.browser.get(f"/dossiers/{ref}/{page}").headers["location"] == f"/dossiers/{ref}"


# ---------------------------------------------------------------- the council


def figures(city: World, ref: str, *rows: tuple[str, str, str], **head: str) -> dict[str, str]:
    fields = {"entitled": "9", "present": "8", "written": "0"} | head
    for place, (id_, row) in enumerate(zip(city.ids(ref), rows, strict=True)):
        fields[f"votes.{place}.nomination"] = id_
        for name, value in zip(("for", "against", "blank"), row, strict=True):
            fields[f"votes.{place}.{name}"] = value
    return fields


def test_the_rule_is_said_in_votes_of_all_members(city: World) -> None:
    ref = a_dossier(city, "council_vote")
    yen = at_the_desk(city, "yen")
    counted = words(yen.send(f"/dossiers/{ref}/council/count", ref, **figures(city, ref, ("6", "2", "0"))))
    assert "Cần 7 phiếu: ít nhất 70% của tổng số 9 thành viên, không phải của số có mặt." in counted
    assert "Thiếu 1 phiếu tán thành" in counted
    assert "Phải có mặt ít nhất 6 người" in counted
    assert city.case(ref).result is None


@pytest.mark.parametrize(
    ("row", "head", "field"),
    [
        (("5", "2", "0"), {}, "votes.0"),
        (("tám", "0", "0"), {}, "votes.0.for"),
        (("8", "0", ""), {}, "votes.0.blank"),
        (("8", "0", "0"), {"entitled": ""}, "entitled"),
        (("8", "0", "2"), {"written": "2"}, "written"),
    ],
)
def test_figures_that_do_not_fit_are_refused_where_they_stand(
    city: World, row: tuple[str, str, str], head: dict[str, str], field: str
) -> None:
    ref = a_dossier(city, "council_vote")
    answer = at_the_desk(city, "yen").send(f"/dossiers/{ref}/council", ref, **figures(city, ref, row, **head))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}"' in answer.text
    assert f'value="{row[0]}"' in answer.text


def test_a_second_person_confirms_what_the_secretary_typed(city: World) -> None:
    ref = a_dossier(city, "council_vote", awards=("CSTDCS", "CSTDCS"))
    yen, chau = at_the_desk(city, "yen"), at_the_desk(city, "chau")
    votes = figures(city, ref, ("8", "0", "0"), ("2", "5", "1"))
    assert yen.send(f"/dossiers/{ref}/council", ref, **votes).status_code == 303
    page = chau.read(f"/dossiers/{ref}/council")
    assert "Trịnh Hải Yến gõ các con số này từ biên bản" in page
    assert "Nếu xác nhận: đủ phiếu, quyết định tại" in page
    assert yen.send(f"/dossiers/{ref}/council/confirm", ref).status_code == 409
    assert chau.send(f"/dossiers/{ref}/council/confirm", ref).status_code == 303
    assert city.case(ref).station == "awaiting_decision"


def test_the_secretary_types_again_what_is_not_confirmed(city: World) -> None:
    ref = a_dossier(city, "council_vote")
    recorded(city, ref)
    page = at_the_desk(city, "yen").read(f"/dossiers/{ref}/council")
    assert "đang chờ người thứ hai xác nhận" in page
    assert 'name="entitled" id="entitled"' in page


@given(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(1, 100))
def test_the_page_counts_as_the_rules_do(
    members: int, for_: int, against: int, blank: int, share: int
) -> None:
    typed = {"for": str(for_), "against": str(against), "blank": str(blank)}
    nomination: NominationView = None  # type: ignore[assignment]  # counting asks nothing of it
    line = Line(nomination, RoundRule(share, "low"), typed, members, for_ + against + blank)
    assert line.off == 0
    assert line.passed == (for_ >= needed(share, members))


def test_an_empty_form_says_that_nobody_voted_in_writing() -> None:
    assert as_recorded(None) == {"written": "0"}


def test_the_minutes_of_a_session_on_paper_are_scanned_for_who_confirms_and_not_for_the_unit(
    city: World,
) -> None:
    ref = a_dossier(city, "council_vote", awards=("CSTD_TINH",))
    desk, place = at_the_desk(city, "yen"), f"/dossiers/{ref}/council"
    row = {"nomination": city.ids(ref)[0], "for": "9", "against": "0", "blank": "0"}
    sent = {f"votes.0.{name}": value for name, value in row.items()} | {"entitled": "9", "written": "0"}
    sent |= {"csrf": desk.csrf, "version": str(city.record(ref).version)}
    file = {"scan": ("bien-ban.pdf", b"%PDF-1.7 minutes", "application/pdf")}
    refused = desk.browser.post(place, data=sent | {"key": "one"}, files=file)
    assert refused.status_code == 422
    assert "Đã nhận tệp; không cần chọn lại." in refused.text
    (kept,) = re.findall(r'name="scan_kept" value="([^"]+)"', refused.text)
    again = desk.browser.post(place, data=sent | {"key": "two", "present": "9", "scan_kept": kept})
    assert again.status_code == 303, again.text
    chair = at_the_desk(city, "chau")
    assert f'href="{place}/scan"' in chair.read(place)
    assert chair.browser.get(f"{place}/scan").content == b"%PDF-1.7 minutes"
    at_the_desk(city, "lan").read(f"{place}/scan", 404)
    with city.engine.database.reading() as conn:
        looks = view_log.listed(conn, frozenset({"LK"}), ref=ref, limit=9)
    assert ("export", "scan") in [(look.what, look.about) for look, _ in looks]
    wrong = desk.browser.post(
        place, data=sent | {"key": "three"}, files={"scan": ("a.pdf", b"no pdf", "application/pdf")}
    )
    assert 'id="scan-error"' in wrong.text


# ---------------------------------------------------------------- decision, submission, answer


def test_leaving_someone_out_of_the_decision_takes_a_reason(city: World) -> None:
    ref = a_dossier(city, "awaiting_decision", awards=("CSTDCS", "CSTDCS"))
    hung, (first, _) = at_the_desk(city, "hung"), city.ids(ref)
    assert hung.read(f"/dossiers/{ref}/decision").count(" checked") == 2 + 1
    answer = hung.send(f"/dossiers/{ref}/decision", ref, nomination=first)
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 1 + 1
    assert 'href="#others_reason"' in answer.text
    done = hung.send(f"/dossiers/{ref}/decision", ref, nomination=first, others_reason="Trùng thành tích")
    assert done.status_code == 303
    assert "Đã ký quyết định 01/QĐ-UBND, khen 1 trường hợp." in hung.told()


def test_what_the_council_voted_down_is_named_and_cannot_be_ticked(city: World) -> None:
    ref = a_dossier(city, "council_vote", awards=("CSTDCS", "CSTDCS"))
    lost = city.ids(ref)[1]
    recorded(city, ref, against=[lost])
    city.do("chau", "confirm_result", ref)
    page = at_the_desk(city, "hung").read(f"/dossiers/{ref}/decision")
    assert "Không đủ phiếu, sẽ ghi là không khen" in page
    assert f'value="{lost}"' not in page


def test_the_letter_goes_to_the_province_and_one_decision_answers_all(city: World) -> None:
    ref = a_dossier(city, "awaiting_submission", awards=("CSTD_TINH", "CSTD_TINH"))
    hung, ngoc = at_the_desk(city, "hung"), at_the_desk(city, "ngoc")
    assert hung.send(f"/dossiers/{ref}/submission", ref, letter_no="", date="").status_code == 422
    sent = hung.send(f"/dossiers/{ref}/submission", ref, letter_no="15/TTr-UBND", date="2024-05-20")
    assert sent.status_code == 303, sent.text
    assert "15/TTr-UBND" in ngoc.read(f"/dossiers/{ref}/submission")
    answers = {"decision_no": "77/QĐ-CT", "date": "2024-08-19"}
    for place, id_ in enumerate(city.ids(ref)):
        answers |= {f"answers.{place}.nomination": id_, f"answers.{place}.outcome": "awarded"}
    missing = ngoc.send(f"/dossiers/{ref}/answer", ref, **answers | {"answers.1.outcome": "declined"})
    assert missing.status_code == 422
    assert 'href="#answers.1.reason"' in missing.text
    assert ngoc.send(f"/dossiers/{ref}/answer", ref, **answers).status_code == 303
    assert {n.decision_no for n in city.case(ref).nominations.values()} == {"77/QĐ-CT"}


# ---------------------------------------------------------------- the process


def test_the_process_counts_only_what_its_reader_may_see(city: World) -> None:
    a_draft(city, unit="P1")
    a_draft(city, unit="P2")
    a_dossier(city, "home_affairs_review", unit="P2")
    assert "1 hồ sơ trong phạm vi của bạn" in at_the_desk(city, "lan").read("/process")
    assert "2 hồ sơ trong phạm vi của bạn" in at_the_desk(city, "tam").read("/process")
    assert "1 hồ sơ trong phạm vi của bạn" in at_the_desk(city, "trung").read("/process")


def test_an_overdue_dossier_is_named_with_its_days(city: World) -> None:
    ref = a_dossier(city, "home_affairs_review")
    desk = at_the_desk(city, "ngoc")
    city.engine.set_clock(city.now.replace(month=6))
    page = desk.read("/process?station=home_affairs_review")
    assert f'href="/dossiers/{ref}"' in page
    assert "quá hạn 1" in page


def test_each_version_counts_the_dossiers_that_follow_it(city: World) -> None:
    a_dossier(city, "awaiting_council")
    desk = at_the_desk(city, "trung")
    assert "1 hồ sơ trong phạm vi của bạn" in desk.read("/process/dossier@A.1")
    assert "0 hồ sơ trong phạm vi của bạn" in desk.read("/process/dossier@B.1")


def test_table_and_diagram_tell_of_the_same_stations(city: World) -> None:
    desk = at_the_desk(city, "ngoc")
    drawn, table = desk.read("/process"), desk.read("/process?view=table")
    for station in city.engine.definitions["dossier@A.1"].stations.values():
        assert station.label.vi in drawn
        assert station.label.vi in table
    assert "<svg" not in table[table.index("<tbody") : table.index("</tbody")].replace('<svg class="icon', "")


def test_every_version_has_its_page_and_an_unknown_one_has_none(city: World) -> None:
    desk = at_the_desk(city, "ngoc")
    for name in city.engine.definitions:
        desk.read(f"/process/{name}")
    desk.read("/process/dossier@Z.9", 404)
    assert desk.browser.get("/process?version=dossier@A.1").headers["location"] == "/process/dossier@A.1"


def test_pages_of_a_dossier_out_of_sight_are_not_found(city: World) -> None:
    ref = a_draft(city)
    desk = at_the_desk(city, "tam")
    for page in ("edit", "appraisal", "council", "decision", "submission"):
        desk.read(f"/dossiers/{ref}/{page}", 404)


def test_everything_is_said_in_english_too(city: World) -> None:
    ref = a_dossier(city, "home_affairs_review", rows=nominations("CSTDCS", "CSTDCS"))
    desk = at_the_desk(city, "ngoc")
    desk.browser.cookies.set("lang", "en")
    page = desk.read(f"/dossiers/{ref}/appraisal")
    assert "Appraisal sheet of the Home Affairs Office" in page
    assert "Record and go on" in page
    judged(city, ref)
    assert "Nothing is left to do" in desk.read("/process?view=table")


@pytest.mark.parametrize(
    ("login", "path", "fields", "status"),
    [
        (
            "lan",
            "/dossiers/new",
            {"unit": "P1", "do": "check", "kind": "CONG_TRANG", "period": "2024\0"},
            200,
        ),
        ("hung", "/signing", {"act": "award", "key": "a\0b"}, 200),
        ("quy", "/notices/deliveries/resend", {"delivery": "a\0b"}, 404),
    ],
)
def test_a_character_that_no_database_stores_is_no_failure(
    database: Database, tmp_path: Path, login: str, path: str, fields: dict[str, str], status: int
) -> None:
    assert at_the_desk(a_city(database, tmp_path), login).send(path, **fields).status_code == status
