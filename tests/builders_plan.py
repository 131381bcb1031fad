"""The small city living by the plan of 2024."""

from datetime import date

from builders import CLERK, HEAD, World
from builders_year import FIGURES

from states.year.duty_forms import form_of
from states.year.plan_file import plan_document, shipped_plan
from workflow.clock.sweep import sweep

JANUARY = date(2024, 1, 1)


def a_year(world: World, until: date, effective: date = JANUARY) -> str:
    """The plan of 2024 in effect, all that it brings until a day brought in one go; returns its reference."""
    world.on(JANUARY)
    plan = plan_document(shipped_plan(2024))
    ref = world.do("ngoc", "draw_up", unit="PNV", year=2024, title="Kế hoạch năm 2024", plan=plan).ref
    world.do("son", "activate", ref, reason="Ban hành", effective_from=effective.isoformat())
    the_clock_runs(world, until)
    return ref


def the_clock_runs(world: World, day: date) -> None:
    """It is that morning, the clock has caught up."""
    assert not sweep(world.on(day).engine).failed


def due(world: World, unit: str, duty: str) -> str:
    """The reference of what a unit owes."""
    with world.engine.database.reading() as conn:
        found = conn.exec_driver_sql(
            f"SELECT ref FROM cases WHERE unit = '{unit}' AND category = '{duty}'"
        ).scalar_one()
    return str(found)


def sent(world: World, unit: str, duty: str = "REP-6M-UNIT", **figures: int) -> str:
    """A report as its unit sends it."""
    ref = due(world, unit, duty)
    asked = form_of(duty)
    values = {one.name: FIGURES.get(one.name, 1) for one in asked.figures} | figures
    world.do(CLERK[unit], "save", ref, figures=values)
    world.do(HEAD[unit], "send", ref)
    return ref


def accepted(world: World, unit: str, duty: str = "REP-6M-UNIT", **figures: int) -> str:
    """A report that Home Affairs has accepted."""
    ref = sent(world, unit, duty, **figures)
    world.do("ngoc", "accept", ref)
    return ref
