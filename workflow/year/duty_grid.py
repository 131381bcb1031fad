"""What every unit owes in a year, unit by unit, duty by duty."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import year as year_table
from db.cases import CaseRecord
from db.units import Unit
from states.deadlines import remaining
from states.decide import Actor
from states.definition import Words
from states.year import duty as duty_facts
from states.year.duty_forms import form_of
from states.year.plan import Due, Duty
from states.year.plan_days import city_day, owed_days
from workflow.engine import ZONE, Engine
from workflow.loading import facts_in
from workflow.sight import sees
from workflow.year.plan_year import PlanYear

STATE_AT: Mapping[str, str] = {
    "due": "due",
    "draft": "draft",
    "education_check": "education",
    "education_pack": "pack",
    "home_affairs_check": "sent",
    "culture_social_check": "sent",
    "returned": "returned",
    "accepted": "accepted",
    "excused": "excused",
}
"""The state of a cell by the station of its case; ``not_yet`` is a duty that has not begun, ``none`` no duty."""
WITH_THE_UNIT = frozenset({"due", "draft", "returned"})
SENT = frozenset({"education", "pack", "sent", "accepted"})


@dataclass(frozen=True, slots=True)
class Column:
    """One duty as lists show it: what units and schools owe alike stands in one column.

    ``due`` is the day the plan names, ``last`` the body's last acceptable day.
    """

    form: str
    period: str
    title: Words
    duties: tuple[Duty, ...]
    due: Due | None
    opens: date
    last: date

    @property
    def key(self) -> str:
        """What an address calls it."""
        return f"{self.form}:{self.period}"

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of unit that owe it."""
        return frozenset(kind for duty in self.duties for kind in duty.owed_by)


@dataclass(frozen=True, slots=True)
class Cell:
    """How one unit stands with one duty.

    ``day`` is when it was accepted, else when it was sent. ``overdue`` are the working days since the last one
    passed with the unit still to send, ``late`` those by which it was sent too late; ``extended`` is the unit's
    own last day where it was moved. ``ref`` is empty where the person may not open the case.
    """

    unit: str
    state: str
    day: date | None = None
    last: date | None = None
    overdue: int = 0
    late: int = 0
    extended: date | None = None
    ref: str = ""
    record: CaseRecord | None = None
    case: duty_facts.Duty | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units owe a duty, how many of them have sent, were accepted, were excused, are overdue."""

    owing: int
    sent: int
    accepted: int
    excused: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Every column of a year with a cell for each unit in sight."""

    columns: tuple[Column, ...]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, unit: Unit, column: Column) -> Cell:
        """How this unit stands with that duty."""
        return self.cells.get((unit.id, column.key), Cell(unit.id, "none"))

    def of(self, column: Column, units: Iterable[Unit]) -> list[Cell]:
        """The cells of those units that owe it."""
        found = (self.cell(unit, column) for unit in units)
        return [cell for cell in found if cell.state != "none"]


def tally(cells: Iterable[Cell]) -> Tally:
    """Count cells of one column."""
    listed = list(cells)
    return Tally(
        owing=len(listed),
        sent=sum(cell.state in SENT for cell in listed),
        accepted=sum(cell.state == "accepted" for cell in listed),
        excused=sum(cell.state == "excused" for cell in listed),
        overdue=sum(cell.overdue > 0 for cell in listed),
    )


def duty_grid(engine: Engine, conn: Connection, actor: Actor, year: PlanYear) -> Grid:
    """The grid of a year as this person may see it."""
    columns = columns_of(engine, year)
    kinds = sorted({duty.definition for duty in year.plan.duties})
    periods = sorted({duty.period for duty in year.plan.duties})
    records = year_table.of_units(conn, year.units, kinds, periods) if columns else []
    by_duty = {(one.unit, one.category, one.period): one for one in records}
    cells = {
        (unit.id, column.key): _cell(engine, actor, year, unit, duty, by_duty)
        for column in columns
        for duty in column.duties
        for unit in year.owing(duty)
    }
    return Grid(columns, cells)


def columns_of(engine: Engine, year: PlanYear) -> tuple[Column, ...]:
    """The duties of a plan, those answered with the same form for the same period together, by last day."""
    grouped: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    for duty in year.plan.duties:
        grouped[form_name(duty.item), duty.period].append(duty)
    found = (_column(engine, year, form, period, duties) for (form, period), duties in grouped.items())
    return tuple(sorted(found, key=lambda column: (column.last, column.form)))


def _column(engine: Engine, year: PlanYear, form: str, period: str, duties: list[Duty]) -> Column:
    first = duties[0]
    return Column(
        form=form,
        period=period,
        title=year.plan.item(first.item).text if form == first.item else form_of(first.item).title,
        duties=tuple(duties),
        due=first.due or year.plan.item(first.item).due,
        opens=max(min(duty.opens for duty in duties), year.effective),
        last=max(city_day(duty, year.plan, engine.calendar) for duty in duties),
    )


def form_name(duty: str) -> str:
    """The form a duty is answered with; of one that has none the duty itself."""
    try:
        return form_of(duty).name
    except LookupError:
        return duty


def _cell(
    engine: Engine,
    actor: Actor,
    year: PlanYear,
    unit: Unit,
    duty: Duty,
    records: Mapping[tuple[str, str, str], CaseRecord],
) -> Cell:
    record = records.get((unit.id, duty.item, duty.period))
    since = max(duty.opens, year.effective, unit.valid_from)
    planned = owed_days(duty, year.plan, engine.calendar, since=since)
    if record is None:
        return Cell(unit.id, "not_yet" if engine.today() < since else "none", last=planned.own)
    case = facts_in(record)
    assert isinstance(case, duty_facts.Duty)  # the kinds asked for
    return _of_case(engine, actor, unit, record, case, planned.own)


def _of_case(
    engine: Engine, actor: Actor, unit: Unit, record: CaseRecord, case: duty_facts.Duty, planned: date
) -> Cell:
    state, due = STATE_AT[record.station], record.due_on
    waits = state in WITH_THE_UNIT and due is not None
    moved = case.deadline if case.deadline and case.deadline > planned else None
    return Cell(
        unit=unit.id,
        state=state,
        day=record.entered_at.astimezone(ZONE).date() if state == "accepted" else case.sent_on,
        last=due if waits else case.deadline,
        overdue=max(0, -remaining(engine.today(), due, engine.calendar)) if waits and due else 0,
        late=case.late,
        extended=moved if state in ("due", "draft") else None,
        ref=record.ref if sees(actor, record) else "",
        record=record,
        case=case,
    )
