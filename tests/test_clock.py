"""The clock: every deadline once, in order, through the one road; silence decides nothing."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from builders import World, a_dossier, completion_asked, forwarded
from hypothesis import given, strategies as st

from db import outbox, timers
from db.timers import TimerRecord
from states.calendar.clock_guard import believed
from states.decide import CLOCK
from states.history import read
from web.cases.sentences import sentence
from workflow.auditing import verification
from workflow.clock.guard import held_since, mark_as
from workflow.clock.sweep import Fired, sweep
from workflow.demo.moves import Mover
from workflow.demo.moving import days_on, jump, next_deadline, next_quarter, played, year_end
from workflow.settings import Settings
from workflow.telling import still_told

HOLD = {"cause": "denunciation", "document": "12/TB-TTr"}
MARK = datetime(2024, 5, 13, 1, tzinfo=UTC)


def swept(world: World, day: date) -> list[tuple[str, str]]:
    """What one pass of the clock on that morning does: whom it tells, or what it does."""
    return [(one.tells or one.act, one.day.isoformat()) for one in sweep(world.on(day).engine).fired]


def lived(world: World, since: date, until: date) -> list[tuple[str, str]]:
    """What the clock does when it runs every day."""
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return [done for day in days for done in swept(world, day)]


def fired_until(world: World, to: datetime) -> list[Fired]:
    """What the clock fires on its way to a moment, moved there day by day."""
    return [fired for swept in played(world.engine, to) for fired in swept.fired]


def armed(world: World, ref: str) -> list[tuple[int, date]]:
    """The step and the day of what is armed."""
    with world.engine.database.reading() as conn:
        found = timers.of_cases(conn, [world.record(ref).id])
    return [(one.step, one.due_on) for one in found if one.status == "armed"]


def told(world: World, ref: str) -> list[tuple[str, str]]:
    """(notice, role) of what was written to be sent about a dossier."""
    with world.engine.database.reading() as conn:
        found = outbox.listed(conn, limit=500)
    return [(one.notice, one.role) for one in found if one.case_id == world.record(ref).id]


def test_an_overdue_dossier_climbs_its_ladder_to_the_chairman_and_no_further(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    assert world.record(ref).due_on == date(2024, 5, 27)
    assert lived(world, date(2024, 5, 14), date(2024, 8, 1)) == [
        ("home_affairs_officer", "2024-05-22"),
        ("home_affairs_officer", "2024-05-24"),
        ("home_affairs_officer", "2024-05-27"),
        ("home_affairs_officer", "2024-05-28"),
        ("home_affairs_head", "2024-05-31"),
        ("council_vice_chair", "2024-06-07"),
        ("chairman", "2024-06-14"),
    ]
    assert world.record(ref).station == "home_affairs_review"
    assert armed(world, ref) == []
    assert told(world, ref)[-1] == ("dossier/escalate", "chairman")
    assert verification.verify(world.engine).first_bad is None


def test_whoever_is_told_may_read_the_dossier_from_then_on(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    lived(world, date(2024, 6, 6), date(2024, 6, 7))
    assert world.view("vinh", ref).record.ref == ref
    swept(world, date(2024, 6, 14))
    assert world.view("hung", ref).record.ref == ref


def test_the_ladder_stops_the_moment_the_work_is_done(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    lived(world, date(2024, 5, 27), date(2024, 5, 28))
    forwarded(world, ref)
    assert world.record(ref).station == "awaiting_council"
    assert lived(world, date(2024, 5, 28), date(2024, 7, 1)) == [
        ("council_secretary", "2024-06-11"),
        ("council_secretary", "2024-06-25"),
    ]


def test_of_several_overdue_reminders_only_the_highest_is_sent_after_downtime(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    swept(world, date(2024, 5, 13))
    mark_as(world.on(date(2024, 6, 10)).engine, world.now)  # an operator looked
    assert swept(world, date(2024, 6, 10)) == [("council_vice_chair", "2024-06-07")]
    assert armed(world, ref) == [(6, date(2024, 6, 14))]
    last = read(world.entries(ref)[-1].body)
    assert last["nominal_at"] == "2024-06-06T17:00:00.000000Z"  # midnight of 7 June in Vietnam
    assert last["at"] > last["nominal_at"]


def test_what_waits_for_the_province_is_called_to_mind_every_25_working_days(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "submitted_to_province")
    reminded = [("home_affairs_officer", "2024-06-17"), ("home_affairs_officer", "2024-07-22")]
    assert lived(world, date(2024, 5, 14), date(2024, 8, 1)) == reminded
    last = next(one for one in reversed(list(world.view("ngoc", ref).entries)) if one.act == "escalate")
    assert "Chuyên viên Nội vụ: nhắc định kỳ" in sentence(last, "vi", world.engine.today()).text
    with world.engine.database.reading() as conn:
        told = next(one for one in outbox.listed(conn, limit=99) if one.notice == "dossier/escalate")
    assert still_told(world.people["ngoc"], told, world.record(ref))


def test_an_unanswered_completion_request_goes_back_to_the_office_that_asked(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    completion_asked(world, ref, due="2024-05-24")
    done = lived(world, date(2024, 5, 14), date(2024, 5, 30))
    assert done == [
        ("unit_clerk", "2024-05-21"),
        ("unit_clerk", "2024-05-23"),
        ("unit_clerk", "2024-05-24"),
        ("take_back", "2024-05-27"),
    ]
    case = world.case(ref)
    assert (case.station, case.holder and case.holder.role) == ("home_affairs_review", "home_affairs_officer")
    assert all(not one.outcome for one in case.nominations.values())
    entry = next(one for one in world.view("son", ref).entries if one.act == "take_back")
    assert "24/05/2024" in entry.reason
    assert "im lặng" in entry.reason


def test_after_weeks_of_downtime_the_request_goes_back_with_its_nominal_day_and_nobody_is_reminded_late(
    sqlite_world: World,
) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    completion_asked(world, ref, due="2024-05-24")
    assert swept(world, date(2024, 6, 17)) == [("take_back", "2024-05-27")]
    assert read(world.entries(ref)[-1].body)["nominal_at"] == "2024-05-26T17:00:00.000000Z"
    due = world.record(ref).due_on
    assert due is not None
    assert due > date(2024, 6, 17)


def test_the_clock_takes_nothing_back_before_the_last_day_is_over(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    completion_asked(world, ref, due="2024-05-24")
    for day in (date(2024, 5, 23), date(2024, 5, 24)):
        assert world.on(day).refused(CLOCK, "take_back", ref, reason="Sớm") == ["not_past_due"]
    assert (
        world.on(date(2024, 5, 25)).do(CLOCK, "take_back", ref, reason="Hết hạn").station
        == "home_affairs_review"
    )


def test_a_hold_stops_the_ladder_and_the_release_goes_on_where_it_stopped(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    assert lived(world, date(2024, 5, 14), date(2024, 5, 22)) == [("home_affairs_officer", "2024-05-22")]
    world.do("son", "hold", ref, **HOLD)
    assert armed(world, ref) == []
    assert lived(world, date(2024, 5, 23), date(2024, 6, 3)) == []
    world.do("son", "release", ref, document="15/KL-TTr")
    assert world.record(ref).due_on == date(2024, 6, 6)
    assert lived(world, date(2024, 6, 3), date(2024, 6, 7)) == [
        ("home_affairs_officer", "2024-06-05"),
        ("home_affairs_officer", "2024-06-06"),
        ("home_affairs_officer", "2024-06-07"),
    ]


def test_an_extension_begins_the_ladder_anew(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    lived(world, date(2024, 5, 22), date(2024, 5, 28))
    world.do("son", "extend", ref, reason="Cần thêm thời gian", due="2024-06-10")
    assert lived(world, date(2024, 5, 28), date(2024, 6, 11)) == [
        ("home_affairs_officer", "2024-06-05"),
        ("home_affairs_officer", "2024-06-07"),
        ("home_affairs_officer", "2024-06-10"),
        ("home_affairs_officer", "2024-06-11"),
    ]


def test_a_timer_of_an_earlier_stay_is_harmless(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    record = world.record(ref)
    with world.engine.database.transaction() as conn:
        timers.put(conn, TimerRecord("stale", record.id, 1, "appraisal", 4, date(2024, 5, 10)))
    before = armed(world, ref)
    assert swept(world, date(2024, 5, 14)) == []
    assert world.record(ref) == record
    assert [one for one in before if one[0] != 4] == armed(world, ref)


def test_two_processes_sweeping_at_once_fire_everything_once(world: World) -> None:
    refs = [a_dossier(world, "home_affairs_review") for _ in range(6)]
    world.on(date(2024, 5, 22))
    start, found = threading.Barrier(3), []

    def run() -> None:
        start.wait()
        found.append(sweep(world.engine))

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fired: list[Fired] = [one for result in found for one in result.fired]
    assert [result.failed for result in found] == [(), (), ()]
    while more := sweep(world.engine).fired:  # what one of them was still writing when the others looked
        fired += more
    assert sorted(one.ref for one in fired) == sorted(refs)
    assert [sum(read(e.body)["act"] == "escalate" for e in world.entries(ref)) for ref in refs] == [1] * 6


def test_a_clock_that_jumps_while_it_runs_is_held_until_somebody_releases_it(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    engine = world.on(date(2024, 5, 14)).engine
    assert sweep(engine).halt is None
    world.on(date(2025, 9, 26))
    held = sweep(engine, elapsed=timedelta(seconds=30))
    assert (held.halt and held.halt.verdict, held.fired) == ("held", ())
    again = sweep(engine)  # a restart does not make it forget
    assert again.halt is not None
    with engine.database.reading() as conn:
        assert held_since(conn) == world.now
    mark_as(engine, engine.now())
    assert [one.tells for one in sweep(engine).fired] == ["chairman"]
    assert world.record(ref).station == "home_affairs_review"


def test_a_clock_put_right_again_runs_on_by_itself(sqlite_world: World) -> None:
    world = sqlite_world.on(date(2024, 5, 14))
    sweep(world.engine)
    world.on(date(2025, 9, 26))
    assert sweep(world.engine, elapsed=timedelta(seconds=30)).halt is not None
    world.on(date(2024, 5, 14)).now += timedelta(minutes=1)
    assert sweep(world.engine, elapsed=timedelta(minutes=1)).halt is None


def test_a_clock_set_back_stands_still(sqlite_world: World) -> None:
    world = sqlite_world
    a_dossier(world, "home_affairs_review")
    sweep(world.on(date(2024, 5, 20)).engine)
    world.on(date(2023, 1, 4))
    found = sweep(world.engine, elapsed=timedelta(seconds=30))
    assert (found.halt and found.halt.verdict, found.fired) == ("stands", ())


@given(gain=st.floats(0, 10_000), elapsed=st.floats(0, 10_000))
def test_a_running_clock_is_believed_as_long_as_it_gains_little(gain: float, elapsed: float) -> None:
    now = MARK + timedelta(seconds=gain)
    verdict = believed(MARK, now, timedelta(seconds=elapsed))
    assert verdict == (
        "runs" if now - MARK <= timedelta(seconds=elapsed) * 1.05 + timedelta(minutes=2) else "held"
    )


@pytest.mark.parametrize(
    ("later", "verdict"),
    [(timedelta(days=60), "runs"), (timedelta(days=60, seconds=1), "held"), (-timedelta(1), "stands")],
)
def test_a_clock_switched_off_for_more_than_a_week_is_looked_at_first(later: timedelta, verdict: str) -> None:
    assert believed(MARK, MARK + later, None) == verdict


def test_the_demos_clock_plays_every_day_it_passes(sqlite_world: World) -> None:
    world = sqlite_world.on(date(2024, 5, 13))
    ref = a_dossier(world, "home_affairs_review")
    following = next_deadline(world.engine)
    assert following is not None
    assert following.date() == date(2024, 5, 22)
    fired = fired_until(world, days_on(world.engine, 40))
    assert [one.day.isoformat() for one in fired] == [
        *("2024-05-22", "2024-05-24", "2024-05-27", "2024-05-28"),
        *("2024-05-31", "2024-06-07", "2024-06-14"),
    ]
    assert world.engine.today() == date(2024, 6, 22)
    assert world.record(ref).version == len(world.entries(ref))


@pytest.mark.parametrize(
    ("today", "quarter", "end"),
    [
        (date(2024, 5, 13), date(2024, 7, 1), date(2024, 12, 31)),
        (date(2024, 7, 1), date(2024, 10, 1), date(2024, 12, 31)),
        (date(2024, 12, 30), date(2025, 1, 1), date(2024, 12, 31)),
        (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_demos_clock_moves_to_the_next_quarter_and_to_the_next_end_of_a_year(
    sqlite_world: World, today: date, quarter: date, end: date
) -> None:
    engine = sqlite_world.on(today).engine
    assert (next_quarter(engine).date(), year_end(engine).date()) == (quarter, end)


def test_a_move_that_broke_off_on_the_way_is_gone_on_with_by_the_next_one(sqlite_world: World) -> None:
    world = sqlite_world.on(date(2024, 5, 13))
    a_dossier(world, "home_affairs_review")
    end = days_on(world.engine, 40)
    on_the_way = played(world.engine, end)
    first = [fired.day for swept in islice(on_the_way, 3) for fired in swept.fired]
    rest = [fired.day for fired in fired_until(world, end)]
    assert first == [date(2024, 5, 22), date(2024, 5, 24)]
    assert rest == [
        date(2024, 5, 27),
        date(2024, 5, 28),
        date(2024, 5, 31),
        date(2024, 6, 7),
        date(2024, 6, 14),
    ]


def test_a_move_behind_a_page_that_fails_says_so_then_lets_the_next_one_go_on(
    sqlite_world: World, tmp_path: Path
) -> None:
    world = sqlite_world.on(date(2024, 5, 13))
    a_dossier(world, "home_affairs_review")
    engine, once = world.engine, iter([world.engine.now()])
    mover, end, source = Mover(engine, Settings(demo=True, data=tmp_path)), days_on(engine, 12), engine.source
    engine.source = replace(source, now=lambda: next(once))
    broken = mover.start(end)
    assert broken is not None
    assert broken.over.wait(60)
    assert (broken.broke, broken.fired, mover.under_way) == (True, [], None)
    engine.source = source
    move = mover.start(end)
    assert move is not None
    assert move.over.wait(60)
    assert (move.broke, move.percent, [one.left for one in move.fired]) == (False, 100, [3, 1])


def test_a_demo_that_is_served_follows_a_clock_that_another_process_moved(
    world: World, tmp_path: Path
) -> None:
    served, settings = world.on(date(2024, 5, 13)).engine, Settings(demo=True, data=tmp_path)
    other = replace(served)
    jump(other, datetime(2024, 6, 17, 8, tzinfo=UTC))
    assert served.today() == date(2024, 5, 13)
    mover = Mover(served, settings)
    mover.follow()
    assert served.now() == other.now()
    jump(other, datetime(2024, 6, 18, 8, tzinfo=UTC))
    mover.follow()
    assert served.today() == date(2024, 6, 17), "within a second nobody is asked again"
    Mover(served, settings).follow()
    assert served.today() == date(2024, 6, 18)


def test_a_jump_of_the_demos_clock_is_downtime(sqlite_world: World) -> None:
    world = sqlite_world.on(date(2024, 5, 13))
    a_dossier(world, "home_affairs_review")
    sweep(world.engine)
    found: Any = jump(world.engine, datetime(2024, 6, 17, 8, tzinfo=UTC))
    assert (found.halt, [one.tells for one in found.fired]) == (None, ["chairman"])


def test_the_demos_clock_moved_back_fires_nothing_until_it_has_caught_up(sqlite_world: World) -> None:
    world = sqlite_world.on(date(2024, 5, 13))
    a_dossier(world, "home_affairs_review")
    jump(world.engine, datetime(2024, 5, 23, 1, tzinfo=UTC))
    back = jump(world.engine, datetime(2024, 5, 14, 1, tzinfo=UTC))
    assert (back.halt and back.halt.verdict, back.fired) == ("stands", ())
    assert [
        one.day.isoformat() for one in jump(world.engine, datetime(2024, 5, 24, 1, tzinfo=UTC)).fired
    ] == ["2024-05-24"]


def test_a_reminder_is_not_sent_once_its_work_is_done(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    swept(world, date(2024, 5, 28))
    with world.engine.database.reading() as conn:
        reminder = next(one for one in outbox.listed(conn, limit=99) if one.notice == "dossier/escalate")
    assert still_told(world.people["ngoc"], reminder, world.record(ref))
    forwarded(world, ref)
    assert not still_told(world.people["ngoc"], reminder, world.record(ref))
