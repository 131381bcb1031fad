"""The database, with its two ways in."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine, make_url

from db import moments, postgresql
from db.postgresql import sent_together

__all__ = ["Connection", "Database", "ForeignKeysBroken", "sent_together"]

_SQLITE_PRAGMAS = (
    "busy_timeout=10000",
    "foreign_keys=ON",
    # Without it INSERT OR REPLACE slips past the append-only triggers.
    "recursive_triggers=ON",
    "trusted_schema=OFF",
    "temp_store=MEMORY",
)
# The writer's alone: a reader keeps no journal and syncs nothing.
_SQLITE_WRITER_PRAGMAS = (
    # WAL can corrupt in the SQLite versions Python ships; see docs/decisions.md.
    "journal_mode=TRUNCATE",
    # NORMAL loses acknowledged commits on power loss.
    "synchronous=FULL",
)
_SQLITE_READER_PRAGMAS = (
    "query_only=ON",
    # In kB: of the 2 MB it has by itself, one person's lists push out the next one's.
    "cache_size=-8000",
)


class ForeignKeysBroken(Exception):
    """The migration would leave rows that point nowhere; nothing was changed."""


class Database:
    """One SQLite file or PostgreSQL database: a writer, and a reader that cannot write."""

    def __init__(self, url: str) -> None:
        """Opens nothing yet. Raises ValueError for a URL that is neither a SQLite file nor PostgreSQL."""
        address = _address(url)
        self.url = url
        self.dialect = address.get_backend_name()
        self._here = threading.local()
        # Of the task, not of the thread: requests take turns in one.
        self._reading: ContextVar[Connection | None] = ContextVar("reading", default=None)
        self._writing = threading.Lock()
        engines = _sqlite_engines if self.dialect == "sqlite" else postgresql.engines
        self._writer, self._reader = engines(address)

    @contextmanager
    def transaction(self, *, together: bool = False) -> Iterator[Connection]:
        """A connection that may write; commits at the end, rolls back on any exception.

        Statements that travel ``together`` (see ``sent_together``) have its beginning and its commit with them.
        Raises RuntimeError inside another transaction of the same thread.
        """
        travelling = sent_together if together else nullcontext
        with self._alone(), self._writer.connect() as conn, travelling(conn), conn.begin():
            yield conn

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment; the database refuses its writes.

        Within another reading it is the same connection: on SQLite a second one would wait for a writer that
        waits for the first. For the same reason end it before a transaction of the same thread begins.
        """
        outer = self._reading.get()
        if outer is not None:
            yield outer
            return
        with self._reader.begin() as conn:
            self._reading.set(conn)
            try:
                yield conn
            finally:
                self._reading.set(None)

    @contextmanager
    def migrating(self) -> Iterator[Connection]:
        """A transaction for changes to the tables themselves.

        SQLite rebuilds a changed table, which enforced foreign keys forbid: they rest meanwhile, and all are
        checked before the commit.
        Raises ForeignKeysBroken, leaving everything as it was.
        """
        if self.dialect != "sqlite":
            with self.transaction() as conn:
                yield conn
            return
        with self._alone(), self._writer.connect() as conn:
            _foreign_keys(conn, "OFF")
            try:
                with conn.begin():
                    yield conn
                    _refuse_broken_keys(conn)
            finally:
                _foreign_keys(conn, "ON")

    def close(self) -> None:
        """Close every connection; the database can be used again afterwards."""
        self._writer.dispose()
        self._reader.dispose()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if getattr(self._here, "writing", False):
            raise RuntimeError("a transaction is already open in this thread; pass its connection on instead")
        self._here.writing = True
        try:
            if self.dialect == "sqlite":
                with self._writing:
                    yield
            else:
                yield
        finally:
            self._here.writing = False


def _address(url: str) -> URL:
    address = make_url(url)
    backend = address.get_backend_name()
    if backend == "sqlite" and address.database not in (None, "", ":memory:"):
        return address
    if backend == "postgresql":
        return address.set(drivername="postgresql+psycopg")
    raise ValueError("the database must be sqlite:///<file> or postgresql://<user>@<host>/<name>")


def _sqlite_engines(address: URL) -> tuple[Engine, Engine]:
    writer = sa.create_engine(address, connect_args={"check_same_thread": False}, pool_size=1, max_overflow=0)
    # The one used last comes first, because each remembers for itself.
    reader = sa.create_engine(address, connect_args={"check_same_thread": False}, pool_use_lifo=True)
    _prepare_sqlite(writer, _begin_writing, (*_SQLITE_PRAGMAS, *_SQLITE_WRITER_PRAGMAS))
    _prepare_sqlite(reader, _begin_reading, (*_SQLITE_PRAGMAS, *_SQLITE_READER_PRAGMAS))
    return writer, reader


def _begin_writing(proxied: Any) -> None:
    proxied.driver_connection.execute("BEGIN IMMEDIATE")


def _begin_reading(proxied: Any) -> None:
    raw = proxied.driver_connection
    raw.execute("BEGIN")
    # Another number as soon as any other connection, of whatever process, committed.
    moments.seen(proxied.info, raw.execute("PRAGMA data_version").fetchone())


def _prepare_sqlite(engine: Engine, begin: Callable[[Any], None], pragmas: tuple[str, ...]) -> None:
    @event.listens_for(engine, "connect")
    def _connect(raw: Any, _record: Any) -> None:
        # pysqlite begins too late by itself and loses updates: BEGIN is ours.
        raw.isolation_level = None
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")

    # Not on the "begin" event: an engine with a listener tells every statement to all that might listen.
    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]  # this engine's alone


def _foreign_keys(conn: Connection, switch: str) -> None:
    # Past SQLAlchemy, because the switch does nothing inside the transaction it would begin.
    conn.connection.cursor().execute(f"PRAGMA foreign_keys={switch}")


def _refuse_broken_keys(conn: Connection) -> None:
    broken = conn.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise ForeignKeysBroken(f"{len(broken)} rows point nowhere, first in table {broken[0][0]}")
