"""The cases of a scope as they stood at a moment, from as few entries as the answer needs."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE
from db.history import HISTORY
from db.scope import Scope, visible


class OpenCase(NamedTuple):
    """A case that was open at the moment, as its row has it now; ``changed`` when entries came since."""

    id: str
    station: str
    unit: str | None
    role: str | None
    since: datetime
    due: date | None
    paused: bool
    changed: bool


def counted_unmoved(conn: Connection, scope: Scope, moment: datetime) -> dict[str, int]:
    """How many cases had come by then to the station they are at now, by station."""
    rows = conn.execute(
        sa.select(CASE.c.station, sa.func.count())
        .where(visible(scope), CASE.c.entered_at <= moment)
        .group_by(CASE.c.station)
    )
    return {row[0]: row[1] for row in rows}


def moved_since(conn: Connection, scope: Scope, moment: datetime) -> Iterator[bytes]:
    """The last body until then of each case that has moved on since."""
    last = (
        sa.select(HISTORY.c.body)
        .where(HISTORY.c.case_id == CASE.c.id, HISTORY.c.at <= moment)
        .order_by(HISTORY.c.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    wanted = sa.select(last).where(visible(scope), CASE.c.entered_at > moment, CASE.c.created_at <= moment)
    return (body for (body,) in conn.execute(wanted) if body is not None)


def open_cases(conn: Connection, scope: Scope, moment: datetime) -> list[OpenCase]:
    """Every case not yet at its end then; one that had ended and was changed since is among them as changed."""
    later = sa.exists().where(
        HISTORY.c.case_id == CASE.c.id, HISTORY.c.seq > CASE.c.station_seq, HISTORY.c.at > moment
    )
    # Most cases have no entry since they came where they are: their row alone tells.
    changed = sa.or_(CASE.c.entered_at > moment, sa.and_(CASE.c.version > CASE.c.station_seq, later))
    ended = sa.and_(CASE.c.final, CASE.c.entered_at <= moment)
    rows = conn.execute(
        sa.select(
            CASE.c.id,
            CASE.c.station,
            CASE.c.holder_unit,
            CASE.c.holder_role,
            CASE.c.entered_at,
            CASE.c.due_on,
            CASE.c.facts.contains('"on_hold":{'),
            changed,
        ).where(visible(scope), CASE.c.created_at <= moment, sa.not_(ended))
    )
    return [OpenCase(*row) for row in rows.all()]


def touched_between(conn: Connection, scope: Scope, since: datetime, until: datetime) -> list[str]:
    """The ids of cases with an entry from an instant (included) to another (not included), in order."""
    wanted = sa.select(HISTORY.c.case_id).join(CASE, CASE.c.id == HISTORY.c.case_id)
    within = wanted.where(visible(scope), HISTORY.c.at >= since, HISTORY.c.at < until)
    return list(conn.execute(within.distinct().order_by(HISTORY.c.case_id)).scalars())


def bodies_of(conn: Connection, ids: Sequence[str], moment: datetime) -> Sequence[tuple[str, bytes]]:
    """The bodies of some cases up to an instant (included), by case then seq."""
    rows = conn.execute(
        sa.select(HISTORY.c.case_id, HISTORY.c.body)
        .where(HISTORY.c.case_id.in_(ids), HISTORY.c.at <= moment)
        .order_by(HISTORY.c.case_id, HISTORY.c.seq)
    )
    return [(case_id, body) for case_id, body in rows.all()]


def titles_of(conn: Connection, ids: Sequence[str]) -> dict[str, str]:
    """What some cases are called now, by id."""
    rows = conn.execute(sa.select(CASE.c.id, CASE.c.title).where(CASE.c.id.in_(ids)))
    return {row.id: row.title for row in rows}
