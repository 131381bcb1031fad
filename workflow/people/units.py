"""Units come into being on a day, end on another."""

import re
from collections.abc import Iterator
from datetime import date

from db import units
from db.engine import Connection
from db.text import nfc
from db.units import Unit
from states.award_shapes import UNIT_KINDS
from workflow.engine import Engine
from workflow.problems import Invalid, NotFound, Wrong

UNIT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


def add_unit(
    engine: Engine,
    id_: str,
    *,
    kind: str,
    body: str,
    names: tuple[str, str],
    valid_from: date | None,
) -> Unit:
    """A new unit under a body, from a day on, today unless one is given; names are Vietnamese, then English.

    What the plan in effect still asks of such units falls to it with the clock's next pass.

    Raises:
        Invalid: the id is malformed or taken, the kind or the body unknown, a name empty.
    """
    with engine.database.transaction() as conn:
        if wrong := list(_wrong(conn, id_, kind, body, names)):
            raise Invalid(*wrong)
        vi, en = (nfc(name) for name in names)
        last = max(one.position for one in units.all_units(conn).values())
        began = valid_from or engine.today()
        new = Unit(id_, kind, body, vi, en, vi, en, began, None, last + 1)
        units.insert_unit(conn, new)
    return new


def _wrong(conn: Connection, id_: str, kind: str, body: str, names: tuple[str, str]) -> Iterator[Wrong]:
    known = units.all_units(conn)
    if not UNIT_ID.fullmatch(id_):
        yield Wrong("id", "string_pattern_mismatch", {})
    if id_ in known:
        yield Wrong("id", "named_twice", {})
    if kind not in UNIT_KINDS:
        yield Wrong("kind", "not_in_list", {})
    if body not in known or known[body].body != body:
        yield Wrong("body", "no_such_unit", {})
    if not all(name.strip() for name in names):
        yield Wrong("name", "missing", {})


def end_unit(engine: Engine, id_: str, last_day: date) -> None:
    """The unit exists until the end of a day; what it submitted goes on, nothing more falls to it.

    Raises:
        NotFound: there is no such unit.
        Invalid: the day lies before its first one.
    """
    with engine.database.transaction() as conn:
        found = units.unit(conn, id_)
        if found is None:
            raise NotFound
        if last_day < found.valid_from:
            raise Invalid(Wrong("valid_to", "ends_before_it_begins", {}))
        units.set_end(conn, id_, last_day)
