"""The history entry of one act: its bytes, its hash after the one before, its salt."""

from dataclasses import dataclass
from datetime import datetime

from db.cases import CaseRecord
from db.history import Entry
from states import history
from states.case import Case
from states.definition import START
from states.document import Document, difference
from workflow.passage import Passage
from workflow.payload import payload


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry ready to be appended, with the texts it commits to."""

    entry: Entry
    salt: bytes
    payload: str


def sealed(passage: Passage, record: CaseRecord, case: Case, document: Document) -> Sealed:
    """Seal one act after ``record.head_hash``; an empty one begins the chain. ``document`` is the case written."""
    source = passage.engine.source
    salt, text = source.salt(), payload(passage, record.id)
    prev = record.head_hash or history.genesis(passage.engine.log, record.kind, record.id)
    body = _body(passage, record, case, document, prev, salt, text).sealed()
    entry = Entry(
        id=source.new_id(),
        case_kind=record.kind,
        case_id=record.id,
        seq=passage.seq,
        body=body,
        prev_hash=prev,
        hash=history.seal(prev, body),
        at=datetime.fromisoformat(case.at),
        actor=passage.actor.person,
        act=passage.command.act,
        unit=passage.grant.unit,
    )
    return Sealed(entry, salt, text)


def _body(
    passage: Passage,
    record: CaseRecord,
    case: Case,
    document: Document,
    prev: str,
    salt: bytes,
    text: str,
) -> history.Body:
    before, reason = passage.loaded, passage.command.reason
    return history.Body(
        log=passage.engine.log,
        kind=record.kind,
        case=record.id,
        seq=passage.seq,
        prev=prev,
        at=case.at,
        nominal_at=history.instant(passage.nominal_at) if passage.nominal_at else case.at,
        actor=passage.actor.person,
        on_behalf_of="",
        role=passage.grant.role,
        unit=passage.grant.unit,
        act=passage.command.act,
        row=passage.row.row,
        from_=before.case.station if before.record else START,
        to=case.station,
        definition=before.definition.digest,
        effects=difference(before.document, document),
        reason_c=history.commitment(salt, "reason", reason) if reason else "",
        data_c=history.commitment(salt, "data", text),
        files=tuple({"h": p["sha256"], "t": p["type"]} for p in passage.args.get("papers", ())),
        req=passage.command.request_id,
    )
