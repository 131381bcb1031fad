"""P1: a process killed at any instant of an act leaves the act done or not begun, never between."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy import event

from bench.forked import fork
from bench.ground import Snapshot, snapshot
from bench.mutants import notices_later
from bench.p1_kills import answers_first, real_kills
from bench.promise import Promise, Run, Trials
from bench.small_world import ROADS, World, a_world, doer, fitting, new_dossier, reopened
from db import cases, commands, history
from db.engine import Connection, Database
from states.decide import Actor
from states.history import read
from workflow.auditing.verification import verify
from workflow.command import Command, checked
from workflow.outcome import Done
from workflow.problems import ChangedMeanwhile, Problem, Refused
from workflow.step import perform

CONFLICT, REFUSED = "conflict", "refused"
ACTS = (*ROADS, CONFLICT, REFUSED)
MOST_POINTS = 400
"""More points than any act has: a harness that passes them is not counting what it thinks."""


@dataclass(slots=True)
class Points:
    """The instants of one act; the process ends at the one wanted."""

    wanted: int
    seen: int = 0

    def reach(self) -> None:
        """Pass an instant, or die in it."""
        self.seen += 1
        if self.seen == self.wanted:
            os.kill(os.getpid(), signal.SIGKILL)


class Watched(Database):
    """A child's database whose every statement, with its commit, is two instants: before it, after it."""

    def __init__(self, parents: Database, points: Points) -> None:
        """Takes over what the parent's has compiled, with connections of its own; counts from the first statement."""
        vars(self).update(vars(parents))
        # Kept, since dropping them would close connections that are the parent's.
        self._parents = [engine.pool for engine in (self._writer, self._reader)]
        for engine in (self._writer, self._reader):
            engine.dispose(close=False)
        self._points = points

        @event.listens_for(self._writer, "before_cursor_execute")
        def _before(*_told: Any) -> None:
            points.reach()

        @event.listens_for(self._writer, "after_cursor_execute")
        def _after(*_told: Any) -> None:
            points.reach()

        @event.listens_for(self._writer, "commit")
        def _commit(_conn: Connection) -> None:
            points.reach()

    @contextmanager
    def transaction(self, *, together: bool = False) -> Iterator[Connection]:
        """The same transaction with an instant after it, before the answer."""
        with super().transaction(together=together) as conn:
            yield conn
        self._points.reach()


@dataclass(frozen=True, slots=True)
class Attempt:
    """One command of one person."""

    command: Command
    actor: Actor


def harness(run: Run, trials: Trials, road: Callable[..., Done] = perform) -> None:
    """Every act, both databases, every instant from the first to the answer."""
    for kind in run.ground.kinds:
        points = {act: _every_point(run, trials, kind, act, road) for act in _acts(run)}
        trials.notes.append(f"{kind}: {sum(points.values())} instants of {len(points)} acts")
    if road is perform:
        real_kills(run, trials)


def _acts(run: Run) -> tuple[str, ...]:
    """All acts in a full run; a spread of them in a smaller one, each still with every instant."""
    return ACTS if run.scale >= 1 else tuple(run.random("acts").sample(ACTS, run.times(len(ACTS))))


def _every_point(run: Run, trials: Trials, kind: str, act: str, road: Callable[..., Done]) -> int:
    with run.ground.fresh(kind) as database:
        world = a_world(database, run.ground.folder, seed=f"{run.seed}/{kind}/{act}")
        point = 1
        while _one_kill(world, trials, act, point, road):
            point += 1
            assert point < MOST_POINTS
        found = verify(world.engine)
        trials.held(found.ok, f"{kind} {act}: verification after all kills: {found.first_bad}")
    return point - 1


def _one_kill(world: World, trials: Trials, act: str, point: int, road: Callable[..., Done]) -> bool:
    """Kill the act at one instant, look, try again twice; False when the act was over before the instant."""
    attempt = _attempt(world, act, point)
    before = snapshot(world.engine.database)
    killed = _killed(world, attempt, point, road)
    name = f"{world.engine.database.dialect} {act} at instant {point}"
    trials.held(_whole(world, attempt, before), f"{name}: half an act is left behind")
    first, second = _answer(world, attempt), _answer(world, attempt)
    trials.held(_once(world, attempt, act, first, second), f"{name}: tried again: {first}, {second}")
    return killed


