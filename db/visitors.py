"""The person behind a browser's secret, a program's token or a login, in one question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.grants import Grant, GrantRow
from db.instants import UtcDateTime
from db.kept import Kept
from db.moments import remembered
from db.people import AccountRow, PersonRow
from db.sign_ins import SignInRow, TokenRow
from db.units import UnitRow


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person with an account in use; `grants` are what it may act as on the day asked about."""

    account_id: str
    login: str
    person_id: str
    name: str
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that is signed in, with whose it is."""

    visitor: Visitor
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Program:
    """A program with a token that is good, with whose it is."""

    visitor: Visitor
    used_at: datetime | None


_BROWSERS: Kept[Browser | None] = Kept(512)
Rows = Sequence[tuple[Any, ...]]

_ACCOUNT = AccountRow.__table__
_PERSON = PersonRow.__table__
_GRANT = GrantRow.__table__
_UNIT = UnitRow.__table__
_SIGN_IN = SignInRow.__table__
_TOKEN = TokenRow.__table__
_NOW = sa.bindparam("now", type_=UtcDateTime)
_HELD_THAT_DAY = sa.and_(
    _GRANT.c.account_id == _ACCOUNT.c.id,
    _GRANT.c.valid_from <= sa.bindparam("day"),
    sa.or_(_GRANT.c.valid_to.is_(None), _GRANT.c.valid_to >= sa.bindparam("day")),
)
_VISITOR = (_ACCOUNT.c.id, _ACCOUNT.c.login, _ACCOUNT.c.person_id, _PERSON.c.name)
_GRANTED = (_GRANT.c.role, _GRANT.c.unit, _UNIT.c.body)


def _asked(secret: sa.Table | None, *more: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """An account in use with its person: one row for each grant, one without where there is none."""
    accounts = _ACCOUNT if secret is None else sa.join(secret, _ACCOUNT, _ACCOUNT.c.id == secret.c.account_id)
    whole = (
        accounts.join(_PERSON, _PERSON.c.id == _ACCOUNT.c.person_id)
        .outerjoin(_GRANT, _HELD_THAT_DAY)
        .outerjoin(_UNIT, _UNIT.c.id == _GRANT.c.unit)
    )
    asked = sa.select(*_VISITOR, *_GRANTED, *more).select_from(whole)
    return asked.where(_ACCOUNT.c.disabled_at.is_(None)).order_by(_GRANT.c.role, _GRANT.c.unit)


_BY_BROWSER = _asked(
    _SIGN_IN, _SIGN_IN.c.csrf, _SIGN_IN.c.created_at, _SIGN_IN.c.seen_at, _SIGN_IN.c.expires_at
).where(_SIGN_IN.c.token_hash == sa.bindparam("hash"), _SIGN_IN.c.ended_at.is_(None))
_BY_TOKEN = _asked(_TOKEN, _TOKEN.c.used_at).where(
    _TOKEN.c.hash == sa.bindparam("hash"),
    _TOKEN.c.revoked_at.is_(None),
    sa.or_(_TOKEN.c.expires_at.is_(None), _TOKEN.c.expires_at > _NOW),
)
_BY_LOGIN = _asked(None).where(_ACCOUNT.c.login == sa.bindparam("login"))
_BY_ACCOUNT = _asked(None).where(_ACCOUNT.c.id == sa.bindparam("account"))


def by_browser(conn: Connection, token_hash: str, now: datetime, day: date) -> Browser | None:
    """Who this browser's secret signs in unless that ended or expired, or their account was closed; or None."""
    key = (token_hash, day)
    found = remembered(conn, _BROWSERS, key, lambda: _signed_in(conn, token_hash, day))
    return found if found and found.expires_at > now else None


def _signed_in(conn: Connection, token_hash: str, day: date) -> Browser | None:
    found = _found(conn, _BY_BROWSER, {"hash": token_hash, "day": day})
    return Browser(_visitor(found), *_rest(found)) if found else None


def by_token(conn: Connection, token_hash: str, now: datetime, day: date) -> Program | None:
    """Whose token this is unless it was revoked or expired, or their account was closed; or None."""
    found = _found(conn, _BY_TOKEN, {"hash": token_hash, "now": now, "day": day})
    return Program(_visitor(found), *_rest(found)) if found else None


def by_login(conn: Connection, login: str, day: date) -> Visitor | None:
    """Whose account in use has this login, or None."""
    found = _found(conn, _BY_LOGIN, {"login": login, "day": day})
    return _visitor(found) if found else None


def by_account(conn: Connection, account_id: str, day: date) -> Visitor | None:
    """The person behind an account in use, or None."""
    found = _found(conn, _BY_ACCOUNT, {"account": account_id, "day": day})
    return _visitor(found) if found else None


def _found(conn: Connection, question: sa.Select[Any], asked: Mapping[str, Any]) -> Rows:
    return [tuple(row) for row in conn.execute(question, asked).all()]


def _visitor(rows: Rows) -> Visitor:
    """The one person of these rows; two grants of the same role in the same unit count once."""
    account_id, login, person_id, name = rows[0][:4]
    grants = dict.fromkeys(Grant(role, unit, body) for _, _, _, _, role, unit, body, *_ in rows if role)
    return Visitor(account_id, login, person_id, name, tuple(grants))


def _rest(rows: Rows) -> Sequence[Any]:
    return rows[0][len(_VISITOR) + len(_GRANTED) :]
