"""What people look at, over many dossiers, against the same questions in raw SQL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import sqlalchemy as sa

from bench.durable import databases
from bench.floor import Driver, driver
from bench.ground import environment
from bench.measure import Line, alternating
from bench.million import OF_A_CITY, OFFICERS, filled
from db import case_lists, cases, history
from db.case_record import CASE
from db.engine import Connection
from db.scope import Scope, visible
from states.decide import Actor, Grant
from states.roles import Role
from workflow.engine import Engine
from workflow.inbox import Desk, counts, desk_of

BENCH = "queries"
PAGE = 50
FAR = 200
"""The page far down an inbox, or the last one there is."""
A_DAY = datetime(2024, 5, 20, tzinfo=UTC)
Ask = Callable[[int], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One question in both ways; both are told the number of the run and must give the same answer."""

    case: str
    ours: Ask
    floor: Ask
    runs: int


@dataclass(frozen=True, slots=True)
class Ground:
    """The filled database from both sides."""

    engine: Engine
    raw: Driver
    dossiers: int

    @property
    def cities(self) -> int:
        """How many cities share the dossiers."""
        return -(-self.dossiers // OF_A_CITY)

    def desk(self, run: int) -> Desk:
        """An appraising officer's desk, another one in every run."""
        city = run % self.cities
        grants = (Grant("home_affairs_officer", f"NV{city}", f"TP{city}"),)
        return desk_of(self.engine, Actor(f"kien{city}-{run % OFFICERS}", grants))

    def reading(self, ask: Callable[[Connection], Any]) -> Any:
        """An answer of ours."""
        with self.engine.database.reading() as conn:
            return ask(conn)

    def asked(self, sql: str, *values: object) -> list[Any]:
        """An answer in raw SQL, written with ``?`` and ``IS FALSE`` whatever the database."""
        # On SQLite the wording of the partial index, so that it is used.
        ours, theirs = ("IS FALSE", "IS 0") if self.engine.database.dialect == "sqlite" else ("?", "%s")
        return list(self.raw.execute(sql.replace(ours, theirs), values).fetchall())


def measured(kind: str, dossiers: int) -> Iterator[Line]:
    """Every question's median with the time that 95 of 100 stay below."""
    with databases(kind, "million") as (database,):
        world = filled(database, dossiers)
        env = environment(None if kind == "sqlite" else database.url) | {"dossiers": dossiers}
        with driver(database) as raw:
            for question in questions(Ground(world.engine, raw, dossiers)):
                # All are asked once before: else whoever comes first would wait for the disk on the other's behalf.
                for run in range(question.runs + 1):
                    assert question.ours(run) == question.floor(run), f"{question.case}: two answers"
                pairs = alternating(question.ours, question.floor, question.runs)
                yield pairs.line(BENCH, question.case, kind, env)
                yield pairs.p95_line(BENCH, question.case, kind, env)


def questions(ground: Ground) -> Iterator[Question]:
    """All there are."""
    page, ends = _far_down(ground)
    yield Question("inbox, page 1", *_inbox(ground, {}), runs=100)
    yield Question(f"inbox, page {page}", *_inbox(ground, ends), runs=100)
    yield Question("badges of five queues", *_badges(ground), runs=60)
    yield Question("one history", *_history(ground), runs=200)
    yield Question("awarded as of a day, counted", *_as_of(ground), runs=7)


def _far_down(ground: Ground) -> tuple[int, dict[int, tuple[date, str]]]:
    """The number of a page far down, with where the page before it ends in each city."""
    ends: dict[int, tuple[date, str]] = {}
    pages = []
    for city in range(ground.cities):
        desk = ground.desk(city)
        waiting = ground.reading(partial(_waiting, desk))
        pages.append(min(FAR, len(waiting) // PAGE))
        last = waiting[(pages[-1] - 1) * PAGE - 1]
        ends[city] = (last.due_on, last.id)
    return pages[0], ends


def _waiting(desk: Desk, conn: Connection) -> list[cases.CaseLine]:
    return case_lists.queue(conn, desk.scope, desk.holders, limit=FAR * PAGE)


def _inbox(ground: Ground, ends: dict[int, tuple[date, str]]) -> tuple[Ask, Ask]:
    columns = ", ".join(cases.CaseLine._fields)
    # A page far down of those with a due date; no page reaches those without one.
    further = "AND due_on >= ? AND (due_on > ? OR id > ?)" if ends else ""
    sql = (
        f"SELECT {columns} FROM cases WHERE final IS FALSE AND holder_unit = ? AND holder_role = ? "
        f"AND body = ? AND seen_by & ? <> 0 {further} ORDER BY due_on NULLS LAST, id LIMIT {PAGE + 1}"
    )

    def ours(run: int) -> list[str]:
        desk, after = ground.desk(run), ends.get(run % ground.cities)
        found = ground.reading(
            lambda c: case_lists.queue(c, desk.scope, desk.holders, after=after, limit=PAGE + 1)
        )
        return [record.id for record in found]

    def floor(run: int) -> list[str]:
        desk, after = ground.desk(run), ends.get(run % ground.cities)
        ((body, mask),) = desk.scope.bodies.items()
        place = (after[0].isoformat(), after[0].isoformat(), after[1]) if after else ()
        return [row[0] for row in ground.asked(sql, *desk.holders[0], body, mask, *place)]

    return ours, floor


def _badges(ground: Ground) -> tuple[Ask, Ask]:
    waiting = (
        "SELECT count(*), count(*) FILTER (WHERE due_on >= ? AND due_on < ?), "
        "count(*) FILTER (WHERE due_on < ?) FROM cases "
        "WHERE final IS FALSE AND holder_unit = ? AND holder_role = ? AND body = ? AND seen_by & ? <> 0"
    )
    completing = (
        "SELECT count(*) FROM cases WHERE station = 'awaiting_completion' AND body = ? "
        "AND seen_by & ? <> 0 AND facts LIKE ?"
    )
    done = (
        "SELECT count(*) FROM (SELECT DISTINCT case_id FROM history WHERE actor = ?) AS acts "
        "JOIN cases ON cases.id = case_id WHERE body = ? AND seen_by & ? <> 0 "
        "AND NOT coalesce(final IS FALSE AND holder_unit = ? AND holder_role = ?, FALSE)"
    )

    def ours(run: int) -> list[int]:
        found = ground.reading(lambda c: counts(c, ground.desk(run)))
        return [found[queue] for queue in ("todo", "soon", "overdue", "completion", "done")]

    def floor(run: int) -> list[int]:
        desk = ground.desk(run)
        ((body, mask),), (holder,) = desk.scope.bodies.items(), desk.holders
        days = (desk.today.isoformat(), desk.soon.isoformat(), desk.today.isoformat())
        asked = '%"completion":{"asked_by":"home_affairs"%'
        return [
            *ground.asked(waiting, *days, *holder, body, mask)[0],
            *ground.asked(completing, body, mask, asked)[0],
            *ground.asked(done, desk.person, body, mask, *holder)[0],
        ]

    return ours, floor


def _history(ground: Ground) -> tuple[Ask, Ask]:
    columns = ", ".join(f"history.{name}" for name in history.Entry._fields)
    sql = (
        f"SELECT {columns}, payload.body, payload.salt FROM history "
        "LEFT JOIN payload ON payload.history_id = history.id WHERE case_id = ? ORDER BY seq"
    )

    def case_id(run: int) -> str:
        return f"c{run * 7919 % ground.dossiers:019x}"

    def ours(run: int) -> list[str]:
        return [entry.hash for entry, _, _ in ground.reading(lambda c: history.of_case(c, case_id(run)))]

    def floor(run: int) -> list[str]:
        return [row[6] for row in ground.asked(sql, case_id(run))]

    return ours, floor


def _as_of(ground: Ground) -> tuple[Ask, Ask]:
    """Awarded is for good, so the register of a day is what had come there by then."""
    scope = Scope(bodies={f"TP{city}": Role.registrar.bit for city in range(ground.cities)})
    counted = sa.select(sa.func.count()).where(
        CASE.c.station == "awarded", CASE.c.entered_at <= A_DAY, visible(scope)
    )
    marks = " OR ".join(["body = ? AND seen_by & ? <> 0"] * ground.cities)
    sql = f"SELECT count(*) FROM cases WHERE station = 'awarded' AND entered_at <= ? AND ({marks})"
    sqlite = ground.engine.database.dialect == "sqlite"
    day = f"{A_DAY:%Y-%m-%d %H:%M:%S.%f}" if sqlite else A_DAY
    seen = [value for pair in scope.bodies.items() for value in pair]

    def ours(_: int) -> int:
        return int(ground.reading(lambda c: c.execute(counted).scalar_one()))

    def floor(_: int) -> int:
        return int(ground.asked(sql, day, *seen)[0][0])

    return ours, floor
