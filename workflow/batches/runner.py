"""A batch goes on by itself, item by item, while people watch how far it has come."""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time as clock_time, timedelta

from sqlalchemy.exc import DBAPIError

from db import batches as table
from db.batches import BatchRecord, ItemRecord
from states.decide import Actor
from states.document import canonical
from workflow.batches.orders import command_of
from workflow.engine import ZONE, Engine
from workflow.people.identity import actor_of
from workflow.problems import ChangedMeanwhile, Invalid, NotFound, Problem, Refused
from workflow.step import perform

EVERY = 0.25
"""Seconds between two moments at which results are written down: often enough to watch, too rarely to cost."""
QUIET = timedelta(seconds=20)
"""An open batch nobody has worked on for so long has been interrupted."""

log = logging.getLogger("khenthuong.batches")


@dataclass(slots=True)
class Runner:
    """Carries out the batches of one process, each in a thread of its own, none twice at a time."""

    engine: Engine
    _running: dict[str, threading.Event] = field(default_factory=dict)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def start(self, batch_id: str) -> threading.Event:
        """Begin or go on with a batch; the event is set once this process has done what it can of it."""
        with self._one:
            if batch_id in self._running:
                return self._running[batch_id]
            over = self._running[batch_id] = threading.Event()
        # Nobody waits for it when the process ends: what it left undone is done when the batch is resumed.
        threading.Thread(target=self._go, args=(batch_id, over), name="batch", daemon=True).start()
        return over

    def at_work(self, batch: BatchRecord) -> bool:
        """Whether an open batch is being carried out, here or by another process."""
        return batch.id in self._running or self.engine.source.now() - batch.touched_at < QUIET

    def _go(self, batch_id: str, over: threading.Event) -> None:
        try:
            carry_out(self.engine, batch_id)
        except Exception:  # the page says that it was interrupted, the log why
            log.exception("batch %s was interrupted", batch_id)
        finally:
            self._running.pop(batch_id, None)
            over.set()


@dataclass(slots=True)
class Signer:
    """Who ordered a batch, with the roles of now: read anew every quarter of a second, and when a day begins."""

    engine: Engine
    account: str
    _actor: Actor | None = None
    _of: date | None = None
    _read: float = 0

    def actor(self) -> Actor:
        """The person as the door would know them."""
        if self._actor is None or self._of != self.engine.today() or time.monotonic() - self._read > EVERY:
            self._of, self._read = self.engine.today(), time.monotonic()
            self._actor = actor_of(self.engine, self.account)
        return self._actor


def carry_out(engine: Engine, batch_id: str) -> None:
    """Do what waits of a batch, in its order; what was done before a crash answers as it did then.

    Any number of processes may do so at once: every item has its one key on the road.
    """
    with engine.database.reading() as conn:
        batch = table.by_id(conn, batch_id)
        waiting = [item for item in table.items(conn, batch_id) if item.state == "waiting"]
    if batch is None or batch.finished_at:
        return
    signer = Signer(engine, batch.account_id)
    left, settled, written = len(waiting), list[ItemRecord](), time.monotonic()
    _write(engine, batch, [], finished=False)
    for item in waiting:
        one = _settled(engine, batch, item, signer)
        if one is not None:
            settled.append(one)
            left -= 1
        if time.monotonic() - written > EVERY:
            _write(engine, batch, settled, finished=False)
            settled, written = [], time.monotonic()
    _write(engine, batch, settled, finished=not left)


def resume_abandoned(engine: Engine) -> list[str]:
    """Go on with what was interrupted today; returns the ids of those batches.

    What was ordered on an earlier day waits for its person: a signature carries the day on which it is given.
    """
    morning = datetime.combine(engine.today(), clock_time(), ZONE)
    with engine.database.reading() as conn:
        found = table.abandoned(conn, since=morning, before=engine.source.now() - QUIET)
    for batch_id in found:
        carry_out(engine, batch_id)
    return found


def _write(engine: Engine, batch: BatchRecord, settled: Sequence[ItemRecord], *, finished: bool) -> None:
    now = engine.source.now()
    with engine.database.transaction() as conn:
        table.settle(conn, settled)
        table.touch(conn, batch.id, now, finished_at=now if finished else None)


def _settled(engine: Engine, batch: BatchRecord, item: ItemRecord, signer: Signer) -> ItemRecord | None:
    """What came of an item; ``None`` where the database failed, so that it waits to be tried again."""
    try:
        state, answer = _came_to(engine, batch, item, signer.actor())
    except (DBAPIError, RuntimeError, LookupError, AssertionError):
        # One case that cannot be served must not keep the others waiting.
        log.exception("item %s of batch %s could not be carried out", item.place, batch.id)
        return None
    return replace(item, state=state, answer=canonical(answer))


def _came_to(
    engine: Engine, batch: BatchRecord, item: ItemRecord, actor: Actor
) -> tuple[str, dict[str, object]]:
    try:
        return "done", asdict(perform(engine, command_of(batch, item), actor))
    except Refused as refused:
        return "refused", {"code": "refused", "reasons": [dict(reason) for reason in refused.reasons]}
    except ChangedMeanwhile as changed:
        told = {"by": changed.by, "at": changed.at, "station": changed.station, "version": changed.version}
        return "conflict", {"code": "changed_meanwhile", **told}
    except Invalid as invalid:
        fields = [{"field": one.field, "type": one.type, "facts": dict(one.facts)} for one in invalid.fields]
        return "refused", {"code": "invalid", "fields": fields}
    except NotFound:
        return "refused", {"code": "not_found"}
    except Problem:  # the key was taken by a command of its own
        return "refused", {"code": "key_reused"}
