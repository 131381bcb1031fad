"""The clock is watched: an implausible jump holds everything back until a person has looked."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from db import settings as setting_table
from db.engine import Connection
from states.calendar.clock_guard import Verdict, believed
from workflow.engine import Engine

MARK_SETTING = "clock_mark"
HELD_SETTING = "clock_held"
MARKED_EVERY = timedelta(minutes=1)
"""How often the latest believed moment is written down: rarer than the guard's slack, so that it never shows."""


@dataclass(frozen=True, slots=True)
class Halt:
    """Why nothing is fired: the clock ``stands`` (it went back) or is ``held`` (it jumped); business times."""

    verdict: Verdict
    mark: datetime
    now: datetime


def watch(engine: Engine, now: datetime, elapsed: timedelta | None) -> Halt | None:
    """Judge the clock, writing down what came of it; ``None`` where it may be believed."""
    with engine.database.reading() as conn:
        mark, held = _moment(conn, MARK_SETTING), _moment(conn, HELD_SETTING)
    # Held until released, or until the clock is back before the moment it jumped to.
    verdict = "held" if held and now >= held else believed(mark, now, elapsed)
    if verdict == "runs":
        if held or mark is None or now - mark >= MARKED_EVERY:
            mark_as(engine, now)
        return None
    if verdict == "held" and not held:
        with engine.database.transaction() as conn:
            setting_table.put(conn, HELD_SETTING, now.isoformat())
    assert mark is not None  # without one the clock is believed
    return Halt(verdict, mark, now)


def mark_as(engine: Engine, now: datetime) -> None:
    """Believe this moment from here on: what an operator releases."""
    with engine.database.transaction() as conn:
        setting_table.put(conn, MARK_SETTING, now.isoformat())
        setting_table.put(conn, HELD_SETTING, "")


def move_on(engine: Engine, now: datetime) -> None:
    """Believe a moment the demo's clock was moved to; one that lies back is not, and the clock stands."""
    with engine.database.reading() as conn:
        mark = _moment(conn, MARK_SETTING)
    if mark is None or now > mark:
        mark_as(engine, now)


def held_since(conn: Connection) -> datetime | None:
    """The moment the clock jumped to, while it is held."""
    return _moment(conn, HELD_SETTING)


def _moment(conn: Connection, key: str) -> datetime | None:
    found = setting_table.get(conn, key)
    return datetime.fromisoformat(found) if found else None
