"""The year keeps itself: what the plan says opens, falls due, is marked, each once and on its day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from builders import World, a_draft

from states.year.plan_file import plan_document, shipped_plan
from workflow.auditing import verification
from workflow.clock.fired import Fired
from workflow.clock.guard import mark_as
from workflow.clock.sweep import sweep

NEW_YEAR, NEW_YEARS_EVE = date(2024, 1, 1), date(2024, 12, 31)

# Written by hand from the plan and the ladders, for the ward of Hoa Mai, the school of Bằng Lăng, one item of each
# quarter; nobody answers anything. Working days: Tết 8 to 14 February, 18/4, 29/4 for 4/5, 30/4, 1/5, 2 and 3/9 off.
NOBODY_ANSWERS = """
01/01 P1 owe Q1-07b
29/01 P1 owe PLAN-UNIT
31/01 P1 unit_clerk PLAN-UNIT
01/02 P1 unit_head PLAN-UNIT
06/02 P1 home_affairs_head PLAN-UNIT
20/02 P1 council_vice_chair PLAN-UNIT
27/02 P1 chairman PLAN-UNIT
01/03 P1 unit_clerk Q1-07b
12/03 P1 unit_clerk Q1-07b
15/03 P1 unit_clerk Q1-07b
18/03 P1 unit_head Q1-07b
21/03 P1 home_affairs_head Q1-07b
28/03 P1 council_vice_chair Q1-07b
01/04 P1 owe REP-6M-UNIT
04/04 P1 chairman Q1-07b
26/04 P1 unit_clerk REP-6M-UNIT
09/05 P1 unit_clerk REP-6M-UNIT
14/05 P1 unit_clerk REP-6M-UNIT
15/05 P1 unit_head REP-6M-UNIT
20/05 P1 home_affairs_head REP-6M-UNIT
27/05 P1 council_vice_chair REP-6M-UNIT
03/06 P1 chairman REP-6M-UNIT
01/10 P1 owe REP-12M-UNIT
31/10 P1 unit_clerk REP-12M-UNIT
11/11 P1 unit_clerk REP-12M-UNIT
14/11 P1 unit_clerk REP-12M-UNIT
15/11 P1 unit_head REP-12M-UNIT
20/11 P1 home_affairs_head REP-12M-UNIT
27/11 P1 council_vice_chair REP-12M-UNIT
04/12 P1 chairman REP-12M-UNIT
29/01 T1 owe PLAN-SCHOOL
30/01 T1 unit_clerk PLAN-SCHOOL
31/01 T1 unit_head PLAN-SCHOOL
05/02 T1 education_head PLAN-SCHOOL
19/02 T1 council_vice_chair PLAN-SCHOOL
26/02 T1 chairman PLAN-SCHOOL
01/04 T1 owe REP-6M-SCHOOL
23/04 T1 unit_clerk REP-6M-SCHOOL
06/05 T1 unit_clerk REP-6M-SCHOOL
09/05 T1 unit_clerk REP-6M-SCHOOL
10/05 T1 unit_head REP-6M-SCHOOL
15/05 T1 education_head REP-6M-SCHOOL
22/05 T1 council_vice_chair REP-6M-SCHOOL
29/05 T1 chairman REP-6M-SCHOOL
01/07 T1 owe Q3-04
11/09 T1 unit_clerk Q3-04
20/09 T1 unit_clerk Q3-04
25/09 T1 unit_clerk Q3-04
26/09 T1 unit_head Q3-04
01/10 T1 owe REP-12M-SCHOOL
01/10 T1 education_head Q3-04
08/10 T1 council_vice_chair Q3-04
15/10 T1 chairman Q3-04
28/10 T1 unit_clerk REP-12M-SCHOOL
06/11 T1 unit_clerk REP-12M-SCHOOL
11/11 T1 unit_clerk REP-12M-SCHOOL
12/11 T1 unit_head REP-12M-SCHOOL
15/11 T1 education_head REP-12M-SCHOOL
22/11 T1 council_vice_chair REP-12M-SCHOOL
29/11 T1 chairman REP-12M-SCHOOL
01/01 PNV plan Q1-03b
01/01 PNV open Q1-03b
15/03 PNV home_affairs_officer Q1-03b
26/03 PNV home_affairs_officer Q1-03b
29/03 PNV home_affairs_officer Q1-03b
01/04 PNV mark_overdue Q1-03b
01/04 PNV home_affairs_officer Q1-03b
04/04 PNV home_affairs_head Q1-03b
11/04 PNV council_vice_chair Q1-03b
19/04 PNV chairman Q1-03b
01/01 PNV plan Q2-07
15/05 PNV open Q2-07
14/06 PNV home_affairs_officer Q2-07
25/06 PNV home_affairs_officer Q2-07
28/06 PNV home_affairs_officer Q2-07
01/07 PNV mark_overdue Q2-07
01/07 PNV home_affairs_officer Q2-07
04/07 PNV home_affairs_head Q2-07
11/07 PNV council_vice_chair Q2-07
18/07 PNV chairman Q2-07
01/01 PNV plan Q3-03
01/07 PNV open Q3-03
16/09 PNV home_affairs_officer Q3-03
25/09 PNV home_affairs_officer Q3-03
30/09 PNV home_affairs_officer Q3-03
01/10 PNV mark_overdue Q3-03
01/10 PNV home_affairs_officer Q3-03
04/10 PNV home_affairs_head Q3-03
11/10 PNV council_vice_chair Q3-03
18/10 PNV chairman Q3-03
01/01 PNV open_intake annual
01/04 PNV close_intake annual
"""
# The lines of it that a process which was down from 6 to 26 May never says: something higher was due by then.
MISSED = """
09/05 P1 unit_clerk REP-6M-UNIT
14/05 P1 unit_clerk REP-6M-UNIT
15/05 P1 unit_head REP-6M-UNIT
20/05 P1 home_affairs_head REP-6M-UNIT
06/05 T1 unit_clerk REP-6M-SCHOOL
09/05 T1 unit_clerk REP-6M-SCHOOL
10/05 T1 unit_head REP-6M-SCHOOL
15/05 T1 education_head REP-6M-SCHOOL
"""
WATCHED = {("P1", ""), ("T1", ""), *(("PNV", item) for item in ("Q1-03b", "Q2-07", "Q3-03", "annual"))}


def planned(world: World, effective: date = NEW_YEAR) -> str:
    """The plan of 2024, put into effect."""
    world.on(NEW_YEAR)
    plan = plan_document(shipped_plan(2024))
    ref = world.do("ngoc", "draw_up", unit="PNV", year=2024, title="Kế hoạch năm 2024", plan=plan).ref
    world.do("son", "activate", ref, reason="Ban hành", effective_from=effective.isoformat())
    return ref


def lived(
    world: World, since: date, until: date, *, running: Callable[[date], bool] = lambda _: True
) -> list[Fired]:
    """What the clock does on every day on which it runs."""
    mark_as(
        world.engine, world.on(since).now
    )  # however long nothing ran before, that was no jump of the clock
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    swept = [sweep(world.on(day).engine) for day in days if running(day)]
    assert not any(one.failed or one.halt for one in swept)
    return [fired for one in swept for fired in one.fired]


def told(world: World, fired: list[Fired]) -> list[tuple[date, str, str, str]]:
    """(day, unit, what or whom, of which duty) of what is watched, sorted."""
    found = []
    for one in fired:
        record = world.record(one.ref)
        if {(record.unit, ""), (record.unit, record.category)} & WATCHED:
            found.append((one.day, record.unit, one.tells or one.act, record.category))
    return sorted(found)


def first(world: World, fired: list[Fired], act: str, category: str) -> str:
    """The first case of this category to which the act came."""
    return next(one.ref for one in fired if one.act == act and world.record(one.ref).category == category)


def written(lines: str) -> list[tuple[date, str, str, str]]:
    """The list written by hand, sorted."""
    found = []
    for line in lines.strip().splitlines():
        day, unit, what, item = line.split()
        on = datetime.strptime(f"{day}/2024", "%d/%m/%Y").replace(tzinfo=UTC).date()
        found.append((on, unit, what, item))
    return sorted(found)


def test_the_whole_year_in_which_nobody_answers_is_the_one_written_by_hand(world: World) -> None:
    planned(world)
    fired = lived(world, NEW_YEAR, NEW_YEARS_EVE)
    assert told(world, fired) == written(NOBODY_ANSWERS)
    assert verification.verify(world.engine).first_bad is None


def test_three_weeks_without_power_over_the_fifteenth_of_may_skip_no_step(sqlite_world: World) -> None:
    """What changes a state all happens, under its nominal day; of the reminders missed only the highest is sent."""
    world = sqlite_world
    planned(world)
    down = (date(2024, 5, 6), date(2024, 5, 26))
    fired = lived(world, NEW_YEAR, date(2024, 7, 1), running=lambda day: not down[0] <= day <= down[1])
    expected = [
        one for one in written(NOBODY_ANSWERS) if one[0] <= date(2024, 7, 1) and one not in written(MISSED)
    ]
    assert told(world, fired) == expected


def test_a_draft_that_was_never_submitted_lapses_when_its_intake_closes(world: World) -> None:
    planned(world)
    lived(world, NEW_YEAR, NEW_YEAR)
    world.on(date(2024, 3, 25))
    idle, sent = a_draft(world), a_draft(world, unit="P2")
    world.do("binh", "submit", sent)
    lived(world, date(2024, 3, 26), date(2024, 4, 1))
    assert [world.record(ref).station for ref in (idle, sent)] == ["lapsed", "home_affairs_review"]
    world.on(date(2024, 4, 2))
    late = a_draft(world)
    lived(world, date(2024, 4, 2), date(2024, 4, 8))
    assert world.record(late).station == "drafting"


def test_a_window_that_was_prolonged_closes_later(sqlite_world: World) -> None:
    world = sqlite_world
    planned(world)
    fired = lived(world, NEW_YEAR, NEW_YEAR)
    annual = first(world, fired, "open_intake", "annual")
    world.do("son", "extend", annual, reason="Nhiều đơn vị chưa kịp", due="2024-04-15")
    lived(world, date(2024, 3, 30), date(2024, 4, 15))
    assert world.record(annual).station == "open"
    lived(world, date(2024, 4, 16), date(2024, 4, 16))
    assert world.record(annual).station == "closed"


def test_an_item_that_was_done_in_time_is_never_marked_as_overdue(sqlite_world: World) -> None:
    world = sqlite_world
    planned(world)
    fired = lived(world, NEW_YEAR, NEW_YEAR)
    item = first(world, fired, "open", "Q1-02")
    world.do("ngoc", "finish", item, note="Đã dự hội nghị")
    later = lived(world, date(2024, 3, 1), date(2024, 5, 1))
    assert world.record(item).station == "done"
    assert item not in {one.ref for one in later}


def test_a_plan_that_was_replaced_brings_nothing_more_but_what_happened_stays(sqlite_world: World) -> None:
    world = sqlite_world
    first = planned(world)
    lived(world, NEW_YEAR, date(2024, 2, 1))
    world.do("son", "close_plan", first, reason="Thay bằng kế hoạch điều chỉnh")
    assert not lived(world, date(2024, 4, 1), date(2024, 4, 1)) or all(
        one.act == "escalate" for one in lived(world, date(2024, 4, 1), date(2024, 4, 1))
    )
    plan = plan_document(shipped_plan(2024))
    second = world.do("ngoc", "draw_up", unit="PNV", year=2024, title="Kế hoạch điều chỉnh", plan=plan).ref
    world.do("son", "activate", second, reason="Điều chỉnh", effective_from="2024-04-02")
    acts = {one.act for one in lived(world, date(2024, 4, 2), date(2024, 4, 2))}
    assert {"open", "owe", "open_intake"} <= acts
    duties = [one for one in lived(world, date(2024, 4, 3), date(2024, 12, 31)) if one.act == "owe"]
    assert sorted({world.record(one.ref).category for one in duties}) == [
        "Q3-04",
        "REP-12M-SCHOOL",
        "REP-12M-UNIT",
    ]


@pytest.mark.parametrize("days", [400, -400])
def test_a_clock_that_jumps_by_years_opens_nothing(sqlite_world: World, days: int) -> None:
    world = sqlite_world
    planned(world)
    lived(world, NEW_YEAR, NEW_YEAR)
    jumped = sweep(world.on(NEW_YEAR + timedelta(days=days)).engine)
    assert jumped.halt is not None
    assert jumped.fired == ()
