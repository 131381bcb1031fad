"""The whole register as it stood on a day: who held what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

import orjson
from sqlalchemy.engine import Connection

from db import as_of
from db.as_of import OpenCase
from db.scope import Scope
from states.calendar.working_days import Calendar
from states.case import Case, place_of
from states.deadlines import remaining
from states.decide import Actor
from states.document import Document, absorb
from states.roles import PSEUDO_ROLES
from workflow.auditing.reach import PIECE, audited
from workflow.engine import ZONE, Engine

KEPT = frozenset(
    {
        "unit", "body", "category", "procedure", "period", "station", "station_seq", "version", "definition",
        "entered_at", "at", "holder", "due", "remind", "on_hold", "ref",
    }
)  # fmt: skip
"""The facts a register shows; folding the others would only cost time."""


@dataclass(frozen=True, slots=True)
class Held:
    """One open case as it is counted; ``left`` counts working days from the day asked to its limit."""

    id: str
    station: str
    unit: str
    role: str
    since: datetime
    due: date | None
    paused: bool
    left: int | None

    @property
    def awaited(self) -> bool:
        """Whether somebody was to act; an item whose quarter has not come is nobody's yet."""
        return self.role not in PSEUDO_ROLES

    @property
    def overdue(self) -> bool:
        """Whether its limit had passed."""
        return self.left is not None and self.left < 0

    @property
    def urgency(self) -> tuple[date, str]:
        """Its place among what waits: the nearest limit first."""
        return self.due or date.max, self.id


@dataclass(frozen=True, slots=True)
class Standing:
    """One case as it is shown; ``case`` knows its place only."""

    id: str
    title: str
    case: Case
    left: int | None


@dataclass(frozen=True, slots=True)
class Office:
    """How much one unit held, how much of it was overdue or paused."""

    unit: str
    held: int
    overdue: int
    paused: int


@dataclass(frozen=True, slots=True)
class Register:
    """Every open case at a moment by urgency, the offices that held them.

    ``stations`` counts the open ones by station, ``ended`` the others by how they had ended.
    """

    moment: datetime
    held: tuple[Held, ...]
    offices: tuple[Office, ...]
    stations: Mapping[str, int]
    ended: Mapping[str, int]


def register_as_of(engine: Engine, actor: Actor, moment: datetime) -> Register:
    """The register at a moment (included), as far as its auditor sees it."""
    # What is done from now on belongs to no moment that can be asked for yet.
    known, scope = min(moment, engine.now()), audited(actor)
    with engine.database.reading() as conn:
        total = stations_as_of(conn, scope, known)
        rows = as_of.open_cases(conn, scope, known)
    held = sorted(_held(engine, rows, known, _day(moment)), key=lambda one: one.urgency)
    stations = Counter(one.station for one in held)
    ended = Counter(total) - stations
    return Register(
        moment,
        tuple(held),
        tuple(_offices(held)),
        dict(sorted(stations.items())),
        dict(sorted(ended.items())),
    )


def stations_as_of(conn: Connection, scope: Scope, moment: datetime) -> dict[str, int]:
    """How many cases stood at each station at a moment (included), those that had ended among them.

    One count over an index, with the last entry until then of each case that has moved on since.
    """
    counts = Counter(as_of.counted_unmoved(conn, scope, moment))
    for body in as_of.moved_since(conn, scope, moment):
        with suppress(orjson.JSONDecodeError, KeyError, TypeError):
            counts[orjson.loads(body)["to"]] += 1
    return dict(sorted(counts.items()))


def standings(engine: Engine, ids: Sequence[str], moment: datetime) -> dict[str, Standing]:
    """Some cases as they stood, folded from their histories, by id."""
    with engine.database.reading() as conn:
        titles = as_of.titles_of(conn, ids)
    known, day = min(moment, engine.now()), _day(moment)
    return {
        id_: Standing(id_, titles[id_], case, _left(engine, day, case.due if case.holder else None))
        for id_, facts in _folded(engine, ids, known)
        for case in [place_of(_blank() | facts)]
    }


def open_now(engine: Engine, scope: Scope) -> Iterator[Held]:
    """Every open case as it stands."""
    now = engine.now()
    with engine.database.reading() as conn:
        rows = as_of.open_cases(conn, scope, now)
    return _held(engine, rows, now, _day(now))


def bodies(engine: Engine, ids: Sequence[str], moment: datetime) -> Iterator[tuple[str, list[Document]]]:
    """What the entries of some cases say up to an instant (included), case by case.

    Those somebody made unreadable say nothing; no connection is held in between.
    """
    for start in range(0, len(ids), PIECE):
        with engine.database.reading() as conn:
            rows = as_of.bodies_of(conn, ids[start : start + PIECE], moment)
        for case_id, own in groupby(rows, key=itemgetter(0)):
            yield case_id, [_read(body) for _, body in own]


def _read(body: bytes) -> Document:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    known = isinstance(document, dict) and isinstance(document.get("effects"), dict)
    return document if known else {}


def _folded(engine: Engine, ids: Sequence[str], moment: datetime) -> Iterator[tuple[str, Document]]:
    """The facts a register shows, case by case."""
    for case_id, own in bodies(engine, ids, moment):
        facts: Document = {}
        for body in own:
            effects = body.get("effects", {})
            absorb(facts, {name: effects[name] for name in KEPT & effects.keys()})
        yield case_id, facts


def _held(engine: Engine, rows: Sequence[OpenCase], moment: datetime, day: date) -> Iterator[Held]:
    """The rows as they are where nothing came since, folded where something did."""
    for row in rows:
        if row.unit is not None and row.role is not None and not row.changed:
            left = _left(engine, day, row.due)
            yield Held(row.id, row.station, row.unit, row.role, row.since, row.due, row.paused, left)
    for id_, facts in _folded(engine, [row.id for row in rows if row.changed], moment):
        if holder := facts.get("holder"):
            due, since = facts.get("due"), datetime.fromisoformat(facts["entered_at"])
            limit, paused = date.fromisoformat(due) if due else None, "on_hold" in facts
            place = (facts["station"], holder["unit"], holder["role"])
            yield Held(id_, *place, since, limit, paused, _left(engine, day, limit))


@lru_cache(maxsize=4096)
def working_days(since: date, until: date, calendar: Calendar) -> int:
    """``remaining``, asked for few pairs of days over and over."""
    return remaining(since, until, calendar)


def _left(engine: Engine, day: date, due: date | None) -> int | None:
    return None if due is None else working_days(day, due, engine.calendar)


def _day(moment: datetime) -> date:
    return moment.astimezone(ZONE).date()


def _blank() -> Document:
    return dict.fromkeys(("unit", "body", "category", "procedure", "period"), "")


def _offices(held: Iterable[Held]) -> Iterator[Office]:
    by_unit: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        by_unit[one.unit].append(one)
    counted = (
        Office(unit, len(of), sum(one.overdue for one in of), sum(one.paused for one in of))
        for unit, of in by_unit.items()
    )
    yield from sorted(counted, key=lambda office: (-office.overdue, -office.held, office.unit))
