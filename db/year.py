"""The cases a year's plan brought to a body."""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, ONE_OF_A_KIND, CaseRecord
from db.scope import Scope, visible

COUNCIL = ("awaiting_council", "council_vote")
"""The stations at which a dossier is before the council."""
# The wording of the partial index, so that it is used.
_OF_A_YEAR = sa.text(f"cases.{ONE_OF_A_KIND}")
_PLAN = CASE.c.kind == sa.literal_column("'plan'")


def of_units(
    conn: Connection, units: Iterable[str], kinds: Sequence[str], periods: Sequence[str]
) -> list[CaseRecord]:
    """What these units have of some kinds in some periods, by reference."""
    wanted = CASES.where(
        _OF_A_YEAR, CASE.c.kind.in_(kinds), CASE.c.unit.in_(sorted(units)), CASE.c.period.in_(periods)
    )
    return [CaseRecord(*row) for row in conn.execute(wanted.order_by(CASE.c.ref))]


def intakes(conn: Connection, body: str, period: str) -> list[CaseRecord]:
    """The intake windows of a body for one period, open or closed."""
    intake = CASE.c.kind == sa.literal_column("'intake'")
    wanted = CASES.where(_OF_A_YEAR, intake, CASE.c.body == body, CASE.c.period == period)
    return [CaseRecord(*row) for row in conn.execute(wanted.order_by(CASE.c.ref))]


def plans(conn: Connection, bodies: Iterable[str]) -> list[CaseRecord]:
    """Every plan of some bodies that was not withdrawn, the latest year first, of one year the newest first."""
    wanted = CASES.where(_PLAN, CASE.c.body.in_(sorted(bodies)), CASE.c.station != "withdrawn")
    newest = (CASE.c.period.desc(), CASE.c.entered_at.desc(), CASE.c.id)
    return [CaseRecord(*row) for row in conn.execute(wanted.order_by(*newest))]


def heard(conn: Connection, scope: Scope, body: str, periods: Sequence[str]) -> dict[str, int]:
    """How many visible dossiers of each of these periods are before the council."""
    wanted = (
        sa.select(CASE.c.period, sa.func.count())
        .where(visible(scope), CASE.c.body == body, CASE.c.station.in_(COUNCIL), CASE.c.period.in_(periods))
        .group_by(CASE.c.period)
    )
    return {row[0]: row[1] for row in conn.execute(wanted)}
