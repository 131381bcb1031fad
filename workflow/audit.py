"""Verification: the history against itself, the rows against the history."""

import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Thread

from sqlalchemy.engine import Connection

from db import evidence
from db.cases import CaseRecord
from db.engine import Database
from db.evidence import Stretch
from workflow.engine import Engine
from workflow.proof import Bad, first_bad
from workflow.stretch_check import Checked, checked

__all__ = ["Bad", "Verification", "shared", "summed", "verification", "verify", "verify_case"]

AT_ONCE = 1_000
"""Cases read in one transaction: while it lasts, SQLite lets nobody commit."""
WORTH_HELP = 10
"""So many stretches take longer than a helper takes to start."""
MOST_HANDS = 8
HELPER = (sys.executable, "-m", "workflow.stretch_check")
ROOT = str(Path(__file__).parents[1])

Part = tuple[int, Stretch]


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was found; ``anchored_to`` stays empty until anchors leave the machine."""

    cases: int
    entries: int
    first_bad: Bad | None
    anchored_to: str | None = None

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return self.first_bad is None


def verify(engine: Engine) -> Verification:
    """Check every chain, every commitment, every row against the fold of its history.

    Each stretch of cases is checked as it is at one moment, the whole as it is while this goes on. Where
    there is much to check, the other cores help; what is answered does not depend on it.
    """
    with engine.database.reading() as conn:
        wanted = evidence.stretches(conn, AT_ONCE)
    helpers = min(os.cpu_count() or 1, MOST_HANDS) - 1 if len(wanted) >= WORTH_HELP else 0
    return summed(shared(engine.database, engine.log, wanted, helpers))


def verify_case(conn: Connection, log: str, record: CaseRecord) -> Verification:
    """The same checks for one case."""
    entries, row, kept = evidence.of_case(conn, record.id)
    return Verification(1, len(entries), first_bad(log, record.id, entries, row, kept))


def verification(conn: Connection, log: str) -> Verification:
    """The checks of ``verify`` on an open connection."""
    return summed([checked(conn, log, stretch) for stretch in evidence.stretches(conn, AT_ONCE)])


def shared(database: Database, log: str, wanted: Sequence[Stretch], helpers: int) -> list[Checked]:
    """The stretches in their order, each checked by whoever was free; what a helper drops is done here."""
    left, found = deque(enumerate(wanted)), dict[int, Checked]()
    hands = [Thread(target=_helped, args=(database.url, log, left, found)) for _ in range(helpers)]
    for hand in hands:
        hand.start()
    try:
        _done_here(database, log, left, found)
    finally:
        left.clear()
        for hand in hands:
            hand.join()
    _done_here(database, log, deque((n, one) for n, one in enumerate(wanted) if n not in found), found)
    return [found[place] for place in range(len(wanted))]


def summed(found: Iterable[Checked]) -> Verification:
    """All stretches in their order as one; what a history shows goes before a row that has none."""
    parts = list(found)
    bad = next((part.bad for part in parts if part.bad), None)
    lonely = next((part.lonely for part in parts if part.lonely), None)
    return Verification(sum(p.cases for p in parts), sum(p.entries for p in parts), bad or lonely)


def _done_here(database: Database, log: str, left: deque[Part], found: dict[int, Checked]) -> None:
    while part := _next(left):
        with database.reading() as conn:
            found[part[0]] = checked(conn, log, part[1])


def _helped(url: str, log: str, left: deque[Part], found: dict[int, Checked]) -> None:
    """Hand stretches to a process of its own; where it fails, what it was given stays undone."""
    paths = os.pathsep.join(filter(None, (ROOT, os.environ.get("PYTHONPATH"))))
    with suppress(OSError, ValueError), _started({**os.environ, "PYTHONPATH": paths}) as helper:
        assert helper.stdin
        assert helper.stdout
        helper.stdin.write(f"{json.dumps([url, log])}\n")
        while part := _next(left):
            helper.stdin.write(f"{json.dumps(part[1])}\n")
            helper.stdin.flush()
            found[part[0]] = Checked.read(helper.stdout.readline())


def _started(environment: dict[str, str]) -> Popen[str]:
    return Popen(HELPER, stdin=PIPE, stdout=PIPE, text=True, env=environment)


def _next(left: deque[Part]) -> Part | None:
    """The next one nobody took; whoever asks at the same time gets another."""
    with suppress(IndexError):
        return left.popleft()
    return None
