"""The days of a year as a wall calendar shows them."""

import calendar as wall
from dataclasses import dataclass
from datetime import date

from states.calendar.working_days import SATURDAY, Calendar
from states.labels import Lang

WEEK = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """One day; ``look`` is worked, weekend, off or made-up, ``doubt`` marks a day that was only announced."""

    day: date
    look: str
    why: str
    doubt: bool
    today: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month: weeks from Monday on, with nothing where a day is of another month."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    working: int


@dataclass(frozen=True, slots=True)
class Special:
    """A day that is not what its weekday says, or that a decision speaks of."""

    day: date
    why: str
    doubt: bool


def months(calendar: Calendar, year: int, today: date, lang: Lang) -> list[Month]:
    """The twelve months of a year."""
    return [_month(calendar, year, number, today, lang) for number in range(1, 13)]


def specials(calendar: Calendar, year: int, lang: Lang) -> list[Special]:
    """Every special day of a year, in order."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1))
    return [
        Special(day, calendar.why(day, lang), _doubted(calendar, day))
        for day in days
        if day in calendar.overrides or _look(calendar, day) in ("off", "made-up")
    ]


def _month(calendar: Calendar, year: int, number: int, today: date, lang: Lang) -> Month:
    blanks, length = wall.monthrange(year, number)
    days = [date(year, number, n) for n in range(1, length + 1)]
    cells: list[Cell | None] = [None] * blanks
    cells += [_cell(calendar, day, today, lang) for day in days]
    cells += [None] * (-len(cells) % WEEK)
    weeks = tuple(tuple(cells[n : n + WEEK]) for n in range(0, len(cells), WEEK))
    return Month(number, weeks, sum(calendar.is_working(day) for day in days))


def _cell(calendar: Calendar, day: date, today: date, lang: Lang) -> Cell:
    look = _look(calendar, day)
    why = calendar.why(day, lang) if look in ("off", "made-up") or day in calendar.overrides else ""
    return Cell(day, look, why, _doubted(calendar, day), day == today)


def _look(calendar: Calendar, day: date) -> str:
    if calendar.is_working(day):
        return "made-up" if day.weekday() >= SATURDAY else "worked"
    return "weekend" if day.weekday() >= SATURDAY and day not in calendar.overrides else "off"


def _doubted(calendar: Calendar, day: date) -> bool:
    override = calendar.overrides.get(day)
    return override is not None and override.confidence == "low"
