"""Verification: the history against itself, the rows against the history."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy.engine import Connection

from db import cases, history
from db.cases import CaseRecord
from db.history import Entry, Recorded
from states.document import Document, canonical, merged
from states.history import Body, commitment, genesis, instant, read, seal
from states.roles import mask_of
from workflow.acts import DRAFTING
from workflow.engine import Engine

PLAIN = (
    "ref", "body", "unit", "category", "procedure", "period", "definition", "station", "version", "station_seq"
)  # fmt: skip
"""Columns of a row that repeat a fact of the same name."""
BODY_FIELDS = frozenset(Body.__slots__) - {"from_"} | {"from"}


@dataclass(frozen=True, slots=True)
class Bad:
    """The first thing that does not hold: in which case, at which entry, why."""

    case: str
    seq: int
    why: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was found; ``anchored_to`` stays empty until anchors leave the machine."""

    cases: int
    entries: int
    first_bad: Bad | None
    anchored_to: str | None = None

    @property
    def ok(self) -> bool:
        """Whether everything held."""
        return self.first_bad is None


def verify(engine: Engine) -> Verification:
    """Check every chain, every commitment, every row against the fold of its history."""
    with engine.database.reading() as conn:
        return verification(conn, engine.log)


def verify_case(conn: Connection, log: str, record: CaseRecord) -> Verification:
    """The same checks for one case."""
    entries = history.of_case(conn, record.id)
    return Verification(1, len(entries), _case_fault(log, entries, record))


def verification(conn: Connection, log: str) -> Verification:
    """The checks of ``verify`` on an open connection."""
    seen, entries, first = set(), 0, None
    for case_id, group in groupby(history.all_entries(conn), key=lambda recorded: recorded[0].case_id):
        recorded = list(group)
        seen.add(case_id)
        entries += len(recorded)
        first = first or _case_fault(log, recorded, cases.by_id(conn, case_id))
    lonely = [case_id for case_id in cases.ids(conn) if case_id not in seen]
    if first is None and lonely:
        first = _case_fault(log, (), cases.by_id(conn, lonely[0]))
    return Verification(len(seen) + len(lonely), entries, first)


def _case_fault(log: str, recorded: Iterable[Recorded], record: CaseRecord | None) -> Bad | None:
    entries = list(recorded)
    return next(_faults(log, entries, record), None)


def _faults(log: str, recorded: list[Recorded], record: CaseRecord | None) -> Iterator[Bad]:
    if not recorded:
        yield Bad(record.ref if record else "", 0, "row_without_history")
        return
    first = recorded[0][0]
    name = record.ref if record else first.case_id
    prev, facts = genesis(log, first.case_kind, first.case_id), dict[str, Any]()
    for place, (entry, payload, salt) in enumerate(recorded, 1):
        why = _entry_fault(entry, place, prev, facts, payload, salt)
        if why:
            yield Bad(name, min(place, entry.seq), why)
            return
        prev, facts = entry.hash, merged(facts, read(entry.body)["effects"])
    if record is None:
        yield Bad(name, len(recorded), "history_without_row")
    elif why := _row_fault(record, facts, recorded):
        yield Bad(name, len(recorded), why)


def _entry_fault(
    entry: Entry, place: int, prev: str, facts: Document, payload: str | None, salt: bytes | None
) -> str:
    if entry.seq != place:
        return "seq_has_a_gap"
    if entry.prev_hash != prev:
        return "chain_is_broken"
    if entry.hash != seal(prev, entry.body):
        return "body_does_not_match_hash"
    try:
        body = read(entry.body)
    except ValueError:
        return "body_cannot_be_read"
    if not body.keys() >= BODY_FIELDS or not isinstance(body["effects"], dict):
        return "body_cannot_be_read"
    if not _columns_match(entry, body):
        return "columns_do_not_match_body"
    if facts.get("station", "start") != body["from"]:
        return "does_not_follow"
    if payload is not None and salt is not None and not _payload_matches(body, payload, salt):
        return "words_do_not_match"
    return ""


def _columns_match(entry: Entry, body: Mapping[str, object]) -> bool:
    columns = {
        "kind": entry.case_kind,
        "case": entry.case_id,
        "seq": entry.seq,
        "prev": entry.prev_hash,
        "at": instant(entry.at),
        "actor": entry.actor,
        "act": entry.act,
        "unit": entry.unit,
    }
    return all(body[name] == value for name, value in columns.items())


def _payload_matches(body: Mapping[str, object], payload: str, salt: bytes) -> bool:
    if body["data_c"] != commitment(salt, "data", payload):
        return False
    reason = json.loads(payload)["reason"]
    return body["reason_c"] == (commitment(salt, "reason", reason) if reason else "")


def _row_fault(record: CaseRecord, facts: Document, recorded: list[Recorded]) -> str:
    holder, first, last = facts.get("holder", {}), recorded[0][0], recorded[-1][0]
    columns = {
        **{name: (getattr(record, name), facts.get(name)) for name in PLAIN},
        "kind": (record.kind, last.case_kind),
        "title": (record.title, _title(recorded, record.title)),
        "definition_digest": (record.definition_digest, read(last.body)["definition"]),
        "final": (record.final, not holder),
        "created_at": (record.created_at, first.at),
        "head_hash": (record.head_hash, last.hash),
        "entered_at": (instant(record.entered_at), facts.get("entered_at")),
        "due_on": (record.due_on.isoformat() if record.due_on else None, facts.get("due")),
        "holder_role": (record.holder_role, holder.get("role")),
        "holder_unit": (record.holder_unit, holder.get("unit")),
        "seen_by": (record.seen_by, mask_of(tuple(facts.get("opened_to", ())))),
        "facts": (record.facts, canonical(facts)),
    }
    wrong = next((name for name, (row, folded) in columns.items() if row != folded), "")
    return f"row_does_not_match_history:{wrong}" if wrong else ""


def _title(recorded: list[Recorded], erased: str) -> str:
    """The title as last given; ``erased`` once the words that gave it are."""
    title = erased
    for entry, payload, _ in recorded:
        if entry.act in DRAFTING:
            title = (json.loads(payload)["args"].get("title") or title) if payload else erased
    return title
