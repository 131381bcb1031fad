"""The cases whose limit runs, for those who answer for them."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, CaseRecord
from db.scope import Scope, visible
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


def listed(
    conn: Connection,
    scope: Scope,
    *,
    due_from: date | None,
    due_before: date,
    after: tuple[date, str] | None,
    limit: int,
) -> list[CaseRecord]:
    """Visible cases by due date, the oldest first; `due_from` is included, `after` the (due_on, id) of the last."""
    wanted = CASES.where(*_running(scope), CASE.c.due_on < due_before)
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


def told_on(conn: Connection, scope: Scope, day: date, *, limit: int) -> list[CaseRecord]:
    """Visible cases whose limit is over by that day and whose next rung is that day, the earliest first."""
    wanted = CASES.where(*_told_on(scope, day)).order_by(CASE.c.due_on, CASE.c.id)
    return [CaseRecord(*row) for row in conn.execute(wanted.limit(limit))]


def held(conn: Connection, scope: Scope, *, limit: int) -> list[CaseRecord]:
    """Visible cases on hold, those that came to their station first at the top."""
    wanted = CASES.where(*_held(scope)).order_by(CASE.c.entered_at, CASE.c.id)
    return [CaseRecord(*row) for row in conn.execute(wanted.limit(limit))]


def beside(conn: Connection, scope: Scope, day: date) -> tuple[int, int]:
    """How many cases `told_on` lists for that day, how many are held."""
    counts = (
        sa.select(sa.func.count()).select_from(CASE).where(*c) for c in (_told_on(scope, day), _held(scope))
    )
    told, on_hold = (int(conn.execute(count).scalar_one()) for count in counts)
    return told, on_hold


def _told_on(scope: Scope, day: date) -> list[sa.ColumnElement[bool]]:
    # Literal, so that the partial index of what is armed serves.
    armed = sa.select(_TIMER.c.case_id).where(
        _TIMER.c.status == sa.literal_column("'armed'"), _TIMER.c.due_on == day
    )
    return [visible(scope), CASE.c.final.is_(sa.false()), CASE.c.due_on < day, CASE.c.id.in_(armed)]


def _held(scope: Scope) -> list[sa.ColumnElement[bool]]:
    # Only a case without a day can be on hold: the others need not be looked into.
    on_hold = CASE.c.facts.contains('"on_hold":{', autoescape=True)
    return [visible(scope), CASE.c.final.is_(sa.false()), CASE.c.due_on.is_(None), on_hold]


def by_holder(conn: Connection, scope: Scope, today: date) -> list[Holding]:
    """Who holds the visible running limits, those with the most overdue first."""
    overdue, total = sa.func.count().filter(today > CASE.c.due_on), sa.func.count()
    unit, role = CASE.c.holder_unit, CASE.c.holder_role
    wanted = sa.select(unit, role, overdue, total).where(*_running(scope)).group_by(unit, role)
    rows = conn.execute(wanted.order_by(overdue.desc(), total.desc(), unit, role))
    return [Holding(*row) for row in rows]


def _running(scope: Scope) -> list[sa.ColumnElement[bool]]:
    # A window that closes by itself is nobody's work.
    people = CASE.c.holder_role != "clock"
    return [visible(scope), CASE.c.final.is_(sa.false()), CASE.c.due_on.is_not(None), people]
