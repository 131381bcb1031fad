"""Counting the working days of a limit."""

from bisect import bisect_right
from datetime import date, timedelta

from states.calendar.working_days import Calendar


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """Give the last day of a limit of `days` working days that begins on `start`.

    The first day does not count (Civil Code 91/2015, Article 147(2)-(3)). The limit runs until 24:00 of the
    day given (Article 148(6)), which is always a working day. ValueError when `days` is below 1.
    """
    if days < 1:
        raise ValueError(f"a limit of {days} working days is no limit: give at least 1")
    return _working_day(start, days, calendar)


def end_of_limit(day: date, calendar: Calendar) -> date:
    """Move an end that falls on a day off to the next working day (Civil Code 91/2015, Article 148(5))."""
    return day if calendar.is_working(day) else _working_day(day, 1, calendar)


def before(day: date, calendar: Calendar, *, strict: bool = True, rolls: bool = True) -> date:
    """Give the last acceptable day of a duty due "trước ngày" `day`.

    Read strictly, "before 15/5" ends on 14/5; read loosely, on 15/5 itself. Either day, when off, rolls to
    the next working day (Civil Code 91/2015, Article 148(5)), even past `day`, unless `rolls` is false.
    """
    last = day - timedelta(days=1) if strict else day
    return end_of_limit(last, calendar) if rolls else last


def days_before(day: date, days: int, calendar: Calendar) -> date:
    """Give the working day that lies `days` working days before `day`, 0 being the last one up to it.

    A duty that passes through another office ends there this much earlier. ValueError when `days` is below 0.
    """
    if days < 0:
        raise ValueError(f"{days} working days before a day would lie after it: give 0 or more")
    return _working_day(day, -days, calendar)


def remaining(today: date, due: date, calendar: Calendar) -> int:
    """Count the working days left after `today` up to and including `due`.

    0 on the due day, because today no longer counts (Civil Code 91/2015, Article 147(2)); below 0 when
    overdue: minus the working days after `due` up to and including `today`.
    """
    base = min(today.year, due.year)
    return _worked_until(due, base, calendar) - _worked_until(today, base, calendar)


def resume(today: date, left: int, calendar: Calendar) -> date:
    """Give the due date of a limit that starts running again on `today` with `left` working days remaining.

    It is always a working day. `remaining(today, resume(today, left, calendar), calendar) == left` for
    every `left`, negative ones too: what was overdue stays overdue by as many days. The one exception is
    `left == 0` on a day off: a limit cannot end then, so it ends on the next working day (Civil Code
    91/2015, Article 148(5)).
    """
    return end_of_limit(today, calendar) if left == 0 else _working_day(today, left, calendar)


def _working_day(day: date, steps: int, calendar: Calendar) -> date:
    # Counted from the last working day up to `day`, so that steps both ways agree with `remaining`.
    year, place = day.year, bisect_right(calendar.working_days(day.year), day) - 1 + steps
    while place < 0:
        year -= 1
        place += len(calendar.working_days(year))
    while place >= len(calendar.working_days(year)):
        place -= len(calendar.working_days(year))
        year += 1
    return calendar.working_days(year)[place]


def _worked_until(day: date, base: int, calendar: Calendar) -> int:
    whole_years = sum(len(calendar.working_days(year)) for year in range(base, day.year))
    return whole_years + bisect_right(calendar.working_days(day.year), day)
