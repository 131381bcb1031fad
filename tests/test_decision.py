"""The chairman's decision: what may be named, what becomes of the rest, which number it gets."""

import itertools
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from builders import World, a_dossier, a_draft, answered, voted
from hypothesis import HealthCheck, given, settings, strategies as st

from db.series import next_number
from states.document import from_document, to_document
from states.dossier import Dossier
from workflow.auditing.verification import verify
from workflow.command import checked
from workflow.dossiers.decision import decision_number
from workflow.engine import ZONE
from workflow.problems import Invalid
from workflow.step import perform

BLANK = {"unit": "P1", "body": "LK", "category": "CONG_TRANG", "procedure": "full", "period": "2023"}


def numbers(world: World, *refs: str) -> list[int]:
    """The decision numbers of these dossiers."""
    found = [world.case(ref).decision for ref in refs]
    return [decision.number for decision in found if decision]


def awarded(world: World, **changes: str) -> str:
    """A dossier the chairman has decided."""
    return a_dossier(world, "awarded", **changes)  # type: ignore[arg-type]  # only texts are given here


def test_decisions_are_numbered_through_the_year_without_a_gap_whatever_was_refused(world: World) -> None:
    first, waiting = awarded(world), a_dossier(world, "awaiting_decision")
    world.refused("son", "award", waiting, nominations=world.ids(waiting))
    with pytest.raises(Invalid):
        world.do("hung", "award", waiting, nominations=["nobody"])
    world.do("son", "hold", waiting, cause="complaint", document="3/TB")
    world.refused("hung", "award", waiting, nominations=world.ids(waiting))
    second = awarded(world)
    world.do("son", "release", waiting, document="4/TB")
    world.do("hung", "award", waiting, nominations=world.ids(waiting))
    assert numbers(world, first, second, waiting) == [1, 2, 3]
    (id_,) = world.ids(waiting)
    assert world.case(waiting).nominations[id_].decision_no == "03/QĐ-UBND"


def test_a_new_year_begins_its_own_numbers(sqlite_world: World) -> None:
    world, first = sqlite_world, awarded(sqlite_world)
    world.on(date(2025, 1, 2))
    second, third = awarded(world), awarded(world)
    assert numbers(world, first, second, third) == [1, 1, 2]
    assert world.case(second).decision.date == date(2025, 1, 2)  # type: ignore[union-attr]  # it is decided


@pytest.mark.parametrize(("number", "written"), [(1, "01"), (9, "09"), (10, "10"), (99, "99"), (100, "100")])
def test_numbers_below_ten_take_a_leading_zero(number: int, written: str) -> None:
    assert decision_number(number) == f"{written}/QĐ-UBND"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(st.tuples(st.sampled_from(["LK", "TN"]), st.integers(2024, 2026)), max_size=12))
def test_each_body_and_year_counts_for_itself(sqlite_world: World, asked: list[tuple[str, int]]) -> None:
    with sqlite_world.engine.database.transaction() as conn:
        conn.exec_driver_sql("DELETE FROM number_series")
        given_ = [(body, year, next_number(conn, "decision", body, year)) for body, year in asked]
    for body, year in set(asked):
        mine = [number for b, y, number in given_ if (b, y) == (body, year)]
        assert mine == list(range(1, len(mine) + 1))


