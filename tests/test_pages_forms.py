"""The forms of the process, as people fill them in."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from builders import COLLECTIVES, World, a_dossier, a_draft, completion_asked, judged, nominations, recorded
from builders_pages import Desk, a_city, at_the_desk
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Database
from states.dossier import RoundRule
from states.votes import needed
from web.acting import Trouble
from web.proposal import Proposal, Row
from web.vote_count import Line, as_recorded
from workflow.reading import NominationView


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    return a_city(sqlite_database, tmp_path)


def listed(*rows: tuple[str, str]) -> dict[str, str]:
    """Lines of the list by (name, award); an empty name leaves the line blank."""
    fields: dict[str, str] = {}
    for place, (name, award) in enumerate(rows):
        kind = "collective" if award in COLLECTIVES else "individual"
        cells = {"name": name, "award": award, "type": kind, "achievement": "Dạy giỏi" if name else ""}
        fields |= {f"nominations.{place}.{cell}": value for cell, value in cells.items()}
    return fields


def a_form(*rows: tuple[str, str], **changes: str) -> dict[str, str]:
    """The wizard's form of a new dossier of the ward."""
    whole = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Đề nghị năm 2023", "do": "save"}
    return whole | listed(*rows) | changes


def words(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.text))


# ---------------------------------------------------------------- drafting


def test_a_clerk_drafts_a_dossier_and_blank_lines_are_not_sent(city: World) -> None:
    lan = at_the_desk(city, "lan")
    done = lan.send(
        "/dossiers/new", **a_form(("", ""), ("Vòng Nhịt Mùi", "CSTDCS"), ("", ""), ("Tổ Một", "TTLDTT"))
    )
    assert done.status_code == 303, done.text
    ref = done.headers["location"].split("/")[2]
    assert [n.name for n in city.view("lan", ref).nominations] == ["Vòng Nhịt Mùi", "Tổ Một"]


def test_a_wrong_line_keeps_what_was_typed_and_the_message_stands_at_its_own_cell(city: World) -> None:
    lan = at_the_desk(city, "lan")
    form = a_form(("", ""), ("H'Bia Niê", ""), **{"nominations.1.achievement": "Số liệu <b>riêng</b>"})
    answer = lan.send("/dossiers/new", **form)
    assert answer.status_code == 422
    assert 'id="nominations.1.award-error"' in answer.text
    assert "H'Bia Niê" in words(answer)
    assert "Số liệu <b>riêng</b>" in words(answer)
    assert "<b>riêng</b>" not in answer.text


