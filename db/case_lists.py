"""Lists of cases: all that are visible, what waits for somebody, what somebody is done with."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CaseLine
from db.history import HISTORY
from db.scope import Scope, ScopeKey, visible
from db.table import columns_of

# (unit, role) pairs a case may wait for; the role None is any role of the unit.
Holders = Sequence[tuple[str, str | None]]


Told = sa.BindParameter[Any] | None
"""What a question will be told, where it is told at all."""


_LINES = sa.select(*columns_of(CASE, CaseLine))


def listed(
    conn: Connection,
    scope: Scope,
    *,
    station: str | None = None,
    unit: str | None = None,
    period: str | None = None,
    words: str | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> list[CaseLine]:
    """Visible dossiers, newest first.

    `words` are folded, and each must occur; `after` is the (created_at, id) of the last case seen.
    """
    wanted = _LINES.where(visible(scope), CASE.c.kind == "dossier")
    for column, value in ((CASE.c.station, station), (CASE.c.unit, unit), (CASE.c.period, period)):
        if value is not None:
            wanted = wanted.where(column == value)
    for word in (words or "").split():
        wanted = wanted.where(CASE.c.search.contains(word, autoescape=True))
    return _newest_first(conn, wanted, after, limit)


def queue(
    conn: Connection,
    scope: Scope,
    holders: Holders,
    *,
    due_before: date | None = None,
    due_from: date | None = None,
    station: str | None = None,
    after: tuple[date | None, str] | None = None,
    limit: int,
) -> list[CaseLine]:
    """Visible cases that wait for these holders, the most urgent first, those without a due date last.

    `due_from` is included, `due_before` is not; `after` is the (due_on, id) of the last case seen.
    """
    due, case_id = after or (None, None)
    asked = {
        "due_before": due_before, "due_from": due_from, "at": station, "seen_due": due, "seen_id": case_id
    }  # fmt: skip
    found = _queued(conn, scope, holders, asked, limit)
    if due is None or due_before or due_from or len(found) == limit:
        return found
    # Those without a due date are asked for apart: so the index finds the place where the page begins.
    undated = {"at": station, "seen_id": ""}
    return found + _queued(conn, scope, holders, undated, limit - len(found))


def _queued(
    conn: Connection, scope: Scope, holders: Holders, asked: Mapping[str, Any], limit: int
) -> list[CaseLine]:
    known = {name: value for name, value in asked.items() if value is not None}
    wanted = _queue_of(scope.key, tuple(holders), frozenset(known))
    return [CaseLine(*row) for row in conn.execute(wanted, {**known, "most": limit}).all()]


@lru_cache(maxsize=256)
def _queue_of(scope: ScopeKey, holders: Holders, known: frozenset[str]) -> sa.Select[Any]:
    """Built once for a desk: writing this question takes longer than answering it."""
    told: dict[str, sa.BindParameter[Any]] = {name: sa.bindparam(name) for name in known}
    waiting = _waiting(Scope.of(scope), holders, told.get("due_before"), told.get("due_from"), told.get("at"))
    wanted = _LINES.where(*waiting)
    if "seen_id" in told:
        wanted = wanted.where(_more_distant(told.get("seen_due"), told["seen_id"]))
    most = sa.bindparam("most", type_=sa.Integer)
    return wanted.order_by(sa.nulls_last(CASE.c.due_on), CASE.c.id).limit(most)


def counting_queue(scope: Scope, holders: Holders) -> sa.Select[int, int, int]:
    """How many cases `queue` lists: all, those due from `today` until before `soon`, those due before `today`."""
    due, counted = CASE.c.due_on, sa.func.count()
    today, soon = sa.bindparam("today", type_=sa.Date), sa.bindparam("soon", type_=sa.Date)
    wanted = sa.select(counted, counted.filter(due >= today, due < soon), counted.filter(due < today))
    return wanted.select_from(CASE).where(*_waiting(scope, holders, None, None, None))


def acted_on(
    conn: Connection,
    scope: Scope,
    person_id: str,
    holders: Holders,
    *,
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> list[CaseLine]:
    """Visible cases the person acted on that no longer wait for these holders, newest first."""
    return _newest_first(conn, _done(_LINES, scope, holders).params(person=person_id), after, limit)


def counting_acted_on(scope: Scope, holders: Holders) -> sa.Select[int]:
    """How many cases `acted_on` lists for the `person`."""
    return _done(sa.select(sa.func.count()), scope, holders)


def _held_by(holders: Holders) -> sa.ColumnElement[bool]:
    ways = [
        CASE.c.holder_unit == unit
        if role is None
        else sa.and_(CASE.c.holder_unit == unit, CASE.c.holder_role == role)
        for unit, role in holders
    ]
    # The wording of the partial index, so that it is used.
    return sa.and_(CASE.c.final.is_(sa.false()), sa.or_(sa.false(), *ways))


def _waiting(
    scope: Scope, holders: Holders, due_before: Told, due_from: Told, station: Told
) -> list[sa.ColumnElement[bool]]:
    conditions = [visible(scope), _held_by(holders)]
    if due_before is not None:
        conditions.append(CASE.c.due_on < due_before)
    if due_from is not None:
        conditions.append(CASE.c.due_on >= due_from)
    if station is not None:
        conditions.append(CASE.c.station == station)
    return conditions


def _done(wanted: sa.Select[Any], scope: Scope, holders: Holders) -> sa.Select[Any]:
    # Joined, not IN: SQLite then starts from the person's few acts, not from all cases of the body.
    acts = sa.select(HISTORY.c.case_id).where(HISTORY.c.actor == sa.bindparam("person")).distinct().subquery()
    still_theirs = sa.func.coalesce(_held_by(holders), sa.false())
    return (
        wanted.select_from(acts)
        .join(CASE, CASE.c.id == acts.c.case_id)
        .where(visible(scope), sa.not_(still_theirs))
    )


def _more_distant(due_on: Told, case_id: sa.BindParameter[Any]) -> sa.ColumnElement[bool]:
    due, later_id = CASE.c.due_on, CASE.c.id > case_id
    if due_on is None:
        return sa.and_(due.is_(None), later_id)
    return sa.and_(due >= due_on, sa.or_(due > due_on, later_id))


def _newest_first(
    conn: Connection, wanted: sa.Select[Any], after: tuple[datetime, str] | None, limit: int
) -> list[CaseLine]:
    created, case_id = CASE.c.created_at, CASE.c.id
    if after is not None:
        # The first comparison lets the index skip what was seen already.
        wanted = wanted.where(created <= after[0], sa.or_(created < after[0], case_id < after[1]))
    return [
        CaseLine(*row)
        for row in conn.execute(wanted.order_by(created.desc(), case_id.desc()).limit(limit)).all()
    ]
