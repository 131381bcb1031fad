"""What the demo's units and offices do about the year's plan, as data with its moments."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from states.calendar import vietnam
from states.deadlines import add_working_days
from states.occurrences import Member, Occurrence, occurrences
from states.plan import Plan
from states.plan_file import shipped_plan
from workflow.demo_story import written_day
from workflow.demo_world import FOLDER, demo_world, parsed
from workflow.engine import ZONE

BEGINS = time(9, 30)


@dataclass(frozen=True, slots=True)
class YearStep:
    """One act at its moment, on the one case of its kind that a unit has of a category in a period."""

    at: datetime
    act: str
    options: Mapping[str, str]
    kind: str
    unit: str
    category: str
    period: str


@cache
def story_of(year: int) -> dict[str, Any] | None:
    """The file of a year; None for a demo that shows no plan."""
    name = f"demo_year_{year}.toml"
    return parsed(name) if (FOLDER / name).exists() else None


def issued_on(year: int) -> date | None:
    """The day the demo's plan takes effect."""
    story = story_of(year)
    return written_day(story["plan"]["on"], year) if story else None


def year_steps(year: int) -> list[YearStep]:
    """Everything that is done about the plan until the demo opens, in its order."""
    story, effective = story_of(year), issued_on(year)
    if story is None or effective is None:
        return []
    plan = shipped_plan(year)
    members = [
        Member(id=u.id, kind=u.kind, valid_from=u.valid_from, valid_to=u.valid_to)
        for u in demo_world(year).units
    ]
    brought = occurrences(plan, effective=effective, units=members, calendar=vietnam())
    steps = [*_of_duties(story, plan, brought), *_of_items(story, brought)]
    return sorted(steps, key=lambda step: (step.at, step.category, step.unit))


def _of_duties(story: Mapping[str, Any], plan: Plan, brought: list[Occurrence]) -> Iterator[YearStep]:
    for item, turns in story["duties"].items():
        owed = [one for one in brought if one.act == "owe" and one.item == item]
        places = {unit.id: place for place, unit in enumerate(demo_world(plan.year).units)}
        kind = plan.duties_of(item)[0].definition
        for turn, one in enumerate(sorted(owed, key=lambda one: places[one.unit])):
            way = story["exceptions"].get(item, {}).get(one.unit, turns[turn % len(turns)])
            yield from _steps(story["ways"][way], one, kind, one.unit, minutes=turn)


def _of_items(story: Mapping[str, Any], brought: list[Occurrence]) -> Iterator[YearStep]:
    for turn, one in enumerate(one for one in brought if one.act == "open"):
        if line := story["items"].get(one.item):
            yield from _steps([line], one, "plan_item", story["plan"]["unit"], minutes=turn)


def _steps(lines: list[str], one: Occurrence, kind: str, unit: str, *, minutes: int) -> Iterator[YearStep]:
    day = one.nominal
    for place, line in enumerate(lines):
        when, act, *words = shlex.split(line)
        day = _day(when, day)
        at = datetime.combine(day, BEGINS, ZONE) + timedelta(minutes=2 * minutes + 90 * place)
        options = dict(word.split("=", 1) for word in words)
        yield YearStep(at, act, options, kind, unit, one.item, one.period)


def _day(when: str, last: date) -> date:
    if not when.startswith("+"):
        return written_day(when, last.year)
    return add_working_days(last, int(when), vietnam()) if int(when) else last
