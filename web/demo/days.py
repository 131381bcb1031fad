"""What the clock did while it was moved, day by day."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from states import labels
from states.labels import Lang
from states.periods import Period
from web.cases.looks import LOOKS
from web.language import say
from web.rendering import dmy
from workflow.clock.fired import Fired

SHOWN = 12
"""References of one sort that are shown at once; the others unfold."""


@dataclass(frozen=True, slots=True)
class Sort:
    """Everything of one sort that happened on one day, by reference."""

    said: str
    icon: str
    tone: str
    refs: tuple[str, ...]
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """One day: the quarter that begins on it, empty on most days, with what happened, in short, then one by one."""

    day: str
    quarter: str
    count: int
    tally: str
    sorts: tuple[Sort, ...]


def days(fired: Iterable[Fired], lang: Lang) -> list[Day]:
    """The days on which something happened, in their order."""
    by_day: dict[date, list[Fired]] = defaultdict(list)
    for one in fired:
        by_day[one.day].append(one)
    return [_day(day, by_day[day], lang) for day in sorted(by_day)]


def _day(day: date, fired: list[Fired], lang: Lang) -> Day:
    quarter = Period.containing("quarter", day)
    sorts: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    tally: Counter[str] = Counter(_in_short(one, lang) for one in fired)
    for one in fired:
        icon, tone = LOOKS.get(one.act, ("bell", "grey"))
        sorts[_said(one, lang), icon, "red" if (one.left or 0) < 0 else tone].append(one.ref)
    return Day(
        day=dmy(day),
        quarter=quarter.label(lang) if day == quarter.first_day else "",
        count=len(fired),
        tally=" · ".join(f"{said} {count}" for said, count in tally.items()),
        sorts=tuple(_sort(*key, refs) for key, refs in sorts.items()),
    )


def _sort(said: str, icon: str, tone: str, refs: list[str]) -> Sort:
    # A fold that hides one or two is more to read than they are.
    end = SHOWN if len(refs) > SHOWN + 2 else len(refs)
    return Sort(said, icon, tone, tuple(refs[:end]), tuple(refs[end:]))


def _in_short(one: Fired, lang: Lang) -> str:
    if not one.tells:
        return labels.label("act", one.act, lang)
    if one.left is None:
        return say(lang, "nhắc định kỳ")
    if one.left < 0:
        return say(lang, "quá hạn")
    return say(lang, "sắp đến hạn") if one.left else say(lang, "đến hạn")


def _said(one: Fired, lang: Lang) -> str:
    if not one.tells:
        return labels.label("act", one.act, lang)
    whom = labels.label("role", one.tells, lang)
    if one.left is None:
        return say(lang, "Nhắc định kỳ: %(whom)s", whom=whom)
    if one.left > 0:
        return say(lang, "Sắp đến hạn, nhắc: %(whom)s", whom=whom)
    if one.left == 0:
        return say(lang, "Đến hạn, báo: %(whom)s", whom=whom)
    return say(lang, "Quá hạn, báo: %(whom)s", whom=whom)
