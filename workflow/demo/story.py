"""The demo's story as data: which dossiers there are, what happens to each on which day."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any

from states.calendar.working_days import vietnam
from states.deadlines import add_working_days
from workflow.demo.world import parsed
from workflow.engine import ZONE

ENDINGS = ("refused", "late")
OPENS = time(8, 0)
NOON = timedelta(hours=3, minutes=30)
LUNCH = timedelta(hours=1, minutes=30)


@dataclass(frozen=True, slots=True)
class StoryStep:
    """One act at its moment; `ending` is how it fails, empty where it succeeds."""

    at: datetime
    act: str
    options: Mapping[str, str]
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """So many nominations for one award: staff, residents, or subjects of another type."""

    award: str
    count: int
    subjects: str = "staff"


@dataclass(frozen=True, slots=True)
class Story:
    """One dossier of the demo; `named` are its subjects that are not single persons, `persons` accounts by place.

    `session` is the key of the council's session whose agenda it is on.
    """

    year: int
    number: int
    unit: str
    kind: str
    period: str
    title: str
    shares: tuple[Share, ...]
    named: tuple[str, ...]
    persons: Mapping[int, tuple[str, str]]
    deeds: tuple[str, ...]
    steps: tuple[StoryStep, ...]
    session: str = ""


@cache
def stories(year: int) -> tuple[Story, ...]:
    """Every dossier of a demo, in the order of the file."""
    found = parsed(f"story_{year}.toml")
    return tuple(_story(year, number, row, found["ways"]) for number, row in enumerate(found["dossiers"], 1))


def in_order(year: int) -> list[tuple[StoryStep, Story]]:
    """Every act of every dossier as the year brought them."""
    acts = [(step, story) for story in stories(year) for step in story.steps]
    return sorted(acts, key=lambda act: (act[0].at, act[1].number))


def _story(year: int, number: int, row: Mapping[str, Any], ways: Mapping[str, Sequence[str]]) -> Story:
    return Story(
        year=year,
        number=number,
        unit=row["unit"],
        kind=row["kind"],
        period=row["period"],
        title=row["title"],
        shares=tuple(_share(text) for text in row["awards"]),
        named=tuple(row.get("named", ())),
        persons={int(place): (login, post) for place, (login, post) in row.get("persons", {}).items()},
        deeds=tuple(row.get("deeds", ())),
        steps=tuple(_steps(year, number, _lines(row["path"], ways))),
        session=row.get("session", ""),
    )


def _share(text: str) -> Share:
    award, how_many, *subjects = text.split()
    return Share(award, int(how_many), *subjects)


def _lines(path: Sequence[str], ways: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The lines of a path, each `@way` replaced by the lines of that way."""
    for line in path:
        yield from ways[line.removeprefix("@")] if line.startswith("@") else (line,)


def _steps(year: int, number: int, lines: Iterator[str]) -> Iterator[StoryStep]:
    day, place = date(year, 1, 1), count()
    for line in lines:
        when, *words = shlex.split(line)
        if (next_day := _day(when, day)) != day:
            day, place = next_day, count()
        ending = words.pop(0) if words[0] in ENDINGS else ""
        options = dict(word.split("=", 1) for word in words[1:])
        yield StoryStep(_moment(day, number, next(place)), words[0], options, ending)


def _day(when: str, last: date) -> date:
    """`15/03` is that day of the year, `+2` two working days after the step before, `+0` the same day."""
    if not when.startswith("+"):
        return written_day(when, last.year)
    days = int(when)
    return add_working_days(last, days, vietnam()) if days else last


def written_day(text: str, year: int) -> date:
    """`15/03` as a day of this year."""
    day, month = text.split("/")
    return date(year, int(month), int(day))


def _moment(day: date, number: int, place: int) -> datetime:
    """Spread over the office hours: dossiers by their number, one dossier's acts of a day after each other."""
    into_the_day = timedelta(minutes=number * 7 % 60 + 40 * place)
    rest = LUNCH if into_the_day >= NOON else timedelta()
    return datetime.combine(day, OPENS, ZONE) + into_the_day + rest
