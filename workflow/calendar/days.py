"""What happens to a correction of the calendar: proposed, applied, revoked; limits are recounted after it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, TypeVar

from pydantic import Field

from db.units import Unit
from states.calendar.calendar_case import CALENDAR_DAY, CalendarDay
from states.calendar.recount import RECOUNT
from states.case import Case
from workflow.act import Act, unchanged
from workflow.fields import Code, Day, Form, Line
from workflow.moment import Moment

C = TypeVar("C", bound=Case)
CORRECTING = frozenset({"apply_day", "revoke_day"})
"""The acts from which on the calendar is another."""


class ProposeDay(Form):
    """A day, whether it is worked, what happened to it (``title``, ``title_en``), by which document, how sure."""

    unit: Code
    day: Day
    working: bool = Field(strict=True)
    title: Line
    title_en: Line | None = None
    source: Line
    confidence: Literal["high", "med", "low"]


class Recount(Form):
    """The correction it follows from, the last day before, the last day after."""

    correction: Code
    before: Day
    after: Day


def proposed(args: Mapping[str, Any], unit: Unit) -> tuple[str, CalendarDay]:
    """A correction in the hands of the office that looks after the calendar."""
    day = date.fromisoformat(args["day"])
    return CALENDAR_DAY, CalendarDay(
        unit=unit.id,
        body=unit.body,
        category=CALENDAR_DAY,
        procedure="full",
        period=str(day.year),
        day=day,
        working=args["working"],
        source=args["source"],
        confidence=args["confidence"],
        note={"vi": args["title"], "en": args.get("title_en") or args["title"]},
    )


def apply_day(case: CalendarDay, _args: Mapping[str, Any], moment: Moment) -> CalendarDay:
    """It counts from this instant on."""
    return replace(case, applied_at=moment.at)


def revoke_day(case: CalendarDay, _args: Mapping[str, Any], moment: Moment) -> CalendarDay:
    """It counted until this instant."""
    return replace(case, revoked_at=moment.at)


def recount(case: C, args: Mapping[str, Any], moment: Moment) -> C:
    """The limit ends on another day, with the last day the case was opened with where it comes from there."""
    day, limit = date.fromisoformat(args["after"]), moment.definition.stations[case.station].limit
    return case.extended(day) if limit and limit.from_case else replace(case, due=day)


ACTS: tuple[Act[Any], ...] = (
    Act("propose_day", unchanged, form=ProposeDay, begins=proposed),
    Act("apply_day", apply_day, needs_reason=True),
    Act("revoke_day", revoke_day, needs_reason=True),
    Act(RECOUNT, recount, form=Recount),
)
