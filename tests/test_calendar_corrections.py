"""A correction of the calendar moves every limit it touches, once, and leaves the others alone."""

import json
from datetime import date, timedelta

from builders import World, a_dossier, also
from builders_year import duty, owed
from test_year import NEW_YEAR, planned as the_plan

from db import occurrences, outbox, timers
from workflow.auditing import verification
from workflow.clock.occurring import occur
from workflow.clock.sweep import sweep
from workflow.engine import Engine

SWAP = {"title": "Nghỉ hoán đổi", "title_en": "Swapped day off", "source": "01/VPCP", "confidence": "high"}


def proposed(world: World, day: str, *, working: bool = False) -> str:
    """An officer proposes that a day be off, or worked."""
    return world.do("ngoc", "propose_day", unit="PNV", day=day, working=working, **SWAP).ref


def applied(world: World, day: str, *, working: bool = False) -> str:
    """The head applies it; the clock does what follows."""
    ref = proposed(world, day, working=working)
    world.do("son", "apply_day", ref, reason="Theo thông báo của Thủ tướng")
    assert not sweep(world.engine).failed
    return ref


def revoked(world: World, ref: str) -> None:
    """The head revokes it; the clock does what follows."""
    world.do("son", "revoke_day", ref, reason="Thông báo bị thu hồi")
    assert not sweep(world.engine).failed


def due(world: World, ref: str) -> str:
    """The last day of a case."""
    return str(world.record(ref).due_on)


def acts(world: World, ref: str) -> list[str]:
    """What happened to a case, in order."""
    return [entry.act for entry in world.view("trung", ref).entries]


def another_process(world: World) -> Engine:
    """A second process on the same database, with the same clock."""
    mine = world.engine
    other = Engine(mine.database, mine.blobs, mine.source, log=mine.log)
    return other.open()


