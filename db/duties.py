"""Finding what units owe, what the plan of the year asks for."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, CaseRecord
from db.cases import visible
from db.scope import Scope
from db.table import first

# Literal, in the wording of the partial index, so that it can be used.
_OF_THE_YEAR = sa.text("cases.kind <> 'dossier' AND cases.kind <> 'plan'")
_OWED = ("report", "registration")


class Owed(NamedTuple):
    """A duty of a period as many units owe it."""

    kind: str
    category: str
    period: str
    title: str


def listed(
    conn: Connection,
    scope: Scope,
    kinds: Collection[str],
    *,
    unit: str | None = None,
    period: str | None = None,
    year: int | None = None,
    station: str | None = None,
    category: str | None = None,
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> list[CaseRecord]:
    """Visible cases of these kinds, newest first; `after` is the (created_at, id) of the last case seen.

    `year` takes every period that begins in it: the year itself, its halves, its quarters, its school year.
    """
    created, case_id = sa.func.coalesce(CASE.c.created_at, CASE.c.created_at), CASE.c.id
    wanted = CASES.where(_OF_THE_YEAR, _seen(scope), CASE.c.kind.in_(sorted(kinds)))
    narrowed = {"unit": unit, "period": period, "station": station, "category": category}
    for name, value in narrowed.items():
        if value is not None:
            wanted = wanted.where(CASE.c[name] == value)
    if year is not None:
        wanted = wanted.where(CASE.c.period.startswith(str(year)))
    if after is not None:
        wanted = wanted.where(sa.or_(created < after[0], sa.and_(created == after[0], case_id < after[1])))
    newest = wanted.order_by(created.desc(), case_id.desc()).limit(limit)
    rows = conn.execute(newest)
    return [CaseRecord(*row) for row in rows]


def one_of(conn: Connection, *, unit: str, category: str, period: str) -> CaseRecord | None:
    """What a unit owes, or owed, under one duty for one period; None where it never did."""
    wanted = CASES.where(
        _OF_THE_YEAR,
        CASE.c.kind.in_(_OWED),
        CASE.c.unit == unit,
        CASE.c.category == category,
        CASE.c.period == period,
    )
    return first(conn, CaseRecord, wanted)


def open_ones(conn: Connection, scope: Scope) -> list[Owed]:
    """The duties that somebody in this scope has not done with yet, the longest open first."""
    same = CASE.c.kind, CASE.c.category, CASE.c.period
    wanted = sa.select(*same, sa.func.min(CASE.c.title)).where(
        _OF_THE_YEAR, _seen(scope), CASE.c.kind.in_(_OWED), CASE.c.final.is_(sa.false())
    )
    order = sa.func.min(CASE.c.created_at), CASE.c.category, CASE.c.period
    return [Owed(*row) for row in conn.execute(wanted.group_by(*same).order_by(*order))]


def of_items(conn: Connection, body: str, items: Collection[str], year: int) -> list[CaseRecord]:
    """The plan's items of these ids in a year, under one body."""
    wanted = CASES.where(
        _OF_THE_YEAR,
        CASE.c.kind == "plan_item",
        _under(body),
        CASE.c.category.in_(sorted(items)),
        CASE.c.period.startswith(str(year)),
    )
    return [CaseRecord(*row) for row in conn.execute(wanted.order_by(CASE.c.period, CASE.c.category))]


def done_of(conn: Connection, body: str, duties: Collection[str], year: int) -> dict[str, tuple[int, int]]:
    """By duty: how many units have done with it, how many owe it in all, under one body."""
    wanted = (
        sa.select(CASE.c.category, sa.func.count().filter(CASE.c.final), sa.func.count())
        .where(
            _OF_THE_YEAR,
            CASE.c.kind.in_(_OWED),
            _under(body),
            CASE.c.category.in_(sorted(duties)),
            CASE.c.period.startswith(str(year)),
        )
        .group_by(CASE.c.category)
    )
    return {row[0]: (row[1], row[2]) for row in conn.execute(wanted)}


def plans_of(conn: Connection, body: str, year: str) -> list[CaseRecord]:
    """The plans of a year under one body, the one that came into effect last first."""
    wanted = CASES.where(
        CASE.c.kind == sa.literal_column("'plan'"), CASE.c.body == body, CASE.c.period == year
    )
    order = (CASE.c.station == "active").desc(), CASE.c.entered_at.desc(), CASE.c.id
    return [CaseRecord(*row) for row in conn.execute(wanted.order_by(*order))]


# What is not a bare column keeps SQLite from going by its index: it keeps no figures on how few all these are, so it
# would look through every dossier of the body for the newest of them.
def _seen(scope: Scope) -> sa.ColumnElement[bool]:
    return sa.case((visible(scope), sa.true()), else_=sa.false())


def _under(body: str) -> sa.ColumnElement[bool]:
    return sa.func.coalesce(CASE.c.body, "") == body
