"""What a person ordered at one go, item by item, with what came of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import INSERTS, Table, columns_of, first, one_of, values_of, where

STATES = ("waiting", "done", "refused", "conflict", "left_out")


class BatchRow(Table, table=True):
    """One order of one person: the same act on many cases."""

    __tablename__ = "batch"
    __table_args__ = (
        sa.UniqueConstraint("account_id", "key"),
        sa.Index(
            "ix_batch_open",
            "touched_at",
            **where("finished_at IS NULL"),
        ),
    )

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    person_id: str = Field(foreign_key="person.id")
    role: str = Field(sa_column_kwargs={"comment": "in which it was ordered; each act is weighed afresh"})
    unit: str
    act: str
    key: str = Field(sa_column_kwargs={"comment": "idempotency key, unique for the account"})
    digest: str = Field(sa_column_kwargs={"comment": "SHA-256 of all that was ordered"})
    created_at: datetime = Field(sa_type=UtcDateTime)
    touched_at: datetime = Field(
        sa_type=UtcDateTime, sa_column_kwargs={"comment": "real time of the last result"}
    )
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    request_id: str


class BatchItemRow(Table, table=True):
    """One case of a batch."""

    __tablename__ = "batch_item"
    __table_args__ = (one_of("state", *STATES),)

    batch_id: str = Field(primary_key=True, foreign_key="batch.id")
    place: int = Field(primary_key=True)
    ref: str
    version: int = Field(sa_column_kwargs={"comment": "as the person saw it"})
    reason: str | None = Field(default=None, sa_type=sa.Text)
    args: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "canonical JSON"})
    warnings: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "codes with figures, canonical JSON"})
    state: str
    answer: str | None = Field(
        default=None, sa_type=sa.Text, sa_column_kwargs={"comment": "as the road answered, canonical JSON"}
    )


@dataclass(frozen=True, slots=True)
class BatchRecord:
    """A batch; `finished_at` is set once nothing of it waits."""

    id: str
    account_id: str
    person_id: str
    role: str
    unit: str
    act: str
    key: str
    digest: str
    created_at: datetime
    touched_at: datetime
    request_id: str
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One item; `warnings` were ticked, unless it was left out because of them."""

    batch_id: str
    place: int
    ref: str
    version: int
    reason: str | None
    args: str
    warnings: str
    state: str = "waiting"
    answer: str | None = None


_BATCH = BatchRow.__table__
_ITEM = BatchItemRow.__table__
_BATCHES = sa.select(*columns_of(_BATCH, BatchRecord))
_BY_ID = _BATCHES.where(_BATCH.c.id == sa.bindparam("wanted"))
_BY_KEY = _BATCHES.where(
    _BATCH.c.account_id == sa.bindparam("account"), _BATCH.c.key == sa.bindparam("named")
)
_ITEMS = (
    sa.select(*columns_of(_ITEM, ItemRecord))
    .where(_ITEM.c.batch_id == sa.bindparam("batch"))
    .order_by(_ITEM.c.place)
)
_INSERT = {
    dialect: insert(_BATCH).on_conflict_do_nothing().returning(_BATCH.c.id)
    for dialect, insert in INSERTS.items()
}
_SETTLE = sa.update(_ITEM).where(
    _ITEM.c.batch_id == sa.bindparam("of"),
    _ITEM.c.place == sa.bindparam("at"),
    # What two processes found out at once is one answer, because it has one key.
    _ITEM.c.state == sa.literal_column("'waiting'"),
)


def insert(conn: Connection, record: BatchRecord, items: Sequence[ItemRecord]) -> bool:
    """Store a batch with its items; False, storing nothing, where the account used the key before."""
    if conn.execute(_INSERT[conn.dialect.name], values_of(record)).first() is None:
        return False
    conn.execute(sa.insert(_ITEM), [values_of(item) for item in items])
    return True


def by_id(conn: Connection, batch_id: str) -> BatchRecord | None:
    """One batch, or None."""
    return _one(conn, _BY_ID, wanted=batch_id)


def by_key(conn: Connection, account_id: str, key: str) -> BatchRecord | None:
    """The batch this account ordered under the key, or None."""
    return _one(conn, _BY_KEY, account=account_id, named=key)


def items(conn: Connection, batch_id: str) -> list[ItemRecord]:
    """The items of a batch in their order."""
    return [ItemRecord(*row) for row in conn.execute(_ITEMS, {"batch": batch_id})]


def settle(conn: Connection, settled: Iterable[ItemRecord]) -> None:
    """Write down what came of these items; what was settled already stays as it is."""
    rows = [
        {"of": one.batch_id, "at": one.place, "state": one.state, "answer": one.answer} for one in settled
    ]
    if rows:
        conn.execute(_SETTLE, rows)


def touch(conn: Connection, batch_id: str, at: datetime, *, finished_at: datetime | None) -> None:
    """Note that somebody is at work on the batch, or that nothing is left to do."""
    conn.execute(
        sa.update(_BATCH).where(_BATCH.c.id == batch_id).values(touched_at=at, finished_at=finished_at)
    )


def abandoned(conn: Connection, *, since: datetime, before: datetime) -> list[str]:
    """The ids of open batches ordered since a moment on which nobody has worked since before another."""
    wanted = sa.select(_BATCH.c.id).where(
        _BATCH.c.finished_at.is_(None), _BATCH.c.touched_at < before, _BATCH.c.created_at >= since
    )
    return list(conn.execute(wanted.order_by(_BATCH.c.touched_at, _BATCH.c.id)).scalars())


def newest(conn: Connection, account_id: str, *, limit: int) -> list[BatchRecord]:
    """What an account ordered last, newest first."""
    wanted = _BATCHES.where(_BATCH.c.account_id == account_id)
    rows = conn.execute(wanted.order_by(_BATCH.c.created_at.desc(), _BATCH.c.id.desc()).limit(limit))
    return [BatchRecord(*row) for row in rows]


def tallies(conn: Connection, batch_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many items of each batch stand in which state."""
    by = (_ITEM.c.batch_id, _ITEM.c.state)
    counted = sa.select(*by, sa.func.count()).where(_ITEM.c.batch_id.in_(batch_ids)).group_by(*by)
    found: dict[str, dict[str, int]] = {id_: {} for id_ in batch_ids}
    for batch_id, state, count in conn.execute(counted):
        found[batch_id][state] = count
    return found


def _one(conn: Connection, question: sa.Select[Any], **asked: str) -> BatchRecord | None:
    return first(conn, BatchRecord, question, asked)