def test_a_limit_of_working_days_ends_one_day_later_once_a_day_of_it_is_made_off(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    before, version = world.record(ref).due_on, world.record(ref).version
    correction = applied(world, "2024-05-16")
    assert (str(before), due(world, ref)) == ("2024-05-27", "2024-05-28")
    assert world.record(ref).version == version + 1
    assert world.record(correction).station == "in_effect"
    assert verification.verify(world.engine).first_bad is None


def test_a_saturday_made_worked_ends_it_one_day_earlier(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "home_affairs_review")
    applied(sqlite_world, "2024-05-18", working=True)
    assert due(sqlite_world, ref) == "2024-05-24"


def test_two_days_that_are_swapped_leave_the_end_where_it_was_told_of_twice(sqlite_world: World) -> None:
    """A Friday off for a Saturday worked: each correction moves the end by itself, together they move nothing."""
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    applied(world, "2024-05-17")
    applied(world, "2024-05-18", working=True)
    assert due(world, ref) == "2024-05-27"


def test_two_corrections_applied_before_the_clock_looks_move_a_limit_once(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    version = world.record(ref).version
    for day in ("2024-05-16", "2024-05-17"):
        world.do("son", "apply_day", proposed(world, day), reason="Theo thông báo")
    sweep(world.engine)
    assert due(world, ref) == "2024-05-29"
    assert world.record(ref).version == version + 1


def test_a_last_day_that_is_made_off_rolls_to_the_next_working_day_for_the_duty_too(world: World) -> None:
    ref, other = owed(world), owed(world, deadline="2024-06-05", city_deadline="2024-06-05")
    applied(world, "2024-05-31")
    assert due(world, ref) == "2024-06-03"
    assert str(duty(world, ref).deadline) == "2024-06-03"
    assert (due(world, other), world.record(other).version) == ("2024-06-05", 1)


def test_revoking_a_correction_puts_every_limit_back(sqlite_world: World) -> None:
    world = sqlite_world
    counted, named = a_dossier(world, "home_affairs_review"), owed(world)
    both = [applied(world, "2024-05-16"), applied(world, "2024-05-31")]
    for correction in both:
        revoked(world, correction)
    assert (due(world, counted), due(world, named)) == ("2024-05-27", "2024-05-31")
    again = applied(world, "2024-05-16")
    assert again not in both
    assert due(world, counted) == "2024-05-28"


def test_a_day_that_is_past_moves_the_limits_that_ran_over_it(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.on(date(2024, 5, 20))
    sweep(world.engine)
    applied(world, "2024-05-16")
    assert due(world, ref) == "2024-05-28"


def test_a_limit_that_began_after_the_correction_is_left_alone(sqlite_world: World) -> None:
    world = sqlite_world
    correction = proposed(world, "2024-05-16")
    world.do("son", "apply_day", correction, reason="Theo thông báo")
    ref = a_dossier(world, "home_affairs_review")
    version, ends = world.record(ref).version, due(world, ref)
    sweep(world.engine)
    assert (world.record(ref).version, due(world, ref), ends) == (version, "2024-05-28", "2024-05-28")


def test_an_extended_limit_is_a_named_day_that_no_correction_before_it_moves(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.do("son", "extend", ref, reason="Nhiều hồ sơ", due="2024-06-04")
    applied(world, "2024-05-16")
    assert due(world, ref) == "2024-06-04"
    applied(world, "2024-06-04")
    assert due(world, ref) == "2024-06-05"


def test_what_is_on_hold_is_not_recounted_but_its_working_days_are_counted_right_later(
    sqlite_world: World,
) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.do("son", "hold", ref, reason="Có đơn", cause="complaint", document="12/ĐT")
    version = world.record(ref).version
    applied(world, "2024-05-16")
    assert world.record(ref).version == version
    world.do("son", "release", ref, reason="Đã xác minh", document="13/KL")
    assert due(world, ref) == "2024-05-28"


def test_the_clock_looking_again_changes_nothing(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    correction = applied(world, "2024-05-16")
    seen = world.record(ref), world.record(correction)
    for engine in (world.engine, another_process(world)):
        assert sweep(engine).fired == ()
    assert (world.record(ref), world.record(correction)) == seen


def test_a_crash_between_two_recounts_leaves_the_rest_to_whoever_comes_next(world: World) -> None:
    refs = [a_dossier(world, "home_affairs_review", unit=unit) for unit in ("P1", "P2", "X1")]
    world.do("son", "apply_day", proposed(world, "2024-05-16"), reason="Theo thông báo")
    dying = occur(world.engine)
    next(dying)
    dying.close()
    assert sorted(due(world, ref) for ref in refs) == ["2024-05-27", "2024-05-27", "2024-05-28"]
    assert not sweep(another_process(world)).failed
    sweep(world.engine)
    assert [due(world, ref) for ref in refs] == ["2024-05-28"] * 3
    assert [acts(world, ref).count("recount") for ref in refs] == [1, 1, 1]


def test_every_process_counts_by_the_corrected_calendar_after_one_look(sqlite_world: World) -> None:
    world, other, day = sqlite_world, another_process(sqlite_world), date(2024, 5, 16)
    applied(world, "2024-05-16")
    assert other.calendar.is_working(day)
    other.read_clock()
    assert not other.calendar.is_working(day)
    assert other.calendar.why(day, "en") == "Day off: Swapped day off (01/VPCP)"
    assert not another_process(world).calendar.is_working(day)


def test_a_reminder_that_was_given_is_not_given_again_the_next_one_comes_on_its_new_day(
    sqlite_world: World,
) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    told = sweep(world.on(date(2024, 5, 22)).engine).fired
    assert [(one.act, one.step) for one in told] == [("escalate", 0)]
    applied(world, "2024-05-23")
    fired = [
        (str(one.day), one.step)
        for n in range(1, 8)
        for one in sweep(world.on(date(2024, 5, 22) + timedelta(days=n)).engine).fired
    ]
    assert fired == [("2024-05-27", 1), ("2024-05-28", 2), ("2024-05-29", 3)]
    assert due(world, ref) == "2024-05-28"


def test_where_the_end_stays_a_reminder_still_moves_with_the_working_days_before_it(
    sqlite_world: World,
) -> None:
    world, ref = sqlite_world, owed(sqlite_world)
    applied(world, "2024-05-29")
    with world.engine.database.reading() as conn:
        days = [str(one.due_on) for one in timers.of_cases(conn, [world.record(ref).id])]
    assert due(world, ref) == "2024-05-31"
    assert days == ["2024-05-16"]


def test_the_holder_is_told_that_the_day_moved(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    applied(world, "2024-05-16")
    with world.engine.database.reading() as conn:
        told = [(one.notice, one.role) for one in outbox.listed(conn, limit=100)]
    assert told.count(("dossier/recount", "home_affairs_officer")) == 1
    assert acts(world, ref)[-1] == "recount"


def test_duties_that_are_still_to_come_get_their_days_by_the_corrected_calendar(sqlite_world: World) -> None:
    world, plan = sqlite_world, the_plan(sqlite_world)
    sweep(world.on(NEW_YEAR).engine)
    applied(world, "2024-05-14")
    with world.engine.database.reading() as conn:
        rows = occurrences.of_plan(conn, world.record(plan).id)
    reports = [row for row in rows if row.schedule.endswith("REP-6M-UNIT:P1")]
    assert [json.loads(row.args)["deadline"] for row in reports] == ["2024-05-15"]


def test_who_proposes_a_day_does_not_apply_it(sqlite_world: World) -> None:
    world = sqlite_world
    world.people["both"] = also(world.people["ngoc"], "home_affairs_head", "PNV")
    ref = world.do("both", "propose_day", unit="PNV", day="2024-05-16", working=False, **SWAP).ref
    assert world.refused("both", "apply_day", ref, reason="Được") == ["same_person"]
    world.do("son", "apply_day", ref, reason="Được")


def test_a_day_that_is_so_already_or_of_a_year_that_is_over_is_refused(sqlite_world: World) -> None:
    world = sqlite_world
    asked = {"unit": "PNV", **SWAP}
    refused = world.refused("ngoc", "propose_day", day="2024-05-18", working=False, **asked)
    assert refused == ["already_so"]
    refused = world.refused("ngoc", "propose_day", day="2023-12-29", working=False, **asked)
    assert refused == ["year_over"]
    assert world.refused("lan", "propose_day", day="2024-05-16", working=False, **asked) == ["wrong_role"]
    first, second = proposed(world, "2024-05-16"), proposed(world, "2024-05-16")
    world.do("son", "apply_day", first, reason="Theo thông báo")
    assert world.refused("son", "apply_day", second, reason="Theo thông báo") == ["already_so"]
    world.do("ngoc", "withdraw", second)


def test_a_day_that_was_only_announced_can_be_confirmed_and_moves_nothing(sqlite_world: World) -> None:
    world, day = sqlite_world, "2026-11-24"
    announced = {"unit": "PNV", **SWAP, "confidence": "low"}
    assert world.refused("ngoc", "propose_day", day=day, working=False, **announced) == ["already_so"]
    applied(world, day)
    assert world.engine.calendar.overrides[date(2026, 11, 24)].confidence == "high"
