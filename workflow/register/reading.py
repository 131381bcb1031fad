"""The award register as one person may read it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import cases, register, register_changes
from db.cases import CaseRecord
from db.register import Totals, Wanted
from db.scope import Scope
from states.decide import Actor
from states.definition import START
from states.document import from_document
from states.kinds import KINDS
from states.register.cases import DECISION_CHANGE, REVOCATION, DecisionChange, Revocation
from states.register.dependents import Rests, dependents
from states.register.line import RegisterEntry
from workflow.engine import Engine
from workflow.problems import NotFound
from workflow.register.lookup import lines_of
from workflow.sight import scope_of

BEGINS = {DECISION_CHANGE: "draft_change", REVOCATION: "propose_revocation"}


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the register with the totals of all that was sought; ``more`` where another page follows."""

    lines: tuple[RegisterEntry, ...]
    totals: Totals
    more: tuple[date, str] | None


@dataclass(frozen=True, slots=True)
class Change:
    """A case about a line: what kind, where it stands."""

    record: CaseRecord
    case: DecisionChange | Revocation


@dataclass(frozen=True, slots=True)
class EntryView:
    """One line with what happened to it, what else the same subject holds, which awards rest on it.

    ``dossier`` is the title of the dossier; ``begins`` the unit for which this reader may begin each kind of change.
    """

    entry: RegisterEntry
    dossier: str
    line_before: RegisterEntry | None
    line_after: RegisterEntry | None
    changes: tuple[Change, ...]
    others: tuple[RegisterEntry, ...]
    resting: tuple[tuple[RegisterEntry, Rests], ...]
    begins: dict[str, str]


def listing(
    conn: Connection, scope: Scope, wanted: Wanted, *, after: tuple[date, str] | None, limit: int
) -> Listing:
    """What is sought, newest first."""
    found = register.listed(conn, scope, wanted, after=after, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    more = (last.decided_on, last.id) if last else None
    return Listing(tuple(found[:limit]), register.totals(conn, scope, wanted), more)


def entry_view(engine: Engine, conn: Connection, id_: str, actor: Actor) -> EntryView:
    """One line with all about it. Raises NotFound."""
    scope = scope_of(actor)
    entry = register.seen(conn, scope, id_)
    record = cases.load(conn, entry.ref) if entry else None
    if entry is None or record is None:
        raise NotFound
    same = register.of_nomination(conn, entry.nomination)
    others = register.of_the_same(conn, scope, entry)
    return EntryView(
        entry=entry,
        dossier=record.title,
        line_before=next((one for one in same if one.id == entry.replaces), None),
        line_after=next((one for one in same if one.replaces == entry.id), None),
        changes=tuple(changes_of(conn, scope, entry)),
        others=tuple(one for one in others if one.nomination != entry.nomination),
        resting=tuple(dependents(entry, others)),
        begins={kind: seat for kind in BEGINS if (seat := seat_to_begin(engine, actor, kind, entry.body))},
    )


def changes_of(conn: Connection, scope: Scope, entry: RegisterEntry) -> Iterator[Change]:
    """The cases about a line that the reader sees, oldest first."""
    for record in register_changes.about(conn, scope, entry.ref, tuple(BEGINS)):
        case = from_document(KINDS[record.kind].facts, json.loads(record.facts))
        if isinstance(case, DecisionChange | Revocation) and entry.id in lines_of(case):
            yield Change(record, case)


def lines_about(conn: Connection, case: DecisionChange | Revocation) -> list[RegisterEntry]:
    """The lines a case is about with those that took their places; who sees the case sees these."""
    found = register.by_ids(conn, lines_of(case))
    new = [f"{line.nomination}.{case.ref}" for line in found]
    return [*found, *register.by_ids(conn, new)]


def resting_on_line(
    conn: Connection, entry: RegisterEntry, actor: Actor
) -> list[tuple[RegisterEntry, Rests]]:
    """The awards to look at again where this one is revoked, as far as the reader sees them."""
    return list(dependents(entry, register.of_the_same(conn, scope_of(actor), entry)))


def seat_to_begin(engine: Engine, actor: Actor, kind: str, body: str) -> str:
    """The unit for which this person may begin such a change today; empty for everybody else."""
    definition = engine.in_force(kind)
    by = {role for row in definition.rows(START, BEGINS[kind]) for role in row.by}
    return next((grant.unit for grant in actor.grants if grant.role in by and grant.body == body), "")
