"""The corrections of the calendar, which are cases, in one look."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, CaseRecord

# Literal, so that the partial index serves.
_OURS = CASE.c.kind == sa.literal_column("'calendar_day'")
_VERSIONS = sa.select(CASE.c.id, CASE.c.version).where(_OURS)
_ALL = CASES.where(_OURS).order_by(CASE.c.ref)
_TOUCHED = sa.select(CASE.c.id).where(
    CASE.c.final.is_(sa.false()), CASE.c.kind != "calendar_day", CASE.c.due_on >= sa.bindparam("day")
)
_LOCK = 0x4C56
"""The number under which PostgreSQL keeps acts that read the calendar apart from one that changes it."""


def versions_told(dialect: str) -> sa.ScalarSelect[str]:
    """The same as one text, for a statement that tells it along with its own answer."""
    said = CASE.c.id.concat("=").concat(sa.cast(CASE.c.version, sa.Text))
    listed = sa.func.string_agg(said, ",") if dialect == "postgresql" else sa.func.group_concat(said, ",")
    return sa.select(sa.func.coalesce(listed, "")).where(_OURS).scalar_subquery()


def versions_read(told: str) -> dict[str, int]:
    """The versions out of that text."""
    pairs = (one.split("=") for one in told.split(",") if one)
    return {id_: int(version) for id_, version in pairs}


def versions(conn: Connection) -> dict[str, int]:
    """The version of every correction by id: all that tells whether one was made or changed."""
    return {row.id: row.version for row in conn.execute(_VERSIONS)}


def everything(conn: Connection) -> list[CaseRecord]:
    """Every correction, in the order of their references."""
    return [CaseRecord(*row) for row in conn.execute(_ALL)]


def facts(conn: Connection) -> list[str]:
    """The facts of every correction as their rows keep them."""
    return [record.facts for record in everything(conn)]


def touched(conn: Connection, day: date) -> list[str]:
    """The ids of the open cases whose limit ends on ``day`` or later, whoever's they are: no other can move."""
    return list(conn.execute(_TOUCHED.order_by(CASE.c.id), {"day": day}).scalars())


def keep_still(conn: Connection, *, alone: bool) -> None:
    """Until the transaction ends the calendar does not change under it; who changes it waits to be ``alone``.

    SQLite has one writer anyway.
    """
    if conn.dialect.name != "sqlite":
        how = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
        # Nobody asks for its answer, so that it travels with the next question.
        raw: Any = conn.connection.driver_connection
        raw.execute(f"SELECT {how}({_LOCK})")
