"""Ladders: who is told when a limit nears, ends, has ended."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from states.calendar.working_days import Calendar
from states.deadlines import days_before, resume
from states.roles import OFFICE_OF, Role

HOLDER: Final = "holder"
OFFICE_HEAD: Final = "office_head"
RECEIVING_HEAD: Final = "receiving_head"

HEAD_OF: Final[Mapping[str, str]] = {
    Role.unit_clerk: Role.unit_head,
    Role.council_secretary: Role.council_chair,
    Role.council_member: Role.council_chair,
    **{role: Role(f"{office}_head") for role, office in OFFICE_OF.items()},
}
"""The head above a role; a role that is not here is its own."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder.

    ``days`` are working days: below 0 before the due day, 0 on it, above 0 after the rung before. ``tells`` is
    holder, office_head (the holder's), receiving_head (of the office that waits for it) or a role; a rung that
    ``acts`` names what the clock does instead of telling.
    """

    days: int
    tells: str = ""
    acts: str = ""
    ends: bool = False

    @property
    def overdue(self) -> bool:
        """Whether this rung comes after the due day."""
        return self.days > 0


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs of a limit, lowest first, with where they come from; ``confidence`` is low, med or high."""

    name: str
    rungs: tuple[Rung, ...]
    basis: str
    confidence: str

    @property
    def asks_receiver(self) -> bool:
        """Whether whom it tells depends on the office that waits for the case."""
        return any(rung.tells == RECEIVING_HEAD for rung in self.rungs)


@dataclass(frozen=True, slots=True)
class DatedRung:
    """A rung with its day; ``step`` is its place in the ladder, from 0, ``tells`` the role it tells."""

    step: int
    day: date
    rung: Rung
    tells: str = ""


class LadderError(ValueError):
    """The file of ladders cannot be read; the text names the ladder with what is wrong."""


def read(source: str) -> Mapping[str, Ladder]:
    """The ladders of a TOML text by name; what they say is the checker's to judge.

    Raises:
        LadderError: not TOML, or a part that is missing, misspelt or of the wrong form.
    """
    try:
        return {name: _ladder(name, table) for name, table in tomllib.loads(source).items()}
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        raise LadderError(str(error)) from None


@cache
def shipped_ladders() -> Mapping[str, Ladder]:
    """The ladders that come with the program, by name."""
    return read((files("states") / "ladders.toml").read_text("utf-8"))


def all_rungs(
    due: date, calendar: Calendar, ladder: Ladder, holder: str, receiver: str = ""
) -> Iterator[DatedRung]:
    """The rungs of a limit that ends on ``due``, each with its day and the role it tells while ``holder`` holds it.

    Up to the due day they count from the last working day that is not later: nobody is reminded of a last day
    once it is over. A rung that would tell a role once more that it is over is left out; the others keep their days.
    """
    before, told = due, set[str]()
    for step, rung in enumerate(ladder.rungs):
        day = resume(before, rung.days, calendar) if rung.overdue else days_before(due, -rung.days, calendar)
        before = max(due, day)
        tells = _told_role(rung, holder, receiver)
        if tells not in told:
            yield DatedRung(step, day, rung, tells)
        if rung.overdue and tells:
            told.add(tells)


def ahead(dated: Iterable[DatedRung], *, since: date, above: int = -1) -> DatedRung | None:
    """The first rung whose day does not lie before ``since``, higher than the step ``above``; ``None`` after all."""
    return next((one for one in dated if one.day >= since and one.step > above), None)


def at_hand(dated: Iterable[DatedRung], today: date) -> DatedRung | None:
    """The rung to climb now: the first due one that acts, else the highest due one; ``None`` before all."""
    due = [one for one in dated if one.day <= today]
    return next((one for one in due if one.rung.acts), due[-1] if due else None)


def ever_told(ladder: Ladder, holders: Iterable[str]) -> frozenset[str]:
    """Every role it may tell while one of these holds the case, whichever office waits for it."""
    receivers = {"", *OFFICE_OF.values()}
    told = (_told_role(rung, holder, one) for rung in ladder.rungs for holder in holders for one in receivers)
    return frozenset(told) - {""}


def _told_role(rung: Rung, holder: str, receiver: str) -> str:
    """The role a rung tells while ``holder`` is the role that holds the case; empty for one that acts.

    ``receiver`` is the office that waits for the case; where there is none, the holder's own head is told.
    """
    if rung.tells == RECEIVING_HEAD and receiver:
        return f"{receiver}_head"
    if rung.tells in (OFFICE_HEAD, RECEIVING_HEAD):
        return HEAD_OF.get(holder, holder)
    return holder if rung.tells == HOLDER else rung.tells


def _ladder(name: str, table: Mapping[str, Any]) -> Ladder:
    if unknown := table.keys() - {"basis", "confidence", "rung"}:
        raise LadderError(f"ladder {name}: {', '.join(sorted(unknown))} is not a known part")
    rungs_ = tuple(_rung(name, number, part) for number, part in enumerate(table["rung"], 1))
    return Ladder(name, rungs_, table["basis"], table["confidence"])


def _rung(name: str, number: int, table: Mapping[str, Any]) -> Rung:
    place = f"ladder {name}, rung {number}"
    if unknown := table.keys() - {"days", "tells", "acts", "ends"}:
        raise LadderError(f"{place}: {', '.join(sorted(unknown))} is not a known part")
    days = table["days"]
    if not isinstance(days, int) or isinstance(days, bool):
        raise LadderError(f"{place}: days must be a whole number of working days")
    return Rung(days, table.get("tells", ""), table.get("acts", ""), bool(table.get("ends", False)))
