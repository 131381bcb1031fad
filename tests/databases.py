"""Databases for tests, empty or filled with what was written once before."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db.engine import Connection, Database
from db.schema import METADATA

EMPTIED = "; ".join(f'DELETE FROM "{table}"' for table in METADATA.tables)

Rows = list[tuple[Any, ...]]
_WRITTEN: dict[tuple[str, str], dict[str, Rows]] = {}


@contextmanager
def a_sqlite_copy(template: Path) -> Iterator[Database]:
    """A copy of a SQLite file, gone afterwards."""
    handle, name = tempfile.mkstemp(dir=template.parent, suffix=".db")
    os.close(handle)
    shutil.copyfile(template, name)
    database = Database(f"sqlite:///{name}")
    yield database
    database.close()
    Path(name).unlink()


def empty(conn: Connection) -> None:
    """Empty a PostgreSQL database: as a replica it obeys neither guards nor foreign keys."""
    conn.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {EMPTIED}")


def furnish(database: Database, name: str, write: Callable[[], None]) -> None:
    """Let ``write`` fill an empty database; from the second time on its rows are copied, which is quicker."""
    key = (database.dialect, name)
    if key in _WRITTEN:
        with database.transaction() as conn:
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
