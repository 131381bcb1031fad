"""A session of the council as one person may read it: its dossiers by name, its members, nobody's ballot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import councils, people
from db.cases import CaseRecord
from db.nominations import NominationRecord
from db.units import Unit, all_units
from states.council.ballots import Totals
from states.council.council import Council
from states.council.seats import Seat
from states.council.session import AgendaItem, Round, Session
from states.decide import Actor
from states.dossier import Dossier
from workflow import case_reading
from workflow.case_reading import CaseView
from workflow.council.session_agenda import WAITS
from workflow.engine import Engine
from workflow.folded import facts_in
from workflow.loading import Loaded
from workflow.sight import sees

BLIND_UNTIL = 2
"""So many tellers have typed before one sees what the other counted."""
AHEAD = frozenset({"drafted", "convened"})
"""Where a session is that is still to come."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One dossier of the agenda with its words; ``people`` are all ever proposed in it, by nomination."""

    ref: str
    record: CaseRecord
    unit: Unit
    item: AgendaItem
    people: Mapping[str, NominationRecord]

    def name(self, nomination: str) -> str:
        """Who a nomination is about."""
        found = self.people.get(nomination)
        return found.name if found else ""


@dataclass(frozen=True, slots=True)
class SessionView:
    """Everything the pages show of one session; ``names`` are those of its members, by person.

    ``council`` is the one it sits for as it is now, ``None`` before one was established.
    """

    of: CaseView
    session: Session
    items: tuple[ItemView, ...]
    names: Mapping[str, str]
    person: str
    council: Council | None

    @property
    def ref(self) -> str:
        """What people call it."""
        return self.of.record.ref

    def item(self, ref: str) -> ItemView | None:
        """One dossier of the agenda."""
        return next((one for one in self.items if one.ref == ref), None)

    def member(self, seat: str) -> str:
        """Who sits on a seat."""
        found = self.session.roll.get(seat)
        return self.names.get(found.person, "") if found else ""

    @property
    def nominees(self) -> dict[str, str]:
        """Who the nominations are about, for sentences."""
        return {id_: one.name for item in self.items for id_, one in item.people.items()}

    @property
    def seat(self) -> str:
        """The reader's own seat; empty for who does not sit."""
        return self.session.seat_of(self.person)

    def totals_seen(self, one: Round) -> dict[str, dict[str, Totals]]:
        """What the tellers typed, by person, as far as this reader may know: their own until both have typed."""
        if one.closed or one.ballot == "hands" or len(one.totals) >= BLIND_UNTIL:
            return dict(one.totals)
        return {who: typed for who, typed in one.totals.items() if who == self.person}

    def in_order(self, one: Round) -> list[str]:
        """The nominations of a round as its dossier lists them."""
        item = self.item(one.dossier)
        known = item.people if item else {}
        return sorted(one.rules, key=lambda id_: (known[id_].position if id_ in known else 0, id_))


def session(engine: Engine, conn: Connection, ref: str, actor: Actor) -> tuple[SessionView, Loaded]:
    """One session as this person may read it, with what its acts need. Raises NotFound."""
    view, loaded = case_reading.case(engine, conn, ref, actor, "sessions")
    facts = view.case
    assert isinstance(facts, Session)
    records = councils.by_refs(conn, facts.items)
    units = all_units(conn)
    by_case: dict[str, dict[str, NominationRecord]] = {}
    for one in councils.nominees(conn, [record.id for record in records.values()]):
        by_case.setdefault(one.case_id, {})[one.id] = one
    items = [
        ItemView(name, records[name], units[item.unit], item, by_case.get(records[name].id, {}))
        for name, item in facts.items.items()
        if name in records
    ]
    return SessionView(
        of=view,
        session=facts,
        items=tuple(sorted(items, key=lambda one: one.item.position)),
        names=people.names_of(conn, _persons(facts)),
        person=actor.person,
        council=_council(conn, facts),
    ), loaded


def _council(conn: Connection, facts: Session) -> Council | None:
    record = councils.of_body(conn, facts.body)
    found = facts_in(record) if record else None
    return found if isinstance(found, Council) else None


def _persons(facts: Session) -> set[str]:
    seated = {seat.person for seat in facts.roll.values()}
    typed = {who for one in facts.rounds.values() for who in one.totals}
    signed = {one.person for one in facts.signatures.values()}
    return {who for who in seated | typed | signed | {facts.presiding} if who}


def waiting(conn: Connection, facts: Session) -> list[CaseRecord]:
    """The dossiers that could be put on the agenda: ready for the council, on no other session's."""
    taken = set(facts.items) | _elsewhere(councils.sessions_ahead(conn, facts.body), facts.ref)
    return [record for record in councils.waiting(conn, facts.body) if record.ref not in taken]


def _elsewhere(ahead: Iterable[CaseRecord], own: str) -> set[str]:
    found: set[str] = set()
    for record in ahead:
        other = facts_in(record)
        if isinstance(other, Session) and record.ref != own and other.station != "closed":
            found |= set(other.items)
    return found


def ahead_of(conn: Connection, actor: Actor, dossier: Dossier) -> tuple[str, date | None] | None:
    """The session to come that has a dossier on its agenda, with its day; ``None`` for who may not see it."""
    if dossier.station != WAITS:
        return None
    for record in councils.sessions_ahead(conn, dossier.body):
        found = facts_in(record)
        if not isinstance(found, Session) or found.station not in AHEAD:
            continue
        if dossier.ref in found.items and sees(actor, record):
            return record.ref, found.day
    return None


def roll_of_the_day(conn: Connection, view: SessionView) -> tuple[dict[str, Seat], dict[str, str]]:
    """Everybody who sits on the council on the day of a session as the council is now, with their names."""
    if view.council is None or view.session.day is None:
        return {}, {}
    roll = view.council.sitting(view.session.day)
    return roll, people.names_of(conn, {seat.person for seat in roll.values()})
