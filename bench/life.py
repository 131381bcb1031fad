"""A dossier's life: created, then six acts, each durable, against the same rows by raw SQL."""

import cProfile
import pstats
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench import floor
from bench.durable import databases
from bench.floor import Driver, driver
from bench.ground import environment
from bench.measure import Line, Pairs, line, timed
from bench.small_world import World, a_world, doer, fitting, new_dossier
from states.decide import Actor
from workflow.command import checked
from workflow.step import perform

LIFE = ("create", "amend", "submit", "judge", "forward", "submit_upward", "record_answer")
"""The simplified way to the province: seven commits from the first draft to the award."""
PARTS = {
    "waiting for the disk": ("'commit'",),
    "the driver": ("sqlite3", "psycopg", "select.epoll"),
    "SQLAlchemy": ("sqlalchemy",),
    "canonical JSON, hashes": ("states/document.py", "states/history.py", "/json/", "_hashlib", "normalize"),
    "checking forms": ("pydantic",),
    "our rules and acts": ("/states/", "/workflow/", "/notifications/", "transitions"),
    "our tables": ("/db/",),
}
"""Who spends it, by a piece of the name of a file or function; the first that fits."""
BENCH = "life"


def measured(kind: str, lives: int) -> Iterator[Line]:
    """The median life, in milliseconds; then the share of each part of ours, in percent."""
    with databases(kind, "ours", "floor") as (ours, least), tempfile.TemporaryDirectory() as folder:
        world = a_world(ours, Path(folder))
        a_world(least, Path(folder))
        env = environment(None if kind == "sqlite" else ours.url)
        with driver(ours) as seen, driver(least) as raw:
            _life(world, seen, raw)  # connections, statements and caches get warm
            pairs, processor = Pairs(), Pairs()
            for _ in range(lives):
                one, busy = _life(world, seen, raw)
                pairs.add(sum(one.ours), sum(one.floor))
                processor.add(sum(busy.ours), sum(busy.floor))
            assert _all(seen) == _all(raw), "the floor must have written the same rows"
        yield pairs.line(BENCH, "create + 6 acts", kind, env)
        yield processor.line(BENCH, "create + 6 acts, our processor time", kind, env)
        for part, share in _shares(world, min(lives, 20)):
            yield line(BENCH, f"of it: {part}", kind, share, None, unit="%", runs=lives, env=env)


def _shares(world: World, lives: int) -> list[tuple[str, float]]:
    """Where the time of a life goes, by what the profiler says, the largest part first."""
    profile = cProfile.Profile()
    for _ in range(lives):
        ref = ""
        for act in LIFE:
            who, command = _next(world, act, ref)
            ref = profile.runcall(_done, world, who, act, command)
    spent: dict[str, float] = {}
    for (file, _, function), (_, _, own, _, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]  # the stubs leave it out
        part = next(
            (name for name, words in PARTS.items() if any(w in f"{file} {function}" for w in words)),
            "the rest",
        )
        spent[part] = spent.get(part, 0.0) + own
    whole = sum(spent.values())
    return sorted(((part, 100 * own / whole) for part, own in spent.items()), key=lambda pair: -pair[1])


def _life(world: World, seen: Driver, raw: Driver) -> tuple[Pairs, Pairs]:
    """One life, act by act: ours, then the rows it left by raw SQL; elapsed and processor time."""
    pairs, busy, ref, before = Pairs(), Pairs(), "", floor.rows_of(seen, "")
    for place, act in enumerate(LIFE):
        who, command = _next(world, act, ref)
        begun: list[str] = []
        ours = timed(lambda: begun.append(_done(world, who, act, command)))  # noqa: B023 - called at once
        ref = begun[0]
        after = floor.rows_of(seen, world.record(ref).id)
        writes = floor.writes_between(seen, before, after)
        least = timed(lambda: floor.written(raw, writes))  # noqa: B023 - called at once
        pairs.add(ours[0], least[0])
        busy.add(ours[1], least[1])
        before = after
        assert world.record(ref).version == place + 1
    return pairs, busy


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
    return {
        table: sorted(raw.execute(f'SELECT * FROM "{table}"').fetchall(), key=repr) for table in floor.OF_CASE
    }
