"""What the clock owes a case, by date."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.table import Table, columns_of, first, names_of, one_of, values_of, where
from db.together import write
from db.writing import inserting


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
            **where("status = 'armed'"),
        ),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="cases.id")
    station_seq: int = Field(sa_column_kwargs={"comment": "stay it belongs to; a later stay makes it stale"})
    name: str
    step: int = Field(sa_column_kwargs={"comment": "rung of the ladder"})
    due_on: date
    status: str


class TimerRecord(NamedTuple):
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


def _in_its_place(insert: Any) -> Any:
    # The id too: a timer armed again is another one, which fires under a key of its own.
    replaced = {name: insert.excluded[name] for name in ("id", "due_on", "status")}
    return insert.on_conflict_do_update(index_elements=_STAY, set_=replaced)


_PUT = inserting(_TIMER, names_of(TimerRecord), _in_its_place)
_STOP = sa.update(_TIMER).where(
    _TIMER.c.case_id == sa.bindparam("case"), sa.or_(_ARMED, _TIMER.c.status == sa.literal_column("'held'"))
)


def put(conn: Connection, timer: TimerRecord) -> None:
    """Write the timer; the one of the same stay, name and step becomes this one."""
    write(conn, _PUT, values_of(timer))


def stop(conn: Connection, case_id: str, status: str) -> None:
    """Make the armed or held timers of a case held or cancelled."""
    conn.execute(_STOP, {"case": case_id, "status": status})


def start_over(conn: Connection, case_id: str) -> None:
    """Let what fired count no longer, because the limit was set anew."""
    fired = sa.update(_TIMER).where(_TIMER.c.case_id == case_id, _TIMER.c.status == "fired")
    conn.execute(fired.values(status="cancelled"))


_DUE_BY = (
    _SELECT.where(_ARMED, _TIMER.c.due_on <= sa.bindparam("day"))
    .order_by(_TIMER.c.due_on, _TIMER.c.id)
    .limit(sa.bindparam("most", type_=sa.Integer))
)


def due(
    conn: Connection, day: date, *, after: tuple[date, str] | None = None, limit: int
) -> list[TimerRecord]:
    """The armed timers due on or before that day, the oldest first; `after` is the (due_on, id) of the last seen."""
    wanted = _DUE_BY
    if after is not None:
        later = sa.and_(_TIMER.c.due_on == after[0], _TIMER.c.id > after[1])
        wanted = wanted.where(_TIMER.c.due_on >= after[0], sa.or_(_TIMER.c.due_on > after[0], later))
    return [TimerRecord(*row) for row in conn.execute(wanted, {"day": day, "most": limit})]


def fire(conn: Connection, timer_id: str) -> bool:
    """Mark an armed timer as fired; False when it is armed no more."""
    armed_one = sa.update(_TIMER).where(_TIMER.c.id == timer_id, _TIMER.c.status == "armed")
    return conn.execute(armed_one.values(status="fired")).rowcount == 1


def fire_all(conn: Connection, timer_ids: Sequence[str]) -> set[str]:
    """Mark armed timers as fired; those that were armed still."""
    armed_ones = sa.update(_TIMER).where(_TIMER.c.id.in_(timer_ids), _TIMER.c.status == "armed")
    return set(conn.execute(armed_ones.values(status="fired").returning(_TIMER.c.id)).scalars())


def armed_at(conn: Connection, case_id: str, station_seq: int) -> TimerRecord | None:
    """The armed timer of a stay, or None; there is never more than one."""
    wanted = _SELECT.where(_ARMED, _TIMER.c.case_id == case_id, _TIMER.c.station_seq == station_seq)
    return first(conn, TimerRecord, wanted)


def next_day(conn: Connection, after: date) -> date | None:
    """The first day after that one on which something is due."""
    wanted = sa.select(sa.func.min(_TIMER.c.due_on)).where(_ARMED, _TIMER.c.due_on > after)
    found: date | None = conn.execute(wanted).scalar_one()
    return found


def of_cases(conn: Connection, case_ids: Sequence[str]) -> list[TimerRecord]:
    """Every timer of these cases."""
    return [TimerRecord(*row) for row in conn.execute(_SELECT.where(_TIMER.c.case_id.in_(case_ids)))]
