"""Finding, storing, listing cases."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CaseLine, CaseRecord
from db.history import HISTORY
from db.scope import Scope, ScopeKey, visible
from db.table import columns_of, values_of
from db.together import keep, together

__all__ = [
    "CaseLine",
    "CaseRecord",
    "Holders",
    "QueueLength",
    "Scope",
    "acted_on",
    "all_free",
    "by_id",
    "by_ids",
    "count_acted_on",
    "free",
    "insert",
    "listed",
    "load",
    "queue",
    "queue_length",
    "update",
    "visible",
]

# (unit, role) pairs a case may wait for; the role None is any role of the unit.
Holders = Sequence[tuple[str, str | None]]


Told = sa.BindParameter[Any] | None
"""What a question will be told, where it is told at all."""


class QueueLength(NamedTuple):
    """How many cases a queue holds, with how many of them are soon due or overdue."""

    total: int
    soon: int
    overdue: int


_SELECT = sa.select(*columns_of(CASE, CaseRecord))
_LINES = sa.select(*columns_of(CASE, CaseLine))
_BY_REF = _SELECT.where(CASE.c.ref == sa.bindparam("wanted"))
# SQLite has no row locks: there the one writer holds the whole file.
_LOCKED = _BY_REF.with_for_update()
_BY_ID = _SELECT.where(CASE.c.id == sa.bindparam("wanted"))
_FREE = _BY_ID.with_for_update(skip_locked=True)
_BY_IDS = _SELECT.where(CASE.c.id.in_(sa.bindparam("wanted", expanding=True)))
_INSERT = sa.insert(CASE)
_UPDATE = (
    sa.update(CASE)
    .where(CASE.c.id == sa.bindparam("same_id"), CASE.c.version == sa.bindparam("seen_version"))
    .returning(CASE.c.version)
)
_UPDATE_ALL = sa.update(CASE).where(
    CASE.c.id == sa.bindparam("same_id"), CASE.c.version == sa.bindparam("seen_version")
)
_ALL_FREE = _BY_IDS.order_by(CASE.c.id).with_for_update(skip_locked=True)


def load(conn: Connection, ref: str, *, lock: bool = False) -> CaseRecord | None:
    """The case people call `ref`, or None; `lock` keeps other writers off it until the transaction ends."""
    if (here := together(conn)) and ref in here.cases:
        return here.cases[ref]
    row = conn.execute(_LOCKED if lock else _BY_REF, {"wanted": ref}).first()
    return None if row is None else CaseRecord(*row)


def by_id(conn: Connection, case_id: str) -> CaseRecord | None:
    """The case with this id, or None."""
    row = conn.execute(_BY_ID, {"wanted": case_id}).first()
    return None if row is None else CaseRecord(*row)


def free(conn: Connection, case_id: str) -> CaseRecord | None:
    """The case with this id, kept from other writers until the transaction ends; None while another writes it."""
    row = conn.execute(_FREE, {"wanted": case_id}).first()
    return None if row is None else CaseRecord(*row)


def all_free(conn: Connection, case_ids: Sequence[str]) -> dict[str, CaseRecord]:
    """Those of these cases nobody writes now, by id, kept from other writers until the transaction ends."""
    return {row.id: CaseRecord(*row) for row in conn.execute(_ALL_FREE, {"wanted": case_ids})}


def by_ids(conn: Connection, case_ids: Sequence[str]) -> dict[str, CaseRecord]:
    """The cases with these ids, by id; those there are not are left out."""
    return {row.id: CaseRecord(*row) for row in conn.execute(_BY_IDS, {"wanted": case_ids})}


def insert(conn: Connection, record: CaseRecord) -> None:
    """Store a new case. Raises IntegrityError when its ref is taken."""
    conn.execute(_INSERT, values_of(record))


def update(conn: Connection, record: CaseRecord, *, seen_version: int) -> bool:
    """Replace the case if it is still at the version seen; False when someone was faster.

    Among many writes that shows at their end.
    """
    values = values_of(record) | {"same_id": record.id, "seen_version": seen_version}
    if here := together(conn):
        keep(here, _UPDATE_ALL, values, every=True)
        return True
    return conn.execute(_UPDATE, values).first() is not None


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
    """Visible cases, newest first.

    `words` are folded, and each must occur; `after` is the (created_at, id) of the last case seen.
    """
    wanted = _LINES.where(visible(scope))
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


def queue_length(conn: Connection, scope: Scope, holders: Holders, today: date, soon: date) -> QueueLength:
    """The whole queue in one look: all, those due from today until before `soon`, those due before today."""
    counted = _length_of(scope.key, tuple(holders))
    return QueueLength(*conn.execute(counted, {"today": today, "soon": soon}).one())


@lru_cache(maxsize=256)
def _length_of(scope: ScopeKey, holders: Holders) -> sa.Select[int, int, int]:
    """Built once for a desk, as its queue."""
    due, counted = CASE.c.due_on, sa.func.count()
    today, soon = sa.bindparam("today", type_=sa.Date), sa.bindparam("soon", type_=sa.Date)
    wanted = sa.select(counted, counted.filter(due >= today, due < soon), counted.filter(due < today))
    return wanted.select_from(CASE).where(*_waiting(Scope.of(scope), holders, None, None, None))


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


def count_acted_on(conn: Connection, scope: Scope, person_id: str, holders: Holders) -> int:
    """How many cases `acted_on` lists in all."""
    return int(conn.execute(_count_done(scope.key, tuple(holders)), {"person": person_id}).scalar_one())


@lru_cache(maxsize=256)
def _count_done(scope: ScopeKey, holders: Holders) -> sa.Select[Any]:
    """Built once for a desk, as its queue."""
    return _done(sa.select(sa.func.count()), Scope.of(scope), holders)


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


# Literal, so that the partial index serves.
_IN_EFFECT = [CASE.c.kind == sa.literal_column("'plan'"), CASE.c.station == "active"]


def plans_in_effect(conn: Connection) -> list[CaseRecord]:
    """The plans of years that have effect now."""
    return [CaseRecord(*row) for row in conn.execute(_SELECT.where(*_IN_EFFECT))]


def plan_versions(conn: Connection) -> dict[str, int]:
    """The versions of the plans in effect by id: all that tells whether one changed."""
    found: list[tuple[str, int]] = [
        tuple(row) for row in conn.execute(sa.select(CASE.c.id, CASE.c.version).where(*_IN_EFFECT))
    ]
    return dict(found)


def ids(conn: Connection) -> list[str]:
    """The ids of every case, for checking all of them."""
    return list(conn.execute(sa.select(CASE.c.id).order_by(CASE.c.id)).scalars())
