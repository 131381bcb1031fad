"""Packages that came from other installations, with the files inside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.people import AccountRow, PersonRow
from db.table import INSERTS, Table, columns_of, values_of


class ReceivedPackageRow(Table, table=True):
    """One package that was checked, then kept."""

    __tablename__ = "received_package"
    __table_args__ = (
        sa.UniqueConstraint("sha256", "body"),
        sa.Index("ix_received_package_at", "received_at", "id"),
    )

    id: str = Field(primary_key=True)
    sha256: str = Field(sa_column_kwargs={"comment": "name of its bytes in the blob store"})
    size: int = Field(sa_column_kwargs={"comment": "bytes"})
    origin: str = Field(sa_column_kwargs={"comment": "log of the installation it comes from"})
    sender: str = Field(sa_column_kwargs={"comment": "body that sent it"})
    manifest: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "canonical JSON"})
    body: str = Field(sa_column_kwargs={"comment": "deciding body that received it; empty: the command line"})
    account_id: str | None = Field(
        default=None, foreign_key="account.id", sa_column_kwargs={"comment": "null: the command line"}
    )
    received_at: datetime = Field(sa_type=UtcDateTime)


class ReceivedMemberRow(Table, table=True):
    """One file of a received package."""

    __tablename__ = "received_member"

    package_id: str = Field(primary_key=True, foreign_key="received_package.id")
    name: str = Field(primary_key=True)
    size: int = Field(sa_column_kwargs={"comment": "bytes"})
    sha256: str = Field(sa_column_kwargs={"comment": "name of its bytes in the blob store"})


@dataclass(frozen=True, slots=True)
class ReceivedPackage:
    """A received package; ``body`` and ``account_id`` tell who took it in, neither for the command line."""

    id: str
    sha256: str
    size: int
    origin: str
    sender: str
    manifest: str
    body: str
    account_id: str | None
    received_at: datetime


@dataclass(frozen=True, slots=True)
class ReceivedMember:
    """A file of a received package."""

    package_id: str
    name: str
    size: int
    sha256: str


_PACKAGE = ReceivedPackageRow.__table__
_MEMBER = ReceivedMemberRow.__table__
_ACCOUNT = AccountRow.__table__
_PERSON = PersonRow.__table__
_PACKAGES = (
    sa.select(*columns_of(_PACKAGE, ReceivedPackage), sa.func.coalesce(_PERSON.c.name, "").label("by"))
    .join_from(_PACKAGE, _ACCOUNT, _ACCOUNT.c.id == _PACKAGE.c.account_id, isouter=True)
    .join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id, isouter=True)
)
_MEMBERS = sa.select(*columns_of(_MEMBER, ReceivedMember)).order_by(_MEMBER.c.name)


def keep(conn: Connection, package: ReceivedPackage, members: Sequence[ReceivedMember]) -> bool:
    """Store a package with its members; False, with nothing changed, where this body has it already."""
    insert = INSERTS[conn.dialect.name](_PACKAGE).on_conflict_do_nothing(index_elements=["sha256", "body"])
    if conn.execute(insert.returning(_PACKAGE.c.id), values_of(package)).first() is None:
        return False
    conn.execute(sa.insert(_MEMBER), [values_of(member) for member in members])
    return True


def listed(
    conn: Connection, bodies: frozenset[str], *, after: tuple[datetime, str] | None = None, limit: int
) -> list[tuple[ReceivedPackage, str]]:
    """What these bodies received with who took it in, newest first; ``after`` is (received at, id)."""
    wanted = _PACKAGES.where(_PACKAGE.c.body.in_(sorted(bodies | {""})))
    if after is not None:
        at, id_ = after
        earlier = sa.and_(_PACKAGE.c.received_at == at, _PACKAGE.c.id < id_)
        wanted = wanted.where(sa.or_(_PACKAGE.c.received_at < at, earlier))
    ordered = wanted.order_by(_PACKAGE.c.received_at.desc(), _PACKAGE.c.id.desc())
    return [(ReceivedPackage(*row[:-1]), row.by) for row in conn.execute(ordered.limit(limit))]


def find(conn: Connection, bodies: frozenset[str], package_id: str) -> tuple[ReceivedPackage, str] | None:
    """One package of these bodies with who took it in, or None."""
    own = _PACKAGE.c.body.in_(sorted(bodies | {""}))
    row = conn.execute(_PACKAGES.where(own, _PACKAGE.c.id == package_id)).first()
    return None if row is None else (ReceivedPackage(*row[:-1]), row.by)


def same(conn: Connection, sha256: str, body: str) -> ReceivedPackage | None:
    """The package with these bytes that the body has already, or None."""
    row = conn.execute(_PACKAGES.where(_PACKAGE.c.sha256 == sha256, _PACKAGE.c.body == body)).first()
    return None if row is None else ReceivedPackage(*row[:-1])


def members(conn: Connection, package_id: str) -> list[ReceivedMember]:
    """The files of a package by name."""
    rows = conn.execute(_MEMBERS.where(_MEMBER.c.package_id == package_id))
    return [ReceivedMember(*row) for row in rows]
