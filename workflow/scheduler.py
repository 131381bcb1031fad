"""The only place that knows APScheduler: it wakes the clock, everything else rests in rows."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler

from workflow.clock import sweep
from workflow.engine import Engine

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


@contextmanager
def ticking(engine: Engine) -> Iterator[None]:
    """The clock runs within, at once and then every half minute, in a thread of its own."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.add_job(
        Beat(engine),
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
