"""Who was granted which role in which unit, between which days."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.people import AccountRow, Person, PersonRow
from db.table import Table
from db.units import UnitRow


class GrantRow(Table, table=True):
    """A role in a unit, between two days."""

    __tablename__ = "grant"
    __table_args__ = (sa.Index("ix_grant_role_unit", "role", "unit"),)

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    role: str
    unit: str = Field(foreign_key="unit.id")
    valid_from: date
    valid_to: date | None = Field(default=None, sa_column_kwargs={"comment": "last day; null while it lasts"})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in a unit; `body` is the deciding body of that unit."""

    role: str
    unit: str
    body: str


_PERSON = PersonRow.__table__
_ACCOUNT = AccountRow.__table__
_GRANT = GrantRow.__table__
_UNIT = UnitRow.__table__
_ON_THE_DAY = (
    _GRANT.c.valid_from <= sa.bindparam("day"),
    sa.or_(_GRANT.c.valid_to.is_(None), _GRANT.c.valid_to >= sa.bindparam("day")),
)
_GRANTS_ON = (
    sa.select(_GRANT.c.role, _GRANT.c.unit, _UNIT.c.body)
    .join_from(_GRANT, _UNIT, _UNIT.c.id == _GRANT.c.unit)
    .where(_GRANT.c.account_id == sa.bindparam("account"), *_ON_THE_DAY)
    .order_by(_GRANT.c.role, _GRANT.c.unit)
    .distinct()
)
_IN_USE = sa.and_(_ACCOUNT.c.id == _GRANT.c.account_id, _ACCOUNT.c.disabled_at.is_(None))
_OWNER = _PERSON.c.id == _ACCOUNT.c.person_id
_HOLDERS = (
    sa.select(_PERSON.c.id, _PERSON.c.name, _PERSON.c.sort_key)
    .join_from(_GRANT, _ACCOUNT, _IN_USE)
    .join(_PERSON, _OWNER)
    .where(_GRANT.c.role == sa.bindparam("role"), _GRANT.c.unit == sa.bindparam("unit"), *_ON_THE_DAY)
    .order_by(_PERSON.c.sort_key, _PERSON.c.name, _PERSON.c.id)
    .distinct()
)
_NAMES_IN = (
    sa.select(_GRANT.c.unit, _GRANT.c.role, _PERSON.c.name)
    .join_from(_GRANT, _ACCOUNT, _IN_USE)
    .join(_PERSON, _OWNER)
    .where(_GRANT.c.unit.in_(sa.bindparam("units", expanding=True)), *_ON_THE_DAY)
    .order_by(_PERSON.c.sort_key, _PERSON.c.name, _PERSON.c.id)
)
_TOLD = (
    sa.select(_ACCOUNT.c.id)
    .join_from(_GRANT, _ACCOUNT, _IN_USE)
    .join(_UNIT, _UNIT.c.id == _GRANT.c.unit)
    .where(_GRANT.c.role == sa.bindparam("role"), *_ON_THE_DAY)
    .order_by(_ACCOUNT.c.id)
    .distinct()
)


def insert(
    conn: Connection,
    *,
    grant_id: str,
    account_id: str,
    role: str,
    unit: str,
    valid_from: date,
    valid_to: date | None = None,
) -> None:
    """Grant a role in a unit from a day to a last day, or without end."""
    row = {"id": grant_id, "account_id": account_id, "role": role, "unit": unit}
    conn.execute(sa.insert(_GRANT), row | {"valid_from": valid_from, "valid_to": valid_to})


def held_on(conn: Connection, account_id: str, day: date) -> list[Grant]:
    """What the account may act as on that day."""
    return [Grant(*row) for row in conn.execute(_GRANTS_ON, {"account": account_id, "day": day})]


def holders(conn: Connection, role: str, unit: str, day: date) -> list[Person]:
    """The persons who hold the role in the unit on that day through an account in use, sorted by name."""
    rows = conn.execute(_HOLDERS, {"role": role, "unit": unit, "day": day})
    return [Person(row.id, row.name) for row in rows]


def logins_of(conn: Connection, body: str, roles: Collection[str], day: date) -> list[tuple[str, str]]:
    """(login, name) of everybody who holds one of these roles under a body on that day, sorted by name."""
    wanted = (
        sa.select(_ACCOUNT.c.login, _PERSON.c.name, _PERSON.c.sort_key)
        .join_from(_GRANT, _ACCOUNT, _IN_USE)
        .join(_PERSON, _OWNER)
        .join(_UNIT, _UNIT.c.id == _GRANT.c.unit)
        .where(_UNIT.c.body == body, _GRANT.c.role.in_(sorted(roles)), *_ON_THE_DAY)
        .order_by(_PERSON.c.sort_key, _ACCOUNT.c.login)
        .distinct()
    )
    return [(row.login, row.name) for row in conn.execute(wanted, {"day": day})]


def names_in(
    conn: Connection, seats: Iterable[tuple[str, str]], day: date
) -> dict[tuple[str, str], list[str]]:
    """Who holds each of these (unit, role) on that day, by name; seats nobody holds are left out."""
    wanted = set(seats)
    found: dict[tuple[str, str], list[str]] = {}
    for row in conn.execute(_NAMES_IN, {"units": sorted({unit for unit, _ in wanted}), "day": day}):
        if (row.unit, row.role) in wanted:
            names = found.setdefault((row.unit, row.role), [])
            if row.name not in names:
                names.append(row.name)
    return found


def accounts_holding(conn: Connection, role: str, unit: str, day: date, *, by_body: bool) -> list[str]:
    """The ids of accounts in use that hold the role on that day in the unit, or anywhere under it as the body."""
    where = _UNIT.c.body if by_body else _UNIT.c.id
    rows = conn.execute(_TOLD.where(where == unit), {"role": role, "day": day})
    return [row.id for row in rows]
