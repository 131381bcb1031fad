"""The least a database can take for the same rows: raw SQL through the bare driver, one transaction an act."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from db.engine import Database

Driver = Any
"""A connection of ``sqlite3`` or psycopg: both know ``execute``."""
Row = tuple[Any, ...]
Rows = dict[str, dict[Row, Row]]
"""Rows by table, by primary key."""
Write = tuple[str, Row]
"""A statement with its parameters."""

OF_CASE = {
    "cases": "id = ?",
    "history": "case_id = ?",
    "payload": "history_id IN (SELECT id FROM history WHERE case_id = ?)",
    "nomination": "case_id = ?",
    "register": "case_id = ?",
    "case_paper": "case_id = ?",
    "command": "case_id = ?",
    "timer": "case_id = ?",
    "outbox": "case_id = ?",
    "number_series": "CAST(? AS TEXT) IS NOT NULL",
}
"""Every table an act writes, parents first, with what in it belongs to one case."""
KEYS = {
    "payload": ("history_id",),
    "case_paper": ("case_id", "paper_id"),
    "command": ("account_id", "key"),
    "number_series": ("kind", "body", "year"),
}


@contextmanager
def driver(database: Database) -> Iterator[Driver]:
    """A bare connection, set up as ours are, outside any transaction."""
    address = sa.make_url(database.url)
    raw: Driver
    if database.dialect == "sqlite":
        raw = sqlite3.connect(str(address.database), isolation_level=None)
        for pragma in (
            "journal_mode=TRUNCATE",
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
        ):
            raw.execute(f"PRAGMA {pragma}")
    else:
        import psycopg  # only where PostgreSQL is measured

        plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
        raw = psycopg.connect(plain, autocommit=True, options="-c timezone=UTC")
    try:
        yield raw
    finally:
        raw.close()


@contextmanager
def begun(raw: Driver) -> Iterator[None]:
    """One durable transaction."""
    raw.execute("BEGIN IMMEDIATE" if isinstance(raw, sqlite3.Connection) else "BEGIN")
    yield
    raw.execute("COMMIT")


def written(raw: Driver, writes: list[Write]) -> None:
    """Write the rows of one act."""
    with begun(raw):
        for statement, values in writes:
            raw.execute(statement, values)


def rows_of(raw: Driver, case_id: str) -> Rows:
    """All that is stored of one case."""
    return {
        table: {_key(table, names, row): row for row in found}
        for table, which in OF_CASE.items()
        for names, found in [_selected(raw, table, which, case_id)]
    }


def writes_between(raw: Driver, before: Rows, after: Rows) -> list[Write]:
    """The fewest statements that turn the rows before into the rows after: one for each row that differs."""
    mark = "?" if isinstance(raw, sqlite3.Connection) else "%s"
    return [
        write
        for table in OF_CASE
        for key, row in after[table].items()
        if (write := _write(table, names(raw, table), key, before[table].get(key), row, mark))
    ]


def inserted(raw: Driver, table: str, rows: list[Row]) -> None:
    """Add many rows the fastest way the driver has."""
    if not rows:
        return
    if isinstance(raw, sqlite3.Connection):
        raw.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)
        return
    with raw.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)


def _write(
    table: str, names: tuple[str, ...], key: Row, old: Row | None, new: Row, mark: str
) -> Write | None:
    if old is None:
        return f'INSERT INTO "{table}" VALUES ({", ".join([mark] * len(new))})', new
    changed = {name: new[place] for place, name in enumerate(names) if new[place] != old[place]}
    if not changed:
        return None
    sets = ", ".join(f"{name} = {mark}" for name in changed)
    same = " AND ".join(f"{name} = {mark}" for name in _key_names(table))
    return f'UPDATE "{table}" SET {sets} WHERE {same}', (*changed.values(), *key)


def _selected(raw: Driver, table: str, which: str, case_id: str) -> tuple[tuple[str, ...], list[Row]]:
    mark = "?" if isinstance(raw, sqlite3.Connection) else "%s"
    order = ", ".join(_key_names(table)) if table != "history" else "seq"
    found = raw.execute(
        f'SELECT * FROM "{table}" WHERE {which.replace("?", mark)} ORDER BY {order}', (case_id,)
    )
    return tuple(column[0] for column in found.description), found.fetchall()


def names(raw: Driver, table: str) -> tuple[str, ...]:
    """The columns of a table in their order."""
    found = raw.execute(f'SELECT * FROM "{table}" WHERE 1 = 0')
    return tuple(column[0] for column in found.description)


def _key_names(table: str) -> tuple[str, ...]:
    return KEYS.get(table, ("id",))


def _key(table: str, names: tuple[str, ...], row: Row) -> Row:
    known: Mapping[str, Any] = dict(zip(names, row, strict=True))
    return tuple(known[name] for name in _key_names(table))
