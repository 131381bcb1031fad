"""Holds: the clock stops with what was left of it, nothing but a release happens, the unit never reads why."""

from datetime import date, timedelta

import pytest
from builders import World, a_dossier, completion_asked, sent_for
from cells import ACTS, MAY, SEES
from hypothesis import HealthCheck, given, settings, strategies as st

from states.deadlines import remaining
from states.decide import CLOCK

HOLD = {"cause": "denunciation", "document": "12/TB-TTr"}
RELEASE = {"document": "15/KL-TTr"}
HEAD_AT = {"education_review": "dung"}
WHO = {
    "unit_clerk": "lan",
    "unit_head": "minh",
    "education_officer": "khoa",
    "education_head": "dung",
    "home_affairs_officer": "ngoc",
    "home_affairs_head": "son",
    "council_secretary": "yen",
    "council_vice_chair": "vinh",
    "council_chair": "chau",
    "chairman": "hung",
}
WAITING = sorted({station for station, act in MAY if act == "hold" and "/" not in station})


@pytest.mark.parametrize("station", WAITING)
def test_on_hold_nothing_but_a_release_is_allowed(sqlite_world: World, station: str) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, station)
    head = HEAD_AT.get(station, "son")
    before = world.record(ref).due_on
    world.do(head, "hold", ref, **HOLD)
    assert (world.record(ref).station, world.record(ref).due_on) == (station, None)
    unit = {"lan": "thu", "minh": "hieu"} if station == "education_review" else {}
    for act in ACTS:
        for role in MAY.get((station, act), "").split():
            if act == "release" or (role not in SEES[station].split() and role != "clock"):
                continue  # who does not see it at this station does nothing there anyway
            who = CLOCK if role == "clock" else WHO.get(role, "quang")
            actor = unit.get(who, who) if isinstance(who, str) else who
            assert "on_hold" in world.refused(actor, act, ref, **sent_for(world, ref, act)), (act, role)
    world.do(head, "release", ref, **RELEASE)
    assert (world.record(ref).station, world.record(ref).due_on) == (station, before)
    assert world.case(ref).on_hold is None


def test_what_was_left_in_working_days_is_left_after_the_release(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")  # due 27 May
    world.on(date(2024, 5, 15))
    world.do("son", "hold", ref, **HOLD)
    world.on(date(2024, 7, 15))
    world.do("son", "release", ref, **RELEASE)
    assert world.record(ref).due_on == date(2024, 7, 25)  # eight working days on


def test_what_was_overdue_stays_overdue_by_the_same_days(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.on(date(2024, 5, 30))
    world.do("son", "hold", ref, **HOLD)
    world.on(date(2024, 7, 15))
    world.do("son", "release", ref, **RELEASE)
    assert world.record(ref).due_on == date(2024, 7, 10)
    assert world.view("son", ref).left == -3


def test_hold_and_completion_keep_what_was_left_apart(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.on(date(2024, 5, 15))  # the office has eight days left
    completion_asked(world, ref, due="2024-05-24")
    world.on(date(2024, 5, 20))  # the unit has four
    world.do("son", "hold", ref, **HOLD)
    world.on(date(2024, 6, 3))
    world.do("son", "release", ref, **RELEASE)
    assert world.record(ref).due_on == date(2024, 6, 7)
    world.on(date(2024, 6, 5))
    world.do("minh", "resubmit", ref)
    assert world.record(ref).due_on == date(2024, 6, 17)


def test_a_school_is_held_by_the_office_that_has_it(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "education_review")
    completion_asked(world, ref)
    world.do("dung", "hold", ref, **HOLD)
    world.do("dung", "release", ref, **RELEASE)
    world.do("hieu", "resubmit", ref)
    assert world.case(ref).station == "education_review"


def test_a_second_hold_and_a_release_of_nothing_are_refused(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    assert world.refused("son", "release", ref, **RELEASE) == ["not_on_hold"]
    world.do("son", "hold", ref, **HOLD)
    assert world.refused("son", "hold", ref, **HOLD) == ["on_hold"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    held=st.dates(date(2024, 5, 13), date(2024, 9, 30)),
    days=st.integers(0, 120),
)
def test_a_hold_costs_no_working_day_and_gives_none(sqlite_world: World, held: date, days: int) -> None:
    world = sqlite_world.on(date(2024, 5, 13))
    ref, calendar = a_dossier(world, "home_affairs_review"), world.engine.calendar
    world.on(held)
    left = remaining(held, date(2024, 5, 27), calendar)
    world.do("son", "hold", ref, **HOLD)
    released = held + timedelta(days=days)
    world.on(released)
    world.do("son", "release", ref, **RELEASE)
    due = world.record(ref).due_on
    assert due is not None
    assert calendar.is_working(due)
    if left or calendar.is_working(released):
        assert remaining(released, due, calendar) == left
