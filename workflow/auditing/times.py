"""How long dossiers stay at each station, where they wait longest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from db import as_of
from db.scope import Scope
from states.decide import Actor
from states.stays import Spread, Stay, spread, stays
from workflow.auditing.reach import MOMENT, audited
from workflow.engine import ZONE, Engine
from workflow.register.asof import Held, Standing, bodies, open_now, standings, working_days

LONGEST = 10
"""How many of those that wait longest are named."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open case with the working days it has been at its station."""

    standing: Standing
    waited: int


@dataclass(frozen=True, slots=True)
class Pace:
    """One station or one office: its finished stays in working days, what waits there now."""

    name: str
    finished: Spread | None
    now: int
    overdue: int
    longest_now: int


@dataclass(frozen=True, slots=True)
class Times:
    """Stays that ended within the days asked, beside what waits now."""

    stations: tuple[Pace, ...]
    offices: tuple[Pace, ...]
    longest: tuple[Waiting, ...]


def times(engine: Engine, actor: Actor, since: date, until: date) -> Times:
    """Durations in working days of what somebody is to do, the time on hold among them; both days are included."""
    scope, now = audited(actor), engine.now()
    done = [
        (stay, _lasted(engine, day_of(stay.since), day_of(stay.until)))
        for stay in _ended(engine, scope, since, until)
    ]
    today = now.astimezone(ZONE).date()
    waiting = [
        (one, _lasted(engine, one.since.astimezone(ZONE).date(), today))
        for one in open_now(engine, scope)
        if one.awaited
    ]
    by_station = _paces(
        ((stay.station, days) for stay, days in done), ((one.station, one, days) for one, days in waiting)
    )
    by_office = _paces(
        ((stay.unit, days) for stay, days in done), ((one.unit, one, days) for one, days in waiting)
    )
    longest = sorted(waiting, key=lambda pair: (-pair[1], pair[0].id))[:LONGEST]
    shown = standings(engine, [one.id for one, _ in longest], now)
    named = tuple(Waiting(shown[one.id], days) for one, days in longest)
    return Times(tuple(by_station), tuple(by_office), named)


def day_of(instant: str) -> date:
    """The day in Vietnam of an instant as the history spells it."""
    return _day_of_hour(instant[: len("2024-05-13T01")])


@lru_cache(maxsize=4096)
def _day_of_hour(hour: str) -> date:
    # Vietnam is whole hours ahead of UTC, so an hour never lies in two days.
    return datetime.fromisoformat(f"{hour}:00+00:00").astimezone(ZONE).date()


def _ended(engine: Engine, scope: Scope, since: date, until: date) -> Iterator[Stay]:
    """The stays that ended within the days; only the cases something happened to then are read."""
    begin, end = (datetime.combine(day, time(), ZONE) for day in (since, until + timedelta(days=1)))
    with engine.database.reading() as conn:
        ids = as_of.touched_between(conn, scope, begin, end)
    for _, own in bodies(engine, ids, min(end - MOMENT, engine.now())):
        for stay in stays(own):
            if stay.until and since <= day_of(stay.until) <= until:
                yield stay


def _lasted(engine: Engine, since: date, until: date) -> int:
    return working_days(since, until, engine.calendar)


def _paces(done: Iterable[tuple[str, int]], waiting: Iterable[tuple[str, Held, int]]) -> Iterator[Pace]:
    """The slowest first: those that hold most overdue, then those whose stays took longest."""
    durations: dict[str, list[int]] = defaultdict(list)
    now: dict[str, list[tuple[Held, int]]] = defaultdict(list)
    for name, days in done:
        durations[name].append(days)
    for name, one, days in waiting:
        now[name].append((one, days))
    paces = (
        Pace(
            name,
            spread(durations.get(name, ())),
            len(now.get(name, ())),
            sum(one.overdue for one, _ in now.get(name, ())),
            max((days for _, days in now.get(name, ())), default=0),
        )
        for name in {**durations, **now}
    )
    yield from sorted(paces, key=lambda p: (-p.overdue, -(p.finished.p90 if p.finished else 0), p.name))