def test_what_passed_and_is_left_out_needs_a_reason_and_is_declined(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_decision", awards=("CSTDCS", "TTLDTT"))
    first, second = world.ids(ref)
    with pytest.raises(Invalid) as wrong:
        world.do("hung", "award", ref, nominations=[first])
    assert [f.field for f in wrong.value.fields] == ["others_reason"]
    world.do("hung", "award", ref, nominations=[first], others_reason="Đang xem xét")
    found = world.case(ref).nominations
    assert (found[first].outcome, found[second].outcome) == ("awarded", "declined")
    assert [n.reason for n in world.view("lan", ref).nominations] == ["", "Đang xem xét"]


def test_only_what_the_council_passed_is_awarded(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote", awards=("CSTDCS", "TTLDTT"))
    first, second = world.ids(ref)
    voted(world, ref, against=[second])
    (reason,) = world.reasons("hung", "award", ref, nominations=[first, second])
    assert (reason["code"], reason["facts"]["nominations"]) == ("not_passed", [second])
    world.do("hung", "award", ref, nominations=[first], others_reason="Hội đồng không thông qua")
    assert world.case(ref).nominations[second].outcome == "declined"


def test_under_the_simplified_procedure_what_stands_may_be_awarded(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "awaiting_decision", kind="DOT_XUAT", awards=("GK_HUYEN", "GK_HUYEN"))
    first, _ = world.ids(ref)
    world.do("hung", "award", ref, nominations=[first], others_reason="Chưa đủ")
    assert sorted(n.outcome for n in world.case(ref).nominations.values()) == ["awarded", "declined"]


@pytest.mark.parametrize("named", [[], ["twice"], ["nobody"]])
def test_a_decision_names_standing_nominations_once(sqlite_world: World, named: list[str]) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_decision")
    ids = world.ids(ref) * 2 if named == ["twice"] else named
    with pytest.raises(Invalid):
        world.do("hung", "award", ref, nominations=ids)


def test_declining_needs_a_reason_and_declines_everything(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_decision", awards=("CSTDCS", "TTLDTT"))
    with pytest.raises(Invalid):
        world.do("hung", "decline", ref)
    assert world.do("hung", "decline", ref, reason="Không xét năm nay").station == "declined"
    assert {n.outcome for n in world.case(ref).nominations.values()} == {"declined"}
    assert {n.reason for n in world.view("lan", ref).nominations} == {"Không xét năm nay"}
    assert numbers(world, ref) == []


def test_a_submission_to_the_province_can_be_returned_and_come_again(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_submission")
    assert world.do("hung", "return_for_review", ref, reason="Sửa tờ trình").station == "home_affairs_review"
    world.do("son", "forward", ref)
    world.do("yen", "put_on_agenda", ref, session_no="03/2024", date="2024-06-20")
    voted(world, ref)
    world.do("hung", "submit_upward", ref, letter_no="16/TTr-UBND", date="2024-06-21")
    answered(world, ref)
    assert world.case(ref).station == "awarded"


def test_what_the_council_voted_down_is_not_submitted(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote", awards=("CSTD_TINH", "TTLDXS"))
    first, second = world.ids(ref)
    voted(world, ref, against=[first])
    world.do("hung", "submit_upward", ref, letter_no="16/TTr-UBND", date="2024-06-21")
    assert list(world.case(ref).standing()) == [second]


@pytest.mark.parametrize(
    "answer",
    [
        {"outcome": "awarded"},
        {"outcome": "awarded", "decision_no": "7/QĐ"},
        {"outcome": "declined"},
        {"outcome": "returned"},
        {"outcome": "kept", "reason": "x"},
        {"outcome": "awarded", "decision_no": "7/QĐ", "date": "19/08/2024"},
    ],
)
def test_an_answer_carries_its_decision_or_its_reason(sqlite_world: World, answer: dict[str, str]) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "submitted_to_province")
    with pytest.raises(Invalid):
        world.do("ngoc", "record_answer", ref, answers=[{"nomination": world.ids(ref)[0], **answer}])
    with pytest.raises(Invalid):
        world.do("ngoc", "record_answer", ref, answers=[])


def test_dossiers_are_numbered_in_the_order_they_are_opened(world: World) -> None:
    assert [a_draft(world), a_draft(world, unit="T1")] == ["HS-2024-0001", "HS-2024-0002"]


def test_a_decision_signed_at_midnight_has_the_number_of_the_year_it_is_dated(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_decision")
    last_moment = datetime(2024, 12, 31, 23, 59, 59, tzinfo=ZONE)
    seconds = itertools.count()
    world.engine.source = replace(
        world.engine.source, now=lambda: last_moment + timedelta(seconds=next(seconds))
    )
    sent = checked(
        "award", key="k", ref=ref, version=world.record(ref).version, args={"nominations": world.ids(ref)}
    )
    perform(world.engine, sent, world.people["hung"])
    decision, last = world.case(ref).decision, world.entries(ref)[-1]
    assert decision is not None
    assert decision.date == last.at.astimezone(ZONE).date()
    with world.engine.database.reading() as conn:
        years = conn.exec_driver_sql("SELECT year FROM number_series WHERE kind = 'decision'").scalars().all()
    assert years == [decision.date.year]


def test_one_list_becomes_one_decision_for_each_award_in_the_order_of_the_list(world: World) -> None:
    before = awarded(world)
    ref = a_dossier(world, "awaiting_decision", awards=("CSTDCS", "TTLDTT", "CSTDCS"))
    one, two, three = world.ids(ref)
    world.do("hung", "award", ref, nominations=[three, two, one], split="award")
    after = awarded(world)
    case = world.case(ref)
    assert {id_: n.decision_no for id_, n in case.nominations.items()} == {
        one: "02/QĐ-UBND",
        two: "03/QĐ-UBND",
        three: "02/QĐ-UBND",
    }
    assert {award: d.number for award, d in case.decisions.items()} == {"CSTDCS": 2, "TTLDTT": 3}
    assert [d.number for d in case.signed] == [2, 3]
    assert numbers(world, before, after) == [1, 4]
    assert verify(world.engine).first_bad is None


def test_a_list_that_waits_together_or_was_refused_takes_no_further_number(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "awaiting_decision", awards=("CSTDCS", "TTLDTT"))
    world.refused("son", "award", ref, nominations=world.ids(ref), split="award")
    with pytest.raises(Invalid):
        world.do("hung", "award", ref, nominations=world.ids(ref), split="each")
    world.do("hung", "award", ref, nominations=world.ids(ref))
    assert [d.number for d in world.case(ref).signed] == [1]
    assert numbers(world, awarded(world)) == [2]


def test_a_history_from_before_decisions_could_be_split_folds_as_it_did() -> None:
    old = {"decision": {"number": 7, "date": "2024-05-20"}, "nominations": {}}
    case = from_document(Dossier, {**BLANK, **old})
    assert [one.number for one in case.signed] == [7]
    kept = {name: value for name, value in to_document(case).items() if value not in (0, "start")}
    assert kept == {**BLANK, "decision": old["decision"]}
