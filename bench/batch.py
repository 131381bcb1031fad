"""Many dossiers approved at one go, each by itself and durable, against the same rows by raw SQL."""

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from bench import floor
from bench.cities import BODY
from bench.durable import databases
from bench.floor import Driver, Row, Write, driver
from bench.ground import environment
from bench.measure import Line, Pairs, timed
from bench.small_world import World, a_world, doer, fitting, new_dossier
from db import grants
from workflow.batches.orders import Wanted, order
from workflow.batches.runner import carry_out

BENCH = "batch"
TURNS = 5
"""Into how many batches the dossiers are divided, so that ours and the floor take turns."""
WARM = 2
"""Dossiers of a batch before the first that counts: connections, statements, caches."""
ROAD = ("create", "amend", "submit", "judge", "forward")
"""The simplified way to the chairman's desk."""
ORDERED = ("batch", "batch_item")
"""The tables that keep what was ordered at one go."""


def measured(kind: str, dossiers: int) -> Iterator[Line]:
    """Milliseconds a dossier takes in its batch: ordered, signed, its result written down."""
    with databases(kind, "ours", "floor") as (ours, least), tempfile.TemporaryDirectory() as folder:
        world = a_world(ours, Path(folder))
        a_world(least, Path(folder))
        _granted(world)
        env = environment(None if kind == "sqlite" else ours.url)
        sizes = [WARM, *(len(part) for part in _parts(dossiers))]
        ready = iter([_ready(world) for _ in range(sum(sizes))])
        elapsed, processor = Pairs(), Pairs()
        with driver(ours) as seen, driver(least) as raw:
            _copied(seen, raw)
            for place, size in enumerate(sizes):
                spent, busy = _signed(world, seen, raw, list(itertools.islice(ready, size)), place)
                if place:
                    elapsed.add(spent[0] / size, spent[1] / size)
                    processor.add(busy[0] / size, busy[1] / size)
            assert _all(seen) == _all(raw), "the floor must have written the same rows"
        yield elapsed.line(BENCH, f"a dossier of {dossiers} approved", kind, env)
        yield processor.line(BENCH, "a dossier, our processor time", kind, env)


def _parts(dossiers: int) -> list[range]:
    turns = min(TURNS, dossiers)
    cuts = [dossiers * turn // turns for turn in range(turns + 1)]
    return [range(*pair) for pair in itertools.pairwise(cuts)]


def _granted(world: World) -> None:
    """The chairman's role, which is asked for anew for every dossier."""
    with world.engine.database.transaction() as conn:
        grants.insert(
            conn, grant_id="tuan", account_id="tuan", role="chairman", unit=BODY, valid_from=date(2000, 1, 1)
        )


def _ready(world: World) -> str:
    """A dossier on the chairman's desk, with all its papers."""
    ref = world.do("an", "create", **new_dossier("PH", "GK_HUYEN", kind="DOT_XUAT")).ref
    for act in ROAD[1:]:
        case = world.case(ref)
        world.do(doer(act, case), act, ref, version=case.version, **fitting(act, case))
    return ref


def _signed(
    world: World, seen: Driver, raw: Driver, refs: Sequence[str], place: int
) -> tuple[tuple[float, float], tuple[float, float]]:
    """One batch, ours then the floor's: elapsed and processor time of both."""
    before = {ref: floor.rows_of(seen, world.record(ref).id) for ref in refs}
    wanted = [
        Wanted(ref, case.version, {"nominations": list(case.standing())}, confirmed=True)
        for ref in refs
        for case in [world.case(ref)]
    ]
    begun: list[str] = []

    def ours() -> None:
        begun.append(order(world.engine, world.people["tuan"], "award", wanted, key=f"bench-{place}"))
        carry_out(world.engine, begun[0])

    our_time = timed(ours)
    first, per_case, last = _writes(world, seen, begun[0], refs, before)

    def least() -> None:
        floor.written(raw, first)
        for writes in per_case:
            floor.written(raw, writes)
        floor.written(raw, last)

    least_time = timed(least)
    return (our_time[0], least_time[0]), (our_time[1], least_time[1])


def _writes(
    world: World, seen: Driver, batch: str, refs: Sequence[str], before: dict[str, floor.Rows]
) -> tuple[list[Write], list[list[Write]], list[Write]]:
    """The order as it was kept; for each dossier what its signature wrote with its result; the end."""
    mark = "?" if world.engine.database.dialect == "sqlite" else "%s"
    (order_row,) = _rows(seen, "batch", f"id = {mark}", batch)
    items = _rows(seen, "batch_item", f"batch_id = {mark}", batch)
    columns = floor.names(seen, "batch_item")
    state, answer = columns.index("state"), columns.index("answer")
    finished = floor.names(seen, "batch").index("finished_at")
    first = [_insert("batch", (*order_row[:finished], None, *order_row[finished + 1 :]), mark)]
    cases: list[list[Write]] = []
    for ref, item in zip(refs, items, strict=True):
        waits = [*item]
        waits[state], waits[answer] = "waiting", None
        first.append(_insert("batch_item", tuple(waits), mark))
        after = floor.rows_of(seen, world.record(ref).id)
        # The series is one row for all of them, moved on by each.
        before[ref]["number_series"] = after["number_series"] = {}
        writes = [*floor.writes_between(seen, before[ref], after), _numbered(world, ref, mark)]
        sets = f"UPDATE batch_item SET state = {mark}, answer = {mark} WHERE batch_id = {mark} AND place = {mark}"
        cases.append([*writes, (sets, (item[state], item[answer], batch, item[1]))])
    return (
        first,
        cases,
        [(f"UPDATE batch SET finished_at = {mark} WHERE id = {mark}", (order_row[finished], batch))],
    )


def _numbered(world: World, ref: str, mark: str) -> Write:
    decision = world.case(ref).decision
    assert decision is not None  # it was signed
    moved = "ON CONFLICT (kind, body, year) DO UPDATE SET last = excluded.last"
    statement = f"INSERT INTO number_series VALUES ({mark}, {mark}, {mark}, {mark}) {moved}"
    return statement, ("decision", BODY, decision.date.year, decision.number)


def _insert(table: str, row: Row, mark: str) -> Write:
    return f'INSERT INTO "{table}" VALUES ({", ".join([mark] * len(row))})', row


def _rows(raw: Driver, table: str, which: str, *values: str) -> list[Row]:
    order_by = "place" if table == "batch_item" else "id"
    found = raw.execute(f'SELECT * FROM "{table}" WHERE {which} ORDER BY {order_by}', values)
    return [tuple(row) for row in found.fetchall()]


def _copied(seen: Driver, raw: Driver) -> None:
    """All that was stored of the dossiers so far, so that both sides begin alike."""
    for table in floor.OF_CASE:
        rows = [tuple(row) for row in seen.execute(f'SELECT * FROM "{table}"').fetchall()]
        if rows:
            with floor.begun(raw):
                floor.inserted(raw, table, rows)


def _all(raw: Driver) -> dict[str, list[Row]]:
    tables = (*floor.OF_CASE, *ORDERED)
    return {
        table: sorted((tuple(row) for row in raw.execute(f'SELECT * FROM "{table}"').fetchall()), key=repr)
        for table in tables
    }
