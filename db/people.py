"""Who a person is, which accounts they sign in with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import Table, columns_of, first, values_of
from db.text import fold, person_key


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


_PERSON = PersonRow.__table__
_ACCOUNT = AccountRow.__table__
_PERSONS = sa.select(*columns_of(_PERSON, Person))
_ACCOUNTS = sa.select(*columns_of(_ACCOUNT, Account))
_PERSON_BY_ID = _PERSONS.where(_PERSON.c.id == sa.bindparam("wanted"))
_ACCOUNT_BY_ID = _ACCOUNTS.where(_ACCOUNT.c.id == sa.bindparam("wanted"))
_ACCOUNT_BY_LOGIN = _ACCOUNTS.where(_ACCOUNT.c.login == sa.bindparam("wanted"))


def insert_person(conn: Connection, person: Person) -> None:
    """Store a new person, with the keys that sort and find the name."""
    keys = {"sort_key": person_key(person.name), "folded": fold(person.name)}
    conn.execute(sa.insert(_PERSON), values_of(person) | keys)


def insert_account(conn: Connection, account: Account) -> None:
    """Store a new account. Raises IntegrityError when the login is taken."""
    conn.execute(sa.insert(_ACCOUNT), values_of(account))


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


def names_of(conn: Connection, person_ids: Collection[str]) -> dict[str, str]:
    """What these persons are called, by id."""
    if not person_ids:
        return {}
    rows = conn.execute(_PERSONS.where(_PERSON.c.id.in_(sorted(person_ids))))
    return {row.id: row.name for row in rows}


def set_password_hash(conn: Connection, account_id: str, password_hash: str) -> None:
    """Replace the password hash of an account."""
    conn.execute(sa.update(_ACCOUNT).where(_ACCOUNT.c.id == account_id).values(password_hash=password_hash))


def disable(conn: Connection, account_id: str, at: datetime) -> None:
    """Close an account to signing in; the first time counts."""
    closed = sa.update(_ACCOUNT).where(_ACCOUNT.c.id == account_id, _ACCOUNT.c.disabled_at.is_(None))
    conn.execute(closed.values(disabled_at=at))
