"""Notices on their way to one person each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.case_record import CASE
from db.instants import UtcDateTime
from db.outbox import OutboxRow
from db.people import AccountRow
from db.table import INSERTS, Table, columns_of, one_of, values_of

UNSENT = ("waiting", "failed")


class DeliveryRow(Table, table=True):
    """One notice to one account; those with the same Message-ID travel in one mail."""

    __tablename__ = "delivery"
    __table_args__ = (
        one_of("channel", "mail", "digest", "shared"),
        one_of("status", "waiting", "sent", "failed", "dead", "dropped"),
        sa.UniqueConstraint("outbox_id", "account_id", "channel"),
        sa.Index(
            "ix_delivery_due",
            "next_at",
            "id",
            sqlite_where=sa.text("leads IS 1 AND status IN ('waiting', 'failed')"),
            postgresql_where=sa.text("leads IS true AND status IN ('waiting', 'failed')"),
        ),
        sa.Index("ix_delivery_created_at", "created_at", "id"),
    )

    id: str = Field(primary_key=True)
    outbox_id: str = Field(foreign_key="outbox.id")
    account_id: str = Field(foreign_key="account.id", index=True)
    channel: str
    address: str = Field(sa_column_kwargs={"comment": "where it went, or was to go"})
    status: str = Field(sa_column_kwargs={"comment": "dropped: no longer the person's to know"})
    attempts: int
    next_at: datetime | None = Field(
        default=None, sa_type=UtcDateTime, sa_column_kwargs={"comment": "not before; null until its digest"}
    )
    smtp_reply: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "the mail server's last word"})
    message_id: str | None = Field(default=None, index=True)
    leads: bool = Field(sa_column_kwargs={"comment": "the one row by which its mail is claimed"})
    created_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice to one account; `message_id` is None until its digest is put together."""

    id: str
    outbox_id: str
    account_id: str
    channel: str
    address: str
    status: str
    attempts: int
    next_at: datetime | None
    smtp_reply: str
    message_id: str | None
    leads: bool
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sending:
    """A line of the log: the delivery with the case's ref, the notice's name, the account's login."""

    delivery: Delivery
    ref: str
    notice: str
    login: str


_DELIVERY = DeliveryRow.__table__
_OUTBOX = OutboxRow.__table__
_ACCOUNT = AccountRow.__table__
_SELECT = sa.select(*columns_of(_DELIVERY, Delivery))
_KEY = [_DELIVERY.c.outbox_id, _DELIVERY.c.account_id, _DELIVERY.c.channel]
_ADD = {
    dialect: insert(_DELIVERY).on_conflict_do_nothing(index_elements=_KEY)
    for dialect, insert in INSERTS.items()
}
_NEXT = (
    sa.select(_DELIVERY.c.message_id)
    .where(
        _DELIVERY.c.leads.is_(True),
        _DELIVERY.c.status.in_(UNSENT),
        _DELIVERY.c.next_at <= sa.bindparam("now"),
    )
    .order_by(_DELIVERY.c.next_at, _DELIVERY.c.id)
    .limit(1)
    # SQLite has no row locks: there the one writer holds the whole file.
    .with_for_update(skip_locked=True)
)
_TOGETHER = _DELIVERY.c.message_id == sa.bindparam("wanted")


def add(conn: Connection, deliveries: Sequence[Delivery]) -> None:
    """Write deliveries down; one that is there already (same notice, account, channel) stays as it is."""
    if deliveries:
        conn.execute(_ADD[conn.dialect.name], [values_of(one) for one in deliveries])


def claim(conn: Connection, *, now: datetime, until: datetime) -> list[Delivery]:
    """The next mail that is due, all its notices, kept from other pumps until then; nothing when none is due."""
    message_id = conn.execute(_NEXT, {"now": now}).scalar_one_or_none()
    if message_id is None:
        return []
    tried = sa.update(_DELIVERY).where(_DELIVERY.c.message_id == message_id, _DELIVERY.c.status.in_(UNSENT))
    conn.execute(tried.values(next_at=until, attempts=_DELIVERY.c.attempts + 1))
    wanted = _SELECT.where(_TOGETHER, _DELIVERY.c.status.in_(UNSENT)).order_by(_DELIVERY.c.id)
    return [Delivery(*row) for row in conn.execute(wanted, {"wanted": message_id})]


