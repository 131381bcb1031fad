"""Who is signed in, by browser or token, with what locks them out."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import INSERTS, Table, columns_of, first, values_of


class SignInRow(Table, table=True):
    """A browser that is signed in; only the hash of its secret is kept."""

    __tablename__ = "sign_in"

    token_hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    csrf: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    user_agent: str


class TokenRow(Table, table=True):
    """A program's way in; only the hash of its secret is kept."""

    __tablename__ = "token"

    hash: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id", index=True)
    label: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LockoutRow(Table, table=True):
    """Failed attempts under one key."""

    __tablename__ = "lockout"

    key: str = Field(primary_key=True, sa_column_kwargs={"comment": "a login or an address"})
    failures: int
    first_at: datetime = Field(sa_type=UtcDateTime)
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A browser that is signed in, until `expires_at` or `ended_at`."""

    token_hash: str
    account_id: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None
    user_agent: str


@dataclass(frozen=True, slots=True)
class Token:
    """A program's way in; `expires_at` None means it lasts until it is revoked."""

    hash: str
    account_id: str
    label: str
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Lockout:
    """Failures since `first_at`, with the lock they led to."""

    key: str
    failures: int
    first_at: datetime
    locked_until: datetime | None


_SIGN_IN = SignInRow.__table__
_TOKEN = TokenRow.__table__
_LOCKOUT = LockoutRow.__table__
_TOKENS = sa.select(*columns_of(_TOKEN, Token))
_EARLIER = _LOCKOUT.c.first_at < sa.bindparam("window_from", type_=UtcDateTime)
_FAILURE = {
    dialect: insert(_LOCKOUT)
    .on_conflict_do_update(
        index_elements=[_LOCKOUT.c.key],
        set_={
            "failures": sa.case((_EARLIER, 1), else_=_LOCKOUT.c.failures + 1),
            "first_at": sa.case(
                (_EARLIER, sa.bindparam("now", type_=UtcDateTime)), else_=_LOCKOUT.c.first_at
            ),
        },
    )
    .returning(*columns_of(_LOCKOUT, Lockout))
    for dialect, insert in INSERTS.items()
}


def insert_sign_in(conn: Connection, sign_in: SignIn) -> None:
    """Store a browser that signed in."""
    conn.execute(sa.insert(_SIGN_IN), values_of(sign_in))


def live_sign_ins_of(conn: Connection, account_id: str, now: datetime) -> list[SignIn]:
    """The browsers signed in to an account now, last seen first."""
    rows = conn.execute(
        sa.select(*columns_of(_SIGN_IN, SignIn))
        .where(
            _SIGN_IN.c.account_id == account_id,
            _SIGN_IN.c.ended_at.is_(None),
            _SIGN_IN.c.expires_at > now,
        )
        .order_by(_SIGN_IN.c.seen_at.desc(), _SIGN_IN.c.token_hash)
    )
    return [SignIn(*row) for row in rows]


def touch_sign_in(conn: Connection, token_hash: str, *, seen_at: datetime, expires_at: datetime) -> None:
    """Note when the browser was last seen, with the moment it expires now."""
    this = sa.update(_SIGN_IN).where(_SIGN_IN.c.token_hash == token_hash)
    conn.execute(this.values(seen_at=seen_at, expires_at=expires_at))


def end_sign_in(conn: Connection, token_hash: str, at: datetime) -> None:
    """Sign one browser out; the first time counts."""
    this = sa.update(_SIGN_IN).where(_SIGN_IN.c.token_hash == token_hash, _SIGN_IN.c.ended_at.is_(None))
    conn.execute(this.values(ended_at=at))


def end_all_sign_ins(
    conn: Connection, account_id: str, at: datetime, *, except_hash: str | None = None
) -> None:
    """Sign out every browser of an account but one."""
    theirs = sa.update(_SIGN_IN).where(_SIGN_IN.c.account_id == account_id, _SIGN_IN.c.ended_at.is_(None))
    if except_hash is not None:
        theirs = theirs.where(_SIGN_IN.c.token_hash != except_hash)
    conn.execute(theirs.values(ended_at=at))


def insert_token(conn: Connection, token: Token) -> None:
    """Store a program's way in."""
    conn.execute(sa.insert(_TOKEN), values_of(token))


def touch_token(conn: Connection, token_hash: str, used_at: datetime) -> None:
    """Note when the token was last used."""
    conn.execute(sa.update(_TOKEN).where(_TOKEN.c.hash == token_hash).values(used_at=used_at))


def revoke_token(conn: Connection, token_hash: str, at: datetime) -> None:
    """Take the token back; the first time counts."""
    this = sa.update(_TOKEN).where(_TOKEN.c.hash == token_hash, _TOKEN.c.revoked_at.is_(None))
    conn.execute(this.values(revoked_at=at))


def tokens_of(conn: Connection, account_id: str) -> list[Token]:
    """Every token of an account, oldest first."""
    rows = conn.execute(_TOKENS.where(_TOKEN.c.account_id == account_id).order_by(_TOKEN.c.created_at))
    return [Token(*row) for row in rows]


def lockout(conn: Connection, key: str) -> Lockout | None:
    """The failures under this key, or None."""
    return first(conn, Lockout, sa.select(*columns_of(_LOCKOUT, Lockout)).where(_LOCKOUT.c.key == key))


def add_failure(conn: Connection, key: str, *, now: datetime, window_from: datetime) -> Lockout:
    """Count one failure; the count starts again when its first one lies before `window_from`."""
    values = {"key": key, "failures": 1, "first_at": now, "now": now, "window_from": window_from}
    return Lockout(*conn.execute(_FAILURE[conn.dialect.name], values).one())


def lock_until(conn: Connection, key: str, until: datetime) -> None:
    """Lock a key that has failures."""
    conn.execute(sa.update(_LOCKOUT).where(_LOCKOUT.c.key == key).values(locked_until=until))


def clear_lockout(conn: Connection, key: str) -> None:
    """Forget the failures and the lock."""
    conn.execute(sa.delete(_LOCKOUT).where(_LOCKOUT.c.key == key))
