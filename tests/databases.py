"""Databases for tests, empty or filled with what was written once before."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.engine import Connection, Database
from db.schema import METADATA

AS_REPLICA = "SET LOCAL session_replication_role = replica"
"""From here to the end of the transaction PostgreSQL obeys neither guards nor foreign keys."""
EMPTIED = "; ".join(f'DELETE FROM "{table}"' for table in METADATA.tables)

Rows = list[tuple[Any, ...]]
_WRITTEN: dict[tuple[str, str], dict[str, Rows]] = {}
_USED: list[tuple[Database, Path]] = []


@contextmanager
def a_sqlite_copy(template: Path) -> Iterator[Database]:
    """A copy of a SQLite file, gone afterwards; the next one gets its name, with the statements it has compiled."""
    database, file = _USED.pop() if _USED else _named(template.parent)
    shutil.copyfile(template, file)
    yield database
    database.close()
    # Gone rather than overwritten: whoever still has it open keeps the old one.
    for left in (file, file.with_name(f"{file.name}-journal")):
        left.unlink(missing_ok=True)
    _USED.append((database, file))


@contextmanager
def alone_with(folder: Path) -> Iterator[Path]:
    """A folder, made where there is none, while every other process that asks for it waits."""
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder


def _named(folder: Path) -> tuple[Database, Path]:
    handle, name = tempfile.mkstemp(dir=folder, suffix=".db")
    os.close(handle)
    return Database(f"sqlite:///{name}"), Path(name)


def empty(conn: Connection) -> None:
    """Empty a PostgreSQL database."""
    conn.exec_driver_sql(f"{AS_REPLICA}; {EMPTIED}")


def furnish(database: Database, name: str, write: Callable[[], None]) -> None:
    """Let ``write`` fill an empty database; from the second time on its rows are copied, which is quicker."""
    key = (database.dialect, name)
    if key in _WRITTEN:
        with database.transaction() as conn:
            if database.dialect == "postgresql":  # rows were read in no order, a unit perhaps before its body
                conn.exec_driver_sql(AS_REPLICA)
            for table, rows in _WRITTEN[key].items():
                _insert(conn, table, rows)
        return
    write()
    with database.reading() as conn:
        found = {table.name: _rows(conn, table.name) for table in METADATA.sorted_tables}
    _WRITTEN[key] = {table: rows for table, rows in found.items() if rows}


def _rows(conn: Connection, table: str) -> Rows:
    return [tuple(row) for row in conn.exec_driver_sql(f'SELECT * FROM "{table}"')]


def _insert(conn: Connection, table: str, rows: Rows) -> None:
    place = "?" if conn.dialect.name == "sqlite" else "%s"
    places = ", ".join([place] * len(rows[0]))
    conn.exec_driver_sql(f'INSERT INTO "{table}" VALUES ({places})', rows)
