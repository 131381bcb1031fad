"""The conditions of a correction of the calendar: it must change something, not what is long past."""

from collections.abc import Mapping

from states.facts import Facts, Guard, Reasons, Unmet


def changes_the_calendar(facts: Facts) -> Reasons:
    """The day is not already as it would be made; a decision may still confirm what was only announced."""
    case = facts.calendar_day
    if case.day is None or facts.calendar.is_working(case.day) != case.working:
        return
    known = facts.calendar.overrides.get(case.day)
    if not (known and known.confidence == "low" and case.confidence != "low"):
        yield Unmet("already_so", {"date": case.day.isoformat()})


def day_of_this_year_or_later(facts: Facts) -> Reasons:
    """Years that are over were reported and judged by the calendar of their time."""
    day = facts.calendar_day.day
    if day is not None and day.year < facts.today.year:
        yield Unmet("year_over", {"date": day.isoformat(), "today": facts.today.isoformat()})


CALENDAR_GUARDS: Mapping[str, Guard] = {
    "changes_the_calendar": Guard(changes_the_calendar),
    "day_of_this_year_or_later": Guard(day_of_this_year_or_later),
}
