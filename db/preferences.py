"""How each account wants to be told."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import INSERTS, Table, columns_of, first


class PreferenceRow(Table, table=True):
    """What one account chose; an account without a row chose nothing yet."""

    __tablename__ = "preference"

    account_id: str = Field(primary_key=True, foreign_key="account.id")
    email: str = Field(default="", sa_column_kwargs={"comment": "empty: only the bell"})
    lang: str = Field(default="vi", sa_column_kwargs={"comment": "language of mail and calendar"})
    choices: str = Field(
        default="{}", sa_type=sa.Text, sa_column_kwargs={"comment": "when to mail each notice, JSON by act"}
    )
    read_until: datetime | None = Field(
        default=None, sa_type=UtcDateTime, sa_column_kwargs={"comment": "newest notice marked as read"}
    )
    calendar_hash: str | None = Field(
        default=None, unique=True, sa_column_kwargs={"comment": "SHA-256 of the calendar address's secret"}
    )


@dataclass(frozen=True, slots=True)
class Preference:
    """What one account chose; `choices` is JSON by act."""

    account_id: str
    email: str = ""
    lang: str = "vi"
    choices: str = "{}"
    read_until: datetime | None = None
    calendar_hash: str | None = None


_PREFERENCE = PreferenceRow.__table__
_SELECT = sa.select(*columns_of(_PREFERENCE, Preference))


def of(conn: Connection, account_id: str) -> Preference:
    """What the account chose; the defaults where it chose nothing."""
    row = conn.execute(_SELECT.where(_PREFERENCE.c.account_id == account_id)).first()
    return Preference(account_id) if row is None else Preference(*row)


def by_calendar(conn: Connection, calendar_hash: str) -> Preference | None:
    """Whose calendar has this secret, or None."""
    return first(conn, Preference, _SELECT.where(_PREFERENCE.c.calendar_hash == calendar_hash))


def put_contact(conn: Connection, account_id: str, *, email: str, lang: str) -> None:
    """Set where, with in which language, the account is written to."""
    _put(conn, account_id, {"email": email, "lang": lang})


def put_choices(conn: Connection, account_id: str, choices: str) -> None:
    """Replace when each notice is mailed."""
    _put(conn, account_id, {"choices": choices})


def put_calendar(conn: Connection, account_id: str, calendar_hash: str | None) -> None:
    """Replace the calendar's secret; None closes the calendar."""
    _put(conn, account_id, {"calendar_hash": calendar_hash})


def mark_read(conn: Connection, account_id: str, until: datetime) -> None:
    """Notices up to this instant are read; what was read stays so."""
    before = of(conn, account_id).read_until
    if before is None or before < until:
        _put(conn, account_id, {"read_until": until})


def mark_all_read(conn: Connection, until: datetime) -> None:
    """For everybody who chose anything, notices up to this instant are read."""
    conn.execute(sa.update(_PREFERENCE).values(read_until=until))


def _put(conn: Connection, account_id: str, chosen: dict[str, object]) -> None:
    new = INSERTS[conn.dialect.name](_PREFERENCE)
    defaults = {"email": "", "lang": "vi", "choices": "{}"}
    conn.execute(
        new.values({"account_id": account_id} | defaults | chosen).on_conflict_do_update(
            index_elements=[_PREFERENCE.c.account_id], set_=chosen
        )
    )
