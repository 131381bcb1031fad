"""The clock's own acts: every deadline that is due goes down the one road."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from db import cases, timers
from db.cases import CaseRecord
from db.engine import Connection
from db.timers import TimerRecord
from db.together import Together
from states.checking.ladders import TELLS
from states.deadlines import remaining
from states.ladders import HOLDER, DatedRung, Rung, at_hand
from workflow.clock import guard as clock_guard
from workflow.clock.fired import Fired
from workflow.clock.guard import Halt
from workflow.clock.occurring import FAILURES, occur
from workflow.command import Command
from workflow.engine import ZONE, Engine
from workflow.loading import definition_of, facts_in
from workflow.outcome import Done
from workflow.step import Claim, perform_claimed, perform_together
from workflow.timers import REMINDER, dated_rungs, ladder_at
from workflow.year import occurrences as year

AT_ONCE = 200
"""How many due timers are looked up at a time."""
TOGETHER = 200
"""How many of them are fired in one transaction: people wait for it on SQLite."""

Claimed = tuple[CaseRecord, DatedRung, Command]
"""The case, the rung that is climbed, the act."""

log = logging.getLogger("khenthuong.clock")


@dataclass(frozen=True, slots=True)
class Swept:
    """What one pass came to; ``halt`` says why nothing was fired, ``failed`` is what was left for the next pass."""

    at: datetime
    fired: tuple[Fired, ...] = ()
    failed: tuple[str, ...] = ()
    halt: Halt | None = None


def sweep(engine: Engine, *, elapsed: timedelta | None = None) -> Swept:
    """Fire everything that is due, oldest first; any number of processes may do so at once.

    ``elapsed`` is the time since the pass before by a clock nobody can set, ``None`` for the first pass.
    """
    engine.read_clock()
    now = engine.now()
    if halt := clock_guard.watch(engine, now, elapsed):
        return Swept(now, halt=halt)
    fired: list[Fired] = []
    failed: list[str] = []
    year.arrange(engine)
    for one in occur(engine):
        if isinstance(one, Fired):
            fired.append(one)
        else:
            failed.append(one.schedule)
    for some in _batches(_due(engine, now.astimezone(ZONE).date())):
        try:
            fired += _fire_together(engine, some)
        except FAILURES:
            # One case that cannot be served must not keep the others waiting.
            for timer in some:
                try:
                    fired += filter(None, [_fire(engine, timer)])
                except FAILURES:
                    log.exception("the timer %s of case %s did not fire", timer.id, timer.case_id)
                    failed.append(timer.id)
    return Swept(now, tuple(fired), tuple(failed))


def _batches(due: Iterable[TimerRecord]) -> Iterator[list[TimerRecord]]:
    """The timers in their order, so many at a time as are fired in one transaction, of each case one."""
    some: dict[str, TimerRecord] = {}
    for timer in due:
        if timer.case_id in some or len(some) == TOGETHER:
            yield list(some.values())
            some = {}
        some[timer.case_id] = timer
    if some:
        yield list(some.values())


def _due(engine: Engine, today: date) -> Iterator[TimerRecord]:
    after: tuple[date, str] | None = None
    while True:
        with engine.database.reading() as conn:
            found = timers.due(conn, today, after=after, limit=AT_ONCE)
        yield from found
        if len(found) < AT_ONCE:
            return
        after = (found[-1].due_on, found[-1].id)


def _fire_together(engine: Engine, some: list[TimerRecord]) -> list[Fired]:
    """Fire timers of different cases in one transaction; each act keeps its rows, which are sent set by set."""
    found: list[Claimed] = []

    def claims(conn: Connection, here: Together) -> Iterator[Claim]:
        records = cases.all_free(conn, [timer.case_id for timer in some])
        here.cases.update((record.ref, record) for record in records.values())
        free = [timer for timer in some if timer.case_id in records]
        armed = timers.fire_all(conn, [timer.id for timer in free])
        for timer in free:
            claimed = _asked_for(engine, conn, records[timer.case_id], timer) if timer.id in armed else None
            if claimed:
                found.append(claimed)
                yield _claim(claimed)

    done = perform_together(engine, claims)
    return [_fired(claimed, one) for claimed, one in zip(found, done, strict=True)]


def _fire(engine: Engine, timer: TimerRecord) -> Fired | None:
    claimed: list[Claimed] = []

    def claim(conn: Connection) -> Claim | None:
        found = _claimed(engine, conn, timer)
        if found is None:
            return None
        claimed.append(found)
        return _claim(found)

    done = perform_claimed(engine, claim)
    return _fired(claimed[0], done) if done else None


def _claim(claimed: Claimed) -> Claim:
    _, rung, command = claimed
    return Claim(command, datetime.combine(rung.day, time(), ZONE))


def _fired(claimed: Claimed, done: Done) -> Fired:
    record, rung, command = claimed
    tells = str(command.args.get("tells", ""))
    left = int(command.args.get("left", 0)) if record.due_on else None
    return Fired(record.ref, command.act, rung.step, rung.day, tells, done.station, left)


def _claimed(engine: Engine, conn: Connection, timer: TimerRecord) -> Claimed | None:
    """What a due timer asks for, the case locked and the timer spent; ``None`` for one that is stale by now.

    The case is locked first, as every act of a person does, so that no two writers wait for each other.
    """
    record = cases.free(conn, timer.case_id)
    if record is None or not timers.fire(conn, timer.id):
        return None
    return _asked_for(engine, conn, record, timer)


def _asked_for(engine: Engine, conn: Connection, record: CaseRecord, timer: TimerRecord) -> Claimed | None:
    rung = _rung(engine, conn, record, timer)
    if rung is None:
        timers.put(conn, timer._replace(status="cancelled"))
        return None
    ahead = rung.day > engine.today()
    if ahead or rung.step != timer.step:
        _put_off(engine, conn, timer, rung, "armed" if ahead else "fired")
    return None if ahead else (record, rung, _command(engine, record, rung, timer))


def _put_off(engine: Engine, conn: Connection, timer: TimerRecord, rung: DatedRung, status: str) -> None:
    """Keep the timer under the rung it turned out to be for, or under its new day."""
    id_ = timer.id
    if rung.step != timer.step:
        timers.put(conn, timer._replace(status="cancelled"))
        id_ = engine.source.new_id()
    timers.put(conn, timer._replace(id=id_, step=rung.step, due_on=rung.day, status=status))


def _rung(engine: Engine, conn: Connection, record: CaseRecord, timer: TimerRecord) -> DatedRung | None:
    """The rung to climb now, from the timer's on; none where the case has left the stay the timer belongs to."""
    if record.final or record.station_seq != timer.station_seq:
        return None
    if timer.name == REMINDER:
        day = facts_in(record).remind
        holder = record.holder_role or ""
        return DatedRung(timer.step, day, Rung(0, tells=HOLDER), holder) if day else None
    ladder = ladder_at(definition_of(engine, record), record.station)
    if ladder is None:
        return None
    every = dated_rungs(conn, record, engine.calendar, ladder)
    dated = [one for one in every if one.step >= timer.step]
    return at_hand(dated, engine.today()) or next(iter(dated), None)


def _command(engine: Engine, record: CaseRecord, rung: DatedRung, timer: TimerRecord) -> Command:
    key, due = f"timer:{timer.id}", record.due_on or rung.day
    if rung.rung.acts:
        return Command(rung.rung.acts, key, record.ref, record.version, SILENCE.format(due=due))
    left = remaining(engine.today(), due, engine.calendar)
    args = {"rung": rung.step, "tells": str(rung.tells), "left": left}
    return Command(TELLS, key, record.ref, record.version, args=args)


SILENCE = (
    "Hết hạn {due:%d/%m/%Y} mà chưa có trả lời; hồ sơ trở về cơ quan đã yêu cầu. Không ai bị loại vì im lặng."
)
"""What the clock writes as its reason; reasons are kept in the language they were given in."""
