"""Forms saved while they are filled in: unsealed, one per account."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import Table, upserts


class ScratchRow(Table, table=True):
    """A half-filled form of an account."""

    __tablename__ = "scratch"

    account_id: str = Field(primary_key=True, foreign_key="account.id")
    form: str = Field(primary_key=True, sa_column_kwargs={"comment": "which form of which case"})
    data: str = Field(sa_type=sa.Text)
    saved_at: datetime = Field(sa_type=UtcDateTime)


_SCRATCH = ScratchRow.__table__
_PUT = upserts(_SCRATCH, replaced=("data", "saved_at"))


def put(conn: Connection, account_id: str, form: str, *, data: str, at: datetime) -> None:
    """Keep what the form holds now, replacing what it held before."""
    conn.execute(
        _PUT[conn.dialect.name], {"account_id": account_id, "form": form, "data": data, "saved_at": at}
    )


def get(conn: Connection, account_id: str, form: str) -> str | None:
    """What the form held when it was last kept, or None."""
    return conn.execute(sa.select(_SCRATCH.c.data).where(*_one(account_id, form))).scalar_one_or_none()


def drop(conn: Connection, account_id: str, form: str) -> None:
    """Forget the form; nothing happens when it is not kept."""
    conn.execute(sa.delete(_SCRATCH).where(*_one(account_id, form)))


def _one(account_id: str, form: str) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    return _SCRATCH.c.account_id == account_id, _SCRATCH.c.form == form
