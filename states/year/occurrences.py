"""Everything a plan brings to pass in its year, day by day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, get_args
from zoneinfo import ZoneInfo

from states.calendar.working_days import Calendar
from states.year.plan import Campaign, Duty, Plan, PlanItem
from states.year.plan_days import city_day, last_day, opening, owed_days

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")

OccurrenceAct = Literal["close_intake", "mark_overdue", "plan", "open_intake", "open", "owe"]
ORDER: Final[dict[str, int]] = {act: place for place, act in enumerate(get_args(OccurrenceAct))}
"""The order of one day: what ended is closed first, an item is planned before it opens."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A unit of the body with the days between which it exists, both included; ``None`` while it does."""

    id: str
    kind: str
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One thing that happens once: ``schedule`` with ``period`` is its key.

    ``nominal`` is its calendar day. ``item`` names the plan's item, or the campaign of an intake; ``unit`` is
    empty but for duties. ``due`` is the last acceptable day of what begins here, ``city_due`` the body's.
    """

    schedule: str
    period: str
    nominal: date
    act: OccurrenceAct
    item: str
    unit: str = ""
    due: date | None = None
    city_due: date | None = None

    @property
    def moment(self) -> datetime:
        """The instant it happens: 00:00 of its day in Vietnam."""
        return datetime.combine(self.nominal, time(), ZONE)


def occurrences(
    plan: Plan,
    *,
    effective: date,
    units: Iterable[Member],
    calendar: Calendar,
) -> list[Occurrence]:
    """What the plan brings, in the order it happens.

    Nothing happens before the plan is ``effective``: what opened earlier opens on that day, what was over by
    then is left out. Of one day the order is that of ``ORDER``, then schedule, then unit.
    """
    members = tuple(units)
    found = [
        *(one for item in plan.items for one in _of_item(item, plan, effective, calendar)),
        *(one for duty in plan.duties for one in _of_duty(duty, plan, effective, members, calendar)),
        *(one for campaign in plan.campaigns for one in _of_campaign(campaign, effective)),
    ]
    return sorted(found, key=lambda one: (one.nominal, ORDER[one.act], one.schedule, one.unit))


def _of_item(item: PlanItem, plan: Plan, effective: date, calendar: Calendar) -> Iterator[Occurrence]:
    if item.serves == "report" and plan.duties_of(item.id):
        return  # the units' own work: each unit's duty is a case, there is nothing beside them to be done
    first, last = opening(item, plan), last_day(item, plan, calendar)
    quarter = plan.quarter_of(item)
    if first is None or last is None or quarter is None or last < effective:
        return
    days: tuple[tuple[OccurrenceAct, date], ...] = (
        ("plan", effective),
        ("open", max(first, effective)),
        ("mark_overdue", last + DAY),
    )
    for act, day in days:
        yield Occurrence(
            schedule=f"item:{item.id}:{act}",
            period=str(quarter),
            nominal=day,
            act=act,
            item=item.id,
            due=last,
            city_due=last,
        )


def _of_duty(
    duty: Duty, plan: Plan, effective: date, members: tuple[Member, ...], calendar: Calendar
) -> Iterator[Occurrence]:
    begins, last = max(duty.opens, effective), city_day(duty, plan, calendar)
    for unit in members:
        since = max(begins, unit.valid_from)
        gone = unit.valid_to is not None and unit.valid_to < since
        if unit.kind not in duty.owed_by or gone or since > last:
            continue
        days = owed_days(duty, plan, calendar, since=since)
        yield Occurrence(
            schedule=f"duty:{duty.item}:{unit.id}",
            period=duty.period,
            nominal=since,
            act="owe",
            item=duty.item,
            unit=unit.id,
            due=days.own,
            city_due=days.city,
        )


def _of_campaign(campaign: Campaign, effective: date) -> Iterator[Occurrence]:
    closes = campaign.closes
    if closes is not None and closes < effective:
        return
    yield _intake(campaign, "open_intake", max(campaign.opens or effective, effective))
    if closes is not None:
        yield _intake(campaign, "close_intake", closes + DAY)


def _intake(campaign: Campaign, act: Literal["open_intake", "close_intake"], day: date) -> Occurrence:
    name = act.removesuffix("_intake")
    return Occurrence(
        schedule=f"intake:{campaign.id}:{name}",
        period=campaign.period,
        nominal=day,
        act=act,
        item=campaign.id,
        due=campaign.closes,
        city_due=campaign.closes,
    )
