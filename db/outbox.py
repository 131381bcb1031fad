"""Notices written with the act they tell of."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.case_record import CASE
from db.instants import UtcDateTime
from db.preferences import PreferenceRow
from db.scope import Scope, ScopeKey, visible
from db.table import Table, columns_of, names_of, one_of, values_of
from db.together import write
from db.writing import inserting


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


class OutboxRecord(NamedTuple):
    """A notice; `status` is waiting, or sent once everybody it goes to has a delivery of their own."""

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
_PREFERENCE = PreferenceRow.__table__
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_SELECT = sa.select(*columns_of(_OUTBOX, OutboxRecord))
_ADD = inserting(
    _OUTBOX,
    names_of(OutboxRecord),
    lambda insert: insert.on_conflict_do_nothing(index_elements=[_OUTBOX.c.dedupe]),
)


def add(conn: Connection, records: Sequence[OutboxRecord]) -> None:
    """Write down notices; one that is written already (same dedupe) stays as it is."""
    if records:
        write(conn, _ADD, *map(values_of, records))


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
    wanted = _SELECT.where(_to_them(addressees))
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


def by_ids(conn: Connection, ids: Sequence[str]) -> dict[str, OutboxRecord]:
    """These notices by id."""
    rows = conn.execute(_SELECT.where(_OUTBOX.c.id.in_(ids)))
    return {row.id: OutboxRecord(*row) for row in rows}


def claim(conn: Connection, *, limit: int) -> list[OutboxRecord]:
    """Notices nobody was sent yet, oldest first, kept from other pumps until the transaction ends."""
    wanted = _SELECT.where(_OUTBOX.c.status == "waiting").order_by(_OUTBOX.c.created_at, _OUTBOX.c.id)
    # SQLite has no row locks: there the one writer holds the whole file.
    rows = conn.execute(wanted.limit(limit).with_for_update(skip_locked=True))
    return [OutboxRecord(*row) for row in rows]


def settle(conn: Connection, ids: Sequence[str]) -> None:
    """These notices were handed on to everybody they go to."""
    conn.execute(sa.update(_OUTBOX).where(_OUTBOX.c.id.in_(ids)).values(status="sent"))


def settle_before(conn: Connection, at: datetime) -> None:
    """Nobody is to be sent what was written before then; it stays readable."""
    old = sa.update(_OUTBOX).where(_OUTBOX.c.status == "waiting", _OUTBOX.c.created_at < at)
    conn.execute(old.values(status="sent"))


def unread(
    conn: Connection, account_id: str, addressees: Sequence[tuple[str, str]], scope: Scope, *, most: int
) -> int:
    """How many notices of visible cases went to these (role, unit) pairs unread by the account, `most` at most."""
    counted = _unread(tuple(addressees), scope.key, most)
    return conn.execute(counted, {"account": account_id}).scalar_one()


@lru_cache(maxsize=256)
def _unread(addressees: Sequence[tuple[str, str]], scope: ScopeKey, most: int) -> sa.Select[int]:
    """Built once for a seat, because every page asks it."""
    read_until = sa.select(_PREFERENCE.c.read_until).where(
        _PREFERENCE.c.account_id == sa.bindparam("account")
    )
    since = sa.func.coalesce(read_until.scalar_subquery(), sa.literal(_LONG_AGO, UtcDateTime))
    found = (
        sa.select(_OUTBOX.c.id)
        .join_from(_OUTBOX, CASE, CASE.c.id == _OUTBOX.c.case_id)
        .where(_to_them(addressees), visible(Scope.of(scope)), _OUTBOX.c.created_at > since)
        .limit(most)
    )
    return sa.select(sa.func.count()).select_from(found.subquery())


def _to_them(addressees: Sequence[tuple[str, str]]) -> sa.ColumnElement[bool]:
    ways = [sa.and_(_OUTBOX.c.role == role, _OUTBOX.c.unit == unit) for role, unit in addressees]
    return sa.or_(sa.false(), *ways)
