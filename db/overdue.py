"""The cases whose limit runs, for those who answer for them."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CaseRecord
from db.scope import Scope, visible
from db.table import columns_of
from db.timers import TimerRow


class Running(NamedTuple):
    """How many limits are over, end today, end soon; how many are told of next, how many stand still."""

    overdue: int
    today: int
    soon: int
    tomorrow: int = 0
    held: int = 0


class Holding(NamedTuple):
    """How many running limits one role in one unit holds, with how many of them are over."""

    unit: str
    role: str
    overdue: int
    total: int

    @property
    def seat(self) -> tuple[str, str]:
        """The unit with the role."""
        return self.unit, self.role


_TIMER = TimerRow.__table__
_SELECT = sa.select(*columns_of(CASE, CaseRecord))


def listed(
    conn: Connection,
    scope: Scope,
    *,
    due_from: date | None,
    due_before: date,
    after: tuple[date, str] | None = None,
    limit: int,
) -> list[CaseRecord]:
    """Visible cases by due date, the oldest first; `due_from` is included, `after` the (due_on, id) of the last."""
    wanted = _SELECT.where(*_running(scope), CASE.c.due_on < due_before)
    if due_from is not None:
        wanted = wanted.where(CASE.c.due_on >= due_from)
    if after is not None:
        wanted = wanted.where(
            sa.or_(CASE.c.due_on > after[0], sa.and_(CASE.c.due_on == after[0], CASE.c.id > after[1]))
        )
    return [CaseRecord(*row) for row in conn.execute(wanted.order_by(CASE.c.due_on, CASE.c.id).limit(limit))]


def running(conn: Connection, scope: Scope, today: date, soon: date) -> Running:
    """The visible running limits: over, ending today, ending after today but before `soon`."""
    counted = sa.func.count()
    wanted = sa.select(
        counted.filter(CASE.c.due_on < today),
        counted.filter(CASE.c.due_on == today),
        counted.filter(CASE.c.due_on > today, CASE.c.due_on < soon),
    )
    return Running(*conn.execute(wanted.select_from(CASE).where(*_running(scope))).one())


def by_timer(
    conn: Connection, scope: Scope, status: str, *, day: date | None, limit: int
) -> list[CaseRecord]:
    """Visible cases with a timer in that state, the earliest first: those held, or armed for a day.

    Of armed ones only limits that are over by that day are meant: what is told before is a reminder.
    """
    wanted = _SELECT.where(*_timed(scope, status, day)).order_by(CASE.c.due_on, CASE.c.id)
    return [CaseRecord(*row) for row in conn.execute(wanted.limit(limit))]


def count_by_timer(conn: Connection, scope: Scope, status: str, *, day: date | None) -> int:
    """How many cases `by_timer` lists in all."""
    counted = sa.select(sa.func.count()).select_from(CASE).where(*_timed(scope, status, day))
    return int(conn.execute(counted).scalar_one())


def _timed(scope: Scope, status: str, day: date | None) -> list[sa.ColumnElement[bool]]:
    timers = sa.select(_TIMER.c.case_id).where(_TIMER.c.status == sa.literal_column(f"'{status}'"))
    found = [visible(scope), CASE.c.final.is_(sa.false())]
    if day is not None:
        timers = timers.where(_TIMER.c.due_on == day)
        found.append(CASE.c.due_on < day)
    return [*found, CASE.c.id.in_(timers)]


def by_holder(conn: Connection, scope: Scope, today: date) -> list[Holding]:
    """Who holds the visible running limits, those with the most overdue first."""
    overdue, total = sa.func.count().filter(today > CASE.c.due_on), sa.func.count()
    unit, role = CASE.c.holder_unit, CASE.c.holder_role
    wanted = sa.select(unit, role, overdue, total).where(*_running(scope)).group_by(unit, role)
    rows = conn.execute(wanted.order_by(overdue.desc(), total.desc(), unit, role))
    return [Holding(*row) for row in rows]


def _running(scope: Scope) -> list[sa.ColumnElement[bool]]:
    # A window that closes by itself is nobody's work.
    people = CASE.c.kind != "intake"
    return [visible(scope), CASE.c.final.is_(sa.false()), CASE.c.due_on.is_not(None), people]
