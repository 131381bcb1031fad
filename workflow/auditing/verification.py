"""Verification: the history against itself, the rows against the history."""

import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import PIPE, Popen
from threading import Thread

from sqlalchemy.engine import Connection

from db import cases, evidence
from db.cases import CaseRecord
from db.engine import Database
from db.evidence import Stretch
from workflow.auditing.definitions_check import definitions_fault
from workflow.auditing.proof import SEQ, Bad, first_bad, resealed
from workflow.auditing.stretch_check import Checked, checked
from workflow.engine import Engine
from workflow.register.changes_check import changes_fault
from workflow.register.series_check import series_fault

__all__ = [
    "Bad",
    "Verification",
    "both_hashes",
    "helper",
    "shared",
    "summed",
    "verification",
    "verify",
    "verify_case",
]

AT_ONCE = 500
"""Cases read in one transaction: while it lasts, SQLite lets nobody commit."""
WORTH_HELP = 20
"""So many stretches take longer than a helper takes to start."""
MOST_HANDS = 8
HELPER = (sys.executable, "-m", "workflow.auditing.stretch_check")
ROOT = str(Path(__file__).parents[2])

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
    found = summed(shared(engine.database, engine.log, wanted, helpers))
    with engine.database.reading() as conn:
        return _with_register(conn, found)


def verify_case(conn: Connection, log: str, record: CaseRecord) -> Verification:
    """The same checks for one case."""
    entries, row, kept = evidence.of_case(conn, record.id)
    lines = evidence.registered_of(conn, record.id)
    return Verification(1, len(entries), first_bad(log, record.id, entries, row, kept, lines))


def verification(conn: Connection, log: str) -> Verification:
    """The checks of ``verify`` on an open connection."""
    found = summed([checked(conn, log, stretch) for stretch in evidence.stretches(conn, AT_ONCE)])
    return _with_register(conn, found)


def both_hashes(conn: Connection, bad: Bad) -> tuple[str, str]:
    """The hash on record with the one its bytes give; both empty where there is no such entry."""
    record = cases.load(conn, bad.case)
    entries, _, _ = evidence.of_case(conn, record.id if record else bad.case)
    return next((resealed(entry) for entry in entries if entry[SEQ] == bad.seq), ("", ""))


def shared(database: Database, log: str, wanted: Sequence[Stretch], helpers: int) -> list[Checked]:
    """The stretches in their order, each checked by whoever was free; what a helper drops is done here."""
    left, found = deque(enumerate(wanted)), dict[int, Checked]()
    with ExitStack() as stack:
        hands = [stack.enter_context(helper()) for _ in range(helpers)]
        for hand in hands:
            hand.begin(database.url, log, left, found)
        # However this ends: nobody begins another stretch, who has one ends it.
        stack.callback(left.clear)
        _done_here(database, log, left, found)
    _done_here(database, log, deque((n, one) for n, one in enumerate(wanted) if n not in found), found)
    return [found[place] for place in range(len(wanted))]


def summed(found: Iterable[Checked]) -> Verification:
    """All stretches in their order as one; what a history shows goes before a row that has none."""
    parts = list(found)
    bad = next((part.bad for part in parts if part.bad), None)
    lonely = next((part.lonely for part in parts if part.lonely), None)
    return Verification(sum(p.cases for p in parts), sum(p.entries for p in parts), bad or lonely)


def _with_register(conn: Connection, found: Verification) -> Verification:
    """The same, with what became of awards, numbers, definitions; the cases before them were found whole."""
    if found.first_bad:
        return found
    return replace(found, first_bad=changes_fault(conn) or series_fault(conn) or definitions_fault(conn))


def _done_here(database: Database, log: str, left: deque[Part], found: dict[int, Checked]) -> None:
    while part := _next(left):
        with database.reading() as conn:
            found[part[0]] = checked(conn, log, part[1])


@dataclass(slots=True)
class Hand:
    """A helper process with the thread that hands it stretches; ``busy`` once it has asked for the first."""

    process: Popen[str]
    thread: Thread | None = None
    busy: bool = False

    def begin(self, url: str, log: str, left: deque[Part], found: dict[int, Checked]) -> None:
        """Hand it what is left, one stretch after the other, beside what goes on here."""
        self.thread = Thread(target=self._hand_out, args=(url, log, left, found))
        self.thread.start()

    def end(self) -> None:
        """Let a helper end what it has; one that is still starting has nothing."""
        if not self.busy:
            self.process.kill()
        if self.thread:
            self.thread.join()

    def _hand_out(self, url: str, log: str, left: deque[Part], found: dict[int, Checked]) -> None:
        told, answers = self.process.stdin, self.process.stdout
        assert told is not None
        assert answers is not None
        # Where it fails, what it was given stays undone.
        with suppress(OSError, ValueError), told:
            told.write(f"{json.dumps([url, log])}\n")
            told.flush()
            self.busy = bool(answers.readline())
            while self.busy and (part := _next(left)):
                told.write(f"{json.dumps(part[1])}\n")
                told.flush()
                found[part[0]] = Checked.read(answers.readline())


@contextmanager
def helper() -> Iterator[Hand]:
    """A process that checks stretches of the same database; gone at the end."""
    paths = os.pathsep.join(filter(None, (ROOT, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": paths}
    with Popen(HELPER, stdin=PIPE, stdout=PIPE, text=True, env=environment) as process:
        hand = Hand(process)
        try:
            yield hand
        finally:
            hand.end()


def _next(left: deque[Part]) -> Part | None:
    """The next one nobody took; whoever asks at the same time gets another."""
    with suppress(IndexError):
        return left.popleft()
    return None
