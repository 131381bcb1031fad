"""What verification reads of a stretch of cases, instants spelled as the history spells them."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE
from db.history import HISTORY, PayloadRow
from db.nominations import NominationRow
from db.register import REGISTER

Stored = Sequence[Any]
"""A row as it is stored; verification believes nothing about its types."""

SAID = ("case_kind", "case_id", "seq", "prev_hash", "actor", "act", "unit", "at")
"""Columns of an entry that repeat its body; an entry goes on with hash, body, payload, salt."""
COLUMNS = (
    "ref", "body", "unit", "category", "procedure", "period", "definition", "station", "version", "station_seq",
    "kind", "title", "definition_digest", "final", "created_at", "head_hash", "entered_at", "due_on",
    "holder_role", "holder_unit", "seen_by", "facts",
)  # fmt: skip
"""The columns of a case in the order they are read."""

FETCHED = 1_000
"""Entries taken from the driver together."""

_PAYLOAD = PayloadRow.__table__
_NOMINATION = NominationRow.__table__
ENTERED = (
    "body", "unit", "ref", "nomination", "period", "decision_no", "award", "subject_type", "person_id",
    "decided_on", "authority", "base_salary", "multiplier", "bonus", "why", "name", "folded",
)  # fmt: skip
"""The columns of a line of the register in the order they are read."""
Kept = tuple[int | str | None, ...]
"""What a nomination's row repeats of the facts: the columns below, less the first two."""
_KEPT = ("case_id", "id", "position", "award", "subject_type", "person_id", "outcome", "decision_no")


class Stretch(NamedTuple):
    """Cases by id, as the database orders ids: after one, up to another (included); None is no bound."""

    after: str | None = None
    until: str | None = None

    @property
    def bounds(self) -> tuple[bool, bool]:
        """Which ends it has."""
        return self.after is not None, self.until is not None


def stretches(conn: Connection, size: int) -> list[Stretch]:
    """All ids cut at every ``size``-th case; what belongs to no case falls between two of them."""
    place = sa.func.row_number().over(order_by=CASE.c.id)
    numbered = sa.select(CASE.c.id, place.label("place")).subquery()
    cuts = sa.select(numbered.c.id).where(numbered.c.place % size == 0).order_by(numbered.c.place)
    return [Stretch(*ends) for ends in pairwise([None, *conn.execute(cuts).scalars(), None])]


def histories(conn: Connection, stretch: Stretch) -> Iterator[tuple[str, list[Stored]]]:
    """The entries of one case after the other with their words, by case then seq."""
    read = _unwrapped if conn.dialect.name == "postgresql" else _in_pieces
    entries = read(conn, _entries(conn.dialect.name, stretch.bounds), stretch)
    return ((case_id, list(own)) for case_id, own in groupby(entries, key=itemgetter(1)))


def _in_pieces(conn: Connection, wanted: sa.Select[Any], stretch: Stretch) -> Iterator[Stored]:
    return chain.from_iterable(conn.execute(wanted, stretch._asdict()).partitions(FETCHED))


def _unwrapped(conn: Connection, wanted: sa.Select[Any], stretch: Stretch) -> Iterator[Stored]:
    """Rows as the driver has them, bytes as bytes: as text PostgreSQL would send two letters for each."""
    asked = wanted.params(stretch._asdict()).compile(dialect=conn.dialect)
    driver = conn.connection.driver_connection
    assert driver is not None  # the connection is open
    with driver.cursor(binary=True) as cursor:
        yield from cursor.execute(asked.string, asked.params)


def cases(conn: Connection, stretch: Stretch) -> dict[str, Stored]:
    """Every case by id, in the order of ids, its columns as ``COLUMNS`` names them."""
    rows = conn.execute(_cases(conn.dialect.name, stretch.bounds), stretch._asdict())
    return {row[0]: row[1:] for row in rows}


def nominations(conn: Connection, stretch: Stretch) -> dict[str, dict[str, Kept]]:
    """What the rows repeat of the facts, by case and nomination."""
    kept: dict[str, dict[str, Kept]] = {}
    for row in conn.execute(_nominations(stretch.bounds), stretch._asdict()):
        kept.setdefault(row[0], {})[row[1]] = tuple(row[2:])
    return kept


def registered(conn: Connection, stretch: Stretch) -> dict[str, dict[str, Stored]]:
    """The lines of the register that awards made, by case and id, their columns as ``ENTERED`` names them."""
    found: dict[str, dict[str, Stored]] = {}
    for row in conn.execute(_registered(conn.dialect.name, stretch.bounds), stretch._asdict()):
        found.setdefault(row[0], {})[row[1]] = tuple(row[2:])
    return found