def _attempt(world: World, act: str, point: int) -> Attempt:
    key = f"kill-{point}"
    if act == "create":
        return Attempt(checked("create", key=key, **new_dossier("PH", "CSTDCS")), world.people["an"])
    if act == REFUSED:
        ref = world.ready_for("judge")
        return Attempt(
            checked("forward", key=key, ref=ref, version=world.record(ref).version), world.people["kien"]
        )
    wanted = "amend" if act == CONFLICT else act
    ref = world.ready_for(wanted)
    case = world.case(ref)
    version = case.version - (act == CONFLICT)
    command = checked(wanted, key=key, ref=ref, version=version, **fitting(wanted, case))
    return Attempt(command, world.people[doer(wanted, case)])


def _killed(world: World, attempt: Attempt, point: int, road: Callable[..., Done]) -> bool:
    child = fork()
    if child == 0:
        _child(world, attempt, point, road)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the child failed by itself"
    return os.WIFSIGNALED(status)


def _child(world: World, attempt: Attempt, point: int, road: Callable[..., Done]) -> NoReturn:
    code = 1
    try:
        other = reopened(world, seed=f"child-{attempt.command.key}-{attempt.command.ref}")
        other.engine.database = Watched(world.engine.database, Points(point))
        with suppress(Problem):
            road(other.engine, attempt.command, attempt.actor)
        code = 0
    finally:
        os._exit(code)


def _whole(world: World, attempt: Attempt, before: Snapshot) -> bool:
    database = world.engine.database
    with database.reading() as conn:
        stored = commands.find(conn, attempt.actor.account, attempt.command.key)
        if stored and stored.outcome == "ok":
            return _all_there(conn, world, attempt)
    after = snapshot(database)
    changed = {name for name in after if after[name] != before[name]}
    return changed == ({"command"} if stored else set())


def _all_there(conn: Connection, world: World, attempt: Attempt) -> bool:
    """The version moved by one, with its entry, its words, its notices."""
    stored = commands.find(conn, attempt.actor.account, attempt.command.key)
    assert stored is not None  # the caller saw it
    record = cases.by_id(conn, stored.case_id or "")
    if record is None or record.version != (attempt.command.version or 0) + 1:
        return False
    entry, words, _ = history.of_case(conn, record.id)[-1]
    body = read(entry.body)
    rows = world.engine.definitions[record.definition].rows(body["from"], entry.act)
    told = {role for row in rows if row.row == body["row"] for role in row.tells}
    noticed = conn.execute(
        sa.text("SELECT role FROM outbox WHERE case_id = :case AND seq = :seq"),
        {"case": record.id, "seq": record.version},
    )
    return entry.seq == record.version and words is not None and told == set(noticed.scalars())


def _answer(world: World, attempt: Attempt) -> object:
    try:
        return perform(world.engine, attempt.command, attempt.actor)
    except Refused as refusal:
        return refusal.reasons
    except ChangedMeanwhile as conflict:
        return conflict.args


def _once(world: World, attempt: Attempt, act: str, first: object, second: object) -> bool:
    """Both answers are one; the history has one entry more, or none where the act was refused."""
    if first != second:
        return False
    if not isinstance(first, Done):
        return act in (REFUSED, CONFLICT)
    with world.engine.database.reading() as conn:
        stored = commands.find(conn, attempt.actor.account, attempt.command.key)
        assert stored is not None  # it was answered a moment ago
        entries = history.of_case(conn, stored.case_id or "")
    return len(entries) == first.version == (attempt.command.version or 0) + 1


def _torn(run: Run, trials: Trials) -> None:
    """The mutant: notices are written in a transaction of their own."""
    with notices_later() as road, run.ground.fresh("sqlite") as database:
        world = a_world(database, run.ground.folder, seed=run.seed)
        point = 1
        while not trials.failed and _one_kill(world, trials, "withdraw", point, road):
            point += 1


PROMISE = Promise(
    "P1",
    "an act survives kill -9 at any instant, whole or not at all",
    harness,
    {"two transactions": _torn, "answered before it is stored": answers_first},
)
