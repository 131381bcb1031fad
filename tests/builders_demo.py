"""The demo of 2024 brought anywhere, filled cheaply."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pwdlib.hashers.argon2 import Argon2Hasher

from db.blobs import BlobStore
from db.engine import Database
from workflow.demo import fill
from workflow.demo_people import DemoLogin
from workflow.engine import Engine, Source
from workflow.passwords import Passwords

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


def a_filled(database: Database, folder: Path) -> City:
    """Fill an empty database."""
    engine, told = Engine(database, BlobStore(folder), REAL).open(), list[str]()
    return City(engine, fill(engine, hasher=CHEAP, report=told.append), told)
