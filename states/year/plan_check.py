"""A plan that reads well is judged: names, dates, dependencies, what is left unsaid."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from states.award_shapes import UNIT_KINDS
from states.awards import KINDS
from states.calendar.working_days import FIRST_YEAR, LAST_YEAR, Calendar
from states.periods import Period, PeriodError
from states.year.plan import Campaign, Due, Duty, Plan, PlanItem
from states.year.plan_days import city_day, last_day, opening
from states.year.plan_faults import PlanFault, fault

NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
BOUNDS: Final = {"internal_days_for_schools": range(-60, 1), "report_cut_off_days": range(367)}
# The calendar also counts into the year after the plan's, when a last day rolls past 31 December.
LAST_PLAN_YEAR: Final = LAST_YEAR - 1


def check(plan: Plan, calendar: Calendar) -> list[PlanFault]:
    """Everything wrong with a plan; empty when it can be used."""
    if not FIRST_YEAR < plan.year <= LAST_PLAN_YEAR:
        return [fault("year", "year", year=plan.year, first=FIRST_YEAR + 1, last=LAST_PLAN_YEAR)]
    items = {item.id: item for item in plan.items}
    faults = [*_of_head(plan), *_names(plan)]
    faults += (f for item in plan.items for f in _of_item(item, plan, items))
    faults += (f for duty in plan.duties for f in _of_duty(duty, plan, items))
    faults += (f for campaign in plan.campaigns for f in _of_campaign(campaign, plan))
    # Days are compared, dependencies followed only where everything they rest on is there.
    return faults or [*_orders(plan, calendar), *_cycles(plan)]


def _of_head(plan: Plan) -> Iterator[PlanFault]:
    yield from _unit_kinds("body_kind", [plan.body_kind])
    for name, days in BOUNDS.items():
        if not days[0] <= getattr(plan.parameters, name) <= days[-1]:
            number = getattr(plan.parameters, name)
            yield fault(f"parameters.{name}", "out_of_bounds", number=number, first=days[0], last=days[-1])


def _names(plan: Plan) -> Iterator[PlanFault]:
    groups: Mapping[str, list[str]] = {
        "items": [item.id for item in plan.items],
        "duties": [duty.item for duty in plan.duties],
        "campaigns": [campaign.id for campaign in plan.campaigns],
    }
    for group, names in groups.items():
        for name, count in Counter(names).items():
            if not NAME.fullmatch(name):
                yield fault(f"{group}.{name}", "name", name=name)
            if count > 1:
                yield fault(f"{group}.{name}", "doubled", name=name, count=count)


def _of_item(item: PlanItem, plan: Plan, known: Mapping[str, PlanItem]) -> Iterator[PlanFault]:
    place = f"items.{item.id}"
    if item.quarter is not None and not 1 <= item.quarter <= 4:
        yield fault(f"{place}.quarter", "quarter", number=item.quarter)
    if not item.dated and item.answer is None:
        yield fault(f"{place}.answer", "no_answer")
    if not item.actor:
        yield fault(f"{place}.actor", "nobody_acts")
    for name in item.depends_on:
        if name not in known:
            yield fault(f"{place}.depends_on", "unknown_item", name=name)
    if item.follows and item.follows not in known:
        yield fault(f"{place}.follows", "unknown_item", name=item.follows)
    yield from _award_kinds(f"{place}.award_kinds", item.award_kinds)
    yield from _period(f"{place}.award_period", item.award_period) if item.award_period else ()
    yield from _due(f"{place}.due", item.due, plan)
    yield from _in_year(f"{place}.fixed_dates", item.fixed_dates, plan)
    if item.window is not None:
        yield from _in_year(f"{place}.window", (item.window.first, item.window.last), plan)
    yield from _anniversaries(item, plan)


def _anniversaries(item: PlanItem, plan: Plan) -> Iterator[PlanFault]:
    for since in item.anniversaries:
        years = plan.year - since
        for lang in ("vi", "en"):
            if not re.search(rf"(?<!\d){years}(?!\d)", item.text[lang]):
                yield fault(f"items.{item.id}.text.{lang}", "anniversary", years=years, since=since)


def _of_duty(duty: Duty, plan: Plan, known: Mapping[str, PlanItem]) -> Iterator[PlanFault]:
    place = f"duties.{duty.item}"
    if duty.item not in known:
        yield fault(f"{place}.item", "unknown_item", name=duty.item)
    elif duty.due is None and not known[duty.item].dated:
        yield fault(f"{place}.due", "no_last_day")
    if not duty.owed_by:
        yield fault(f"{place}.owed_by", "nobody_owes")
    yield from _unit_kinds(f"{place}.owed_by", duty.owed_by)
    yield from _period(f"{place}.period", duty.period)
    yield from _due(f"{place}.due", duty.due, plan)
    yield from _in_year(f"{place}.opens", (duty.opens,), plan)


def _of_campaign(campaign: Campaign, plan: Plan) -> Iterator[PlanFault]:
    place = f"campaigns.{campaign.id}"
    yield from _award_kinds(f"{place}.kind", [campaign.kind])
    yield from _period(f"{place}.period", campaign.period)
    if (campaign.opens is None) != (campaign.closes is None):
        yield fault(place, "half_open")
    days = [day for day in (campaign.opens, campaign.closes) if day is not None]
    yield from _in_year(place, days, plan)
    if campaign.opens and campaign.closes and campaign.closes < campaign.opens:
        yield fault(f"{place}.closes", "ends_before", last=campaign.closes, first=campaign.opens)


def _orders(plan: Plan, calendar: Calendar) -> Iterator[PlanFault]:
    for item in plan.items:
        first, last = opening(item, plan), last_day(item, plan, calendar)
        if item.window is not None and item.window.last < item.window.first:
            dates = {"last": item.window.last, "first": item.window.first}
            yield fault(f"items.{item.id}.window", "ends_before", **dates)
        elif first is not None and last is not None and last < first:
            yield fault(f"items.{item.id}.due", "ends_before", last=last, first=first)
    for duty in plan.duties:
        if (last := city_day(duty, plan, calendar)) < duty.opens:
            yield fault(f"duties.{duty.item}.opens", "ends_before", last=last, first=duty.opens)


def _cycles(plan: Plan) -> Iterator[PlanFault]:
    """Rings of dependencies, at most one from each item that is not part of an earlier one."""
    leads = {item.id: item.depends_on for item in plan.items}
    done: set[str] = set()
    for start in leads:
        if start not in done and (ring := _ring(start, leads, done)):
            yield fault(f"items.{ring[0]}.depends_on", "cycle", names=" → ".join(ring))


def _ring(start: str, leads: Mapping[str, tuple[str, ...]], done: set[str]) -> list[str]:
    """A ring met from an item on, empty if there is none; what was walked through is ``done``."""
    path, ahead = [start], [iter(leads[start])]
    ring: list[str] = []
    while path:
        step = next(ahead[-1], None)
        if step is None:
            done.add(path.pop())
            ahead.pop()
        elif step in path:
            ring = [*path[path.index(step) :], step]
        elif step not in done:
            path.append(step)
            ahead.append(iter(leads[step]))
    return ring


def _due(place: str, due: Due | None, plan: Plan) -> Iterator[PlanFault]:
    if due is None:
        return
    if (due.before is None) == (due.by is None):
        yield fault(place, "before_or_by")
    yield from _in_year(place, [day for day in (due.before, due.by) if day is not None], plan)


def _in_year(place: str, days: Iterable[date], plan: Plan) -> Iterator[PlanFault]:
    for day in days:
        if day.year != plan.year:
            yield fault(place, "outside_year", date=day, year=plan.year)


def _period(place: str, text: str) -> Iterator[PlanFault]:
    try:
        Period.parse(text)
    except PeriodError:
        yield fault(place, "period", name=text)


def _unit_kinds(place: str, kinds: Iterable[str]) -> Iterator[PlanFault]:
    for kind in kinds:
        if kind not in UNIT_KINDS:
            yield fault(place, "unknown_unit_kind", name=kind, known=", ".join(UNIT_KINDS))


def _award_kinds(place: str, kinds: Iterable[str]) -> Iterator[PlanFault]:
    for kind in kinds:
        if kind not in KINDS:
            yield fault(place, "unknown_word", name=kind, known=", ".join(KINDS))
