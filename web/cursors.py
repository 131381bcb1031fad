"""Where the next page of a list begins, as a text nobody needs to understand."""

import base64
import binascii
import json
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from workflow.problems import Invalid, Wrong

Row = TypeVar("Row")
Place = tuple[date | datetime | None, str]
"""Where a row stands in its list: moment or day, id."""


class Created(Protocol):
    """A row of a list in the order in which things were made."""

    @property
    def created_at(self) -> datetime:
        """When it was made."""

    @property
    def id(self) -> str:
        """What tells apart what was made at once."""


_ID = re.compile(r"[!-~]{1,320}")


def written(place: Place | None) -> str | None:
    """A place in a list as its cursor; ``None`` at the end."""
    if place is None:
        return None
    at, id_ = place
    text = json.dumps([at.isoformat() if at else None, id_])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def next_place(found: Sequence[Row], limit: int, place: Callable[[Row], Place]) -> str | None:
    """Where the next page begins, when one row more was asked for than a page holds; ``None`` at the end."""
    return written(place(found[limit - 1])) if len(found) > limit else None


def next_created(found: Sequence[Created], limit: int) -> str | None:
    """The same of a list in the order in which its rows were made."""
    return next_place(found, limit, lambda last: (last.created_at, last.id))


def created_place(cursor: str | None) -> tuple[datetime, str] | None:
    """The (created, id) a cursor stands for. Raises Invalid on ``cursor``."""
    if cursor is None:
        return None
    at, id_ = _read(cursor)
    try:
        moment = datetime.fromisoformat(at or "")
    except ValueError:
        raise _wrong() from None
    if moment.tzinfo is None:
        raise _wrong()
    return moment, id_


def due_place(cursor: str | None) -> tuple[date | None, str] | None:
    """The (due date, id) a cursor stands for. Raises Invalid on ``cursor``."""
    if cursor is None:
        return None
    at, id_ = _read(cursor)
    try:
        return date.fromisoformat(at) if at else None, id_
    except ValueError:
        raise _wrong() from None


def day_place(cursor: str | None) -> tuple[date, str] | None:
    """The (day, id) a cursor stands for, where every row has a day. Raises Invalid on ``cursor``."""
    day, id_ = due_place(cursor) or (None, "")
    return (day, id_) if day else None


def _read(cursor: str) -> tuple[str | None, str]:
    try:
        found = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, RecursionError):
        raise _wrong() from None
    match found:
        case [None | str() as at, str() as id_] if _ID.fullmatch(id_):
            return at, id_
    raise _wrong()


def _wrong() -> Invalid:
    return Invalid(Wrong("cursor", "value_error", {}))
