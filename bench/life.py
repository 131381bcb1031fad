"""A dossier's life: created, then six acts, each durable, against the same rows by raw SQL."""

import cProfile
import pstats
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench import floor
from bench.durable import databases
from bench.floor import Driver, Rows, driver
from bench.ground import environment
from bench.measure import Line, Pairs, lasted
from bench.small_world import World, a_world, doer, fitting, new_dossier
from states.decide import Actor
from workflow.command import checked
from workflow.step import perform

LIFE = ("create", "amend", "submit", "judge", "forward", "submit_upward", "record_answer")
"""The simplified way to the province: seven commits from the first draft to the award."""
ROOMS = ("states", "db", "workflow", "notifications", "sqlalchemy", "sqlite3", "psycopg", "pydantic", "json")


def measured(kind: str, lives: int) -> Iterator[Line]:
    """The median life, in milliseconds."""
    with databases(kind, "ours", "floor") as (ours, least), tempfile.TemporaryDirectory() as folder:
        world = a_world(ours, Path(folder))
        a_world(least, Path(folder))
        env = environment(None if kind == "sqlite" else ours.url)
        with driver(ours) as seen, driver(least) as raw:
            _life(world, seen, raw)  # connections, statements and caches get warm
            pairs = Pairs()
            for _ in range(lives):
                one = _life(world, seen, raw)
                pairs.ours.append(sum(one.ours))
                pairs.floor.append(sum(one.floor))
            assert _all(seen) == _all(raw), "the floor must have written the same rows"
    yield pairs.line("life", "create + 6 acts", kind, env)


def _life(world: World, seen: Driver, raw: Driver) -> Pairs:
    """One life, act by act: ours, then the rows it left by raw SQL."""
    pairs, ref, before = Pairs(), "", floor.rows_of(seen, "")
    for place, act in enumerate(LIFE):
        who, command = _next(world, act, ref)
        begun: list[str] = []
        pairs.ours.append(lasted(lambda: begun.append(_done(world, who, act, command))))  # noqa: B023 - called at once
        ref = begun[0]
        after = floor.rows_of(seen, world.record(ref).id)
        writes = floor.writes_between(seen, before, after)
        pairs.floor.append(lasted(lambda: floor.written(raw, writes)))  # noqa: B023 - called at once
        before = after
        assert world.record(ref).version == place + 1
    return pairs


def _next(world: World, act: str, ref: str) -> tuple[Actor, Mapping[str, Any]]:
    """Who does an act, with what they send."""
    if not ref:
        sent = new_dossier("PH", "BK_TINH", kind="DOT_XUAT")
        return world.people["an"], {"key": f"b{next(world.keys)}", **sent}
    case = world.case(ref)
    known = {"key": f"b{next(world.keys)}", "ref": ref, "version": case.version}
    return world.people[doer(act, case)], {**known, **fitting(act, case)}


def _done(world: World, who: Actor, act: str, command: Mapping[str, Any]) -> str:
    return perform(world.engine, checked(act, **command), who).ref


def _all(raw: Driver) -> dict[str, list[Any]]:
    return {table: sorted(raw.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in floor.OF_CASE}
