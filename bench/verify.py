"""How fast the whole history is verified, against reading and hashing the same bytes."""

import sqlite3
import statistics
from collections.abc import Iterator

from bench.durable import databases
from bench.floor import Driver, driver
from bench.ground import environment
from bench.measure import Line, alternating, line
from bench.million import filled
from states.history import commitment, genesis, seal
from workflow.auditing.verification import verify

RUNS = 3
ROWS = (
    "SELECT case_id, history.body, hash, salt, payload.body FROM history "
    "JOIN payload ON history_id = history.id ORDER BY case_id, seq"
)


def measured(kind: str, dossiers: int) -> Iterator[Line]:
    """Entries a second: ours checks chains, commitments, columns and rows; the floor only chains and words."""
    with databases(kind, "million") as (database,):
        world = filled(database, dossiers)
        env = environment(None if kind == "sqlite" else database.url) | {"dossiers": dossiers}
        found = verify(world.engine)
        assert found.ok, found.first_bad
        with driver(database) as raw:
            log = world.engine.log
            pairs = alternating(lambda _: verify(world.engine), lambda _: _hashed(raw, log), RUNS)
    ours, floor = (found.entries * 1000 / statistics.median(times) for times in (pairs.ours, pairs.floor))
    yield line("verify", "whole history", kind, ours, floor, unit="entries/s", runs=RUNS, env=env)


def _hashed(raw: Driver, log: str) -> None:
    """Read every entry once, hash it after the one before, hash its words."""
    rows = raw.execute(ROWS) if isinstance(raw, sqlite3.Connection) else raw.cursor().execute(ROWS)
    last, prev = "", ""
    for case_id, body, hash_, salt, words in rows:
        prev = prev if case_id == last else genesis(log, "dossier", case_id)
        commitment(salt, "data", words)
        assert seal(prev, body) == hash_
        last, prev = case_id, hash_
