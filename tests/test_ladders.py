"""Ladders: each rung on its working day, each ladder with an end, nothing told before there was anything to tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from states.calendar.working_days import vietnam
from states.checking.check import faults
from states.definition_file import shipped
from states.ladders import LadderError, ahead, all_rungs, at_hand, read, shipped_ladders
from states.registries import REGISTRIES
from states.roles import Role

APPRAISAL, COMPLETION = shipped_ladders()["appraisal"], shipped_ladders()["completion"]
OFFICER = "home_affairs_officer"
CALENDAR = vietnam()
DAYS = st.dates(date(2024, 1, 2), date(2026, 12, 1))


def test_the_rungs_after_a_due_day_count_each_from_the_one_before() -> None:
    dated = all_rungs(date(2024, 5, 14), CALENDAR, APPRAISAL, OFFICER)
    assert [(one.day.isoformat(), one.tells) for one in dated] == [
        ("2024-05-09", "home_affairs_officer"),
        ("2024-05-13", "home_affairs_officer"),
        ("2024-05-14", "home_affairs_officer"),
        ("2024-05-15", "home_affairs_officer"),
        ("2024-05-20", "home_affairs_head"),
        ("2024-05-27", "council_vice_chair"),
        ("2024-06-03", "chairman"),
    ]


def test_the_rungs_walk_across_tet_by_working_days() -> None:
    dated = [
        one
        for one in all_rungs(date(2024, 2, 6), CALENDAR, APPRAISAL, OFFICER)
        if one.day >= date(2024, 2, 6)
    ]
    assert [one.day.isoformat() for one in dated] == [
        "2024-02-06",
        "2024-02-07",
        "2024-02-19",
        "2024-02-26",
        "2024-03-04",
    ]


def test_a_reminder_whose_day_lies_before_the_stay_began_is_never_sent() -> None:
    due, began = date(2024, 5, 14), date(2024, 5, 13)
    first = ahead(all_rungs(due, CALENDAR, APPRAISAL, OFFICER), since=began)
    assert first is not None
    assert (first.step, first.day) == (1, began)
    second = ahead(all_rungs(due, CALENDAR, APPRAISAL, OFFICER), since=began, above=first.step)
    assert second is not None
    assert (second.step, second.day) == (2, due)
    assert ahead(all_rungs(due, CALENDAR, APPRAISAL, OFFICER), since=date(2024, 7, 1)) is None


def test_only_the_last_completion_rung_moves_the_dossier_and_only_after_the_due_day() -> None:
    acting = [one for one in all_rungs(date(2024, 5, 14), CALENDAR, COMPLETION, OFFICER) if one.rung.acts]
    assert [(one.rung.acts, one.day, one.rung.ends) for one in acting] == [
        ("take_back", date(2024, 5, 15), True)
    ]


def test_of_several_rungs_that_are_due_the_highest_is_climbed_unless_one_acts() -> None:
    late = date(2024, 6, 20)
    highest = at_hand(all_rungs(date(2024, 5, 14), CALENDAR, APPRAISAL, OFFICER), late)
    acting = at_hand(all_rungs(date(2024, 5, 14), CALENDAR, COMPLETION, OFFICER), late)
    assert (highest and highest.rung.tells, acting and acting.rung.acts) == ("chairman", "take_back")
    assert at_hand(all_rungs(date(2024, 5, 14), CALENDAR, APPRAISAL, OFFICER), date(2024, 5, 1)) is None


@given(due=DAYS, ladder=st.sampled_from(sorted(shipped_ladders())))
def test_the_days_of_a_ladder_rise_strictly_are_worked_and_none_before_the_end_comes_after_it(
    due: date, ladder: str
) -> None:
    dated = list(all_rungs(due, CALENDAR, shipped_ladders()[ladder], OFFICER))
    days = [one.day for one in dated]
    assert days == sorted(set(days))
    assert all(CALENDAR.is_working(day) for day in days)
    assert all((one.day > due) == one.rung.overdue for one in dated)
    last = next(day for n in range(30) if CALENDAR.is_working(day := due - timedelta(days=n)))
    assert last in days or all(rung.days != 0 for rung in shipped_ladders()[ladder].rungs)


def test_a_last_day_that_is_off_is_told_on_the_working_day_before_it() -> None:
    sunday = date(2024, 3, 31)
    dated = all_rungs(sunday, CALENDAR, shipped_ladders()["plan_item"], OFFICER)
    assert [one.day.isoformat() for one in dated] == ["2024-03-15", "2024-03-26", "2024-03-29"]


@given(ladder=st.sampled_from(sorted(shipped_ladders())), holder=st.sampled_from(Role), due=DAYS)
def test_nobody_is_told_twice_that_a_limit_is_over(ladder: str, holder: str, due: date) -> None:
    after = [one for one in all_rungs(due, CALENDAR, shipped_ladders()[ladder], holder) if one.rung.overdue]
    told = [one.tells for one in after if one.tells]
    assert len(told) == len(set(told))


def test_what_the_chairman_holds_is_reported_to_the_vice_chair_alone_and_on_the_usual_day() -> None:
    dated = all_rungs(date(2024, 5, 14), CALENDAR, shipped_ladders()["decision"], "chairman")
    assert [(one.day.isoformat(), one.tells) for one in dated if one.rung.overdue] == [
        ("2024-05-15", "chairman"),
        ("2024-05-27", "council_vice_chair"),
    ]


@given(due=DAYS, late=st.integers(0, 60))
def test_what_is_at_hand_never_lies_ahead(due: date, late: int) -> None:
    today = due + timedelta(days=late - 10)
    found = at_hand(all_rungs(due, CALENDAR, APPRAISAL, OFFICER), today)
    assert found is None or found.day <= today


@pytest.mark.parametrize(
    ("rung", "code"),
    [
        ("{ days = 1, tells = 'holder' }", "ladder_no_end"),
        (
            "{ days = 1, tells = 'holder', ends = true }, { days = 1, tells = 'chairman', ends = true }",
            "ladder_goes_on",
        ),
        ("{ days = 1, tells = 'holder' }, { days = 0, tells = 'holder', ends = true }", "ladder_order"),
        ("{ days = -1, tells = 'holder' }, { days = -3, tells = 'holder', ends = true }", "ladder_order"),
        ("{ days = 1, tells = 'clock', ends = true }", "unknown_role"),
        ("{ days = 1, ends = true }", "rung_tells_or_acts"),
        ("{ days = 0, acts = 'take_back', ends = true }", "rung_acts_early"),
        ("{ days = 1, acts = 'award', ends = true }", "ladder_unserved"),
        ("", "ladder_no_end"),
    ],
)
def test_a_definition_with_a_ladder_that_cannot_be_climbed_to_its_end_is_refused(
    rung: str, code: str
) -> None:
    broken = read(f"[appraisal]\nbasis = 'x'\nconfidence = 'low'\nrung = [{rung}]")
    registries = replace(REGISTRIES, ladders={**shipped_ladders(), **broken})
    assert code in {fault.code for fault in faults(shipped()["dossier@A.1"], registries)}


def test_a_limit_that_names_no_ladder_of_the_list_is_refused() -> None:
    registries = replace(REGISTRIES, ladders={})
    found = [
        fault for fault in faults(shipped()["dossier@A.1"], registries) if fault.code == "unknown_ladder"
    ]
    assert "station home_affairs_review, limit" in {fault.place for fault in found}
    assert all("appraisal" in f.message_vi or f.place != "station home_affairs_review, limit" for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "not toml",
        "[a]\nrung = []",
        "[a]\nbasis = ''\nconfidence = ''\nrung = [{ days = 'x' }]",
        "[a]\nbasis = ''\nconfidence = ''\nrung = [{ days = 1, tell = 'holder' }]",
        "[a]\nbasis = ''\nconfidence = ''\nrungs = []\nrung = []",
    ],
)
def test_a_file_of_ladders_that_cannot_be_read_says_so(text: str) -> None:
    with pytest.raises(LadderError):
        read(text)
