"""PostgreSQL's two engines, whose statements can travel together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import URL, Connection, Engine

from db import moments

# What travels together now, by the driver's connection.
_pipelines: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
# Of one pool. Of SQLAlchemy's five and ten more, the ten would be opened and closed again each time, at a dear price.
_KEPT_OPEN = 16
# Seconds after which a connection may have been cut without our knowing.
_RESTED = 1.0
_OPTIONS = "-c timezone=UTC -c lock_timeout=10000"
# A reader sees one moment on both databases: SQLite gives it a snapshot already.
_READER = r"-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\ read"


def engines(address: URL) -> tuple[Engine, Engine]:
    """The writer, then the reader."""
    cursor = _cursor()

    def engine(options: str, **given: Any) -> Engine:
        told = {"options": options, "cursor_factory": cursor, "autocommit": True}
        made = sa.create_engine(address, connect_args=told, pool_size=_KEPT_OPEN, max_overflow=0, **given)
        _ask_the_rested(made)
        return made

    writer = engine(_OPTIONS)
    _let_both_ends_travel(writer)
    _fetch_what_travelled(writer)
    # The one used last comes first, because each remembers for itself.
    reader = engine(f"{_OPTIONS} {_READER}", pool_use_lifo=True)
    _tell_both_ends_at_once(reader)
    return writer, reader


def _cursor() -> type[Any]:
    """A cursor that says of its columns what SQLAlchemy reads, name with type, instead of building objects."""
    from psycopg import Cursor  # only where PostgreSQL is used

    class Plain(Cursor[Any]):
        @property
        def description(self) -> Any:
            found = self.pgresult
            if not found or not found.nfields:
                return None
            return [((found.fname(i) or b"").decode(), found.ftype(i)) for i in range(found.nfields)]

    return Plain


@contextmanager
def sent_together(conn: Connection) -> Iterator[None]:
    """Statements without rows travel to PostgreSQL with the next one that has some, or at the end.

    What one of them raises comes with the answer it travels for; ``rowcount`` says nothing in here, so a
    statement that must tell something returns rows. SQLite has no way to travel.
    """
    if conn.dialect.name == "sqlite":
        yield
        return
    raw: Any = conn.connection.driver_connection
    try:
        with raw.pipeline() as _pipelines[raw]:
            yield
    except raw.Error as error:
        raise sa.exc.DBAPIError.instance(None, None, error, raw.Error) from error
    finally:
        _pipelines.pop(raw, None)


def _let_both_ends_travel(engine: Engine) -> None:
    """BEGIN and COMMIT are statements like any other; by itself the driver waits for an answer to each."""

    alone = engine.dialect.do_commit

    def begin(proxied: Any) -> None:
        proxied.driver_connection.execute("BEGIN", prepare=False)

    def commit(proxied: Any) -> None:
        raw = proxied.driver_connection
        if raw in _pipelines:
            raw.execute("COMMIT", prepare=False)
        else:
            alone(proxied)

    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]  # this engine's alone
    engine.dialect.do_commit = commit  # type: ignore[assignment, method-assign]  # this engine's alone


def _tell_both_ends_at_once(engine: Engine) -> None:
    """BEGIN and COMMIT past the driver's own way of waiting, which takes longer than the question between them."""

    def told(proxied: Any, command: bytes) -> Any:
        raw = proxied.driver_connection
        answer = raw.pgconn.exec_(command)
        if answer.error_message:
            raise raw.OperationalError(answer.error_message.decode("utf-8", "replace"))
        return answer

    def begin(proxied: Any) -> None:
        # Two snapshots of the same words see the same rows.
        moments.seen(proxied.info, told(proxied, b"BEGIN; SELECT pg_current_snapshot()").get_value(0, 0))

    def commit(proxied: Any) -> None:
        told(proxied, b"COMMIT")

    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]  # this engine's alone
    engine.dialect.do_commit = commit  # type: ignore[assignment, method-assign]  # this engine's alone


def _fetch_what_travelled(engine: Engine) -> None:
    """A statement with rows has them before anybody asks which columns they have."""

    @event.listens_for(engine, "do_execute")
    def _sent(cursor: Any, statement: str, parameters: Any, context: Any) -> bool:
        cursor.execute(statement, parameters)
        pipeline = _pipelines.get(cursor.connection)
        if pipeline and (not context.is_crud or context.compiled.effective_returning):
            pipeline.sync()
        return True


def _ask_the_rested(engine: Engine) -> None:
    """Before use, ask a connection that rested whether it still lives; one just used is taken at its word."""

    @event.listens_for(engine, "checkin")
    def _rests(_raw: Any, record: Any) -> None:
        record.info["since"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _wakes(raw: Any, record: Any, _proxy: Any) -> None:
        since = record.info.get("since")
        if since is None or time.monotonic() - since < _RESTED:
            return
        try:
            engine.dialect.do_ping(raw)
        except raw.OperationalError as error:
            # The pool then opens another one.
            raise sa.exc.DisconnectionError from error
