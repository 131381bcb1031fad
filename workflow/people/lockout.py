"""Too many wrong passwords close the door for a while."""

from datetime import datetime, timedelta

from db import sign_ins
from db.engine import Connection

TRIES = 5
"""Wrong passwords for one login within the window; the last one locks it."""
TRIES_PER_ADDRESS = 30
"""The same for one network address, whatever logins it tried."""
WINDOW = timedelta(minutes=15)
"""How long wrong passwords are remembered, and how long a lock lasts."""


class LockedOut(Exception):
    """This login or address is locked; even the right password is not looked at before ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"locked until {until.isoformat()}")
        self.until = until


def begin(conn: Connection, login: str, address: str, now: datetime) -> int:
    """Count one attempt before its password is checked, so that attempts at once cannot outrun the count.

    Returns the tries left should this one be wrong. Raises LockedOut.
    """
    for key in (login, address):
        _refuse_locked(conn, key, now)
    count = sign_ins.add_failure(conn, login, now=now, window_from=now - WINDOW)
    if count.failures > TRIES:
        raise LockedOut(count.first_at + WINDOW)
    return TRIES - count.failures


def wrong(conn: Connection, login: str, address: str, now: datetime, tries_left: int) -> None:
    """The password was wrong: lock the login after its last try, the address after too many."""
    if tries_left == 0:
        sign_ins.lock_until(conn, login, now + WINDOW)
    count = sign_ins.add_failure(conn, address, now=now, window_from=now - WINDOW)
    if count.failures >= TRIES_PER_ADDRESS:
        sign_ins.lock_until(conn, address, now + WINDOW)


def right(conn: Connection, login: str) -> None:
    """The password was right: the login's earlier mistakes are forgotten, the address's are not."""
    sign_ins.clear_lockout(conn, login)


def _refuse_locked(conn: Connection, key: str, now: datetime) -> None:
    found = sign_ins.lockout(conn, key)
    if found is None or found.locked_until is None:
        return
    if found.locked_until > now:
        raise LockedOut(found.locked_until)
    sign_ins.clear_lockout(conn, key)
