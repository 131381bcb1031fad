"""The sealed history, which is only added to."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import Table, columns_of, names_of, values_of
from db.together import write
from db.writing import inserting


class HistoryRow(Table, table=True):
    """One act on one case; triggers refuse every change."""

    __tablename__ = "history"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "seq"),
        # With the case, so that counting what a person acted on reads no entry.
        sa.Index("ix_history_actor_at", "actor", "at", "case_id"),
        sa.Index("ix_history_at", "at"),
    )

    id: str = Field(primary_key=True)
    case_kind: str
    case_id: str
    seq: int = Field(sa_column_kwargs={"comment": "1, 2, 3 … within the case"})
    body: bytes = Field(
        sa_type=sa.LargeBinary, sa_column_kwargs={"comment": "exactly the bytes that were hashed"}
    )
    prev_hash: str
    hash: str = Field(sa_column_kwargs={"comment": "SHA-256, hex"})
    at: datetime = Field(sa_type=UtcDateTime)
    actor: str = Field(sa_column_kwargs={"comment": "person id, or clock"})
    act: str
    unit: str = Field(sa_column_kwargs={"comment": "unit the actor acted for"})


class PayloadRow(Table, table=True):
    """What an entry's sentence needs of personal text; it may be erased, never changed."""

    __tablename__ = "payload"

    history_id: str = Field(primary_key=True, foreign_key="history.id")
    salt: bytes = Field(sa_type=sa.LargeBinary)
    body: str = Field(sa_type=sa.Text)


class Entry(NamedTuple):
    """One sealed entry."""

    id: str
    case_kind: str
    case_id: str
    seq: int
    body: bytes
    prev_hash: str
    hash: str
    at: datetime
    actor: str
    act: str
    unit: str


# An entry with its payload and salt; both are None once erased.
Recorded = tuple[Entry, str | None, bytes | None]

HISTORY = HistoryRow.__table__
_PAYLOAD = PayloadRow.__table__
_WIDTH = len(Entry._fields)
_RECORDED = sa.select(
    *columns_of(HISTORY, Entry), _PAYLOAD.c.body.label("payload"), _PAYLOAD.c.salt.label("salt")
).join_from(HISTORY, _PAYLOAD, _PAYLOAD.c.history_id == HISTORY.c.id, isouter=True)
_OF_CASE = _RECORDED.where(
    HISTORY.c.case_id == sa.bindparam("case"), HISTORY.c.seq > sa.bindparam("after_seq")
).order_by(HISTORY.c.seq)
_ADD_ENTRY = inserting(HISTORY, names_of(Entry))
_ADD_PAYLOAD = inserting(_PAYLOAD, ("history_id", "salt", "body"))


def append(conn: Connection, entry: Entry, salt: bytes, payload: str) -> None:
    """Add one entry. Raises IntegrityError when the case already has an entry with this seq."""
    write(conn, _ADD_ENTRY, values_of(entry))
    write(conn, _ADD_PAYLOAD, {"history_id": entry.id, "salt": salt, "body": payload})


def of_case(
    conn: Connection, case_id: str, *, until: datetime | None = None, after_seq: int = 0
) -> list[Recorded]:
    """The entries of a case in order, up to an instant (included) where one is given."""
    wanted = _OF_CASE if until is None else _OF_CASE.where(HISTORY.c.at <= until)
    rows = conn.execute(wanted, {"case": case_id, "after_seq": after_seq})
    return [_recorded(row) for row in rows.all()]


def moments(conn: Connection, case_ids: Sequence[str], act: str) -> list[tuple[str, datetime]]:
    """When an act was carried out on some cases, as (case id, instant), the earliest first."""
    wanted = sa.select(HISTORY.c.case_id, HISTORY.c.at).where(
        HISTORY.c.case_id.in_(case_ids), HISTORY.c.act == act
    )
    return [(row.case_id, row.at) for row in conn.execute(wanted.order_by(HISTORY.c.case_id, HISTORY.c.seq))]


def _recorded(row: Any) -> Recorded:
    return Entry(*row[:_WIDTH]), row[_WIDTH], row[_WIDTH + 1]
