"""P7: verification names the first entry that was touched, and never vouches for what only an anchor could show."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import Any

import sqlalchemy as sa

from bench import small_council, small_register
from bench.attacks import SEEN, UNANCHORED, Attack, Victim
from bench.mutants import links_skipped
from bench.promise import Promise, Run, Trials
from bench.register_attacks import OF_AWARDED, OF_REPLACED
from bench.small_world import World, a_world
from db import cases, history, register_changes
from db.engine import Connection, Database
from db.history import HISTORY
from workflow.auditing.verification import verification, verify_case

TIMES = 300
FLIPS = 10_000
OF_CONTROL = 5
"""Attacks of each class, on one database, in which a planted fault has to be seen."""
ROADS = ("award", "record_answer", "resubmit", "release", "confirm_result", "return_for_review")
SHORTEST = 2
_TRIGGERS = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"


def harness(run: Run, trials: Trials) -> None:
    """Each class of attack so many times on each database; then flipped bytes, which are the same on both."""
    for kind in run.ground.kinds:
        with run.ground.fresh(kind) as database:
            world = a_world(database, run.ground.folder, seed=f"{run.seed}/{kind}")
            for attacks, victims in _targets(world):
                for name, attack in attacks.items():
                    with behind_its_back(world) as conn:
                        _attacks(run, trials, conn, world, victims, (name, attack))
                    _swept(database)
                if kind == "sqlite" and attacks is SEEN:
                    with behind_its_back(world) as conn:
                        _flips(run, trials, conn, world, victims)
    found = f"{len(SEEN)} classes a chain shows, {len(OF_AWARDED) + len(OF_REPLACED)} the register"
    trials.notes.append(f"{found}, {len(UNANCHORED)} it must not vouch for")


def _targets(world: World) -> tuple[tuple[Mapping[str, Attack], list[Victim]], ...]:
    """Each group of attacks with the cases it is for, in a city where every kind of case has ended."""
    for act in ROADS:
        world.ready_for(act)
    small_council.a_council(world)
    session = small_council.ready_for(world, "session", "send_back_minutes")
    world.do("sang", "sign_minutes", session)
    alone = _victims(world)
    small_register.an_award(world)
    for kind, last in (("revocation", "decide_revocation"), ("decision_change", "sign_change")):
        ref = small_register.ready_for(world, kind, last)
        world.do("tuan", last, ref)
    with world.engine.database.reading() as conn:
        replaced = {line.case_id for line in register_changes.changed(conn) if line.replaces}
    everybody = _victims(world)
    awarded = [one for one in everybody if one.record.station == "awarded"]
    return (
        (SEEN, everybody),
        (UNANCHORED, alone),
        (OF_AWARDED, awarded),
        (OF_REPLACED, [one for one in awarded if one.record.id in replaced]),
    )


def _victims(world: World) -> list[Victim]:
    """Every case so far that has a middle."""
    with world.engine.database.reading() as conn:
        records = [record for id_ in cases.ids(conn) if (record := cases.by_id(conn, id_))]
        chains = [tuple(entry for entry, _, _ in history.of_case(conn, r.id)) for r in records]
    return [Victim(r, chains[n], chains[n - 1]) for n, r in enumerate(records) if len(chains[n]) > SHORTEST]


@contextmanager
def behind_its_back(world: World) -> Iterator[Connection]:
    """A connection on which no guard stands in the way; nothing done on it stays."""
    try:
        with world.engine.database.transaction() as conn:
            if conn.dialect.name == "sqlite":
                for name in conn.exec_driver_sql(_TRIGGERS).scalars().all():
                    conn.exec_driver_sql(f"DROP TRIGGER {name}")
                conn.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            else:
                conn.exec_driver_sql("SET LOCAL session_replication_role = replica")
            yield conn
            raise _Undone
    except _Undone:
        pass


class _Undone(Exception):
    """The way out that leaves no trace."""


def _swept(database: Database) -> None:
    """What was undone still lies about in PostgreSQL, in the way of every later reading."""
    if database.dialect == "postgresql":
        swept = sa.create_engine(database.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with swept.connect() as conn:
            conn.exec_driver_sql("VACUUM")


def _attacks(
    run: Run,
    trials: Trials,
    conn: Connection,
    world: World,
    victims: list[Victim],
    named: tuple[str, Attack],
) -> None:
    name, attack = named
    chance = run.random(conn.dialect.name, name)
    for number in range(run.times(TIMES)):
        victim = chance.choice(victims)
        found, expected = _attacked(conn, world, attack, chance, victim)
        trials.held(found == expected, f"{conn.dialect.name} {name} {number}: {found}, not {expected}")


def _attacked(
    conn: Connection, world: World, attack: Attack, chance: Random, victim: Victim
) -> tuple[Any, Any]:
    """What verification says of one attack beside what it has to say."""
    with conn.begin_nested() as point:
        seq = attack(conn, chance, victim)
        found = verification(conn, world.engine.log)
        point.rollback()
    if attack in UNANCHORED.values():
        return (found.ok, found.anchored_to), (True, None)
    bad = found.first_bad
    return (bad.case, bad.seq) if bad else None, (victim.record.ref, seq)


def _flips(run: Run, trials: Trials, conn: Connection, world: World, victims: list[Victim]) -> None:
    chance = run.random("flips")
    for _ in range(run.times(FLIPS)):
        victim = chance.choice(victims)
        entry = chance.choice(victim.entries)
        body = bytearray(entry.body)
        place = chance.randrange(len(body))
        body[place] ^= chance.randrange(1, 256)
        mine = sa.update(HISTORY).where(HISTORY.c.id == entry.id)
        conn.execute(mine.values(body=bytes(body)))
        bad = verify_case(conn, world.engine.log, victim.record).first_bad
        conn.execute(mine.values(body=entry.body))
        found = (bad.case, bad.seq) if bad else None
        trials.held(found == (victim.record.ref, entry.seq), f"byte {place} of {entry.seq} flipped: {found}")


def _half_blind(run: Run, trials: Trials) -> None:
    """The mutant: the links between entries are not looked at after the first."""
    with links_skipped():
        alone = replace(run.ground, postgresql=None)
        harness(replace(run, scale=min(run.scale, OF_CONTROL / TIMES), ground=alone), trials)


PROMISE = Promise(
    "P7",
    "verification names the first entry that was touched",
    harness,
    {"middle links skipped": _half_blind},
)
