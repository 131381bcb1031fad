"""How long a case may stay where it is, by a clock that stops, then resumes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from states.calendar.working_days import Calendar
from states.case import Case
from states.deadlines import add_working_days, end_of_limit, remaining, resume
from states.definition import Station

C = TypeVar("C", bound=Case)


def arrived(case: C, station: Station, *, today: date, calendar: Calendar, args: Mapping[str, Any]) -> C:
    """The case with the limit its new station gives it; a final station gives none."""
    limit = station.limit
    if limit is None:
        return replace(case, due=None, remind=None)
    if limit.from_argument:
        asked = date.fromisoformat(args[limit.from_argument])
        return replace(case, due=end_of_limit(asked, calendar), remind=None)
    if limit.from_case:
        return _named(replace(case, remind=None), getattr(case, limit.from_case), calendar)
    if limit.working_days:
        due = add_working_days(today, limit.working_days[case.procedure], calendar)
        return replace(case, due=due, remind=None)
    return replace(case, due=None, remind=add_working_days(today, limit.remind or 1, calendar))


def _named(case: C, day: date, calendar: Calendar) -> C:
    """A last day the case was opened with; a decision that makes it a day off moves it to the next working day."""
    named, override = replace(case, due=day), calendar.overrides.get(day)
    if override is None or override.working:
        return named
    return named.extended(end_of_limit(day, calendar))


def stopped(case: Case, *, today: date, calendar: Calendar) -> int | None:
    """Working days left when the clock stops now: negative when overdue, ``None`` where nothing was due."""
    return remaining(today, case.due, calendar) if case.due else None


def resumed(case: C, left: int | None, *, today: date, calendar: Calendar) -> C:
    """The case with its clock running again: what was left is left, what was overdue stays overdue."""
    return replace(case, due=None if left is None else resume(today, left, calendar))
