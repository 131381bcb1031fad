"""Many writes of one transaction, kept back to be sent statement by statement instead of row by row."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from db.case_record import CaseRecord
from db.writing import Values, Writing, write_all

_KEY = "together"
T = TypeVar("T")


class Overtaken(RuntimeError):
    """A row was not as it had been read; the transaction must be undone."""


@dataclass(slots=True)
class Together:
    """What is kept back, in the order its statements first came; what was read already, so as not to ask again.

    ``cases`` are locked rows by ref; nothing of them may be read again once an act on them was kept back.
    ``commands`` are the rows kept back for commands, by account and key, until it is known how each ended.
    """

    kept: dict[Writing, tuple[list[Values], bool]] = field(default_factory=dict)
    cases: dict[str, CaseRecord] = field(default_factory=dict)
    commands: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    answers: dict[Hashable, Any] = field(default_factory=dict)


@contextmanager
def written_together(conn: Connection) -> Iterator[Together]:
    """Keep back what ``write`` is given until the end. Raises Overtaken when a row meant to change did not."""
    here = conn.info[_KEY] = Together()
    try:
        yield here
        del conn.info[_KEY]
        for writing, (rows, every) in here.kept.items():
            written = write_all(conn, writing, rows)
            if every and written != len(rows):
                raise Overtaken
    finally:
        conn.info.pop(_KEY, None)


def together(conn: Connection) -> Together | None:
    """What this transaction keeps back, or None where it writes at once."""
    here: Together | None = conn.info.get(_KEY)
    return here


def write(conn: Connection, writing: Writing, *rows: Values) -> None:
    """Write a row or several, now or with the others."""
    if here := together(conn):
        keep(here, writing, *rows)
    elif len(rows) == 1:
        conn.execute(writing.one[conn.dialect.name], rows[0])
    else:
        write_all(conn, writing, rows)


def keep(here: Together, writing: Writing, *rows: Values, every: bool = False) -> None:
    """Keep rows back; with ``every`` each of them must change a row."""
    here.kept.setdefault(writing, ([], every))[0].extend(rows)


def asked_once(conn: Connection, key: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question whose answer this transaction does not change."""
    here = together(conn)
    if here is None:
        return ask()
    if key not in here.answers:
        here.answers[key] = ask()
    found: T = here.answers[key]
    return found
