"""What is overdue or soon will be, who holds it, how far up it was reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from sqlalchemy.engine import Connection

from db import grants, overdue, timers
from db.cases import CaseRecord
from db.overdue import Holding, Running
from db.scope import Scope
from db.timers import TimerRecord
from states.deadlines import add_working_days
from states.decide import Actor
from states.ladders import DatedRung
from states.roles import Role
from workflow.engine import Engine
from workflow.inbox import SOON, Item, items
from workflow.loading import definition_of, facts_in
from workflow.sight import scope_of
from workflow.timers import dated_rungs, ladder_at

Urgency = Literal["overdue", "today", "soon", "tomorrow", "held"]
URGENCIES: tuple[Urgency, ...] = get_args(Urgency)
MOST_BESIDE = 200
"""Rows of the lists that come on one page: what is told next, what stands still."""
DAY = timedelta(days=1)
LEADERS = frozenset(
    {
        *(role.value for role in Role if role.endswith("_head") and role != Role.unit_head),
        *("council_vice_chair", "council_chair", "chairman", "auditor"),
    }
)
"""The roles that answer for what others hold."""

STEERING = ("extend", "hold", "excuse", "drop", "remind")
"""What those who answer for deadlines may do to one: give more time, stop its clock or end it, have its holder told."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One rung above the due day: the role told, or the act of the clock; ``state`` is told, now, next or later."""

    tells: str
    acts: str
    day: date
    state: str


@dataclass(frozen=True, slots=True)
class Late:
    """One limit with its ladder; ``acts`` are those of STEERING the person who asks may do to it.

    ``untold``: it is over, but every rung had passed before it came here, so nobody was told and nobody will be.
    """

    item: Item[CaseRecord]
    stops: tuple[Stop, ...]
    acts: frozenset[str]
    untold: bool = False


@dataclass(frozen=True, slots=True)
class Deadlines:
    """One page of limits, how many there are, who holds them, where the next page begins.

    ``names`` are the persons in each seat (unit, role) that holds an overdue one.
    """

    rows: tuple[Late, ...]
    counts: Running
    holders: tuple[Holding, ...]
    names: Mapping[tuple[str, str], list[str]]
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
    """The limits this person may see, the oldest first; held ones have no day and come on one page."""
    scope, today = scope_of(actor), engine.today()
    soon = add_working_days(today, SOON, engine.calendar) + timedelta(days=1)
    tomorrow = add_working_days(today, 1, engine.calendar)
    last = None
    if urgency == "tomorrow":
        found = overdue.told_on(conn, scope, tomorrow, limit=MOST_BESIDE)
    elif urgency == "held":
        found = overdue.held(conn, scope, limit=MOST_BESIDE)
    else:
        days = {"overdue": (None, today), "today": (today, today + DAY), "soon": (today + DAY, soon)}
        since, until = days[urgency]
        more = overdue.listed(conn, scope, due_from=since, due_before=until, after=after, limit=limit + 1)
        found, last = more[:limit], more[limit - 1] if len(more) > limit else None
    holders = overdue.by_holder(conn, scope, today)
    return Deadlines(
        rows=tuple(lately(engine, conn, actor, found)),
        counts=_counts(conn, scope, today, soon, tomorrow),
        holders=tuple(holders),
        names=grants.names_in(conn, [one.seat for one in holders if one.overdue], today),
        next=(last.due_on, last.id) if last and last.due_on else None,
    )


def _counts(conn: Connection, scope: Scope, today: date, soon: date, tomorrow: date) -> Running:
    told, on_hold = overdue.beside(conn, scope, tomorrow)
    return overdue.running(conn, scope, today, soon)._replace(tomorrow=told, held=on_hold)


def lately(engine: Engine, conn: Connection, actor: Actor, records: list[CaseRecord]) -> Iterator[Late]:
    """These running limits with their ladders, in the same order."""
    kept: dict[str, list[TimerRecord]] = defaultdict(list)
    for timer in timers.of_cases(conn, [record.id for record in records]):
        kept[timer.case_id].append(timer)
    for row in items(engine, records):
        record = row.record
        ladder = ladder_at(definition_of(engine, record), record.station)
        every = dated_rungs(conn, record, engine.calendar, ladder) if ladder else ()
        rungs = [one for one in every if one.rung.overdue]
        same = [timer for timer in kept[record.id] if ladder and timer.name == ladder.name]
        stops = tuple(_stops(record, rungs, same))
        acts = frozenset(act for act in STEERING if _may(engine, actor, record, act))
        over = record.due_on is not None and record.due_on < engine.today()
        yield Late(row, stops, acts, untold=over and bool(rungs) and not stops)


def _may(engine: Engine, actor: Actor, record: CaseRecord, act: str) -> bool:
    case = facts_in(record)
    rows = definition_of(engine, record).rows(record.station, act)
    return not case.on_hold and any(actor.may(row.by, case) for row in rows)


def _stops(record: CaseRecord, rungs: list[DatedRung], kept: list[TimerRecord]) -> Iterator[Stop]:
    """Those told after the due day, the one told last, those to come; what was skipped is left out."""
    here = [timer for timer in kept if timer.station_seq == record.station_seq]
    fired = {timer.step for timer in here if timer.status == "fired"}
    # A limit that runs on at the next station, as when a report is begun, was told of there already.
    told = {(timer.step, timer.due_on) for timer in kept if timer.status == "fired"}
    fired |= {one.step for one in rungs if (one.step, one.day) in told}
    armed = min((timer.step for timer in here if timer.status == "armed"), default=None)
    highest = max(fired, default=-1)
    # Climbing the one that is armed arms the next.
    shown = [one for one in rungs if one.step in fired or (armed is not None and one.step >= armed)]
    following = next((one.step for one in shown if one.step > highest), -1)
    for one in shown:
        yield Stop(one.tells, one.rung.acts, one.day, _state(one, highest, following))


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
