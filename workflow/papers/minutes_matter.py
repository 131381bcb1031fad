"""Everything the minutes of a session speak of, read without asking who reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from db import councils, people
from db.cases import CaseRecord
from db.nominations import NominationRecord
from db.units import Unit, all_units
from states.council.session import Session
from workflow.dossiers.entries import EntryView, entries_of, entry_at, words_at
from workflow.engine import Engine

OPENED_IN = frozenset({"voting", "closed", "minutes_signed"})
"""The stations in which there is something to put into minutes."""


@dataclass(frozen=True, slots=True)
class MinutesMatter:
    """One session with its history; ``names`` by person, ``nominees`` by nomination."""

    title: str
    session: Session
    entries: tuple[EntryView, ...]
    units: Mapping[str, Unit]
    names: Mapping[str, str]
    nominees: Mapping[str, NominationRecord]

    def entry(self, seq: int) -> EntryView | None:
        """One entry of the session's history; ``None`` where there is none."""
        return entry_at(self.entries, seq)

    def first(self, act: str) -> EntryView | None:
        """The first entry of an act."""
        return next((one for one in self.entries if one.act == act), None)

    def done(self, *acts: str) -> Iterable[EntryView]:
        """The entries of some acts, first to last."""
        return (one for one in self.entries if one.act in acts)

    @property
    def text(self) -> Mapping[str, str]:
        """The words around the figures as they were written last, by part."""
        words: Mapping[str, str] = words_at(self.entries, self.session.minutes).get("text", {})
        return words

    def member(self, seat: str) -> str:
        """Who sits on a seat."""
        found = self.session.roll.get(seat)
        return self.names.get(found.person, "") if found else ""

    def members(self, seats: Iterable[str]) -> str:
        """Who sits on these seats, in the order of the roll."""
        wanted = set(seats)
        return ", ".join(self.member(seat) for seat in self.session.members if seat in wanted)

    def nominee(self, nomination: str) -> str:
        """Who a nomination is about."""
        found = self.nominees.get(nomination)
        return found.name if found else ""

    def in_order(self, nominations: Iterable[str]) -> list[str]:
        """Nominations as their dossier lists them."""
        known = self.nominees
        return sorted(nominations, key=lambda id_: (known[id_].position if id_ in known else 0, id_))


def gathered(engine: Engine, conn: Connection, record: CaseRecord, session: Session) -> MinutesMatter:
    """The same for everybody, so that everybody's file has the same bytes."""
    dossiers = councils.by_refs(conn, session.items)
    nominees = councils.nominees(conn, [one.id for one in dossiers.values()])
    return MinutesMatter(
        title=record.title,
        session=session,
        entries=tuple(entries_of(engine, conn, record, as_unit=False)),
        units=all_units(conn),
        names=people.names_of(conn, _persons(session)),
        nominees={one.id: one for one in nominees},
    )


def _persons(session: Session) -> set[str]:
    seated = {seat.person for seat in session.roll.values()}
    typed = {who for one in session.rounds.values() for who in one.totals}
    signed = {one.person for one in session.signatures.values()}
    return {who for who in seated | typed | signed | {session.presiding} if who}
