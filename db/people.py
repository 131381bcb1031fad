"""Who a person is, which accounts they sign in with, what they were granted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import Table, columns_of, first, values_of
from db.text import fold, person_key
from db.units import UnitRow


class PersonRow(Table, table=True):
    """A human being, whatever accounts they have."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    name: str
    sort_key: str = Field(sa_column_kwargs={"comment": "given name, family name, middle names; ASCII"})
    folded: str = Field(sa_column_kwargs={"comment": "name without marks, for searching"})


class AccountRow(Table, table=True):
    """A way to sign in."""

    __tablename__ = "account"

    id: str = Field(primary_key=True)
    login: str = Field(unique=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    password_hash: str
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)


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
class Person:
    """A person by id."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Account:
    """An account; `disabled_at` is set once it may no longer sign in."""

    id: str
    login: str
    person_id: str
    password_hash: str
    disabled_at: datetime | None
    created_at: datetime


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
_PERSONS = sa.select(*columns_of(_PERSON, Person))
_ACCOUNTS = sa.select(*columns_of(_ACCOUNT, Account))
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
_PERSON_BY_ID = _PERSONS.where(_PERSON.c.id == sa.bindparam("wanted"))
_ACCOUNT_BY_ID = _ACCOUNTS.where(_ACCOUNT.c.id == sa.bindparam("wanted"))
_ACCOUNT_BY_LOGIN = _ACCOUNTS.where(_ACCOUNT.c.login == sa.bindparam("wanted"))
_HOLDERS = (
    sa.select(_PERSON.c.id, _PERSON.c.name, _PERSON.c.sort_key)
    .join_from(_GRANT, _ACCOUNT, _ACCOUNT.c.id == _GRANT.c.account_id)
    .join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)
    .where(
        _GRANT.c.role == sa.bindparam("role"),
        _GRANT.c.unit == sa.bindparam("unit"),
        _ACCOUNT.c.disabled_at.is_(None),
        *_ON_THE_DAY,
    )
    .order_by(_PERSON.c.sort_key, _PERSON.c.name, _PERSON.c.id)
    .distinct()
)
_NAMES_IN = (
    sa.select(_GRANT.c.unit, _GRANT.c.role, _PERSON.c.name)
    .join_from(_GRANT, _ACCOUNT, _ACCOUNT.c.id == _GRANT.c.account_id)
    .join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)
    .where(
        _GRANT.c.unit.in_(sa.bindparam("units", expanding=True)),
        _ACCOUNT.c.disabled_at.is_(None),
        *_ON_THE_DAY,
    )
    .order_by(_PERSON.c.sort_key, _PERSON.c.name, _PERSON.c.id)
)
_TOLD = (
    sa.select(_ACCOUNT.c.id)
    .join_from(_GRANT, _ACCOUNT, _ACCOUNT.c.id == _GRANT.c.account_id)
    .join(_UNIT, _UNIT.c.id == _GRANT.c.unit)
    .where(_GRANT.c.role == sa.bindparam("role"), _ACCOUNT.c.disabled_at.is_(None), *_ON_THE_DAY)
    .order_by(_ACCOUNT.c.id)
    .distinct()
)


def insert_person(conn: Connection, person: Person) -> None:
    """Store a new person, with the keys that sort and find the name."""
    keys = {"sort_key": person_key(person.name), "folded": fold(person.name)}
    conn.execute(sa.insert(_PERSON), values_of(person) | keys)


def insert_account(conn: Connection, account: Account) -> None:
    """Store a new account. Raises IntegrityError when the login is taken."""
    conn.execute(sa.insert(_ACCOUNT), values_of(account))


def insert_grant(
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


def person(conn: Connection, person_id: str) -> Person | None:
    """One person, or None."""
    return first(conn, Person, _PERSON_BY_ID, {"wanted": person_id})


def person_named_by(conn: Connection, id_or_login: str) -> Person | None:
    """The person with this id, else the one who signs in with this login, or None."""
    login = sa.select(_ACCOUNT.c.person_id).where(_ACCOUNT.c.login == id_or_login)
    return person(conn, id_or_login) or first(conn, Person, _PERSONS.where(_PERSON.c.id.in_(login)))


def account_by_login(conn: Connection, login: str) -> Account | None:
    """The account with this login, disabled or not, or None."""
    return first(conn, Account, _ACCOUNT_BY_LOGIN, {"wanted": login})


def account_by_id(conn: Connection, account_id: str) -> Account | None:
    """The account with this id, disabled or not, or None."""
    return first(conn, Account, _ACCOUNT_BY_ID, {"wanted": account_id})


def grants_on(conn: Connection, account_id: str, day: date) -> list[Grant]:
    """What the account may act as on that day."""
    return [Grant(*row) for row in conn.execute(_GRANTS_ON, {"account": account_id, "day": day})]


def holders(conn: Connection, role: str, unit: str, day: date) -> list[Person]:
    """The persons who hold the role in the unit on that day through an account in use, sorted by name."""
    rows = conn.execute(_HOLDERS, {"role": role, "unit": unit, "day": day})
    return [Person(row.id, row.name) for row in rows]


def names_of(conn: Connection, person_ids: Collection[str]) -> dict[str, str]:
    """What these persons are called, by id."""
    if not person_ids:
        return {}
    rows = conn.execute(_PERSONS.where(_PERSON.c.id.in_(sorted(person_ids))))
    return {row.id: row.name for row in rows}


def logins_of(conn: Connection, body: str, roles: Collection[str], day: date) -> list[tuple[str, str]]:
    """(login, name) of everybody who holds one of these roles under a body on that day, sorted by name."""
    wanted = (
        sa.select(_ACCOUNT.c.login, _PERSON.c.name, _PERSON.c.sort_key)
        .join_from(_GRANT, _ACCOUNT, _ACCOUNT.c.id == _GRANT.c.account_id)
        .join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)
        .join(_UNIT, _UNIT.c.id == _GRANT.c.unit)
        .where(
            _UNIT.c.body == body,
            _GRANT.c.role.in_(sorted(roles)),
            _ACCOUNT.c.disabled_at.is_(None),
            *_ON_THE_DAY,
        )
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


def set_password_hash(conn: Connection, account_id: str, password_hash: str) -> None:
    """Replace the password hash of an account."""
    conn.execute(sa.update(_ACCOUNT).where(_ACCOUNT.c.id == account_id).values(password_hash=password_hash))


def disable(conn: Connection, account_id: str, at: datetime) -> None:
    """Close an account to signing in; the first time counts."""
    closed = sa.update(_ACCOUNT).where(_ACCOUNT.c.id == account_id, _ACCOUNT.c.disabled_at.is_(None))
    conn.execute(closed.values(disabled_at=at))
