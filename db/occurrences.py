"""What the year brings by its plan, each thing once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.case_record import CASE, CASES, CaseRecord
from db.instants import UtcDateTime
from db.table import INSERTS, Table, columns_of, first, one_of, values_of, where
from states.calendar.recount import RECOUNT


class OccurrenceRow(Table, table=True):
    """One thing that happens once: the key is all that keeps it from happening twice."""

    __tablename__ = "occurrence"
    __table_args__ = (
        one_of("status", "due", "fired", "void"),
        sa.Index(
            "ix_occurrence_due",
            "nominal_on",
            "place",
            "schedule",
            "period",
            **where("status = 'due'"),
        ),
    )

    schedule: str = Field(primary_key=True, sa_column_kwargs={"comment": "body/what:whom"})
    period: str = Field(primary_key=True)
    plan: str = Field(sa_column_kwargs={"comment": "case of the plan it comes from"})
    act: str
    nominal_on: date = Field(sa_column_kwargs={"comment": "calendar day it belongs to"})
    place: int = Field(sa_column_kwargs={"comment": "order within its day"})
    args: str = Field(
        sa_type=sa.Text, sa_column_kwargs={"comment": "what begins, or the case it is about; JSON"}
    )
    status: str
    case_id: str | None = Field(default=None, sa_column_kwargs={"comment": "the case it began or moved"})
    fired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class OccurrenceRecord:
    """An occurrence; `status` is due, fired or void (its case had moved on, or its plan was replaced)."""

    schedule: str
    period: str
    plan: str
    act: str
    nominal_on: date
    place: int
    args: str
    status: str = "due"
    case_id: str | None = None
    fired_at: datetime | None = None

    @property
    def key(self) -> tuple[date, int, str, str]:
        """Its place in the order in which everything happens."""
        return self.nominal_on, self.place, self.schedule, self.period


_ONE = OccurrenceRow.__table__
_SELECT = sa.select(*columns_of(_ONE, OccurrenceRecord))
# Literal, not a parameter: only then does the planner see that the partial index serves.
_DUE = _ONE.c.status == sa.literal_column("'due'")
_ORDER = (_ONE.c.nominal_on, _ONE.c.place, _ONE.c.schedule, _ONE.c.period)


def _arrange(dialect: str) -> Any:
    new = INSERTS[dialect](_ONE)
    replaced = {name: new.excluded[name] for name in ("plan", "act", "nominal_on", "place", "args", "status")}
    # What happened, happened: another plan changes only what is still ahead.
    return new.on_conflict_do_update(
        index_elements=[_ONE.c.schedule, _ONE.c.period], set_=replaced, where=_ONE.c.status != "fired"
    )


_ARRANGE = {dialect: _arrange(dialect) for dialect in INSERTS}


def arrange(conn: Connection, found: Sequence[OccurrenceRecord]) -> None:
    """Write what a plan brings; what already happened stays as it is."""
    if found:
        conn.execute(_ARRANGE[conn.dialect.name], [values_of(one) for one in found])


def clear_all_but(conn: Connection, plans: Sequence[str]) -> None:
    """Let nothing more come of any other plan; a correction of the calendar is none."""
    others = sa.and_(_ONE.c.plan.not_in(plans), _ONE.c.act != RECOUNT)
    conn.execute(sa.update(_ONE).where(_DUE, others).values(status="void"))


_DUE_BY = (
    _SELECT.where(_DUE, _ONE.c.nominal_on <= sa.bindparam("day"))
    .order_by(*_ORDER)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


def due(
    conn: Connection, day: date, *, after: tuple[date, int, str, str] | None, limit: int
) -> list[OccurrenceRecord]:
    """What should have happened by that day, in its order; `after` is the key of the last seen."""
    wanted = _DUE_BY
    if after is not None:
        wanted = wanted.where(sa.tuple_(*_ORDER) > sa.tuple_(*after))
    return [OccurrenceRecord(*row) for row in conn.execute(wanted, {"day": day, "most": limit})]


def fire(conn: Connection, one: OccurrenceRecord, at: datetime) -> bool:
    """Mark what is due as fired; False when somebody else did."""
    return conn.execute(_of(one).where(_DUE).values(status="fired", fired_at=at)).rowcount == 1


def settle(conn: Connection, one: OccurrenceRecord, **values: Any) -> None:
    """Write down what became of it."""
    conn.execute(_of(one).values(**values))


def next_day(conn: Connection, after: date) -> date | None:
    """The first day after that one on which something happens."""
    wanted = sa.select(sa.func.min(_ONE.c.nominal_on)).where(_DUE, _ONE.c.nominal_on > after)
    found: date | None = conn.execute(wanted).scalar_one()
    return found


def of_plan(conn: Connection, plan: str) -> list[OccurrenceRecord]:
    """Everything a plan brought and will bring, in its order."""
    return [
        OccurrenceRecord(*row) for row in conn.execute(_SELECT.where(_ONE.c.plan == plan).order_by(*_ORDER))
    ]


def case_of(
    conn: Connection, *, kind: str, unit: str, category: str, period: str, lock: bool = False
) -> CaseRecord | None:
    """The one case of a kind that a unit has of a category in a period; of dossiers there are many.

    ``lock`` keeps other writers off it until the transaction ends.
    """
    wanted = CASES.where(
        CASE.c.kind == kind, CASE.c.unit == unit, CASE.c.category == category, CASE.c.period == period
    )
    return first(conn, CaseRecord, wanted.with_for_update() if lock else wanted)


def drafts_of(conn: Connection, *, body: str, category: str, period: str) -> list[str]:
    """The ids of the dossiers of a kind and period that were never submitted."""
    wanted = sa.select(CASE.c.id).where(
        CASE.c.body == body,
        CASE.c.station == "drafting",
        CASE.c.kind == "dossier",
        CASE.c.category == category,
        CASE.c.period == period,
    )
    return list(conn.execute(wanted.order_by(CASE.c.id)).scalars())


def _of(one: OccurrenceRecord) -> sa.Update:
    return sa.update(_ONE).where(_ONE.c.schedule == one.schedule, _ONE.c.period == one.period)
