"""The same act ordered on many cases: kept before anything is done, then done item by item through the one road."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db import batches as table, cases
from db.batches import BatchRecord, ItemRecord
from states.decide import Actor, reasons_document
from states.document import Document, canonical
from workflow.acts import ACTS
from workflow.batches.signing import MOST, unsigned_sessions, warned
from workflow.command import Command, checked
from workflow.engine import Engine
from workflow.loading import could_be_a_ref, facts_in
from workflow.problems import Invalid, KeyReused, NotFound, Wrong
from workflow.sight import sees


@dataclass(frozen=True, slots=True)
class Wanted:
    """One case of an order; ``confirmed`` once the person has ticked every warning there is."""

    ref: str
    version: int
    args: Mapping[str, object] = field(default_factory=dict)
    reason: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """An order with what came of each item so far."""

    record: BatchRecord
    items: tuple[ItemRecord, ...]

    def count(self, *states: str) -> int:
        """How many items stand in one of these states."""
        return sum(item.state in states for item in self.items)

    @property
    def over(self) -> bool:
        """Whether nothing waits any more."""
        return not self.count("waiting")


def order(
    engine: Engine, actor: Actor, act: str, wanted: Sequence[Wanted], *, key: str, request_id: str = ""
) -> str:
    """Keep an order, nothing done yet; returns its id, for a repeated one the id it was given first.

    An item of which the person was not warned, or did not confirm it, is left out.

    Raises:
        Invalid: with every field of every item that cannot be taken; nothing is kept.
        KeyReused: the key belongs to another order.
    """
    commands = _checked(act, wanted)
    digest = _digest(act, wanted, commands)
    record = _record(engine, actor, act, key, digest, request_id)
    warnings = _warnings(engine, actor, act, wanted)
    items = [
        _item(record.id, place, command, one, warnings.get(one.ref, []))
        for place, (command, one) in enumerate(zip(commands, wanted, strict=True))
    ]
    if not any(item.state == "waiting" for item in items):
        record = replace(record, finished_at=record.created_at)
    with engine.database.transaction() as conn:
        if table.insert(conn, record, items):
            return record.id
        known = table.by_key(conn, actor.account, key)
    assert known is not None  # the key was found taken a moment ago
    if known.digest != digest:
        raise KeyReused
    return known.id


def ordered_before(engine: Engine, actor: Actor, key: str) -> Batch | None:
    """What this account ordered under the key, or None."""
    with engine.database.reading() as conn:
        record = table.by_key(conn, actor.account, key)
        return Batch(record, tuple(table.items(conn, record.id))) if record else None


def found(engine: Engine, actor: Actor, batch_id: str) -> Batch:
    """An order of this account. Raises NotFound for anybody else's."""
    with engine.database.reading() as conn:
        record = table.by_id(conn, batch_id)
        if record is None or record.account_id != actor.account:
            raise NotFound
        return Batch(record, tuple(table.items(conn, batch_id)))


def command_of(batch: BatchRecord, item: ItemRecord) -> Command:
    """The command of one item: its key follows from its batch and place, so that it is done once."""
    return checked(
        batch.act,
        key=f"batch:{batch.id}:{item.place}",
        ref=item.ref,
        version=item.version,
        reason=item.reason,
        args=json.loads(item.args),
        request_id=batch.request_id,
    )


def _checked(act: str, wanted: Sequence[Wanted]) -> list[Command]:
    if act not in ACTS or ACTS[act].begins is not None:
        raise Invalid(Wrong("act", "not_in_batches", {}))
    if not 1 <= len(wanted) <= MOST:
        raise Invalid(Wrong("items", "batch_size", {"most": MOST}))
    commands: list[Command] = []
    wrong: list[Wrong] = list(_misnamed(wanted))
    for place, one in enumerate(wanted):
        try:
            commands.append(_command(act, one))
        except Invalid as invalid:
            wrong += [Wrong(f"items.{place}.{each.field}", each.type, each.facts) for each in invalid.fields]
    if wrong:
        raise Invalid(*wrong)
    return commands


def _command(act: str, one: Wanted) -> Command:
    sent = {"version": one.version, "reason": one.reason, "args": dict(one.args)}
    return checked(act, key="item", ref=one.ref, **sent)


def _misnamed(wanted: Sequence[Wanted]) -> Iterator[Wrong]:
    seen: set[str] = set()
    for place, one in enumerate(wanted):
        if one.ref in seen or not could_be_a_ref(one.ref):
            yield Wrong(f"items.{place}.ref", "case_once", {})
        seen.add(one.ref)


def _digest(act: str, wanted: Sequence[Wanted], commands: Sequence[Command]) -> str:
    items = [(command.digest, one.confirmed) for command, one in zip(commands, wanted, strict=True)]
    return hashlib.sha256(canonical({"act": act, "items": items}).encode()).hexdigest()


def _record(engine: Engine, actor: Actor, act: str, key: str, digest: str, request_id: str) -> BatchRecord:
    seat = actor.grants[0] if actor.grants else None
    return BatchRecord(
        id=engine.source.new_id(),
        account_id=actor.account,
        person_id=actor.person,
        role=str(seat.role) if seat else "",
        unit=seat.unit if seat else "",
        act=act,
        key=key,
        digest=digest,
        created_at=engine.now(),
        touched_at=engine.source.now(),
        request_id=request_id,
    )


def _warnings(
    engine: Engine, actor: Actor, act: str, wanted: Sequence[Wanted]
) -> dict[str, list[Mapping[str, object]]]:
    """What the person should know of each case, as far as they may see it."""
    with engine.database.reading() as conn:
        records = cases.by_refs(conn, [one.ref for one in wanted])
        found = {ref: facts_in(record) for ref, record in records.items() if sees(actor, record)}
        unsigned = unsigned_sessions(conn, found.values())
    return {
        ref: reasons_document(warned(case, act, today=engine.today(), unsigned=unsigned))
        for ref, case in found.items()
    }


def _item(
    batch_id: str, place: int, command: Command, one: Wanted, warnings: Sequence[Mapping[str, object]]
) -> ItemRecord:
    assert command.version is not None  # every act that begins no case asks for it
    return ItemRecord(
        batch_id=batch_id,
        place=place,
        ref=one.ref,
        version=command.version,
        reason=command.reason,
        args=canonical(command.args),
        warnings=canonical({"warnings": list(warnings)}),
        state="left_out" if warnings and not one.confirmed else "waiting",
    )


def warnings_in(item: ItemRecord) -> list[Document]:
    """The warnings of an item as codes with figures."""
    told: list[Document] = json.loads(item.warnings)["warnings"]
    return told


def answer_in(item: ItemRecord) -> Document:
    """What the road answered; nothing while it waits."""
    told: Document = json.loads(item.answer or "{}")
    return told
