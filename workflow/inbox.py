"""A person's work in five queues."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, Literal, get_args

from sqlalchemy.engine import Connection

from db import case_lists, completions
from db.case_record import CaseLine, Listed
from db.completions import Concern
from db.queue_lengths import queue_lengths
from db.scope import Scope
from states.deadlines import add_working_days, remaining
from states.decide import Actor
from states.definition import Words
from states.roles import OFFICE_OF, UNIT_ROLES, Role
from workflow.engine import Engine
from workflow.loading import definition_of
from workflow.sight import scope_of

Queue = Literal["todo", "soon", "overdue", "completion", "done"]
QUEUES: tuple[Queue, ...] = get_args(Queue)
SOON = 3
"""Working days before the last one from which a limit counts as soon due."""

After = tuple[date | datetime | None, str]
"""Where a page ends: (due date, id) of its last case; of what is done, (created, id)."""


@dataclass(frozen=True, slots=True)
class Item(Generic[Listed]):
    """One case in a list: its row, its station in words, the working days ``left`` (negative: overdue)."""

    record: Listed
    label: Words
    left: int | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of one queue, how long every queue is, where the next page begins (``None``: nowhere)."""

    items: tuple[Item[CaseLine], ...]
    counts: Mapping[Queue, int]
    next: After | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What tells one person's work from the rest."""

    scope: Scope
    holders: list[tuple[str, str | None]]
    concern: Concern
    person: str
    today: date
    soon: date


def inbox(
    engine: Engine,
    conn: Connection,
    actor: Actor,
    queue: Queue,
    *,
    whole_office: bool = False,
    after: After | None = None,
    limit: int,
) -> Inbox:
    """One page of a queue, the most urgent first; of what is done, the newest first.

    ``whole_office`` also takes what waits for other roles of the person's units.
    """
    desk = desk_of(engine, actor, whole_office=whole_office)
    found = _found(conn, desk, queue, after, limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return Inbox(
        items=items(engine, found[:limit]),
        counts=counts(conn, desk),
        next=_place(queue, last) if last else None,
    )


def desk_of(engine: Engine, actor: Actor, *, whole_office: bool = False) -> Desk:
    """The person's own work; all grants count together."""
    today = engine.today()
    return Desk(
        scope=scope_of(actor),
        holders=[(g.unit, None if whole_office else g.role) for g in actor.grants],
        concern=Concern(
            units=tuple(g.unit for g in actor.grants if g.role in UNIT_ROLES),
            offices=tuple((g.body, OFFICE_OF[Role(g.role)]) for g in actor.grants if g.role in OFFICE_OF),
        ),
        person=actor.person,
        today=today,
        soon=add_working_days(today, SOON, engine.calendar) + timedelta(days=1),
    )


def counts(conn: Connection, desk: Desk) -> dict[Queue, int]:
    """How many cases each queue holds."""
    found = queue_lengths(
        conn, desk.scope, desk.holders, desk.concern, desk.person, today=desk.today, soon=desk.soon
    )
    return {queue: getattr(found, queue) for queue in QUEUES}


def items(engine: Engine, records: Sequence[Listed]) -> tuple[Item[Listed], ...]:
    """The rows of a list of cases."""
    today, calendar = engine.today(), engine.calendar
    # Of fifty cases many end on the same day.
    days = {record.due_on for record in records}
    left = {day: remaining(today, day, calendar) if day else None for day in days}
    return tuple(
        Item(record, _label(engine, record), None if record.final else left[record.due_on])
        for record in records
    )


def _label(engine: Engine, record: Listed) -> Words:
    return definition_of(engine, record).stations[record.station].label


def _found(conn: Connection, desk: Desk, queue: Queue, after: After | None, limit: int) -> list[CaseLine]:
    if queue == "done":
        created = (after[0], after[1]) if after and isinstance(after[0], datetime) else None
        return case_lists.acted_on(conn, desk.scope, desk.person, desk.holders, after=created, limit=limit)
    due = (after[0], after[1]) if after and not isinstance(after[0], datetime) else None
    if queue == "completion":
        return completions.listed(conn, desk.scope, desk.concern, after=due, limit=limit)
    return case_lists.queue(
        conn,
        desk.scope,
        desk.holders,
        due_from=desk.today if queue == "soon" else None,
        due_before={"soon": desk.soon, "overdue": desk.today}.get(queue),
        after=due,
        limit=limit,
    )


def _place(queue: Queue, last: CaseLine) -> After:
    return (last.created_at if queue == "done" else last.due_on, last.id)
