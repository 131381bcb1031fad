"""What an auditor may look through, read in pieces that keep nobody waiting."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from db import trail
from db.scope import Scope
from db.trail import FoundEntry, Sought
from states.decide import Actor
from states.document import Document
from states.history import read
from states.roles import Role
from workflow.engine import Engine

PIECE = 500
"""Entries read at once: while a reader holds on, SQLite lets nobody commit."""
MOMENT = timedelta(microseconds=1)
UNREADABLE = (ValueError, AttributeError)
"""What reading a body raises that somebody changed; SQLite keeps a text where bytes were, which has no ``decode``."""


def audited(actor: Actor) -> Scope:
    """The cases a person sees as an auditor, whatever else they are."""
    bodies = {g.body for g in actor.grants if g.role == Role.auditor}
    return Scope(bodies=dict.fromkeys(sorted(bodies), Role.auditor.bit))


def entries(engine: Engine, scope: Scope, sought: Sought) -> Iterator[FoundEntry]:
    """Everything sought, by case then seq, as it was when this began; no connection is held in between."""
    begun = engine.now() + MOMENT
    fixed = replace(sought, until=min(sought.until or begun, begun))
    after: tuple[str, int] | None = None
    while True:
        with engine.database.reading() as conn:
            found = trail.entries_by_case(conn, scope, fixed, after=after, limit=PIECE)
        yield from found
        if len(found) < PIECE:
            return
        after = found[-1].entry.case_id, found[-1].entry.seq


def body_of(found: FoundEntry) -> Document:
    """The sealed body; empty where somebody made it unreadable, which verification tells of."""
    with suppress(*UNREADABLE):
        return read(found.entry.body)
    return {}


def effects_in(body: bytes) -> Document:
    """What a sealed body says its entry changed; nothing where that cannot be read."""
    with suppress(*UNREADABLE):
        effects = read(body).get("effects")
        return effects if isinstance(effects, dict) else {}
    return {}
