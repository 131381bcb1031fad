"""A city under a plan whose clock may show anything, as one history after another."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.cities import A, City
from bench.ground import Ground, emptied
from bench.small_world import a_world
from db import settings as setting_table
from db.engine import Database
from db.schema import METADATA
from states.calendar.clock_guard import LONGEST_REST
from states.year.occurrences import Member, Occurrence, occurrences
from states.year.plan_file import plan_document, shipped_plan
from workflow.clock import guard as clock_guard
from workflow.clock.guard import MARK_SETTING
from workflow.clock.sweep import Swept, sweep
from workflow.engine import ZONE, Engine

BEGAN = datetime(2024, 10, 21, 1, tzinfo=A.began.tzinfo)
"""A Monday on which the plan of the year takes effect and the dossiers are under way."""
CITY = replace(A, began=BEGAN)
LAST = date(2025, 12, 31)


@dataclass(slots=True)
class Clock:
    """The true time with how far the machine's clock is from it."""

    true: datetime
    wrong: timedelta = timedelta()

    def shown(self) -> datetime:
        """What the machine believes."""
        return self.true + self.wrong

    def day(self) -> date:
        """The true day in Vietnam."""
        return self.true.astimezone(ZONE).date()


@dataclass(slots=True)
class Installation:
    """One history of the city; what was done before its time is kept in ``early``."""

    engine: Engine
    clock: Clock
    early: list[str] = field(default_factory=list)

    def swept(self, elapsed: timedelta | None) -> Swept:
        """One pass of the clock; what it does must be due by the true time."""
        if elapsed is None:  # the program was begun anew
            self.engine.arranged = None
        found = sweep(self.engine, elapsed=elapsed)
        day = self.clock.day()
        self.early += [f"{one.ref} {one.act} of {one.day} on {day}" for one in found.fired if one.day > day]
        self.early += [f"{failed} failed" for failed in found.failed]
        return found

    def released(self) -> None:
        """An operator believes the clock as it is."""
        clock_guard.mark_as(self.engine, self.engine.now())

    def could_be_rest(self) -> bool:
        """Whether a program begun now cannot tell a clock that is ahead from a server that was switched off."""
        with self.engine.database.reading() as conn:
            mark = setting_table.get(conn, MARK_SETTING)
        since = self.clock.shown() - datetime.fromisoformat(mark or BEGAN.isoformat())
        return self.clock.wrong > timedelta() and timedelta() <= since <= LONGEST_REST


@dataclass(frozen=True, slots=True)
class Model:
    """The city as it was founded, to begin any number of histories from."""

    engine: Engine
    clock: Clock
    began: datetime
    template: Path
    rows: dict[str, list[dict[str, Any]]]
    expected: tuple[Occurrence, ...]

    def anew(self) -> Installation:
        """The first day once more: the same connection, so that statements stay prepared."""
        database = self.engine.database
        if database.dialect == "sqlite":
            database.close()
            shutil.copyfile(self.template, _file(database))
        else:
            with emptied(database) as conn:
                for table, rows in self.rows.items():
                    conn.execute(sa.insert(METADATA.tables[table]), rows)
        self.clock.true, self.clock.wrong = self.began, timedelta()
        self.engine.arranged, self.engine.ahead = None, timedelta()
        return Installation(self.engine, self.clock)


@contextmanager
def founded(ground: Ground, kind: str) -> Iterator[Model]:
    """The city under its plan, with a dossier in appraisal, one awaiting completion, one before the council."""
    with ground.fresh(kind) as database:
        world = a_world(database, ground.folder, city=CITY)
        for act in ("judge", "resubmit", "put_on_agenda"):
            world.ready_for(act)
        plan = {"unit": "NV", "year": 2024, "title": "Kế hoạch", "plan": plan_document(shipped_plan(2024))}
        ref = world.do("kien", "draw_up", args=plan).ref
        effective = world.now.astimezone(ZONE).date()
        world.do("nam", "activate", ref, reason="Ban hành", args={"effective_from": str(effective)})
        clock = Clock(world.now)
        world.engine.source = replace(world.engine.source, now=clock.shown)
        sweep(world.engine)
        template = ground.folder / f"{kind}-founded"
        if kind == "sqlite":
            database.close()
            shutil.copyfile(_file(database), template)
        rows = {} if kind == "sqlite" else _rows(database)
        yield Model(world.engine, clock, clock.true, template, rows, expected(CITY, effective, world.engine))


def expected(city: City, effective: date, engine: Engine) -> tuple[Occurrence, ...]:
    """All the plan ever brings."""
    since = date(2000, 1, 1)
    members = [Member(id=id_, kind=kind, valid_from=since) for id_, kind, _ in city.units]
    found = occurrences(shipped_plan(2024), effective=effective, units=members, calendar=engine.calendar)
    return tuple(one for one in found if one.nominal <= LAST)


def _rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.reading() as conn:
        found = {
            name: [dict(row._mapping) for row in conn.execute(sa.select(table))]
            for name, table in METADATA.tables.items()
        }
    return {name: rows for name, rows in found.items() if rows}


def _file(database: Database) -> str:
    return str(sa.make_url(database.url).database)
