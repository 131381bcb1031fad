"""The demos brought anywhere, filled cheaply."""

import pickle
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from databases import alone_with
from pwdlib.hashers.argon2 import Argon2Hasher

from db.blobs import BlobStore
from db.engine import Database
from workflow.demo.filling import CITY, Demo, fill
from workflow.demo.people import DemoLogin
from workflow.engine import Engine, Source
from workflow.people.passwords import Passwords

CHEAP = Passwords(Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1))
REAL_NOW = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
REAL = Source(now=lambda: REAL_NOW)
TODAY = date(2024, 5, 13)


@dataclass(frozen=True, slots=True)
class City:
    """A filled demo, with what filling it said and gave."""

    engine: Engine
    logins: list[DemoLogin]
    told: list[str]

    def rows(self, query: sa.Select[Any]) -> list[tuple[Any, ...]]:
        """What the database answers."""
        with self.engine.database.reading() as conn:
            return [tuple(row) for row in conn.execute(query)]


def a_filled(database: Database, folder: Path, demo: Demo = CITY) -> City:
    """Fill an empty database."""
    engine, told = Engine(database, BlobStore(folder), REAL).open(), list[str]()
    return City(engine, fill(engine, demo=demo, hasher=CHEAP, report=told.append), told)


@contextmanager
def a_shared_demo(demo: Demo, template: Path, run_folder: Path) -> Iterator[City]:
    """A demo in a SQLite file of this process; the first of the run to ask fills it, the others copy."""
    file = template.with_name(f"{demo.log}.db")
    with closing(Database(f"sqlite:///{file}")) as database:
        with alone_with(run_folder / demo.log) as folder:
            blobs, filled, said = folder / "blobs", folder / "filled.db", folder / "said"
            if said.exists():
                shutil.copyfile(filled, file)
            else:
                shutil.copyfile(template, file)
                city = a_filled(database, blobs, demo)
                database.close()
                shutil.copyfile(file, filled)
                said.write_bytes(pickle.dumps((city.logins, city.told)))
            logins, told = pickle.loads(said.read_bytes())
        yield City(Engine(database, BlobStore(blobs), REAL).open(), logins, told)
