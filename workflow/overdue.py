"""What is overdue or soon will be, who holds it, how far up it was reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from sqlalchemy.engine import Connection

from db import overdue, timers
from db.cases import CaseRecord
from db.overdue import Holding, Running
from db.timers import TimerRecord
from states.deadlines import add_working_days
from states.decide import Actor
from states.ladders import DatedRung, all_rungs, told_role
from states.roles import Role
from workflow.engine import Engine
from workflow.inbox import SOON, Item, item
from workflow.loading import definition_of, facts_in
from workflow.sight import scope_of
from workflow.timers import ladder_at

Urgency = Literal["overdue", "today", "soon"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
LEADERS = frozenset(
    {
        *(role.value for role in Role if role.endswith("_head") and role != Role.unit_head),
        *("council_vice_chair", "council_chair", "chairman", "auditor"),
    }
)
"""The roles that answer for what others hold."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One rung above the due day: the role told, or the act of the clock; ``state`` is told, now, next or later."""

    tells: str
    acts: str
    day: date
    state: str


@dataclass(frozen=True, slots=True)
class Late:
    """One running limit with its ladder; ``extendable`` by the person who asks."""

    item: Item[CaseRecord]
    stops: tuple[Stop, ...]
    extendable: bool


@dataclass(frozen=True, slots=True)
class Deadlines:
    """One page of running limits, how many there are, who holds them, where the next page begins."""

    rows: tuple[Late, ...]
    counts: Running
    holders: tuple[Holding, ...]
    next: tuple[date, str] | None


def deadlines(
    engine: Engine,
    conn: Connection,
    actor: Actor,
    urgency: Urgency,
    *,
    after: tuple[date, str] | None = None,
    limit: int,
) -> Deadlines:
    """The running limits this person may see, the oldest first."""
    scope, today = scope_of(actor), engine.today()
    soon = add_working_days(today, SOON, engine.calendar) + timedelta(days=1)
    tomorrow = today + timedelta(days=1)
    since, until = {"overdue": (None, today), "today": (today, tomorrow), "soon": (tomorrow, soon)}[urgency]
    found = overdue.listed(conn, scope, due_from=since, due_before=until, after=after, limit=limit + 1)
    last = found[limit - 1] if len(found) > limit else None
    return Deadlines(
        rows=tuple(_late(engine, conn, actor, found[:limit])),
        counts=overdue.running(conn, scope, today, soon),
        holders=tuple(overdue.by_holder(conn, scope, today)),
        next=(last.due_on, last.id) if last and last.due_on else None,
    )


def _late(engine: Engine, conn: Connection, actor: Actor, records: list[CaseRecord]) -> Iterator[Late]:
    fired: dict[tuple[str, int], set[int]] = defaultdict(set)
    for timer in timers.of_cases(conn, [record.id for record in records]):
        if timer.status == "fired":
            fired[_stay(timer)].add(timer.step)
    for record in records:
        done = fired[record.id, record.station_seq]
        rows = definition_of(engine, record).rows(record.station, "extend")
        case = facts_in(record)
        extendable = any(actor.may(row.by, case) for row in rows)
        yield Late(item(engine, record), tuple(_stops(engine, record, done)), extendable)


def _stay(timer: TimerRecord) -> tuple[str, int]:
    return timer.case_id, timer.station_seq


def _stops(engine: Engine, record: CaseRecord, fired: set[int]) -> Iterator[Stop]:
    """Those told after the due day, the one told last, those to come; what downtime skipped is left out."""
    ladder = ladder_at(definition_of(engine, record), record.station)
    if ladder is None or record.due_on is None:
        return
    highest, receiver = max(fired, default=-1), facts_in(record).receiver
    dated = all_rungs(record.due_on, engine.calendar, ladder)
    shown = [one for one in dated if one.rung.overdue and (one.step > highest or one.step in fired)]
    following = next((one.step for one in shown if one.step > highest), -1)
    for one in shown:
        tells = told_role(one.rung, record.holder_role or "", receiver)
        yield Stop(tells, one.rung.acts, one.day, _state(one, highest, following))


def _state(one: DatedRung, highest: int, following: int) -> str:
    if one.step <= highest:
        return "now" if one.step == highest else "told"
    return "next" if one.step == following else "later"


def units_of(holders: Iterable[Holding]) -> dict[str, list[Holding]]:
    """The holders by unit, the unit with the most overdue first."""
    units: dict[str, list[Holding]] = defaultdict(list)
    for holding in holders:
        units[holding.unit].append(holding)
    return dict(sorted(units.items(), key=lambda pair: -sum(one.overdue for one in pair[1])))
