"""Notices written with the act they tell of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import INSERTS, Table, columns_of, one_of, values_of


class OutboxRow(Table, table=True):
    """One notice to whoever holds a role in a unit."""

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("status", "waiting", "sent", "dead"),
        sa.Index("ix_outbox_unit_role_created_at", "unit", "role", "created_at", "id"),
        sa.Index("ix_outbox_status_created_at", "status", "created_at"),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="cases.id", index=True)
    seq: int = Field(sa_column_kwargs={"comment": "history entry it tells of"})
    notice: str = Field(sa_column_kwargs={"comment": "name in the catalogue of notices"})
    role: str
    unit: str
    dedupe: str = Field(unique=True, sa_column_kwargs={"comment": "the same notice is written once"})
    status: str
    created_at: datetime = Field(sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """A notice; `status` is waiting, sent or dead."""

    id: str
    case_id: str
    seq: int
    notice: str
    role: str
    unit: str
    dedupe: str
    status: str
    created_at: datetime


_OUTBOX = OutboxRow.__table__
_SELECT = sa.select(*columns_of(_OUTBOX, OutboxRecord))
_ADD = {
    dialect: insert(_OUTBOX).on_conflict_do_nothing(index_elements=[_OUTBOX.c.dedupe])
    for dialect, insert in INSERTS.items()
}


def add(conn: Connection, records: Sequence[OutboxRecord]) -> None:
    """Write down notices; one that is written already (same dedupe) stays as it is."""
    if records:
        conn.execute(_ADD[conn.dialect.name], [values_of(record) for record in records])


def addressed_to(
    conn: Connection,
    addressees: Sequence[tuple[str, str]],
    *,
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> list[OutboxRecord]:
    """Notices to these (role, unit) pairs, newest first.

    `after` is the (created_at, id) of the last one seen.
    """
    to_them = [sa.and_(_OUTBOX.c.role == role, _OUTBOX.c.unit == unit) for role, unit in addressees]
    wanted = _SELECT.where(sa.or_(sa.false(), *to_them))
    created, notice_id = _OUTBOX.c.created_at, _OUTBOX.c.id
    if after is not None:
        earlier = sa.or_(created < after[0], sa.and_(created == after[0], notice_id < after[1]))
        wanted = wanted.where(earlier)
    rows = conn.execute(wanted.order_by(created.desc(), notice_id.desc()).limit(limit))
    return [OutboxRecord(*row) for row in rows]


def listed(conn: Connection, *, status: str | None = None, limit: int) -> list[OutboxRecord]:
    """Notices of a status or all, oldest first."""
    wanted = _SELECT if status is None else _SELECT.where(_OUTBOX.c.status == status)
    rows = conn.execute(wanted.order_by(_OUTBOX.c.created_at, _OUTBOX.c.id).limit(limit))
    return [OutboxRecord(*row) for row in rows]