def settle(
    conn: Connection,
    ids: Sequence[str],
    *,
    status: str,
    reply: str,
    address: str = "",
    next_at: datetime | None = None,
    sent_at: datetime | None = None,
) -> None:
    """What became of a try; what was sent meanwhile by another stays sent."""
    unsent = sa.update(_DELIVERY).where(_DELIVERY.c.id.in_(ids), _DELIVERY.c.status.in_(UNSENT))
    new = {"status": status, "smtp_reply": reply, "next_at": next_at, "sent_at": sent_at}
    conn.execute(unsent.values(new | ({"address": address} if address else {})))


def awaiting_digest(conn: Connection, *, before: datetime) -> list[Delivery]:
    """Notices from before then that shall travel together, in no digest yet; kept from others until the commit."""
    wanted = _SELECT.where(
        _DELIVERY.c.channel != "mail", _DELIVERY.c.message_id.is_(None), _DELIVERY.c.created_at < before
    )
    return [Delivery(*row) for row in conn.execute(wanted.order_by(_DELIVERY.c.id).with_for_update())]


def gather(conn: Connection, ids: Sequence[str], *, message_id: str, now: datetime) -> None:
    """Let these travel in one mail from now on, led by the first of them."""
    together = sa.update(_DELIVERY).where(_DELIVERY.c.id.in_(ids))
    conn.execute(together.values(message_id=message_id, next_at=now, leads=_DELIVERY.c.id == min(ids)))


def again(conn: Connection, message_id: str, *, now: datetime) -> None:
    """Send a mail once more, under the same Message-ID."""
    once_more = sa.update(_DELIVERY).where(_DELIVERY.c.message_id == message_id)
    conn.execute(once_more.values(status="waiting", attempts=0, next_at=now, smtp_reply="", sent_at=None))


def by_id(conn: Connection, delivery_id: str, bodies: frozenset[str]) -> Sending | None:
    """One line of the log, if its case is decided by one of these bodies, or None."""
    row = conn.execute(_log(bodies).where(_DELIVERY.c.id == delivery_id)).first()
    return None if row is None else _sending(row)


def log(
    conn: Connection,
    bodies: frozenset[str],
    *,
    status: str | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> list[Sending]:
    """What was sent about cases these bodies decide, newest first; `after` is the (created_at, id) of the last."""
    wanted, created = _log(bodies), _DELIVERY.c.created_at
    if status is not None:
        wanted = wanted.where(_DELIVERY.c.status == status)
    if after is not None:
        at, id_ = after
        wanted = wanted.where(created <= at, sa.or_(created < at, _DELIVERY.c.id < id_))
    rows = conn.execute(wanted.order_by(created.desc(), _DELIVERY.c.id.desc()).limit(limit))
    return [_sending(row) for row in rows]


def counts(conn: Connection, bodies: frozenset[str]) -> dict[str, int]:
    """How many deliveries of these bodies' cases there are, by status."""
    found = _log(bodies).subquery()
    rows = conn.execute(sa.select(found.c.status, sa.func.count()).group_by(found.c.status))
    return {row[0]: row[1] for row in rows}


def _log(bodies: frozenset[str]) -> sa.Select[tuple[object, ...]]:
    columns = [*columns_of(_DELIVERY, Delivery), CASE.c.ref, _OUTBOX.c.notice, _ACCOUNT.c.login]
    return (
        sa.select(*columns)
        .join_from(_DELIVERY, _OUTBOX, _OUTBOX.c.id == _DELIVERY.c.outbox_id)
        .join(CASE, CASE.c.id == _OUTBOX.c.case_id)
        .join(_ACCOUNT, _ACCOUNT.c.id == _DELIVERY.c.account_id)
        .where(CASE.c.body.in_(sorted(bodies)))
    )


def _sending(row: sa.Row[tuple[object, ...]]) -> Sending:
    values: list[object] = list(row)
    return Sending(Delivery(*values[:-3]), str(row.ref), str(row.notice), str(row.login))  # type: ignore[arg-type]  # in the order of its fields
