"""Where the next page of a list begins, as a text nobody needs to understand."""

import base64
import binascii
import json
import re
from datetime import date, datetime

from workflow.problems import Invalid, Wrong

_ID = re.compile(r"[!-~]{1,320}")


def written(place: tuple[date | datetime | None, str] | None) -> str | None:
    """A place in a list, as (moment or day, id); ``None`` at its end."""
    if place is None:
        return None
    at, id_ = place
    text = json.dumps([at.isoformat() if at else None, id_])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


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