def test_nominations_that_part_ways_are_shown_two_ways_out(city: World) -> None:
    lan = at_the_desk(city, "lan")
    answer = lan.send("/dossiers/new/checks", **a_form(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH")))
    assert "Tách sang hồ sơ trình tỉnh" in words(answer)
    assert "Chọn danh hiệu khác" in words(answer)
    refused = lan.send("/dossiers/new", **a_form(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH")))
    assert refused.status_code == 409
    assert words(refused).count("Hồ sơ trộn các trường hợp") == 1


def test_splitting_makes_one_dossier_for_each_way_however_often_it_is_pressed(city: World) -> None:
    lan = at_the_desk(city, "lan")
    form = a_form(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH"), ("Hiếu", "CSTDCS"), do="split", key="once")
    for _ in range(2):
        assert lan.send("/dossiers/new", **form).status_code == 303
    names = [[n.name for n in city.view("lan", ref).nominations] for ref in ("HS-2024-0001", "HS-2024-0002")]
    assert names == [["Mùi", "Hiếu"], ["Bia"]]
    lan.read("/dossiers/HS-2024-0003/edit", 404)


def test_a_saved_draft_is_split_too(city: World) -> None:
    ref, lan = a_draft(city, awards=("CSTDCS", "CSTDCS")), at_the_desk(city, "lan")
    ids = dict(enumerate(city.ids(ref)))
    rows = listed(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH"))
    rows |= {f"nominations.{place}.id": id_ for place, id_ in ids.items()}
    done = lan.send(f"/dossiers/{ref}/edit", ref, do="split", title="Đề nghị", **rows)
    new = done.headers["location"].split("/")[2]
    assert [n.name for n in city.view("lan", ref).nominations] == ["Mùi"]
    assert [n.name for n in city.view("lan", new).nominations] == ["Bia"]


@pytest.mark.parametrize(
    ("login", "kind", "offered", "missing"),
    [
        ("lan", "CONG_TRANG", ("CSTDCS", "TTLDTT", "GK_HUYEN", "CSTD_TINH"), ("LDTT", "GK_XA", "KNC")),
        ("thu", "CONG_TRANG", ("LDTT", "CSTDCS", "CSTD_TINH"), ("GK_SO", "GDVH")),
        ("lan", "DOT_XUAT", ("GK_HUYEN", "BK_TINH"), ("CSTDCS", "TTLDTT", "CSTD_TINH")),
    ],
)
def test_only_awards_that_suit_kind_and_unit_are_offered(
    city: World, login: str, kind: str, offered: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    unit = {"lan": "P1", "thu": "T1"}[login]
    answer = at_the_desk(city, login).send("/dossiers/new/rows", **a_form(("", ""), unit=unit, kind=kind))
    found = set(re.findall(r'<option value="([A-Z_]+)"', answer.text))
    assert found >= set(offered)
    assert not found & set(missing)


def test_lines_are_added_and_taken_out_without_scripts(city: World) -> None:
    lan = at_the_desk(city, "lan")
    form = a_form(("Mùi", "CSTDCS"), ("Bia", "CSTDCS"), do="rows")
    assert lan.send("/dossiers/new", **form).text.count('.name" id=') == 2 + 5 + 1
    left = words(lan.send("/dossiers/new", **form | {"do": "remove:0"}))
    assert 'value="Bia"' in left
    assert 'value="Mùi"' not in left


def test_during_completion_only_what_was_flagged_is_taken(city: World) -> None:
    ref = a_dossier(city, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    completion_asked(city, ref)
    lan, ids = at_the_desk(city, "lan"), city.ids(ref)
    page = lan.read(f"/dossiers/{ref}/edit")
    assert "Ghi rõ số liệu" in page
    rows = listed(("Tên khác", "CSTDCS"), ("Tên khác nữa", "CSTDCS"))
    rows |= {
        "nominations.0.id": ids[0],
        "nominations.1.id": ids[1],
        "nominations.0.achievement": "Có số liệu",
    }
    done = lan.send(f"/dossiers/{ref}/edit", ref, do="save", title="Tên hồ sơ khác", **rows)
    assert done.status_code == 303, done.text
    first, second = city.view("lan", ref).nominations
    assert (first.achievement, second.achievement) == ("Có số liệu", "Hoàn thành xuất sắc nhiệm vụ")
    assert "Tên khác" not in (first.name, second.name)
    assert city.record(ref).title == "Đề nghị khen thưởng năm 2023"


def test_whoever_was_overtaken_reads_by_whom_and_keeps_the_text(city: World) -> None:
    ref, lan = a_draft(city), at_the_desk(city, "lan")
    old = str(city.record(ref).version)
    city.do("lan", "amend", ref, title="Tên mới")
    rows = listed(("Đàm Thị Ửng", "CSTDCS"))
    answer = lan.send(f"/dossiers/{ref}/edit", do="save", title="Tên của tôi", version=old, **rows)
    assert answer.status_code == 409
    assert "Trần Thị Lan đã sửa hồ sơ lúc" in words(answer)
    assert "Đàm Thị Ửng" in words(answer)
    assert "Tên của tôi" in words(answer)


def test_the_unit_head_reads_why_only_the_clerk_changes_the_list(city: World) -> None:
    page = at_the_desk(city, "minh").read(f"/dossiers/{a_draft(city)}/edit")
    assert "Văn thư đơn vị" in page
    assert 'id="save-dossier"' not in page
    assert 'id="nominations.0.name"' not in page


def test_nobody_but_a_clerk_finds_the_form_of_a_new_dossier(city: World) -> None:
    at_the_desk(city, "minh").read("/dossiers/new", 404)
    at_the_desk(city, "ngoc").read("/dossiers/new", 404)


def test_what_was_typed_and_not_saved_comes_back(database: Database, tmp_path: Path) -> None:
    city = a_city(database, tmp_path)
    lan = at_the_desk(city, "lan")
    kept = lan.send("/scratch", scratch="new", **a_form(("Ưng Quỳnh Xoa", "CSTDCS")))
    assert re.fullmatch(r"Đã lưu nháp lúc \d\d:\d\d", kept.text)
    assert "Ưng Quỳnh Xoa" in lan.read("/dossiers/new")
    assert "Ưng Quỳnh Xoa" not in at_the_desk(city, "tam").read("/dossiers/new")
    assert lan.send("/dossiers/new", **a_form(("Ưng Quỳnh Xoa", "CSTDCS"))).status_code == 303
    assert "Ưng Quỳnh Xoa" not in lan.read("/dossiers/new")


def test_unsaved_text_can_be_dropped(city: World) -> None:
    ref, lan = a_draft(city), at_the_desk(city, "lan")
    lan.send("/scratch", ref, scratch=ref, title="Gõ dở")
    assert "Gõ dở" in lan.read(f"/dossiers/{ref}/edit")
    assert lan.send("/scratch/forget", scratch=ref).headers["location"] == f"/dossiers/{ref}/edit"
    assert "Gõ dở" not in lan.read(f"/dossiers/{ref}/edit")


def test_nobody_keeps_text_under_a_dossier_they_do_not_see(city: World) -> None:
    ref = a_draft(city)
    assert at_the_desk(city, "tam").send("/scratch", scratch=ref, title="x").status_code == 404
    assert at_the_desk(city, "lan").send("/scratch", scratch="../../etc", title="x").status_code == 404


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_message_about_a_sent_line_stands_at_the_line_it_was_typed_in(written: list[bool]) -> None:
    proposal = Proposal(rows=tuple(Row(name=f"Người {n}" if full else "") for n, full in enumerate(written)))
    for sent, row in enumerate(proposal.nominations):
        trouble = proposal.placed(Trouble(422, "", fields={f"nominations.{sent}.subject.name": "sai"}))
        assert list(trouble.fields) == [f"nominations.{row['subject']['name'].split()[1]}.name"]


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
    assert "Nếu xác nhận: đủ phiếu, quyết định tại thành phố" in page
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


# ---------------------------------------------------------------- decision, submission, answer


def test_leaving_someone_out_of_the_decision_takes_a_reason(city: World) -> None:
    ref = a_dossier(city, "awaiting_decision", awards=("CSTDCS", "CSTDCS"))
    hung, (first, _) = at_the_desk(city, "hung"), city.ids(ref)
    assert hung.read(f"/dossiers/{ref}/decision").count(" checked") == 2
    answer = hung.send(f"/dossiers/{ref}/decision", ref, nomination=first)
    assert answer.status_code == 422
    assert answer.text.count(" checked") == 1
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
    ref = a_dossier(city, "home_affairs_review", rows=nominations("CSTDCS"))
    desk = at_the_desk(city, "ngoc")
    desk.browser.cookies.set("lang", "en")
    page = desk.read(f"/dossiers/{ref}/appraisal")
    assert "Appraisal sheet of the Home Affairs Office" in page
    assert "Record and go on" in page
    judged(city, ref)
    assert "Nothing is left to do" in desk.read("/process?view=table")
