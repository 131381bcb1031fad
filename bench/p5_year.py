"""P5: whatever the year brings happens exactly once, over any processes, kills and downtime; never early."""

import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import sqlalchemy as sa

from bench.crowd import Crowd, crowd, next_tick
from bench.promise import Promise, Run, Trials
from bench.shared_store import one_store_for_all
from db import units
from db.blobs import BlobStore
from db.engine import Database
from db.schema import METADATA
from db.units import Unit
from states.decide import Actor, Grant
from states.year.occurrences import Member, Occurrence, occurrences as brought
from states.year.plan_file import plan_document, shipped_plan
from workflow.clock.guard import move_on
from workflow.clock.sweep import sweep
from workflow.command import checked
from workflow.demo.moving import MORNING
from workflow.engine import ZONE, Engine
from workflow.step import perform

BODY, OFFICE = "TP", "PNV"
PROCESSES, PERIODS, KILLS = 4, 400, 70
OWED = 4
"""Duties of one unit in a whole year."""
ITEMS = 109
"""What the plan brings in a whole year beside the units' duties."""
PATIENCE = 120.0
"""Seconds the processes may take for what is due on one day."""


@dataclass(frozen=True, slots=True)
class Year:
    """A plan in effect from a day on for so many units."""

    effective: date
    wards: int

    @property
    def members(self) -> list[Member]:
        """The units as the rule takes them."""
        since = date(2000, 1, 1)
        wards = [Member(id=f"P{n:03}", kind="ward", valid_from=since) for n in range(self.wards)]
        return [Member(id=OFFICE, kind="home_affairs_office", valid_from=since), *wards]

    def expected(self, engine: Engine) -> list[Occurrence]:
        """What must have happened by the end of the year."""
        plan, calendar = shipped_plan(2024), engine.calendar
        found = brought(plan, effective=self.effective, units=self.members, calendar=calendar)
        return [one for one in found if one.nominal <= date(2024, 12, 31)]


def year_of(run: Run) -> Year:
    """The whole year at full count; a small run begins with the last quarter."""
    if run.scale >= 0.5:
        return Year(date(2024, 1, 1), (run.times(PERIODS) - ITEMS) // OWED)
    return Year(date(2024, 9, 30), max(2, run.times(PERIODS) - 24))


def harness(run: Run, trials: Trials) -> None:
    """On both databases, four processes that are killed again and again."""
    for kind in run.ground.kinds:
        with run.ground.fresh(kind) as database:
            year = year_of(run)
            engine = _engine(database, run)
            _founded(engine, year)
            kills = _lived(run, engine, year)
            _judged(engine, year, trials, kind)
            trials.notes.append(f"{kind}: {PROCESSES} processes, {kills} kills")


def _engine(database: Database, run: Run) -> Engine:
    return Engine(database, BlobStore(run.ground.folder / "blobs")).open()


def _founded(engine: Engine, year: Year) -> None:
    engine.set_clock(_morning(year.effective))
    with engine.database.transaction() as conn:
        for place, one in enumerate(
            [Member(id=BODY, kind="city", valid_from=date(2000, 1, 1)), *year.members]
        ):
            units.insert_unit(
                conn,
                Unit(one.id, one.kind, BODY, one.id, one.id, one.id, one.id, one.valid_from, None, place),
            )
    officer, head = (
        Actor(role, (Grant(role, OFFICE, BODY),), role, role)
        for role in ("home_affairs_officer", "home_affairs_head")
    )
    args = {"unit": OFFICE, "year": 2024, "title": "Kế hoạch 2024", "plan": plan_document(shipped_plan(2024))}
    drawn = perform(engine, checked("draw_up", key="plan", args=args), officer)
    sent = {"ref": drawn.ref, "version": drawn.version, "reason": "Ban hành"}
    perform(engine, checked("activate", key="go", args={"effective_from": str(year.effective)}, **sent), head)


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, ZONE)


def _lived(run: Run, engine: Engine, year: Year) -> int:
    """Move the clock from due day to due day while processes come and go; give how many were killed."""
    chance, kills, left = run.random("kills", engine.database.url), 0, run.times(KILLS)
    days = sorted({one.nominal for one in year.expected(engine)})
    engine.database.close()
    with crowd(PROCESSES, sweeping, (engine.database.url,)) as sweepers:
        for number, day in enumerate(days):
            _moved(engine, day)
            here = min(left - kills, -(-(left - kills) // (len(days) - number)))
            for _ in range(here):
                kills += _killed(sweepers, chance)
            _waited(engine, year, day)
        _moved(engine, date(2024, 12, 31))
        _waited(engine, year, date(2024, 12, 31))
    return kills


def _moved(engine: Engine, day: date) -> None:
    """Months pass at once here, which is no jump the guard should hold."""
    engine.set_clock(_morning(day))
    move_on(engine, engine.now())


def _killed(sweepers: Crowd, chance: Random) -> int:
    time.sleep(chance.random() * 0.05)
    sweepers.kill(chance.randrange(PROCESSES))
    return 1


def sweeping(url: str) -> None:
    """What one process does until it is killed."""
    engine = Engine(Database(url), BlobStore(Path(tempfile.gettempdir()))).open()
    while True:
        if not sweep(engine).fired:
            next_tick()


def _waited(engine: Engine, year: Year, day: date) -> None:
    """Until all that is due has happened, or patience ends: what is missing then is judged as missed."""
    due = sum(one.nominal <= day for one in year.expected(engine))
    row, until = METADATA.tables["occurrence"], time.monotonic() + PATIENCE
    ended = sa.select(sa.func.count()).where(row.c.nominal_on <= day, row.c.status != "due")
    while time.monotonic() < until:
        with engine.database.reading() as conn:
            if conn.execute(ended).scalar_one() >= due:
                return
        time.sleep(0.02)


def _judged(engine: Engine, year: Year, trials: Trials, kind: str) -> None:
    """Each occurrence is one entry under its nominal moment, none of them before it."""
    happened = Counter(_entries(engine))
    for one in year.expected(engine):
        unit = one.unit or OFFICE
        times = happened[one.act, one.item, unit, one.period, one.moment]
        trials.held(times == 1, f"{kind}: {one.schedule} {one.period} happened {times} times")
    early = [key for key in happened if key[-1] > _morning(date(2024, 12, 31))]
    trials.held(not early, f"{kind}: too early: {early[:3]}")


def _entries(engine: Engine) -> Iterator[tuple[str, str, str, str, datetime]]:
    history, cases = METADATA.tables["history"], METADATA.tables["cases"]
    wanted = sa.select(
        history.c.act, cases.c.category, cases.c.unit, cases.c.period, history.c.body, history.c.at
    )
    with engine.database.reading() as conn:
        for act, category, unit, period, body, at in conn.execute(
            wanted.join(cases, cases.c.id == history.c.case_id)
        ):
            nominal = datetime.fromisoformat(json.loads(body)["nominal_at"])
            assert nominal <= at + timedelta(seconds=1) or act == "escalate", "an act before its time"
            yield act, category, unit, period, nominal


PROMISE = Promise(
    "P5",
    "what the year brings happens once, over any processes and downtime",
    harness,
    {"a job store shared by all": one_store_for_all},
)
