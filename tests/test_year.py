"""The year keeps itself: what the plan says opens, falls due, is marked, each once and on its day."""

from datetime import date, timedelta

from builders import World

from states.plan_file import plan_document, shipped_plan
from workflow import audit
from workflow.clock import sweep
from workflow.fired import Fired


def planned(world: World, effective: date = date(2024, 1, 1)) -> str:
    """The plan of 2024, put into effect."""
    world.on(date(2024, 1, 1))
    plan = plan_document(shipped_plan(2024))
    ref = world.do("ngoc", "draw_up", unit="PNV", year=2024, title="Kế hoạch năm 2024", plan=plan).ref
    world.do("son", "activate", ref, reason="Ban hành", effective_from=effective.isoformat())
    return ref


def lived(world: World, since: date, until: date) -> list[Fired]:
    """What the clock does when it runs every day."""
    days = (since + timedelta(days=n) for n in range((until - since).days + 1))
    swept = [sweep(world.on(day).engine) for day in days]
    assert not any(one.failed for one in swept)
    return [fired for one in swept for fired in one.fired]


def told(fired: list[Fired], what: str) -> list[tuple[str, str, str]]:
    """(day, act, whom) of what the clock did with cases whose references begin so."""
    return [(str(one.day), one.act, one.tells) for one in fired if one.ref.startswith(what)]


def test_a_duty_nobody_answers_climbs_to_the_chairman_and_no_further(world: World) -> None:
    planned(world)
    fired = lived(world, date(2024, 4, 1), date(2024, 6, 30))
    owed = next(
        one.ref
        for one in fired
        if one.act == "owe" and world.record(one.ref).unit == "P1" and one.day == date(2024, 4, 1)
    )
    assert [(str(one.day), one.tells or one.act) for one in fired if one.ref == owed] == [
        ("2024-04-01", "owe"),
        ("2024-04-26", "unit_clerk"),
        ("2024-05-09", "unit_clerk"),
        ("2024-05-14", "unit_clerk"),
        ("2024-05-15", "unit_head"),
        ("2024-05-20", "home_affairs_head"),
        ("2024-05-27", "council_vice_chair"),
        ("2024-06-03", "chairman"),
    ]
    assert audit.verify(world.engine).first_bad is None
