"""Very many armed timers, some of which are due: dossiers copied from real ones, the others as rows alone."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bench import floor
from bench.cities import UNITS
from bench.floor import Driver, begun, driver
from bench.million import OF_A_CITY, TABLES, Place, copied, model_of, unsafe, without_indexes
from bench.small_world import World, a_world
from db import timers, units
from db.engine import Database

MODELS = 8
AT_ONCE = 5_000
LATER = date(2030, 1, 1)
"""From when on the others are due."""
TIMER = ("id", "case_id", "station_seq", "name", "step", "due_on", "status")
OTHERS = """
    WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
    INSERT INTO {table} ({names}) SELECT {values} FROM numbers, {table} WHERE {table}.id = '{model}'
"""


@dataclass(frozen=True, slots=True)
class Slice:
    """Dossiers from one number up to another, whose timers are due on the same day."""

    first: int
    last: int

    @property
    def cases(self) -> str:
        """Their ids, as BETWEEN takes them."""
        return f"'{case_id(self.first)}' AND '{case_id(self.last - 1)}'"

    def parts(self, most: int) -> list["Slice"]:
        """The same dossiers, so many at a time."""
        firsts = range(self.first, self.last, most)
        return [Slice(first, min(first + most, self.last)) for first in firsts]

    @property
    def timers(self) -> str:
        """The ids of their timers, as BETWEEN takes them."""
        return f"'{timer_id(self.first)}' AND '{timer_id(self.last - 1)}'"


def case_id(number: int) -> str:
    """The id of a copied dossier."""
    return f"c{number:019x}"


def timer_id(number: int) -> str:
    """The id of its timer."""
    return f"t{number:019x}"


def filled(database: Database, *, due: int, armed: int) -> tuple[World, date]:
    """So many dossiers whose timers rest until they are needed, beside so many armed; the day the first are due."""
    with tempfile.TemporaryDirectory() as folder:
        world = a_world(database, Path(folder))
        refs = [world.ready_for("judge") for _ in range(MODELS)]
    with database.transaction() as conn:
        for city in range(-(-due // OF_A_CITY)):
            for place, (id_, kind, name) in enumerate(UNITS):
                said = (f"{id_}{city}", kind, f"TP{city}", name, name, name, name)
                units.insert_unit(conn, units.Unit(*said, date(2000, 1, 1), None, place))
    model = world.record(refs[0])
    with database.reading() as conn:
        timer = timers.armed_at(conn, model.id, model.station_seq)
    assert timer is not None
    with driver(database) as raw, without_indexes(database):
        unsafe(raw)
        models = [model_of(raw, world.record(ref).id) for ref in refs]
        # The models' own timers are not to fire.
        raw.execute("UPDATE timer SET status = 'cancelled'")
        _copies(raw, world.engine.log, models, due, timer)
        _others(raw, world.record(refs[0]).id, timer.id, armed)
    return world, timer.due_on


def _copies(
    raw: Driver, log: str, models: list[dict[str, list[dict[str, Any]]]], due: int, timer: Any
) -> None:
    for start in range(0, due, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, due))
        batches = [copied(log, models[number % MODELS], Place(number)) for number in numbers]
        with begun(raw):
            for table in TABLES:
                rows = [tuple(row.values()) for batch in batches for row in batch[table]]
                floor.inserted(raw, table, rows)
            day = str(timer.due_on) if database_is_sqlite(raw) else timer.due_on
            stay = (timer.station_seq, timer.name, timer.step)
            held = [(timer_id(n), case_id(n), *stay, day, "held") for n in numbers]
            floor.inserted(raw, "timer", held)


def _others(raw: Driver, model: str, timer: str, count: int) -> None:
    """Cases that wait for a day far away: rows as the model's, under other names."""
    with begun(raw):
        new = {"id": "'other-' || n", "ref": "'HS-2030-' || n"}
        _written(raw, "cases", floor.names(raw, "cases"), new, model, count)
        armed = {
            "id": "'later-' || n",
            "case_id": "'other-' || n",
            "due_on": _later(raw),
            "status": "'armed'",
        }
        _written(raw, "timer", TIMER, armed, timer, count)


def _later(raw: Driver) -> str:
    return (
        f"date('{LATER}', '+' || (n % 700) || ' days')"
        if database_is_sqlite(raw)
        else f"date '{LATER}' + n % 700"
    )


def _written(
    raw: Driver, table: str, names: tuple[str, ...], new: Mapping[str, str], model: str, count: int
) -> None:
    values = ", ".join(new.get(name, f"{table}.{name}") for name in names)
    raw.execute(OTHERS.format(table=table, names=", ".join(names), values=values, count=count, model=model))


def database_is_sqlite(raw: Driver) -> bool:
    """Which of the two a bare connection speaks to."""
    return type(raw).__module__ == "sqlite3"


def armed_now(raw: Driver, some: Slice) -> None:
    """Let the timers of these dossiers run."""
    raw.execute(f"UPDATE timer SET status = 'armed' WHERE id BETWEEN {some.timers}")


def morning_of(world: World, day: date) -> None:
    """Let the world's clock show eight o'clock of a day in Vietnam."""
    world.now = world.now.replace(year=day.year, month=day.month, day=day.day, hour=1)