def registered_of(conn: Connection, case_id: str) -> dict[str, Stored]:
    """The same of one case."""
    rows = conn.execute(_registered(conn.dialect.name, None), {"case": case_id})
    return {row[1]: tuple(row[2:]) for row in rows}


def of_case(conn: Connection, case_id: str) -> tuple[list[Stored], Stored | None, dict[str, Kept]]:
    """The same of one case: its entries, its row where there is one, its nominations."""
    dialect, chosen = conn.dialect.name, {"case": case_id}
    entries: list[Stored] = list(conn.execute(_entries(dialect, None), chosen))
    row = conn.execute(_cases(dialect, None), chosen).first()
    kept = conn.execute(_nominations(None), chosen)
    return entries, None if row is None else row[1:], {one[1]: tuple(one[2:]) for one in kept}


@lru_cache(maxsize=16)
def _entries(dialect: str, bounds: tuple[bool, bool] | None) -> sa.Select[Any]:
    """Built once: a page that shows one seal would take longer writing the question than asking it."""
    said = [_spelled(HISTORY.c[name], dialect) for name in SAID]
    sealed = _bytes(HISTORY.c.body, dialect)
    words, joined = _words(dialect)
    found = sa.select(*said, HISTORY.c.hash, sealed, words.c.body, _bytes(words.c.salt, dialect))
    found = found.join_from(HISTORY, words, joined, isouter=True)
    return found.where(*_within(HISTORY.c.case_id, bounds)).order_by(HISTORY.c.case_id, HISTORY.c.seq)


def _words(dialect: str) -> tuple[sa.FromClause, sa.ColumnElement[bool]]:
    """The words of an entry with how they are joined to it.

    PostgreSQL is told to look them up entry by entry: left to itself it reads the words of all cases for
    every stretch, then sorts what it found.
    """
    own = _PAYLOAD.c.history_id == HISTORY.c.id
    if dialect == "sqlite":
        return _PAYLOAD, own
    columns = (_PAYLOAD.c.body, _PAYLOAD.c.salt)
    return sa.select(*columns).where(own).correlate(HISTORY).limit(1).lateral("words"), sa.true()


@lru_cache(maxsize=16)
def _cases(dialect: str, bounds: tuple[bool, bool] | None) -> sa.Select[Any]:
    columns = [_spelled(CASE.c[name], dialect) for name in ("id", *COLUMNS)]
    return sa.select(*columns).where(*_within(CASE.c.id, bounds)).order_by(CASE.c.id)


@lru_cache(maxsize=8)
def _nominations(bounds: tuple[bool, bool] | None) -> sa.Select[Any]:
    columns = [_NOMINATION.c[name] for name in _KEPT]
    return sa.select(*columns).where(*_within(_NOMINATION.c.case_id, bounds))


@lru_cache(maxsize=16)
def _registered(dialect: str, bounds: tuple[bool, bool] | None) -> sa.Select[Any]:
    columns = [_spelled(REGISTER.c[name], dialect) for name in ("case_id", "id", *ENTERED)]
    made = sa.select(*columns).where(REGISTER.c.replaces == "")
    return made.where(*_within(REGISTER.c.case_id, bounds))


def _within(column: sa.Column[str], bounds: tuple[bool, bool] | None) -> list[sa.ColumnElement[bool]]:
    if bounds is None:
        return [column == sa.bindparam("case")]
    after, until = bounds
    conditions = [column > sa.bindparam("after")] if after else []
    return [*conditions, column <= sa.bindparam("until")] if until else conditions


def _spelled(column: sa.Column[Any], dialect: str) -> sa.ColumnElement[Any]:
    """Instants and days as text, written by the database: cheaper than making times of them here."""
    if isinstance(column.type, sa.Date):
        return (
            sa.type_coerce(column, sa.Text) if dialect == "sqlite" else sa.func.to_char(column, "YYYY-MM-DD")
        )
    if not column.name.endswith("at"):
        return column
    if dialect == "sqlite":
        return sa.func.replace(sa.type_coerce(column, sa.Text), " ", "T").concat("Z")
    return sa.func.to_char(sa.func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')


def _bytes(column: sa.ColumnElement[bytes], dialect: str) -> sa.ColumnElement[bytes]:
    """SQLite lets a hand put text where bytes were; read as bytes it shows what it is."""
    return sa.cast(column, sa.LargeBinary) if dialect == "sqlite" else column
