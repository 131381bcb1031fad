"""Cases that stayed at a station beyond its limit."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CaseRecord
from db.scope import Scope, visible
from db.table import columns_of


def late_at(conn: Connection, scope: Scope, station: str, today: date, *, limit: int) -> list[CaseRecord]:
    """Visible cases at a station that were due before today, the longest overdue first."""
    wanted = (
        sa.select(*columns_of(CASE, CaseRecord))
        .where(visible(scope), CASE.c.station == station, CASE.c.due_on < today)
        .order_by(CASE.c.due_on, CASE.c.id)
        .limit(limit)
    )
    return [CaseRecord(*row) for row in conn.execute(wanted)]
