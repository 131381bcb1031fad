"""Whether the window for a proposal has closed."""

from datetime import date
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db import year
from db.cases import CaseRecord
from states.year.plan_case import Intake
from workflow.engine import ZONE
from workflow.loading import facts_in


class ClosedWindow(NamedTuple):
    """A window that takes nothing any more, with its last day."""

    title: str
    last: date


def closed_window(conn: Connection, *, body: str, kind: str, period: str, today: date) -> ClosedWindow | None:
    """The window of this kind and period that closed last; None while one is open or where there never was one."""
    found = [
        (record, facts)
        for record in year.intakes(conn, body, period)
        if isinstance(facts := facts_in(record), Intake) and facts.kind == kind
    ]
    closed = [
        ClosedWindow(record.title, last) for record, facts in found if (last := _last(record, facts, today))
    ]
    return max(closed, key=lambda one: one.last) if closed and len(closed) == len(found) else None


def _last(record: CaseRecord, facts: Intake, today: date) -> date | None:
    """The last day on which a window took proposals; None while it still does."""
    if record.final:
        ended = record.entered_at.astimezone(ZONE).date()
        return min(ended, facts.deadline or ended)
    return facts.deadline if facts.deadline and facts.deadline < today else None
