"""Many dossiers at once: the histories of a few real ones, copied under new names and sealed anew."""

import json
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bench import floor
from bench.cities import PEOPLE, UNITS
from bench.floor import Driver, begun, driver
from bench.small_world import World, a_world
from db import series, units
from db.case_record import CASE
from db.engine import Database
from db.history import HISTORY, PayloadRow
from db.nominations import NominationRow
from db.register import REGISTER
from states.history import commitment, genesis, seal

OF_A_CITY = 40_000
"""Dossiers of one city; a million are those of twenty-five."""
OFFICERS = 12
"""In each office, sharing its work."""
DAYS = 12
"""On how many days the copied dossiers were made."""
ENDS = (("judge", 16), ("put_on_agenda", 4), ("", 20))
"""What is next for a dossier, with how many of forty stand there; after the award nothing is."""
TABLES = {
    "cases": CASE,
    "nomination": NominationRow.__table__,
    "register": REGISTER,
    "history": HISTORY,
    "payload": PayloadRow.__table__,
}
AT_ONCE = 5_000
"""Copies written in one transaction."""
NAMES = re.compile(r'("[A-Za-z]+"|(?<![0-9a-f])(?:[0-9a-f]{20}|[0-9a-f]{64})(?![0-9a-f])|HS-[0-9]{4}-[0-9]+)')
"""What may be a name in a stored text: of a unit, a person, a row, a hash, a dossier."""
Row = dict[str, Any]
Rows = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy goes: its number, its city's number, which officer has it."""

    number: int

    @property
    def city(self) -> int:
        """The number of the city, from 0."""
        return self.number // OF_A_CITY

    @property
    def suffix(self) -> str:
        """What tells the persons of this copy from their models."""
        return f"{self.city}-{self.number % OFFICERS}"

    @property
    def ref(self) -> str:
        """What people call the copy."""
        return f"HS-2024-{self.number + 100_000}"


