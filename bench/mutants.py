"""Faults to plant: small changes of the one road, made for the length of a harness's control."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from db import case_around, commands, outbox
from db.commands import CommandRecord
from db.engine import Connection
from db.evidence import Stored
from db.outbox import OutboxRecord
from states import document, history
from states.decide import Actor
from workflow import step
from workflow.auditing import proof
from workflow.command import Command
from workflow.engine import Engine
from workflow.outcome import Done, Outcome


@contextmanager
def planted(place: Any, name: str, fault: object) -> Iterator[None]:
    """Put a fault in the place of what works, until the block ends."""
    sound = getattr(place, name)
    setattr(place, name, fault)
    try:
        yield
    finally:
        setattr(place, name, sound)


@contextmanager
def notices_later() -> Iterator[Callable[[Engine, Command, Actor], Done]]:
    """A road that commits the act first, its notices in a second transaction."""
    kept: list[OutboxRecord] = []

    def put_off(_conn: Connection, records: list[OutboxRecord]) -> None:
        kept.extend(records)

    add = outbox.add

    def road(engine: Engine, command: Command, actor: Actor) -> Done:
        done = step.perform(engine, command, actor)
        with engine.database.transaction() as conn:
            add(conn, kept)
        return done

    with planted(outbox, "add", put_off):
        yield road


@contextmanager
def keys_forgotten() -> Iterator[None]:
    """A road that never finds a key taken: each command is stored under a key of its own."""
    count = iter(range(1_000_000))
    insert, finish = commands.insert, commands.finish
    renamed: dict[str, str] = {}

    def always(conn: Connection, record: CommandRecord) -> dict[str, int] | None:
        renamed[record.key] = f"{record.key}-{next(count)}"
        return insert(conn, record._replace(key=renamed[record.key]))

    def finished(conn: Connection, account: str, key: str, *told: Any, **known: Any) -> None:
        finish(conn, account, renamed[key], *told, **known)

    with planted(commands, "insert", always), planted(commands, "finish", finished):
        yield


@contextmanager
def versions_overlooked() -> Iterator[None]:
    """A road that takes every command for one at the present version."""
    attempt = step._attempt

    def blind(engine: Engine, conn: Connection, command: Command, *rest: Any) -> Outcome:
        found = case_around.locked(conn, command.ref)
        current = replace(command, version=found[0].version if found else None)
        return attempt(engine, conn, current, *rest)

    with planted(step, "_attempt", blind):
        yield


@contextmanager
def links_skipped() -> Iterator[None]:
    """A verifier that looks at each entry but at no link between two."""
    fault = proof._entry_fault

    def lenient(entry: Stored, *rest: Any) -> str:
        why = fault(entry, *rest)
        return "" if why == "chain_is_broken" and entry[proof.SEQ] > 1 else why

    with planted(proof, "_entry_fault", lenient):
        yield


@contextmanager
def removals_forgotten() -> Iterator[None]:
    """A fold that never takes anything away, in the product's verification as in the harness's own."""

    def clinging(before: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
        return document.merged(before, {name: change for name, change in patch.items() if change is not None})

    def absorbing(facts: dict[str, Any], patch: Mapping[str, Any]) -> None:
        facts.update(clinging(facts, patch))

    with planted(history, "merged", clinging), planted(proof, "absorb", absorbing):
        yield
