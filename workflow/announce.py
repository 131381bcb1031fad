"""Telling people: one outbox row for each role a step is told to, addressed when it is sent."""

from db import outbox
from db.cases import CaseRecord
from db.outbox import OutboxRecord
from notifications.catalogue import notice_of
from states.calendar.recount import RECOUNT
from states.checking.ladders import TELLS as ESCALATE
from states.roles import UNIT_ROLES, Role
from workflow.passage import Passage


def announce(passage: Passage, record: CaseRecord) -> None:
    """Write who is to be told of this act; a unit's roles are addressed by unit, the others by body."""
    rows = [_row(passage, record, role) for role in _told(passage)]
    if rows:
        outbox.add(passage.conn, rows)


def _told(passage: Passage) -> tuple[str, ...]:
    """The roles of the row; where the clock climbs a ladder, the role of the rung; of a recount, the holder."""
    if passage.command.act == ESCALATE:
        return (passage.args["tells"],)
    if passage.command.act == RECOUNT:
        holder = passage.loaded.case.holder
        return (holder.role,) if holder and holder.role != Role.clock else ()
    return passage.row.tells


def _row(passage: Passage, record: CaseRecord, role: str) -> OutboxRecord:
    unit = record.unit if role in UNIT_ROLES else record.body
    return OutboxRecord(
        id=passage.engine.source.new_id(),
        case_id=record.id,
        seq=record.version,
        notice=notice_of(passage.row.act, record.kind),
        role=role,
        unit=unit,
        dedupe=f"{record.id}:{record.version}:{role}:{unit}",
        status="waiting",
        created_at=passage.at,
    )
