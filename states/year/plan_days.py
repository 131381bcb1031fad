"""The days a plan means once weekends, holidays, parameters are read."""

from dataclasses import dataclass
from datetime import date, timedelta

from states.calendar.working_days import Calendar
from states.deadlines import before, days_before, end_of_limit, resume
from states.year.plan import THROUGH_EDUCATION, Due, Duty, Plan, PlanItem


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedDays:
    """The last acceptable days of one unit's duty: its ``own``, then the body's (``city``); mostly the same."""

    own: date
    city: date


def opening(item: PlanItem, plan: Plan) -> date | None:
    """The calendar day an item opens: its window's first day, else its quarter's; ``None`` without a date."""
    if item.window is not None:
        return item.window.first
    quarter = plan.quarter_of(item)
    return None if quarter is None else quarter.first_day


def last_day(item: PlanItem, plan: Plan, calendar: Calendar) -> date | None:
    """The last acceptable day of an item; ``None`` without a date.

    A named day is read by the plan's parameters. Windows and quarters are calendar dates and never roll.
    """
    if item.due is not None:
        return _read(item.due, plan, calendar)
    if item.window is not None:
        return item.window.last
    quarter = plan.quarter_of(item)
    return None if quarter is None else quarter.last_day


def city_day(duty: Duty, plan: Plan, calendar: Calendar) -> date:
    """The last acceptable day of a duty for the body. ValueError when neither duty nor item has a date."""
    if duty.due is not None:
        return _read(duty.due, plan, calendar)
    if (day := last_day(plan.item(duty.item), plan, calendar)) is None:
        raise ValueError(f"the duty {duty.item} has no last day: date the item or the duty")
    return day


def owed_days(duty: Duty, plan: Plan, calendar: Calendar, *, since: date) -> OwedDays:
    """The last days of a duty that a unit owes ``since`` a day.

    What goes through the Education Office ends earlier for schools, by the plan's parameter; yet never
    before the first working day after ``since``, so that nobody is late on the day a duty begins.
    """
    city = city_day(duty, plan, calendar)
    if THROUGH_EDUCATION not in plan.item(duty.item).via:
        return OwedDays(own=city, city=city)
    internal = days_before(city, -plan.parameters.internal_days_for_schools, calendar)
    return OwedDays(own=min(city, max(internal, resume(since, 1, calendar))), city=city)


def cut_off(duty: Duty, plan: Plan) -> date | None:
    """The last day whose figures a report takes in, counted back from the named day; ``None`` without one."""
    due = duty.due or plan.item(duty.item).due
    return None if due is None else due.named - timedelta(days=plan.parameters.report_cut_off_days)


def _read(due: Due, plan: Plan, calendar: Calendar) -> date:
    rules = plan.parameters
    if due.before is not None:
        return before(due.before, calendar, strict=rules.strict_before, rolls=rules.rolls)
    return end_of_limit(due.named, calendar) if rules.rolls else due.named
