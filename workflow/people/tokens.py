"""Programs come in with tokens that a person gave them."""

import secrets
from datetime import timedelta

from db import people, sign_ins
from db.sign_ins import Token
from workflow.engine import Engine, real_now
from workflow.people.identity import Clock, digest
from workflow.problems import NotFound


def create_token(
    engine: Engine, login: str, label: str, days: int | None = None, *, clock: Clock = real_now
) -> str:
    """A new API token, shown once: only its hash is kept. Without ``days`` it lasts until revoked.

    Raises NotFound when no open account has the login.
    """
    now, secret = clock(), f"kt_{secrets.token_urlsafe(32)}"
    until = now + timedelta(days=days) if days else None
    with engine.database.transaction() as conn:
        account = people.account_by_login(conn, login)
        if account is None or account.disabled_at is not None:
            raise NotFound
        sign_ins.insert_token(conn, Token(digest(secret), account.id, label, now, until, None, None))
    return secret


def tokens_of(engine: Engine, account_id: str, *, clock: Clock) -> list[Token]:
    """The tokens of an account that still open the door, oldest first."""
    now = clock()
    with engine.database.reading() as conn:
        found = sign_ins.tokens_of(conn, account_id)
    return [t for t in found if t.revoked_at is None and (t.expires_at is None or t.expires_at > now)]


def revoke_token(engine: Engine, account_id: str, token_hash: str, *, clock: Clock) -> None:
    """Take one of the account's own tokens back. Raises NotFound for another's."""
    with engine.database.transaction() as conn:
        if token_hash not in {token.hash for token in sign_ins.tokens_of(conn, account_id)}:
            raise NotFound
        sign_ins.revoke_token(conn, token_hash, clock())
