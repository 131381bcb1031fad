"""How long dossiers stay at each station, where they wait longest."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from states.deadlines import remaining
from states.decide import Actor
from states.stays import Spread, Stay, spread, stays
from workflow.auditing import audited, body_of, histories
from workflow.engine import ZONE, Engine
from workflow.register_asof import Standing, standing

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
    """Durations in working days, the time on hold among them; both days are included."""
    now = engine.now()
    done: list[tuple[Stay, int]] = []
    waiting: list[Waiting] = []
    for history in histories(engine, audited(actor), until=now):
        for stay in stays(body_of(entry) for entry in history):
            if stay.until and since <= day_of(stay.until) <= until:
                done.append((stay, _lasted(engine, stay, day_of(stay.until))))
            elif not stay.until:
                waited = _lasted(engine, stay, now.astimezone(ZONE).date())
                waiting.append(Waiting(standing(engine, history, now), waited))
    by_station = _paces(
        ((stay.station, days) for stay, days in done), ((one.standing.case.station, one) for one in waiting)
    )
    by_office = _paces(((stay.unit, days) for stay, days in done), ((_unit(one), one) for one in waiting))
    longest = sorted(waiting, key=lambda one: (-one.waited, one.standing.id))[:LONGEST]
    return Times(tuple(by_station), tuple(by_office), tuple(longest))


def day_of(instant: str) -> date:
    """The day in Vietnam of an instant as the history spells it."""
    return datetime.fromisoformat(instant).astimezone(ZONE).date()


def _lasted(engine: Engine, stay: Stay, end: date) -> int:
    return remaining(day_of(stay.since), end, engine.calendar)


def _unit(one: Waiting) -> str:
    return one.standing.case.holder.unit if one.standing.case.holder else ""


def _paces(done: Iterable[tuple[str, int]], waiting: Iterable[tuple[str, Waiting]]) -> Iterator[Pace]:
    """The slowest first: those that hold most overdue, then those whose stays took longest."""
    durations: dict[str, list[int]] = defaultdict(list)
    now: dict[str, list[Waiting]] = defaultdict(list)
    for name, days in done:
        durations[name].append(days)
    for name, one in waiting:
        now[name].append(one)
    paces = (
        Pace(
            name,
            spread(durations.get(name, ())),
            len(now.get(name, ())),
            sum(one.standing.overdue for one in now.get(name, ())),
            max((one.waited for one in now.get(name, ())), default=0),
        )
        for name in {**durations, **now}
    )
    yield from sorted(paces, key=lambda p: (-p.overdue, -(p.finished.p90 if p.finished else 0), p.name))
