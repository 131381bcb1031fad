"""What the units of a demo do about the year's plan, as data with its moments."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from states.calendar.working_days import vietnam
from states.deadlines import add_working_days
from states.definition import Words
from states.year.occurrences import Member, Occurrence, occurrences
from states.year.plan import Plan
from states.year.plan_file import shipped_plan
from workflow.demo.story import written_day
from workflow.demo.world import demo_world, parsed
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


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """The plan of one body: who draws it up, who puts it into effect on which day, what of it is left undone."""

    year: int
    place: int
    unit: str
    by: str
    head: str
    on: date
    title: str
    reason: str
    number: str = ""
    leaves: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """Whose plan it is."""
        return demo_world(self.year).unit(self.unit).body

    @property
    def plan(self) -> Plan:
        """The shipped plan of the year, under the name and number of its body where it has one of its own."""
        shipped, body = shipped_plan(self.year), demo_world(self.year).unit(self.body)
        if not self.number:
            return shipped
        issuer = Words(body.name_vi, body.name_en)
        return replace(shipped, number=self.number, issued=self.on, issuer=issuer)


@cache
def story_of(year: int) -> dict[str, Any]:
    """The file of a year."""
    return parsed(f"year_{year}.toml")


@cache
def plans_of(year: int) -> tuple[DemoPlan, ...]:
    """Every plan of the year's demo, in the order of its file."""
    return tuple(
        DemoPlan(
            year=year,
            place=place,
            **{**row, "on": written_day(row["on"], year), "leaves": tuple(row.get("leaves", ()))},
        )
        for place, row in enumerate(story_of(year)["plans"])
    )


def year_steps(year: int) -> list[YearStep]:
    """Everything that is done about the plans until the demo opens, in its order."""
    story = story_of(year)
    steps = [step for plan in plans_of(year) for step in _of_plan(story, plan)]
    return sorted(steps, key=lambda step: (step.at, step.category, step.unit))


def _of_plan(story: Mapping[str, Any], issued: DemoPlan) -> Iterator[YearStep]:
    members = [
        Member(id=u.id, kind=u.kind, valid_from=u.valid_from, valid_to=u.valid_to)
        for u in demo_world(issued.year).units
        if u.body == issued.body
    ]
    brought = occurrences(issued.plan, effective=issued.on, units=members, calendar=vietnam())
    yield from _of_duties(story, issued, brought)
    yield from _of_items(story, issued, brought)


def _of_duties(story: Mapping[str, Any], issued: DemoPlan, brought: list[Occurrence]) -> Iterator[YearStep]:
    for item, turns in story["duties"].items():
        owed = [one for one in brought if one.act == "owe" and one.item == item]
        places = {unit.id: place for place, unit in enumerate(demo_world(issued.year).units)}
        kind = issued.plan.duties_of(item)[0].definition
        for turn, one in enumerate(sorted(owed, key=lambda one: places[one.unit])):
            usual = turns[(turn + issued.place) % len(turns)]
            way = story["exceptions"].get(item, {}).get(one.unit, usual)
            yield from _steps(story["ways"][way], one, kind, one.unit, minutes=turn)


def _of_items(story: Mapping[str, Any], issued: DemoPlan, brought: list[Occurrence]) -> Iterator[YearStep]:
    for turn, one in enumerate(one for one in brought if one.act == "open"):
        line = story["items"].get(one.item)
        if line and one.item not in issued.leaves:
            yield from _steps([line], one, "plan_item", issued.unit, minutes=turn)


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
