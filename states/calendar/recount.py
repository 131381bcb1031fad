"""Where a running limit ends once the calendar it was counted by was corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from states.calendar.calendar_case import Corrections
from states.deadlines import end_of_limit, remaining, resume
from states.definition import Limit

RECOUNT = "recount"
"""The act by which the clock moves the end of a limit after a correction of the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What an entry of the history says of a limit; ``day`` is its day in Vietnam, ``at`` its instant."""

    seq: int
    act: str
    at: str
    day: date
    effects: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A limit as an act set it: at which instant, on which day, until when.

    ``counted`` tells a limit of so many working days from a named last day.
    """

    at: str
    since: date
    due: date
    counted: bool


def running(entries: Iterable[Happened], station_seq: int, limit: Limit) -> Running | None:
    """The limit that a case is under, as the last act but a recount set it; ``None`` where nothing is due."""
    found: Running | None = None
    due: date | None = None
    for entry in entries:
        if "due" in entry.effects:
            due = date.fromisoformat(entry.effects["due"]) if entry.effects["due"] else None
        sets = "due" in entry.effects or entry.seq == station_seq
        if not sets or entry.act == RECOUNT:
            continue
        counted = entry.act != "extend" and (bool(limit.working_days) or entry.act == "release")
        found = Running(at=entry.at, since=entry.day, due=due, counted=counted) if due else None
    return found


def recounted(limit: Running, due: date, corrections: Corrections) -> date:
    """The last day of a limit that ends on ``due`` now, by the calendar with every correction in effect.

    So many working days stay so many working days (Civil Code 91/2015, Articles 147, 148); a named last day that
    has become a day off ends on the next working day (Article 148(5)), one that was off all along stays as named.
    """
    before, after = corrections.known_at(limit.at), corrections.now
    if limit.counted:
        return resume(limit.since, remaining(limit.since, limit.due, before), after)
    moved = due != limit.due
    if moved or (before.is_working(limit.due) and not after.is_working(limit.due)):
        return end_of_limit(limit.due, after)
    return due
