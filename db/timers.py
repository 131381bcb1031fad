"""What the clock owes a case, by date."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.table import INSERTS, Table, columns_of, one_of, values_of


class TimerRow(Table, table=True):
    """One step of a station's limit or ladder."""

    __tablename__ = "timer"
    __table_args__ = (
        one_of("status", "armed", "held", "fired", "cancelled"),
        sa.UniqueConstraint("case_id", "station_seq", "name", "step"),
        sa.Index(
            "ix_timer_armed",
            "due_on",
            "id",
            sqlite_where=sa.text("status = 'armed'"),
            postgresql_where=sa.text("status = 'armed'"),
        ),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="cases.id")
    station_seq: int = Field(sa_column_kwargs={"comment": "stay it belongs to; a later stay makes it stale"})
    name: str
    step: int = Field(sa_column_kwargs={"comment": "rung of the ladder"})
    due_on: date
    status: str


@dataclass(frozen=True, slots=True)
class TimerRecord:
    """A timer; `status` is armed, held, fired or cancelled."""

    id: str
    case_id: str
    station_seq: int
    name: str
    step: int
    due_on: date
    status: str = "armed"


_TIMER = TimerRow.__table__
_SELECT = sa.select(*columns_of(_TIMER, TimerRecord))
# Literal, not a parameter: only then does the planner see that the partial index serves.
_ARMED = _TIMER.c.status == sa.literal_column("'armed'")
_STAY = [_TIMER.c.case_id, _TIMER.c.station_seq, _TIMER.c.name, _TIMER.c.step]
_ARM = {
    dialect: insert(_TIMER).on_conflict_do_update(
        index_elements=_STAY, set_={"due_on": sa.bindparam("new_due"), "status": "armed"}
    )
    for dialect, insert in INSERTS.items()
}


_STOP = sa.update(_TIMER).where(
    _TIMER.c.case_id == sa.bindparam("case"), sa.or_(_ARMED, _TIMER.c.status == sa.literal_column("'held'"))
)


def arm(conn: Connection, timer: TimerRecord) -> None:
    """Arm the timer; the one of the same stay, name and step gets the new date and is armed again."""
    values = values_of(timer) | {"status": "armed", "new_due": timer.due_on}
    conn.execute(_ARM[conn.dialect.name], values)


def stop(conn: Connection, case_id: str, status: str) -> None:
    """Make the armed or held timers of a case held or cancelled."""
    conn.execute(_STOP, {"case": case_id, "status": status})


def due(conn: Connection, day: date, *, limit: int) -> list[TimerRecord]:
    """The armed timers due on or before that day, the oldest first."""
    wanted = _SELECT.where(_ARMED, _TIMER.c.due_on <= day).order_by(_TIMER.c.due_on, _TIMER.c.id)
    return [TimerRecord(*row) for row in conn.execute(wanted.limit(limit))]


def fire(conn: Connection, timer_id: str) -> bool:
    """Mark an armed timer as fired; False when it is armed no more."""
    armed = sa.update(_TIMER).where(_TIMER.c.id == timer_id, _TIMER.c.status == "armed")
    return conn.execute(armed.values(status="fired")).rowcount == 1


def of_case(conn: Connection, case_id: str) -> list[TimerRecord]:
    """Every timer of a case, by date."""
    wanted = _SELECT.where(_TIMER.c.case_id == case_id).order_by(
        _TIMER.c.due_on, _TIMER.c.name, _TIMER.c.step
    )
    return [TimerRecord(*row) for row in conn.execute(wanted)]
