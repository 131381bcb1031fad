"""An answer holds until anybody commits anything."""

from collections.abc import Callable, Hashable, MutableMapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy.engine import Connection

from db.kept import Kept

_KEY = "moment"
T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class _Moment:
    """What one connection sees; equal to itself alone, so that no other connection's figures are ever compared."""

    number: object


def seen(info: MutableMapping[str, Any], number: object) -> None:
    """A reading begins; its connection was told another number before if anything was committed in between."""
    last: _Moment | None = info.get(_KEY)
    if last is None or last.number != number:
        info[_KEY] = _Moment(number)


def remembered(conn: Connection, kept: Kept[T], key: Hashable, ask: Callable[[], T]) -> T:
    """What ``ask`` answers, which must follow from the database and ``key`` alone.

    A reading that sees what its connection saw before is not asked again; a transaction that writes always is.
    """
    moment = conn.info.get(_KEY)
    return ask() if moment is None else kept.one((moment, key), ask)
