"""So many processes that do the same; one that is killed is followed by another."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any


TICK = 0.05
"""Seconds between two moments at which whoever found nothing to do looks again."""


def next_tick() -> None:
    """Sleep until the next moment at which everybody looks: all at once, so that they meet, rather than often."""
    time.sleep(TICK - time.time() % TICK)


@dataclass(slots=True)
class Crowd:
    """The processes with what each of them does."""

    work: Callable[..., None]
    args: tuple[Any, ...]
    running: list[BaseProcess]

    def kill(self, place: int) -> None:
        """End a process as a power cut does, then start the next."""
        pid = self.running[place].pid
        assert pid is not None  # it was started
        os.kill(pid, signal.SIGKILL)
        self.running[place].join()
        self.running[place] = self.started()

    def started(self) -> BaseProcess:
        """One more process."""
        process = get_context("forkserver").Process(target=self.work, args=self.args, daemon=True)
        process.start()
        return process


@contextmanager
def crowd(size: int, work: Callable[..., None], args: tuple[Any, ...]) -> Iterator[Crowd]:
    """So many processes for as long as this lasts."""
    get_context("forkserver").set_forkserver_preload([work.__module__])
    here = Crowd(work, args, [])
    try:
        here.running += [here.started() for _ in range(size)]
        yield here
    finally:
        for process in here.running:
            process.kill()
            process.join()
