"""Dossiers that await the chairman's signature, and what was signed."""

import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from builders import World, a_dossier, a_world
from databases import a_sqlite_copy

from bench.floor import OF_CASE
from db.schema import METADATA
from workflow.batches.orders import Batch, Wanted, found, order

Rows = dict[str, list[dict[str, Any]]]

CHILD = """
import sys, time
from datetime import datetime, UTC
from pathlib import Path
from db.blobs import BlobStore
from db.engine import Database
from workflow.batches.runner import carry_out
from workflow.engine import Engine, Source

url, folder, moment, batch = sys.argv[1:]

def now():
    time.sleep(0.005)  # so slow that it is killed on its way, however busy the machine is
    return datetime.fromisoformat(moment)

engine = Engine(Database(url), BlobStore(Path(folder)), source=Source(now=now)).open()
carry_out(engine, batch)
"""


def simplified(world: World, count: int) -> list[str]:
    """So many dossiers that need no council, with all their papers."""
    return [
        a_dossier(world, "awaiting_decision", kind="DOT_XUAT", awards=("GK_HUYEN",)) for _ in range(count)
    ]


def warned(world: World, count: int = 1) -> list[str]:
    """So many that the council passed, without the papers their award asks for."""
    return [a_dossier(world, "awaiting_decision", awards=("CSTDCS",)) for _ in range(count)]


def wanted_of(world: World, refs: Sequence[str], *, confirmed: bool = False) -> list[Wanted]:
    """An order to award everything that stands, at the versions of now."""
    return [
        Wanted(
            ref, world.record(ref).version, {"nominations": list(world.case(ref).standing())}, None, confirmed
        )
        for ref in refs
    ]


def ordered(world: World, refs: Sequence[str], *, key: str = "once", confirmed: bool = False) -> str:
    """The chairman orders these awards; nothing of it is done yet."""
    return order(
        world.engine, world.people["hung"], "award", wanted_of(world, refs, confirmed=confirmed), key=key
    )


def batch_of(world: World, batch_id: str) -> Batch:
    """The chairman's batch as it stands."""
    return found(world.engine, world.people["hung"], batch_id)


def states(world: World, batch_id: str) -> list[str]:
    """What came of each item, in order."""
    return [item.state for item in batch_of(world, batch_id).items]


def numbers(world: World, refs: Sequence[str]) -> list[int]:
    """The numbers under which these were decided, as they were given."""
    decisions = [world.case(ref).decision for ref in refs]
    return sorted(decision.number for decision in decisions if decision)


def signatures(world: World, ref: str) -> int:
    """How often a dossier was awarded."""
    return sum(entry.act == "award" for entry in world.entries(ref))


def last_number(world: World) -> int:
    """The last number the chairman's series has given."""
    with world.engine.database.reading() as conn:
        return int(
            conn.exec_driver_sql("SELECT last FROM number_series WHERE kind = 'decision'").scalar_one()
        )


def on_the_way(world: World) -> int:
    """How many commands of batches are kept by now."""
    with world.engine.database.reading() as conn:
        kept = sa.text("SELECT count(*) FROM command WHERE key LIKE 'batch:%'")
        return int(conn.execute(kept).scalar_one())


def in_a_process(world: World, folder: Path, batch_id: str) -> subprocess.Popen[bytes]:
    """Another process that carries out a batch, not quickly."""
    told = [world.engine.database.url, str(folder), world.now.isoformat(), batch_id]
    return subprocess.Popen([sys.executable, "-c", CHILD, *told], cwd=Path(__file__).parents[1])


def laid_out(count: int, doubtful: int, template: Path, folder: Path) -> Rows:
    """The rows of so many dossiers without warnings, so many with: performed once, to be put anywhere."""
    with a_sqlite_copy(template) as database:
        world = a_world(database, folder)
        simplified(world, count)
        warned(world, doubtful)
        with database.reading() as conn:
            return {
                name: [row._asdict() for row in conn.execute(sa.select(METADATA.tables[name]))]
                for name in OF_CASE
            }


def put(world: World, rows: Rows) -> World:
    """The same dossiers in another city, which was just founded."""
    with world.engine.database.transaction() as conn:
        for name, found in rows.items():
            if found:
                conn.execute(sa.insert(METADATA.tables[name]), found)
    # What is new here must not be called like what was brought.
    world.engine.source = replace(world.engine.source, new_id=lambda: secrets.token_hex(10))
    return world


def end_of_term(world: World, login: str, last_day: date) -> None:
    """A person's role ends with a day."""
    with world.engine.database.transaction() as conn:
        ended = sa.text('UPDATE "grant" SET valid_to = :day WHERE account_id = :account')
        conn.execute(ended, {"day": last_day, "account": login})
