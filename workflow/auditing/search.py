"""Everything that was done or tried, found by case, person, unit, act, outcome, day."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy.engine import Connection

from db import trail
from db.scope import Scope
from db.text import fold
from db.trail import FoundCommand, FoundEntry, Sought
from states import labels
from states.decide import CLOCK, Actor
from workflow.auditing.reach import MOMENT, audited
from workflow.dossiers.entries import EntryView, entry_view
from workflow.engine import ZONE, Engine
from workflow.problems import Invalid, Wrong

OUTCOMES = ("refused", "conflict", "done")
"""How an act can end; of one moment they are listed in this order."""

Place = tuple[datetime, str]
"""Where a list goes on: after the event of this moment with this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an auditor asks for; empty means anything. Days are Vietnam's, both are included."""

    words: str = ""
    person: str = ""
    unit: str = ""
    act: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def sought(self) -> Sought:
        """The same for the database."""
        return Sought(
            words=fold(self.words),
            person=fold(self.person),
            actor=_clock(fold(self.person)),
            unit=self.unit,
            act=self.act,
            since=_midnight(self.since) if self.since else None,
            until=_midnight(self.until + timedelta(days=1)) if self.until else None,
        )


@dataclass(frozen=True, slots=True)
class Event:
    """One act that was done, refused or overtaken.

    What was done has its ``entry``, what was not the codes, facts of its ``reasons``.
    """

    id: str
    at: datetime
    outcome: str
    ref: str
    title: str
    act: str
    who: str
    seq: int = 0
    hash: str = ""
    entry: EntryView | None = None
    reasons: Sequence[Mapping[str, Any]] = ()


def searched(
    engine: Engine, conn: Connection, actor: Actor, asked: Asked, *, after: Place | None = None, limit: int
) -> list[Event]:
    """What an auditor asks for, newest first; ``after`` is the place of the last event seen.

    Raises:
        Invalid: on ``cursor``, for a place in another list.
    """
    if after and _outcome(after[1]) not in OUTCOMES:
        raise Invalid(Wrong("cursor", "value_error", {}))
    scope = audited(actor)
    wanted = [outcome for outcome in OUTCOMES if asked.outcome in ("", outcome)]
    sources = [_source(engine, conn, scope, asked.sought, outcome, after, limit) for outcome in wanted]
    # Sources come in the order of OUTCOMES, which a stable merge keeps within one moment.
    return list(islice(merge(*sources, key=lambda event: event.at, reverse=True), limit))


def _source(
    engine: Engine,
    conn: Connection,
    scope: Scope,
    sought: Sought,
    outcome: str,
    after: Place | None,
    limit: int,
) -> Iterator[Event]:
    begun = sought if after is None else _begun(sought, outcome, after)
    same = after if after and _outcome(after[1]) == outcome else None
    if outcome == "done":
        place = (same[0], same[1].partition(":")[2]) if same else None
        for entry in trail.latest_entries(conn, scope, begun, after=place, limit=limit):
            yield _done(engine, entry)
    else:
        tried = (same[0], *_attempt(same[1])) if same else None
        for command in trail.latest_commands(conn, scope, begun, outcome, after=tried, limit=limit):
            yield _not_done(command)


def _begun(sought: Sought, outcome: str, after: Place) -> Sought:
    """What is left of a source: the moment of the last event seen counts only while its turn is not over."""
    at, id_ = after
    over = OUTCOMES.index(outcome) < OUTCOMES.index(_outcome(id_))
    end = at if over else at + MOMENT
    return replace(sought, until=min(end, sought.until or end))


def _outcome(id_: str) -> str:
    return id_.partition(":")[0]


def _attempt(id_: str) -> tuple[str, str]:
    _, account, key = (*id_.split(":", 2), "", "")[:3]
    return account, key


def _done(engine: Engine, found: FoundEntry) -> Event:
    entry = found.entry
    view = entry_view(engine, entry, found.payload)
    return Event(
        f"done:{entry.id}",
        entry.at,
        "done",
        found.ref,
        found.title,
        entry.act,
        view.actor,
        entry.seq,
        entry.hash,
        view,
    )


def _not_done(found: FoundCommand) -> Event:
    command = found.command
    return Event(
        id=f"{command.outcome}:{command.account_id}:{command.key}",
        at=command.at,
        outcome=command.outcome,
        ref=found.ref,
        title=found.title,
        act=command.act,
        who=found.name,
        reasons=reasons_in(command.answer),
    )


def reasons_in(answer: str) -> Sequence[Mapping[str, Any]]:
    """Why an attempt was refused, by its stored answer; nothing where somebody made that unreadable."""
    with suppress(ValueError, KeyError, TypeError):
        found: Sequence[Mapping[str, Any]] = json.loads(answer)["reasons"]
        return found
    return ()


def _clock(words: str) -> str:
    """The clock where these are words of what it is called on pages; it is no person in the database."""
    called = (fold(labels.label("role", CLOCK.person, lang)) for lang in labels.LANGS)
    return CLOCK.person if any(all(word in name for word in words.split()) for name in called) else ""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
