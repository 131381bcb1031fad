"""The control of P5: processes that share a job store instead of rows, which fires some jobs twice."""

import logging
import os
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from bench.forked import fork
from bench.promise import Run, Trials

JOBS, PROCESSES = 40, 4
SECONDS = 6.0
LATER = timedelta(seconds=3)
"""When the jobs are due: a scheduler that ends tries to run what is due once more."""


def one_store_for_all(run: Run, trials: Trials) -> None:
    """Forty periods as jobs in one store that four schedulers read; each must have fired once."""
    store, log = run.ground.folder / "jobs.db", run.ground.folder / "fired.log"
    _filled(store, log)
    together = get_context("fork").Barrier(PROCESSES)
    crowd = [_started(str(store), together) for _ in range(PROCESSES)]
    for process in crowd:
        os.waitpid(process, 0)
    fired = Counter(log.read_text().split()) if log.exists() else Counter()
    for number in range(JOBS):
        trials.held(fired[str(number)] == 1, f"period {number} fired {fired[str(number)]} times")


def _filled(store: Path, log: Path) -> None:
    scheduler = _scheduler(str(store))
    scheduler.start(paused=True)
    when = datetime.now(UTC) + LATER
    for number in range(JOBS):
        scheduler.add_job(fire, "date", run_date=when, args=(str(log), number), misfire_grace_time=None)
    scheduler.shutdown()


def _started(store: str, together: Barrier) -> int:
    child = fork()
    if child == 0:
        try:
            scheduling(store, together)
        finally:
            os._exit(0)
    return child


def scheduling(store: str, together: Barrier) -> None:
    """What one process does: run whatever the shared store says is due."""
    # What a shared store makes a scheduler complain of is what this is here to show.
    logging.disable()
    threading.excepthook = lambda _: None
    scheduler = _scheduler(store)
    together.wait()
    scheduler.start()
    time.sleep(SECONDS)
    scheduler.shutdown()


def _scheduler(store: str) -> BackgroundScheduler:
    return BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{store}")}, timezone=UTC
    )


def fire(log: str, number: int) -> None:
    """One period: a line, written in one piece."""
    handle = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{number}\n".encode())
    os.close(handle)
