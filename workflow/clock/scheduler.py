"""The only place that knows APScheduler: it wakes clock, mail, batches; everything else rests in rows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from workflow import mailing
from workflow.batches.runner import resume_abandoned
from workflow.clock.sweep import sweep
from workflow.engine import Engine
from workflow.settings import Settings

EVERY_SECONDS = 30


@dataclass(slots=True)
class Beat:
    """One wake after the other; ``last`` is when the clock was last believed, by a clock nobody can set."""

    engine: Engine
    last: float | None = None

    def __call__(self) -> None:
        """Sweep once."""
        now = time.monotonic()
        elapsed = None if self.last is None else timedelta(seconds=now - self.last)
        if sweep(self.engine, elapsed=elapsed).halt is None:
            self.last = now


@dataclass(frozen=True, slots=True)
class Post:
    """One round of the mail after the other, where there is a way out."""

    engine: Engine
    settings: Settings

    def __call__(self) -> None:
        """Put the morning's digests together, send what waits."""
        if mailing.channel_of(self.settings) is not None:
            now = self.engine.now()
            mailing.digest(self.engine, self.settings, now)
            mailing.pump(self.engine, self.settings, now)


@dataclass(frozen=True, slots=True)
class Interrupted:
    """One look after the other for batches that somebody ordered today and a crash cut short."""

    engine: Engine

    def __call__(self) -> None:
        """Go on with them."""
        resume_abandoned(self.engine)


@contextmanager
def ticking(engine: Engine, settings: Settings) -> Iterator[None]:
    """Clock, mail, interrupted batches run within, at once and then every half minute, in threads of their own.

    In a demonstration the clock does not: its days pass when somebody moves it, never behind their back.
    """
    scheduler = BackgroundScheduler(timezone=UTC)
    always = (Post(engine, settings), Interrupted(engine))
    for job in always if settings.demo else (Beat(engine), *always):
        scheduler.add_job(
            job,
            "interval",
            seconds=EVERY_SECONDS,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=True)
