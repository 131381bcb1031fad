"""What waits at the stations of one process definition."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, CaseRecord
from db.scope import Scope, visible


class StationCount(NamedTuple):
    """How many cases stand at a station, with how many of them are overdue or soon due."""

    station: str
    total: int
    overdue: int
    soon: int


def counts_under(
    conn: Connection, scope: Scope, definition: str, *, today: date, soon: date
) -> dict[str, StationCount]:
    """Visible cases of a definition (`dossier@A.1`) by station; soon due are those due until `soon`, included."""
    due, counted = CASE.c.due_on, sa.func.count()
    rows = conn.execute(
        sa.select(
            CASE.c.station,
            counted,
            counted.filter(due < today),
            counted.filter(due >= today, due <= soon),
        )
        .where(visible(scope), CASE.c.definition == definition)
        .group_by(CASE.c.station)
    )
    return {row[0]: StationCount(*row) for row in rows}


def late_at(
    conn: Connection, scope: Scope, definition: str, station: str, *, today: date, limit: int
) -> list[CaseRecord]:
    """Visible cases of a definition that a station should have let go before today, the longest overdue first."""
    wanted = (
        CASES.where(
            visible(scope),
            CASE.c.definition == definition,
            CASE.c.station == station,
            CASE.c.due_on < today,
        )
        .order_by(CASE.c.due_on, CASE.c.id)
        .limit(limit)
    )
    return [CaseRecord(*row) for row in conn.execute(wanted)]
