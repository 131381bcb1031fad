"""So many processes that do the same; one that is killed is followed by another."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, NoReturn

from bench.forked import fork

TICK = 0.05
"""Seconds between two moments at which whoever found nothing to do looks again."""


def next_tick() -> None:
    """Sleep until the next moment at which everybody looks: all at once, so that they meet, rather than often."""
    time.sleep(TICK - time.time() % TICK)


@dataclass(slots=True)
class Crowd:
    """The numbers of the processes, with a nursery that starts them: everything is loaded there, nothing is open."""

    nursery: Connection
    running: list[int]

    def kill(self, place: int) -> None:
        """End a process as a power cut does, then start the next."""
        self.running[place] = self.started(instead_of=self.running[place])

    def started(self, *, instead_of: int = 0) -> int:
        """One more process, after that one was ended."""
        self.nursery.send(instead_of)
        number: int = self.nursery.recv()
        return number


@contextmanager
def crowd(size: int, work: Callable[..., None], args: tuple[Any, ...]) -> Iterator[Crowd]:
    """So many processes for as long as this lasts; close what they should not share before."""
    ours, theirs = Pipe()
    child = fork()
    if child == 0:
        ours.close()
        _nurse(theirs, work, args)
    theirs.close()
    here = Crowd(ours, [])
    try:
        here.running += [here.started() for _ in range(size)]
        yield here
    finally:
        ours.close()
        os.waitpid(child, 0)


def _nurse(orders: Connection, work: Callable[..., None], args: tuple[Any, ...]) -> NoReturn:
    """Start a process for each number that comes, which is one to end before; end all when nobody orders any more."""
    running: set[int] = set()
    try:
        while True:
            _ended(running, orders.recv())
            if (child := os.fork()) == 0:
                _work(work, args)
            running.add(child)
            orders.send(child)
    finally:
        for child in tuple(running):
            _ended(running, child)
        os._exit(0)


def _work(work: Callable[..., None], args: tuple[Any, ...]) -> NoReturn:
    try:
        work(*args)
    finally:
        os._exit(1)


def _ended(running: set[int], child: int) -> None:
    if child in running:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        running.remove(child)
