"""Ladders: each rung on its working day, each ladder with an end, nothing told before there was anything to tell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from states.calendar import vietnam
from states.check import faults
from states.definition_file import shipped
from states.ladders import LadderError, ahead, all_rungs, at_hand, read, shipped_ladders, told_role
from states.registries import REGISTRIES

APPRAISAL, COMPLETION = shipped_ladders()["appraisal"], shipped_ladders()["completion"]
CALENDAR = vietnam()
DAYS = st.dates(date(2024, 1, 2), date(2026, 12, 1))


def test_the_rungs_after_a_due_day_count_each_from_the_one_before() -> None:
    dated = all_rungs(date(2024, 5, 14), CALENDAR, APPRAISAL)
    assert [(one.day.isoformat(), told_role(one.rung, "home_affairs_officer")) for one in dated] == [
        ("2024-05-09", "home_affairs_officer"),
        ("2024-05-13", "home_affairs_officer"),
        ("2024-05-14", "home_affairs_officer"),
        ("2024-05-15", "home_affairs_officer"),
        ("2024-05-20", "home_affairs_head"),
        ("2024-05-27", "council_vice_chair"),
        ("2024-06-03", "chairman"),
    ]


def test_the_rungs_walk_across_tet_by_working_days() -> None:
    dated = [one for one in all_rungs(date(2024, 2, 6), CALENDAR, APPRAISAL) if one.day >= date(2024, 2, 6)]
    assert [one.day.isoformat() for one in dated] == [
        "2024-02-06",
        "2024-02-07",
        "2024-02-19",
        "2024-02-26",
        "2024-03-04",
    ]


def test_a_reminder_whose_day_lies_before_the_stay_began_is_never_sent() -> None:
    due, began = date(2024, 5, 14), date(2024, 5, 13)
    first = ahead(all_rungs(due, CALENDAR, APPRAISAL), since=began)
    assert first is not None
    assert (first.step, first.day) == (1, began)
    second = ahead(all_rungs(due, CALENDAR, APPRAISAL), since=began, above=first.step)
    assert second is not None
    assert (second.step, second.day) == (2, due)
    assert ahead(all_rungs(due, CALENDAR, APPRAISAL), since=date(2024, 7, 1)) is None


def test_only_the_last_completion_rung_moves_the_dossier_and_only_after_the_due_day() -> None:
    acting = [one for one in all_rungs(date(2024, 5, 14), CALENDAR, COMPLETION) if one.rung.acts]
    assert [(one.rung.acts, one.day, one.rung.ends) for one in acting] == [
        ("take_back", date(2024, 5, 15), True)
    ]


def test_of_several_rungs_that_are_due_the_highest_is_climbed_unless_one_acts() -> None:
    late = date(2024, 6, 20)
    highest = at_hand(all_rungs(date(2024, 5, 14), CALENDAR, APPRAISAL), late)
    acting = at_hand(all_rungs(date(2024, 5, 14), CALENDAR, COMPLETION), late)
    assert (highest and highest.rung.tells, acting and acting.rung.acts) == ("chairman", "take_back")
    assert at_hand(all_rungs(date(2024, 5, 14), CALENDAR, APPRAISAL), date(2024, 5, 1)) is None


@given(due=DAYS, ladder=st.sampled_from(sorted(shipped_ladders())))
def test_the_days_of_a_ladder_rise_strictly_and_all_but_the_due_day_are_worked(
    due: date, ladder: str
) -> None:
    due = due if CALENDAR.is_working(due) else CALENDAR.working_days(due.year)[0]
    days = [one.day for one in all_rungs(due, CALENDAR, shipped_ladders()[ladder])]
    assert days == sorted(set(days))
    assert all(CALENDAR.is_working(day) for day in days)
    if any(rung.days == 0 for rung in shipped_ladders()[ladder].rungs):
        assert due in days


@given(due=DAYS, late=st.integers(0, 60))
def test_what_is_at_hand_never_lies_ahead(due: date, late: int) -> None:
    today = due + timedelta(days=late - 10)
    found = at_hand(all_rungs(due, CALENDAR, APPRAISAL), today)
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
