"""Notices that wait are sent, each mail under one Message-ID however often it is tried."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Literal

from db import deliveries, outbox
from db.deliveries import Delivery
from db.engine import Connection, Database
from db.outbox import OutboxRecord
from notifications.channels import Channel, NotSent

LEASE = timedelta(minutes=5)
"""How long a mail belongs to the pump that took it; a pump that died is followed after that."""
SHORTEST, LONGEST = 10, 30 * 60
"""Seconds between two tries, at first and at last."""
MOST_TRIES = 150
"""About three days of trying; then a person has to look."""
AT_ONCE = 50
"""Notices addressed in one transaction."""


@dataclass(frozen=True, slots=True)
class Pumped:
    """What one pass did: notices addressed to people, mails sent, put off, given up, no longer theirs to know."""

    addressed: int = 0
    sent: int = 0
    failed: int = 0
    dead: int = 0
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Written:
    """The mail of some deliveries, None where nothing is left to say; `dropped` are no longer the person's to know."""

    message: EmailMessage | None
    dropped: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a try; `gone` when the other side takes no other mail now either."""

    outcome: Literal["sent", "failed", "dead", "dropped"]
    said: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Pump:
    """One pump's means: the memory, who is sent a notice now, how mails are written, the way out."""

    database: Database
    addressed: Callable[[Connection, OutboxRecord], Sequence[Delivery]]
    write: Callable[[Connection, Sequence[Delivery]], Written]
    channel: Channel

    def go(self, now: datetime) -> Pumped:
        """Address every notice that waits, then try every mail that is due until the other side is gone."""
        addressed, tries = self._address(), Counter[str]()
        while tried := self._next(now):
            tries[tried.outcome] += 1
            if tried.gone:
                break
        return Pumped(addressed, **tries)

    def _address(self) -> int:
        total = 0
        while count := self._address_some():
            total += count
        return total

    def _address_some(self) -> int:
        with self.database.transaction() as conn:
            claimed = outbox.claim(conn, limit=AT_ONCE)
            for notice in claimed:
                deliveries.add(conn, self.addressed(conn, notice))
            outbox.settle(conn, [notice.id for notice in claimed])
        return len(claimed)

    def _next(self, now: datetime) -> Tried | None:
        with self.database.transaction() as conn:
            claimed = deliveries.claim(conn, now=now, until=now + LEASE)
        if not claimed:
            return None
        with self.database.reading() as conn:
            written = self.write(conn, claimed)
        tried = self._try(written.message, claimed[0].attempts)
        with self.database.transaction() as conn:
            deliveries.settle(conn, sorted(written.dropped), status="dropped", reply="")
            carried = [one.id for one in claimed if one.id not in written.dropped]
            if written.message is not None:
                _settle(conn, carried, tried, written.message, claimed[0], now)
        return tried

    def _try(self, message: EmailMessage | None, attempts: int) -> Tried:
        if message is None:
            return Tried("dropped")
        try:
            return Tried("sent", self.channel.send(message))
        except NotSent as refusal:
            given_up = refusal.for_good or attempts >= MOST_TRIES
            return Tried("dead" if given_up else "failed", str(refusal), refusal.nobody_there)


def wait(delivery_id: str, attempts: int) -> timedelta:
    """How long after so many tries the next one comes: twice as long each time, spread so that mails do not bunch."""
    grown = min(SHORTEST * 2 ** min(attempts - 1, 10), LONGEST)
    spread = hashlib.sha256(f"{delivery_id}:{attempts}".encode()).digest()[0] / 255
    return timedelta(seconds=max(SHORTEST, grown * (0.5 + spread / 2)))


def _settle(
    conn: Connection,
    ids: Sequence[str],
    tried: Tried,
    message: EmailMessage,
    leader: Delivery,
    now: datetime,
) -> None:
    deliveries.settle(
        conn,
        ids,
        status=tried.outcome,
        reply=tried.said,
        address=str(message["To"]),
        next_at=now + wait(leader.id, leader.attempts) if tried.outcome == "failed" else None,
        sent_at=now if tried.outcome == "sent" else None,
    )
