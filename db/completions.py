"""Cases that wait for their unit to complete them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CaseLine
from db.scope import Scope, visible
from db.table import columns_of

STATION = "awaiting_completion"
_SELECT = sa.select(*columns_of(CASE, CaseLine))
# On hold nothing is due; such a case comes last.
_DUE = sa.func.coalesce(CASE.c.due_on, sa.literal(date.max, sa.Date))


@dataclass(frozen=True, slots=True)
class Concern:
    """Whose completions are meant: those these units answer, those asked for by a (body, office) pair."""

    units: tuple[str, ...] = ()
    offices: tuple[tuple[str, str], ...] = ()


def listed(
    conn: Connection,
    scope: Scope,
    concern: Concern,
    *,
    after: tuple[date | None, str] | None = None,
    limit: int,
) -> list[CaseLine]:
    """Visible cases in completion, the most urgent first; `after` is the (due_on, id) of the last one seen."""
    wanted = _wanted(_SELECT, scope, concern)
    if after is not None:
        due, case_id = after
        seen = sa.tuple_(sa.literal(due or date.max, sa.Date), sa.literal(case_id))
        wanted = wanted.where(sa.tuple_(_DUE, CASE.c.id) > seen)
    return [CaseLine(*row) for row in conn.execute(wanted.order_by(_DUE, CASE.c.id).limit(limit))]


def counting(scope: Scope, concern: Concern) -> sa.Select[int]:
    """How many cases `listed` gives in all."""
    return _wanted(sa.select(sa.func.count()).select_from(CASE), scope, concern)


def _wanted(statement: sa.Select[Any], scope: Scope, concern: Concern) -> sa.Select[Any]:
    ways = [sa.and_(CASE.c.body == body, _asked_by(office)) for body, office in concern.offices]
    if concern.units:
        ways.append(CASE.c.unit.in_(sorted(concern.units)))
    return statement.where(CASE.c.station == STATION, visible(scope), sa.or_(sa.false(), *ways))


def _asked_by(office: str) -> sa.ColumnElement[bool]:
    # Facts are canonical JSON: the open request is written in one way only, its first key in front.
    return CASE.c.facts.contains(f'"completion":{{"asked_by":"{office}"', autoescape=True)
