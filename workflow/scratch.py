"""Half-filled forms are kept for the account that fills them in."""

import json
from dataclasses import dataclass
from datetime import datetime

from db import scratch
from db.engine import Connection
from states.document import canonical
from workflow.engine import Engine

LONGEST = 900_000
"""Characters of one kept form."""

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form held when it was last kept, by business time."""

    at: datetime
    fields: Fields


def keep(engine: Engine, account: str, form: str, fields: Fields) -> datetime | None:
    """Keep what the form holds now; answers when, or None when it is too long to be kept."""
    at = engine.now()
    data = canonical({"at": at.isoformat(), "fields": [list(field) for field in fields]})
    if len(data) > LONGEST:
        return None
    with engine.database.transaction() as conn:
        scratch.put(conn, account, form, data=data, at=at)
    return at


def kept(conn: Connection, account: str, form: str) -> Kept | None:
    """What the form held when it was last kept, or None."""
    found = scratch.get(conn, account, form)
    if found is None:
        return None
    data = json.loads(found)
    return Kept(datetime.fromisoformat(data["at"]), [(name, value) for name, value in data["fields"]])


def forget(engine: Engine, account: str, form: str) -> None:
    """Drop what was kept; nothing happens where nothing was."""
    with engine.database.transaction() as conn:
        scratch.drop(conn, account, form)
