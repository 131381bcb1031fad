"""Who is asking, by password, browser session or token."""

import hashlib
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import OperationalError

from db import people, sign_ins, visitors
from db.engine import Connection
from db.people import Account
from db.scope import Scope
from db.sign_ins import SignIn
from db.visitors import Visitor
from states.decide import Actor, Grant
from states.labels import Lang
from workflow.engine import Engine
from workflow.people import lockout
from workflow.people.passwords import Passwords
from workflow.sight import scope_of

IDLE = timedelta(minutes=30)
"""A browser that is silent for so long is signed out."""
ABSOLUTE = timedelta(hours=12)
"""Whatever it does, a browser signs in again after a working day."""
TOUCH = timedelta(minutes=1)
"""How exactly it is remembered when a browser or token was last seen."""

Clock = Callable[[], datetime]
"""Security time: real, never the business clock that a demonstration moves."""


class WrongPassword(Exception):
    """No account takes this login with this password; the same answer whether the login exists or not."""

    def __init__(self, tries_left: int) -> None:
        super().__init__(f"{tries_left} tries left")
        self.tries_left = tries_left


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person at the door with the grants their account holds on the business day.

    ``session`` and ``csrf`` are those of the browser session, both empty for a token.
    """

    account_id: str
    login: str
    person_id: str
    name: str
    grants: tuple[Grant, ...]
    lang: Lang = "vi"
    session: str = ""
    csrf: str = ""

    @property
    def actor(self) -> Actor:
        """The same person as the rules know them."""
        return Actor(person=self.person_id, grants=self.grants, account=self.account_id, name=self.name)

    @property
    def roles(self) -> frozenset[str]:
        """Every role held today, wherever."""
        return frozenset(grant.role for grant in self.grants)

    @property
    def scope(self) -> Scope:
        """What of all cases this person may see."""
        return scope_of(self.actor)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed at the door, and from where."""

    login: str
    password: str
    address: str
    user_agent: str = ""


def sign_in(
    engine: Engine,
    typed: Credentials,
    *,
    passwords: Passwords,
    old_token: str = "",
    clock: Clock,
) -> str:
    """Begin a new browser session, ending the one the browser brought; returns the secret for its cookie.

    Raises:
        WrongPassword: login and password do not go together, or the account is closed.
        LockedOut: too many wrong passwords for this login or from this address.
    """
    account, now = checked(engine, typed.login, typed.password, typed.address, passwords, clock)
    secret = secrets.token_urlsafe(32)
    session = SignIn(
        token_hash=digest(secret),
        account_id=account.id,
        csrf=secrets.token_urlsafe(32),
        created_at=now,
        seen_at=now,
        expires_at=now + IDLE,
        ended_at=None,
        user_agent=typed.user_agent[:200],
    )
    with engine.database.transaction() as conn:
        if old_token:
            sign_ins.end_sign_in(conn, digest(old_token), now)
        sign_ins.insert_sign_in(conn, session)
    return secret


def who(engine: Engine, secret: str, *, clock: Clock) -> Viewer | None:
    """The person behind a browser's cookie, or None once signed out, silent too long, closed."""
    now, token_hash = clock(), digest(secret)
    with engine.database.reading() as conn:
        found = visitors.by_browser(conn, token_hash, now, engine.today())
    if found is None:
        return None
    if now - found.seen_at >= TOUCH:
        until = min(now + IDLE, found.created_at + ABSOLUTE)
        _note(engine, lambda conn: sign_ins.touch_sign_in(conn, token_hash, seen_at=now, expires_at=until))
    return _viewer(found.visitor, session=token_hash, csrf=found.csrf)


def who_by_token(engine: Engine, secret: str, *, clock: Clock) -> Viewer | None:
    """The person behind an API token, or None once it is revoked or expired, or the account closed."""
    now, token_hash = clock(), digest(secret)
    with engine.database.reading() as conn:
        found = visitors.by_token(conn, token_hash, now, engine.today())
    if found is None:
        return None
    if found.used_at is None or now - found.used_at >= TOUCH:
        _note(engine, lambda conn: sign_ins.touch_token(conn, token_hash, now))
    return _viewer(found.visitor)


def viewer_of(engine: Engine, login: str) -> Viewer | None:
    """The person behind a login, for callers that are trusted already; None if it is unknown or closed."""
    with engine.database.reading() as conn:
        found = visitors.by_login(conn, login, engine.today())
    return _viewer(found) if found else None


def actor_of(engine: Engine, account_id: str) -> Actor:
    """Who acts by an account, with the grants it holds today; with none at all once it is closed."""
    with engine.database.reading() as conn:
        found = visitors.by_account(conn, account_id, engine.today())
    return _viewer(found).actor if found else Actor(person="", grants=(), account=account_id)


def sign_out(engine: Engine, secret: str, *, clock: Clock) -> None:
    """End one browser session."""
    with engine.database.transaction() as conn:
        sign_ins.end_sign_in(conn, digest(secret), clock())


def sign_out_everywhere(engine: Engine, account_id: str, *, clock: Clock) -> None:
    """End every browser session of an account; tokens stay."""
    with engine.database.transaction() as conn:
        sign_ins.end_all_sign_ins(conn, account_id, clock())


def sessions_of(engine: Engine, account_id: str, *, clock: Clock) -> list[SignIn]:
    """The browsers signed in to an account now, last seen first."""
    with engine.database.reading() as conn:
        return sign_ins.live_sign_ins_of(conn, account_id, clock())


def checked(
    engine: Engine, login: str, password: str, address: str, passwords: Passwords, clock: Clock
) -> tuple[Account, datetime]:
    """The open account these belong to; the attempt is counted before the password is looked at.

    Raises WrongPassword or LockedOut.
    """
    now, login = clock(), folded_login(login)
    # Hashed, because people type their password into the wrong field.
    by_login, by_address = f"login:{digest(login)}", f"address:{address}"
    with engine.database.transaction() as conn:
        tries_left = lockout.begin(conn, by_login, by_address, now)
        account = people.account_by_login(conn, login)
    usable = account if account and account.disabled_at is None else None
    matched = passwords.match(password, usable.password_hash if usable else None)
    with engine.database.transaction() as conn:
        if usable and matched:
            lockout.right(conn, by_login)
            return usable, now
        lockout.wrong(conn, by_login, by_address, now, tries_left)
    raise WrongPassword(tries_left)


def _viewer(found: Visitor, *, session: str = "", csrf: str = "") -> Viewer:
    return Viewer(
        account_id=found.account_id,
        login=found.login,
        person_id=found.person_id,
        name=found.name,
        grants=tuple(Grant(g.role, g.unit, g.body) for g in found.grants),
        session=session,
        csrf=csrf,
    )


def _note(engine: Engine, write: Callable[[Connection], None]) -> None:
    # A disk that is full or busy must not lock readers out; when they were last seen can wait.
    with suppress(OperationalError), engine.database.transaction() as conn:
        write(conn)


def folded_login(typed: str) -> str:
    """A login as it is stored: small letters, and nothing a database would choke on."""
    return typed.strip().lower().encode("ascii", "replace").decode().replace("\0", "?")


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
