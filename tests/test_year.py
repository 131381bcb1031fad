"""The year keeps itself: what the plan says opens, falls due, is marked, each once and on its day."""

from datetime import date, timedelta

from builders import World

from states.plan_file import plan_document, shipped_plan
from workflow import audit
from workflow.clock import Swept, sweep


def planned(world: World, effective: date = date(2024, 1, 1)) -> str:
    """The plan of 2024, put into effect."""
    world.on(date(2024, 1, 1))
    plan = plan_document(shipped_plan(2024))
    ref = world.do("ngoc", "draw_up", unit="PNV", year=2024, title="Kế hoạch năm 2024", plan=plan).ref
    world.do("son", "activate", ref, reason="Ban hành", effective_from=effective.isoformat())
    return ref


def lived(world: World, since: date, until: date) -> list[Swept]:
    """What the clock does when it runs every day."""
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    return [sweep(world.on(day).engine) for day in days]


def test_the_year(sqlite_world: World) -> None:
    world = sqlite_world
    planned(world)
    for swept in lived(world, date(2024, 1, 1), date(2024, 12, 31)):
        assert not swept.failed
        for one in swept.fired:
            print(one.day, one.act, one.ref, one.step, one.tells, one.station)
    assert audit.verify(world.engine).first_bad is None
    raise AssertionError
