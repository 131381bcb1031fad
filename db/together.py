"""Many writes of one transaction, kept back to be sent statement by statement instead of row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.engine import Connection
from sqlalchemy.sql.expression import Executable

from db.case_record import CaseRecord

_KEY = "together"
Values = Mapping[str, Any]
T = TypeVar("T")


class Overtaken(RuntimeError):
    """A row was not as it had been read; the transaction must be undone."""


@dataclass(slots=True)
class Together:
    """What is kept back, in the order its statements first came; what was read already, so as not to ask again.

    ``cases`` are locked rows by ref; nothing of them may be read again once an act on them was kept back.
    """

    kept: dict[tuple[int, bool], tuple[Executable, list[Values]]] = field(default_factory=dict)
    cases: dict[str, CaseRecord] = field(default_factory=dict)
    answers: dict[tuple[str, str], Any] = field(default_factory=dict)


@contextmanager
def written_together(conn: Connection) -> Iterator[Together]:
    """Keep back what ``write`` is given until the end. Raises Overtaken when a row meant to change did not."""
    here = conn.info[_KEY] = Together()
    try:
        yield here
        del conn.info[_KEY]
        for (_, every), (statement, rows) in here.kept.items():
            done = conn.execute(statement, rows)
            if every and done.rowcount != len(rows):
                raise Overtaken
    finally:
        conn.info.pop(_KEY, None)


def together(conn: Connection) -> Together | None:
    """What this transaction keeps back, or None where it writes at once."""
    here: Together | None = conn.info.get(_KEY)
    return here


def write(conn: Connection, statement: Executable, rows: Values | Sequence[Values]) -> None:
    """Write a row or several, now or with the others."""
    here = together(conn)
    if here is None:
        conn.execute(statement, rows)
        return
    keep(here, statement, rows)


def keep(
    here: Together, statement: Executable, rows: Values | Sequence[Values], *, every: bool = False
) -> None:
    """Keep rows back; with ``every`` each of them must change a row."""
    _, kept = here.kept.setdefault((id(statement), every), (statement, []))
    kept.extend([rows] if isinstance(rows, Mapping) else rows)


def asked_once(conn: Connection, key: tuple[str, str], ask: Callable[[], T]) -> T:
    """The answer to a question whose answer this transaction does not change."""
    here = together(conn)
    if here is None:
        return ask()
    if key not in here.answers:
        here.answers[key] = ask()
    found: T = here.answers[key]
    return found
