"""A dossier's history as one person may read it."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from db import history
from db.cases import CaseRecord
from states.document import Document
from states.history import read
from states.roles import OFFICE_OF, Role
from workflow.engine import Engine

INTERNAL_REASONS = frozenset({"hold", "release", "return_for_review"})
"""Acts whose words stay inside the offices; the unit reads that they happened, not why."""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the history with the words that go with it; erased words are empty.

    One whose bytes or words somebody made unreadable is not ``legible``: only its columns are left.
    """

    seq: int
    at: datetime
    act: str
    from_: str
    to: str
    actor: str
    role: str
    unit: Mapping[str, str]
    reason: str
    args: Mapping[str, Any]
    names: Mapping[str, str]
    definition: str
    hash: str
    effects: Mapping[str, Any]
    legible: bool = True


def entry_at(entries: Iterable[EntryView], seq: int) -> EntryView | None:
    """The entry of this number; None where this reader is told of none."""
    return next((entry for entry in entries if entry.seq == seq), None)


def words_at(entries: Iterable[EntryView], seq: int) -> Mapping[str, Any]:
    """What was filled in with that entry; nothing where there is none."""
    found = entry_at(entries, seq)
    return found.args if found else {}


def entries_of(
    engine: Engine, conn: Connection, record: CaseRecord, *, as_unit: bool, until: datetime | None = None
) -> Iterator[EntryView]:
    """The history with its words, oldest first; for the unit only what it has been told."""
    names = {d.digest: d.name for d in engine.definitions.values()}
    recorded = history.of_case(conn, record.id, until=until)
    views = [_entry(entry, payload, names) for entry, payload, _ in recorded]
    if not as_unit:
        yield from views
        return
    legible = [view for view in views if view.legible]
    yield from (_for_the_unit(view) for view in legible if _is_told(view, legible))


def entry_view(engine: Engine, entry: history.Entry, payload: str | None) -> EntryView:
    """One entry with its words for somebody who sees its whole case."""
    return _entry(entry, payload, {d.digest: d.name for d in engine.definitions.values()})


def _entry(entry: history.Entry, payload: str | None, definitions: Mapping[str, str]) -> EntryView:
    # Whoever looks for tampering has to get past what was tampered with.
    with suppress(ValueError, KeyError, AttributeError):
        return _read(entry, read(entry.body), json.loads(payload) if payload else {}, definitions)
    return EntryView(
        seq=entry.seq,
        at=entry.at,
        act=entry.act,
        from_="",
        to="",
        actor="",
        role="",
        unit={},
        reason="",
        args={},
        names={},
        definition="",
        hash=entry.hash,
        effects={},
        legible=False,
    )


def _read(entry: history.Entry, body: Document, words: Document, definitions: Mapping[str, str]) -> EntryView:
    return EntryView(
        seq=entry.seq,
        at=entry.at,
        act=body["act"],
        from_=body["from"],
        to=body["to"],
        actor=words.get("actor", ""),
        role=body["role"],
        unit=words.get("unit", {}),
        reason=words.get("reason", ""),
        args=words.get("args", {}),
        names=words.get("names", {}),
        definition=definitions.get(body["definition"], body["definition"]),
        hash=entry.hash,
        effects=body["effects"],
    )


def _is_told(view: EntryView, views: Iterable[EntryView]) -> bool:
    """Verdicts once their office let the dossier go, a result once it was confirmed."""
    if view.act == "judge":
        office = OFFICE_OF[Role(view.role)]
        gone = ("forward", "decline")
        return any(v.seq > view.seq and v.act in gone and _office(v.role) == office for v in views)
    if view.act == "record_result":
        return any(v.seq > view.seq and v.act == "confirm_result" for v in views)
    if view.act == "lower_award":
        return any(v.seq > view.seq and v.act == "take_result" for v in views)
    return True


def _office(role: str) -> str | None:
    return OFFICE_OF.get(Role(role))


def _for_the_unit(view: EntryView) -> EntryView:
    if view.act in INTERNAL_REASONS:
        return replace(view, reason="", args={}, effects={})
    if view.act == "judge":
        told = [_as_told(row) for row in view.args.get("verdicts", ())]
        return replace(view, args={"verdicts": told}, effects={})
    return replace(view, effects={})


def _as_told(verdict: Mapping[str, Any]) -> Mapping[str, Any]:
    """The unit reads why something was declined or lowered; what speaks for it stays the office's note."""
    if verdict["verdict"] != "recommended":
        return verdict
    return {name: value for name, value in verdict.items() if name != "reason"}
