"""What is due of very many armed timers, each fired down the one road, against its rows written set by set."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench.armed import Slice, armed_now, case_id, database_is_sqlite, filled, morning_of, timer_id
from bench.durable import databases
from bench.floor import Driver, begun, driver, names
from bench.ground import environment
from bench.measure import Line, Pairs, line, timed
from bench.small_world import World
from db.engine import Database
from workflow.clock.sweep import TOGETHER, sweep

BENCH = "sweep"
SHARE = 100
"""One timer in so many is due."""
ROUNDS = 3
IDLE = 200
"""Passes that find nothing."""
WRITTEN = {
    "history": "SELECT h.* FROM history h JOIN cases c ON c.id = h.case_id AND c.version = h.seq WHERE c.id BETWEEN {}",
    "payload": "SELECT p.* FROM payload p JOIN history h ON h.id = p.history_id"
    " JOIN cases c ON c.id = h.case_id AND c.version = h.seq WHERE c.id BETWEEN {}",
    "timer": "SELECT * FROM timer WHERE case_id BETWEEN {} AND status = 'armed'",
    "outbox": "SELECT * FROM outbox WHERE case_id BETWEEN {}",
    "command": "SELECT * FROM command WHERE case_id BETWEEN {}",
    "cases": "SELECT * FROM cases WHERE id BETWEEN {}",
}
"""What firing has written for some dossiers, by table."""


def measured(kind: str, armed: int) -> Iterator[Line]:
    """Milliseconds for all that is due, for an idle pass, megabytes held before and after."""
    due = max(1, armed // SHARE)
    with databases(kind, "swept") as (database,):
        world, day = filled(database, due=due * 2 * (ROUNDS + 1), armed=armed - due)
        env = environment(None if kind == "sqlite" else database.url)
        morning_of(world, day)
        yield from _swept(database, world, env, due=due, armed=armed)


def _swept(
    database: Database, world: World, env: Mapping[str, Any], *, due: int, armed: int
) -> Iterator[Line]:
    kind, pairs, busy, held = database.dialect, Pairs(), Pairs(), list[float]()
    with driver(database) as raw:
        for number in range(ROUNDS + 1):
            ours, least = (Slice((2 * number + n) * due, (2 * number + n + 1) * due) for n in (0, 1))
            before = _cases(raw, ours)
            took = _ours(world, raw, ours)
            changed = _changed(raw, before, _cases(raw, ours))
            floor_took = _floor(raw, ours, least, changed)
            held.append(_resident_mb())
            if number:  # in the first round connections, statements and caches get warm
                pairs.add(took[0], floor_took[0])
                busy.add(took[1], floor_took[1])
        yield pairs.line(BENCH, f"{due} due of {armed}", kind, env)
        yield busy.line(BENCH, f"{due} due, our processor time", kind, env)
        yield line(BENCH, "memory after, before", kind, held[-1], held[0], unit="MB", runs=ROUNDS, env=env)
        idle = _idle(world)
        yield line(BENCH, f"nothing due of {armed}", kind, idle, None, unit="ms", runs=IDLE, env=env)


def _ours(world: World, raw: Driver, some: Slice) -> tuple[float, float]:
    """One pass over what is due; every one of them must have fired."""
    armed_now(raw, some)
    fired: list[int] = []
    took = timed(lambda: fired.append(len(sweep(world.engine).fired)))
    assert fired == [some.last - some.first], fired
    return took


def _cases(raw: Driver, some: Slice) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = raw.execute(
        f"SELECT * FROM cases WHERE id BETWEEN {some.cases} ORDER BY id"
    ).fetchall()
    return found


def _changed(raw: Driver, before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> list[str]:
    """The columns of the case that the act of the clock changes."""
    columns = zip(names(raw, "cases"), zip(*before, strict=True), zip(*after, strict=True), strict=True)
    return [name for name, old, new in columns if old != new]


def _floor(raw: Driver, done: Slice, some: Slice, changed: list[str]) -> tuple[float, float]:
    """The same rows for as many other dossiers, from tables that hold them ready, in as many transactions."""
    armed_now(raw, some)
    took = []
    for there, here in zip(done.parts(TOGETHER), some.parts(TOGETHER), strict=True):
        for table in WRITTEN:
            _staged(raw, table, there, here)
        took.append(timed(partial(_written, raw, here, changed)))
        for table in ("history", "outbox", "command"):
            (found,) = raw.execute(f"SELECT count(*) FROM staged_{table}").fetchone()
            assert found >= here.last - here.first, f"{table}: {found} rows"
    return sum(wall for wall, _ in took), sum(processor for _, processor in took)


def _written(raw: Driver, some: Slice, changed: list[str]) -> None:
    with begun(raw):
        raw.execute(f"UPDATE timer SET status = 'fired' WHERE id BETWEEN {some.timers}")
        for table in WRITTEN:
            if table != "cases":
                raw.execute(f"INSERT INTO {table} SELECT * FROM staged_{table}")
        sets = ", ".join(f"{name} = staged_cases.{name}" for name in changed)
        raw.execute(f"UPDATE cases SET {sets} FROM staged_cases WHERE cases.id = staged_cases.id")


def _staged(raw: Driver, table: str, done: Slice, some: Slice) -> None:
    """The rows of one table as they would be of the other dossiers."""
    rows = raw.execute(WRITTEN[table].format(done.cases)).fetchall()
    columns = names(raw, table)
    raw.execute(f"DROP TABLE IF EXISTS staged_{table}")
    raw.execute(f"CREATE TEMP TABLE staged_{table} AS SELECT * FROM {table} WHERE 1 = 0")
    new = {
        **{case_id(n): case_id(n + some.first - done.first) for n in range(done.first, done.last)},
        **{
            f"timer:{timer_id(n)}": f"timer:{timer_id(n + some.first - done.first)}"
            for n in range(done.first, done.last)
        },
    }
    renamed = [
        tuple(_renamed(table, column, value, new) for column, value in zip(columns, row, strict=True))
        for row in rows
    ]
    mark = "?" if database_is_sqlite(raw) else "%s"
    with begun(raw):
        raw.cursor().executemany(
            f"INSERT INTO staged_{table} VALUES ({', '.join([mark] * len(columns))})", renamed
        )


def _renamed(table: str, column: str, value: Any, new: dict[str, str]) -> Any:
    if value in new:
        return new[value]
    if column == "dedupe":
        id_, _, rest = value.partition(":")
        return f"{new[id_]}:{rest}"
    own = (column == "id" and table != "cases") or column == "history_id"
    return f"f{value}" if own else value


def _idle(world: World) -> float:
    """The median milliseconds of a pass that finds nothing."""
    return median(timed(lambda: sweep(world.engine))[0] for _ in range(IDLE))


def _resident_mb() -> float:
    """What this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6
