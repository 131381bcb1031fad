"""Verification: the history against itself, the rows against the history."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from sqlalchemy.engine import Connection

from db import cases, history, nominations
from db.cases import CaseRecord
from db.history import Entry, Recorded
from states.document import Document, merged, spelled
from states.history import Body, commitment, genesis, instant, read, seal
from states.roles import mask_of
from workflow.acts import DRAFTING
from workflow.engine import Engine

PLAIN = (
    "ref", "body", "unit", "category", "procedure", "period", "definition", "station", "version", "station_seq"
)  # fmt: skip
"""Columns of a row that repeat a fact of the same name."""
AT_ONCE = 500
"""Rows of cases fetched together."""
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
    kept = nominations.kept_of(conn, [record.id]).get(record.id, {})
    return Verification(1, len(entries), _case_fault(log, entries, record, kept))


def verification(conn: Connection, log: str) -> Verification:
    """The checks of ``verify`` on an open connection."""
    seen, entries, first = set(), 0, None
    groups = groupby(history.all_entries(conn), key=lambda recorded: recorded[0].case_id)
    histories = ((case_id, list(group)) for case_id, group in groups)
    while some := list(islice(histories, AT_ONCE)):
        ids = [case_id for case_id, _ in some]
        records, kept = cases.by_ids(conn, ids), nominations.kept_of(conn, ids)
        for case_id, recorded in some:
            seen.add(case_id)
            entries += len(recorded)
            first = first or _case_fault(log, recorded, records.get(case_id), kept.get(case_id, {}))
    lonely = [case_id for case_id in cases.ids(conn) if case_id not in seen]
    if first is None and lonely:
        first = _case_fault(log, (), cases.by_id(conn, lonely[0]), {})
    return Verification(len(seen) + len(lonely), entries, first)


def _case_fault(
    log: str, recorded: Iterable[Recorded], record: CaseRecord | None, kept: Mapping[str, nominations.Kept]
) -> Bad | None:
    entries = list(recorded)
    return next(_faults(log, entries, record, kept), None)


def _faults(
    log: str, recorded: list[Recorded], record: CaseRecord | None, kept: Mapping[str, nominations.Kept]
) -> Iterator[Bad]:
    if not recorded:
        yield Bad(record.ref if record else "", 0, "row_without_history")
        return
    first = recorded[0][0]
    name = record.ref if record else first.case_id
    prev, facts = genesis(log, first.case_kind, first.case_id), dict[str, Any]()
    for place, (entry, payload, salt) in enumerate(recorded, 1):
        body = _body(entry)
        why = _entry_fault(entry, body, place, prev, facts) or _words_fault(body, payload, salt)
        if why:
            yield Bad(name, min(place, entry.seq), why)
            return
        prev, facts = entry.hash, merged(facts, body["effects"])
    if record is None:
        yield Bad(name, len(recorded), "history_without_row")
    elif why := _row_fault(record, facts, recorded) or _nominations_fault(facts, kept):
        yield Bad(name, len(recorded), why)


def _body(entry: Entry) -> Document:
    """What the sealed bytes say; empty where they cannot be read."""
    try:
        return read(entry.body)
    except ValueError:
        return {}


def _entry_fault(entry: Entry, body: Document, place: int, prev: str, facts: Document) -> str:
    if entry.seq != place:
        return "seq_has_a_gap"
    if entry.prev_hash != prev:
        return "chain_is_broken"
    if entry.hash != seal(prev, entry.body):
        return "body_does_not_match_hash"
    if not body.keys() >= BODY_FIELDS or not isinstance(body["effects"], dict):
        return "body_cannot_be_read"
    if not _columns_match(entry, body):
        return "columns_do_not_match_body"
    if facts.get("station", "start") != body["from"]:
        return "does_not_follow"
    return ""


def _columns_match(entry: Entry, body: Document) -> bool:
    said = (body["kind"], body["case"], body["seq"], body["prev"], body["actor"], body["act"], body["unit"])
    stored = (entry.case_kind, entry.case_id, entry.seq, entry.prev_hash, entry.actor, entry.act, entry.unit)
    return said == stored and body["at"] == instant(entry.at)


def _words_fault(body: Mapping[str, object], payload: str | None, salt: bytes | None) -> str:
    """Words that were not erased must be the ones committed to."""
    if payload is None or salt is None:
        return ""
    reason = json.loads(payload)["reason"] if body["data_c"] == commitment(salt, "data", payload) else None
    if reason is None or body["reason_c"] != (commitment(salt, "reason", reason) if reason else ""):
        return "words_do_not_match"
    return ""


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
        "facts": (record.facts, spelled(facts)),
    }
    wrong = next((name for name, (row, folded) in columns.items() if row != folded), "")
    return f"row_does_not_match_history:{wrong}" if wrong else ""


def _nominations_fault(facts: Document, kept: Mapping[str, nominations.Kept]) -> str:
    """The nominations' rows carry names the facts must not; what both carry has to agree."""
    folded = {
        id_: tuple(
            n.get(name) for name in ("position", "award", "subject_type", "person", "outcome", "decision_no")
        )
        for id_, n in facts.get("nominations", {}).items()
    }
    return "" if folded == kept else "nominations_do_not_match_history"


def _title(recorded: list[Recorded], erased: str) -> str:
    """The title as last given; ``erased`` once the words that gave it are."""
    title = erased
    for entry, payload, _ in recorded:
        if entry.act in DRAFTING:
            title = (json.loads(payload)["args"].get("title") or title) if payload else erased
    return title
