"""A move of the demo's clock goes on by itself while people watch how far it has come."""

import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import datetime

from workflow import mailing
from workflow.clock.fired import Fired
from workflow.demo.moving import played
from workflow.engine import Engine
from workflow.settings import Settings

FOLLOWED = 1.0
"""Seconds for which a clock another process may have moved is believed."""

log = logging.getLogger("khenthuong.clock")


@dataclass(slots=True)
class Move:
    """One move between two business times: how far it is, what happened, how many mails went out.

    ``broke`` tells that it ended on the way; the next move goes on from where the clock stands.
    """

    begins: datetime
    to: datetime
    at: datetime
    fired: list[Fired] = field(default_factory=list)
    mails: int = 0
    failed: int = 0
    broke: bool = False
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def percent(self) -> int:
        """How much of the way lies behind, by days; whole only once it is over."""
        if self.over.is_set() or self.to <= self.begins:
            return 100
        return min(99, max(0, int(100 * ((self.at - self.begins) / (self.to - self.begins)))))


@dataclass(slots=True)
class Mover:
    """Moves the clock of one process, one move at a time; ``last`` is the one under way, else the one before."""

    engine: Engine
    settings: Settings
    last: Move | None = None
    _followed: float = 0.0
    _one: threading.Lock = field(default_factory=threading.Lock)

    @property
    def under_way(self) -> Move | None:
        """The move that is not over yet."""
        return self.last if self.last and not self.last.over.is_set() else None

    def follow(self) -> None:
        """Take over a clock that another process moved, within a second; a move of our own goes on undisturbed."""
        now = time.monotonic()
        if self.under_way or now - self._followed < FOLLOWED:
            return
        self._followed = now
        self.engine.read_clock()

    def start(self, to: datetime) -> Move | None:
        """Begin to move the clock; ``None`` while another move is under way, which is left alone."""
        with self._one:
            if self.under_way:
                return None
            now = self.engine.now()
            move = self.last = Move(now, to, now)
        # Nobody waits for it when the process ends: what it left undone is due for the next move.
        threading.Thread(target=self._go, args=(move,), name="move", daemon=True).start()
        return move

    def _go(self, move: Move) -> None:
        try:
            for swept in played(self.engine, move.to):
                move.at = swept.at
                move.fired += swept.fired
                move.failed += len(swept.failed)
                # Each day's mail on its day: a month later nobody would be mailed of it.
                mailing.digest(self.engine, self.settings, swept.at)
                move.mails += mailing.pump(self.engine, self.settings, swept.at).sent
        except Exception:  # the page says that it broke off, the log why
            log.exception("the clock was not moved to %s", move.to)
            move.broke = True
        finally:
            move.over.set()
