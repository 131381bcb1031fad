"""Every command somebody sent, with its answer."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.corrections import versions_read, versions_told
from db.instants import UtcDateTime
from db.table import INSERTS, Table, columns_of, first, names_of, one_of, values_of
from db.together import Together, keep, together
from db.writing import inserting


class CommandRow(Table, table=True):
    """A command under its idempotency key."""

    __tablename__ = "command"
    __table_args__ = (
        one_of("outcome", "ok", "refused", "conflict"),
        sa.Index("ix_command_case_id_at", "case_id", "at"),
        sa.Index("ix_command_outcome_at", "outcome", "at"),
    )

    account_id: str = Field(primary_key=True)
    key: str = Field(
        primary_key=True, sa_column_kwargs={"comment": "idempotency key, unique for the account"}
    )
    digest: str = Field(
        sa_column_kwargs={"comment": "SHA-256 of act, ref, body; a second one is another command"}
    )
    act: str
    ref: str
    case_id: str | None = None
    person_id: str
    outcome: str
    answer: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "codes without words, canonical JSON"})
    at: datetime = Field(sa_type=UtcDateTime)
    station: str | None = Field(default=None, sa_column_kwargs={"comment": "where the case stood"})
    request_id: str


class CommandRecord(NamedTuple):
    """A command; `outcome` is ok, refused or conflict."""

    account_id: str
    key: str
    digest: str
    act: str
    ref: str
    case_id: str | None
    person_id: str
    outcome: str
    answer: str
    at: datetime
    station: str | None
    request_id: str


_COMMAND = CommandRow.__table__
_SELECT = sa.select(*columns_of(_COMMAND, CommandRecord))
_FIND = _SELECT.where(
    _COMMAND.c.account_id == sa.bindparam("account"), _COMMAND.c.key == sa.bindparam("named")
)
# What returns a row won; psycopg's row count says nothing here. The row tells what else every act must know
# before it begins, so that nobody asks for that alone.
_INSERT = {
    dialect: insert(_COMMAND).on_conflict_do_nothing().returning(versions_told(dialect))
    for dialect, insert in INSERTS.items()
}
_TAKE = inserting(_COMMAND, names_of(CommandRecord))
_FINISH = sa.update(_COMMAND).where(
    _COMMAND.c.account_id == sa.bindparam("account"), _COMMAND.c.key == sa.bindparam("named")
)


def find(conn: Connection, account_id: str, key: str) -> CommandRecord | None:
    """The command this account sent under the key, or None."""
    return first(conn, CommandRecord, _FIND, {"account": account_id, "named": key})


def insert(conn: Connection, record: CommandRecord) -> dict[str, int] | None:
    """Take the key, told the versions of the calendar's corrections as they are then.

    None when it is taken, after waiting for the transaction that is taking it.
    """
    row = conn.execute(_INSERT[conn.dialect.name], values_of(record)).first()
    return None if row is None else versions_read(row[0])


def take(here: Together, record: CommandRecord) -> None:
    """Take a key among many writes; IntegrityError ends them all where it is taken."""
    values = here.commands[record.account_id, record.key] = values_of(record)
    keep(here, _TAKE, values)


def finish(
    conn: Connection,
    account_id: str,
    key: str,
    outcome: str,
    answer: str,
    *,
    case_id: str | None = None,
    station: str | None = None,
) -> None:
    """Write down how the command ended, with the case and station once they are known."""
    known = {"case_id": case_id, "station": station}
    values = {"outcome": outcome, "answer": answer} | {name: value for name, value in known.items() if value}
    if here := together(conn):
        here.commands[account_id, key].update(values)
        return
    conn.execute(_FINISH, {"account": account_id, "named": key, **values})


def of_case(conn: Connection, case_id: str, outcome: str | None = None) -> list[CommandRecord]:
    """The commands sent to a case, oldest first, of one outcome where it is given."""
    wanted = _SELECT.where(_COMMAND.c.case_id == case_id).order_by(_COMMAND.c.at, _COMMAND.c.key)
    rows = conn.execute(wanted if outcome is None else wanted.where(_COMMAND.c.outcome == outcome))
    return [CommandRecord(*row) for row in rows]