def filled(database: Database, dossiers: int) -> World:
    """The small world in as many cities as that many dossiers need, with the dossiers."""
    with tempfile.TemporaryDirectory() as folder:
        world = a_world(database, Path(folder))
        refs = _performed(world)
    with database.transaction() as conn:
        given = series.last_numbers(conn, series.DECISION)
        for city in range(-(-dossiers // OF_A_CITY)):
            for (_, year), last in given.items():
                series.next_number(conn, series.DECISION, f"TP{city}", year, count=last)
            for place, (id_, kind, name) in enumerate(UNITS):
                names = (name, name, name, name)
                unit = units.Unit(f"{id_}{city}", kind, f"TP{city}", *names, date(2000, 1, 1), None, place)
                units.insert_unit(conn, unit)
    with driver(database) as raw, without_indexes(database):
        unsafe(raw)
        models = {ref: model_of(raw, world.record(ref).id) for ref in refs}
        _copied(raw, world.engine.log, [models[ref] for ref in refs], dossiers)
    return world


def unsafe(raw: Driver) -> None:
    """Nothing is measured yet; what a power failure leaves half filled is filled again."""
    if isinstance(raw, sqlite3.Connection):
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-500000"):
            raw.execute(f"PRAGMA {pragma}")
    else:
        raw.execute("SET synchronous_commit = off")


def _performed(world: World) -> list[str]:
    """Some dossiers of each day for each end, in the order copies are made of them."""
    made: dict[tuple[int, str], str] = {}
    for day in range(DAYS):
        for end, _ in ENDS:
            ref = world.ready_for(end or "award")
            if not end:
                world.do("tuan", "award", ref, args={"nominations": list(world.case(ref).standing())})
            made[day, end] = ref
        world.now += timedelta(days=1)
    return [made[day, end] for day in range(DAYS) for end, share in ENDS for _ in range(share)]


def model_of(raw: Driver, case_id: str) -> Rows:
    """What is stored of one dossier, as the driver reads it, by table and column."""
    found = floor.rows_of(raw, case_id)
    model = {
        table: [dict(zip(floor.names(raw, table), row, strict=True)) for row in found[table].values()]
        for table in TABLES
    }
    model["history"] = [
        {**entry, "stored": entry, "text": text, "data_c": json.loads(text)["data_c"]}
        for entry in model["history"]
        for text in [entry["body"].decode()]
    ]
    return model


@contextmanager
def without_indexes(database: Database) -> Iterator[None]:
    """As a backup is restored: the indexes are built when the rows are there."""
    indexes = [index for table in TABLES.values() for index in table.indexes]
    with database.transaction() as conn:
        for index in indexes:
            index.drop(conn)
    yield
    with database.transaction() as conn:
        for index in indexes:
            index.create(conn)
        conn.exec_driver_sql("ANALYZE")


def _copied(raw: Driver, log: str, models: list[Rows], dossiers: int) -> None:
    for start in range(0, dossiers, AT_ONCE):
        batch: Rows = {table: [] for table in TABLES}
        for number in range(start, min(start + AT_ONCE, dossiers)):
            for table, rows in copied(log, models[number % len(models)], Place(number)).items():
                batch[table] += rows
        with begun(raw):
            for table, rows in batch.items():
                floor.inserted(raw, table, [tuple(row.values()) for row in rows])


def copied(log: str, model: Rows, place: Place) -> Rows:
    """The rows of one copy: a chain of its own, as if its acts had been performed."""
    (case,), (nomination,) = model["cases"], model["nomination"]
    id_, nominated = f"c{place.number:019x}", f"n{place.number:019x}"
    names = _names(place) | {case["id"]: id_, nomination["id"]: nominated, case["ref"]: place.ref}
    named = _named_in(model, names)
    entries = list(_entries(log, model, id_, names, named))
    new = {
        "id": id_,
        "ref": place.ref,
        "body": f"{case['body']}{place.city}",
        "unit": f"{case['unit']}{place.city}",
        "holder_unit": case["holder_unit"] and f"{case['holder_unit']}{place.city}",
        "head_hash": entries[-1][0]["hash"],
        "facts": _named(case["facts"], names, named),
        "search": case["search"].replace(case["ref"].lower(), place.ref.lower()),
    }
    return {
        "cases": [{**case, **new}],
        "nomination": [{**nomination, "id": nominated, "case_id": id_}],
        "register": [_line(line, new, nominated) for line in model["register"]],
        "history": [entry for entry, _ in entries],
        "payload": [payload for _, payload in entries],
    }


def _line(line: Row, case: Row, nominated: str) -> Row:
    """A line of the register about a copied award; nobody in these dossiers has an account."""
    own = {"id": nominated, "nomination": nominated, "case_id": case["id"]}
    return {**line, **own, **{name: case[name] for name in ("ref", "body", "unit")}}


@cache
def _names_in(city: int, suffix: str) -> dict[str, str]:
    units_ = {f'"{id_}"': f'"{id_}{city}"' for id_, _, _ in UNITS}
    return units_ | {f'"{login}"': f'"{login}{suffix}"' for login in PEOPLE}


def _names(place: Place) -> dict[str, str]:
    """The new names of units and people, quoted as JSON quotes them."""
    return _names_in(place.city, place.suffix)


@cache
def _template(text: str, named: frozenset[str]) -> str:
    """A text with a gap for each of these names in it."""
    pieces = [f"%({piece})s" if piece in named else piece.replace("%", "%%") for piece in NAMES.split(text)]
    return "".join(pieces)


def _named(text: str, names: dict[str, str], named: frozenset[str]) -> str:
    return _template(text, named) % names


def _named_in(model: Rows, names: dict[str, str]) -> frozenset[str]:
    """All that is called otherwise in the copies of a model, its hashes too."""
    return frozenset(names) | {row[column] for row in model["history"] for column in ("prev_hash", "data_c")}


def _entries(
    log: str, model: Rows, case_id: str, names: dict[str, str], named: frozenset[str]
) -> Iterator[tuple[Row, Row]]:
    """Every entry with its words, sealed one after the other."""
    prev, payloads = genesis(log, "dossier", case_id), {row["history_id"]: row for row in model["payload"]}
    for entry in model["history"]:
        payload = payloads[entry["id"]]
        words, salt = _named(payload["body"], names, named), payload["salt"]
        names[entry["prev_hash"]] = prev
        names[entry["data_c"]] = commitment(salt, "data", words)
        sealed = _named(entry["text"], names, named).encode()
        id_, hash_ = f"e{case_id[4:]}{entry['seq']:03x}", seal(prev, sealed)
        new = {"id": id_, "case_id": case_id, "body": sealed, "prev_hash": prev, "hash": hash_}
        prev = hash_
        new |= {column: names[f'"{entry[column]}"'][1:-1] for column in ("actor", "unit")}
        yield {**entry["stored"], **new}, {**payload, "history_id": id_, "body": words}
