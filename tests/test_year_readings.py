"""What the pages of the year ask, asked of both databases."""

from datetime import date

from builders import World, a_dossier
from builders_plan import a_year, accepted, due, sent, the_clock_runs

from workflow.overdue import Urgency, deadlines
from workflow.year.duty_grid import Grid, duty_grid, tally
from workflow.year.duty_summary import summary
from workflow.year.plan_state import ItemState, item_states
from workflow.year.plan_year import PlanYear, plan_year


def grid_of(world: World, who: str) -> tuple[PlanYear, Grid, dict[str, ItemState]]:
    """The year, its grid, its items as this person may see them."""
    actor = world.people[who]
    with world.engine.database.reading() as conn:
        year = plan_year(world.engine, conn, actor)
        assert year is not None
        grid = duty_grid(world.engine, conn, actor, year)
        states = item_states(world.engine, conn, actor, year)
    return year, grid, {one.item.id: one for one in states}


def listed(world: World, who: str, urgency: Urgency) -> list[str]:
    """The references of one list of deadlines."""
    with world.engine.database.reading() as conn:
        found = deadlines(world.engine, conn, world.people[who], urgency, limit=50)
    return [late.item.record.ref for late in found.rows]


def test_the_year_is_told_from_its_cases(world: World) -> None:
    a_year(world, date(2024, 5, 13))
    accepted(world, "P1", members=100)
    sent(world, "P2", members=11)
    sent(world, "T1", "REP-6M-SCHOOL", members=7)
    the_clock_runs(world, date(2024, 5, 20))
    year, grid, states = grid_of(world, "ngoc")
    half = next(column for column in grid.columns if column.key == "report:2024H1")
    counts = tally(grid.of(half, year.units.values()))
    assert (counts.owing, counts.sent, counts.accepted, counts.overdue) == (6, 3, 1, 3)
    found = {cell.unit: (cell.state, cell.overdue) for cell in grid.of(half, year.units.values())}
    assert found == {
        "VP": ("due", 4), "P1": ("accepted", 0), "P2": ("sent", 0), "X1": ("due", 4),
        "T1": ("education", 0), "T2": ("due", 7),
    }  # fmt: skip
    total = summary(year, grid, half)
    assert total.sums[""]["members"].accepted == 100
    assert total.sums[""]["members"].sent == 18
    assert sorted(line.unit.id for line in total.missing) == ["T2", "VP", "X1"]
    assert states["REP-6M-UNIT"].overdue
    assert states["Q1-01a"].state == "overdue"
    assert states["III-4"].state == "always"
    assert {one.kind for one in states["Q2-05"].served} == {"intake"}
    assert states["Q2-02a"].served[0].period == "2023-2024"


def test_what_the_clock_tells_next_and_what_it_told_is_listed(world: World) -> None:
    a_year(world, date(2024, 5, 13))
    ref = due(world, "X1", "REP-6M-UNIT")
    the_clock_runs(world, date(2024, 5, 24))
    assert ref in listed(world, "son", "overdue")
    assert ref in listed(world, "son", "tomorrow")
    assert listed(world, "son", "held") == []
    assert ref not in listed(world, "vinh", "overdue")
    the_clock_runs(world, date(2024, 5, 27))
    assert ref in listed(world, "vinh", "overdue")
    assert ref not in listed(world, "hung", "overdue")
    the_clock_runs(world, date(2024, 6, 3))
    assert ref in listed(world, "hung", "overdue")
    accepted(world, "X1")
    assert ref not in listed(world, "hung", "overdue")


def test_what_stands_still_has_a_list_of_its_own_until_it_runs_on(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    assert listed(world, "son", "held") == []
    world.do("son", "hold", ref, cause="complaint", document="12/TB-TTr", reason="Có đơn")
    assert listed(world, "son", "held") == [ref]
    assert listed(world, "hung", "held") == []
    world.do("son", "release", ref, document="15/KL-TTr", reason="Đã kết luận")
    assert listed(world, "son", "held") == []
