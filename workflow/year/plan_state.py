"""How each item of a year's plan stands, with what serves it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import year as year_table
from db.cases import CaseRecord
from states.case import Case
from states.deadlines import remaining
from states.decide import Actor
from states.year.plan import Plan, PlanItem
from states.year.plan_case import Item
from states.year.plan_days import city_day, last_day
from workflow.engine import Engine
from workflow.loading import facts_in
from workflow.sight import scope_of, sees
from workflow.year.duty_grid import Cell, Grid, Tally, duty_grid, tally
from workflow.year.plan_year import PlanYear

ENDED = frozenset({"done", "none_arose", "dropped"})
CONCERN: Mapping[str, frozenset[str]] = {
    "office": frozenset({"UNITS", "CLUSTERS"}),
    "ward": frozenset({"UNITS", "WARDS", "CLUSTERS"}),
    "commune": frozenset({"UNITS", "WARDS", "CLUSTERS"}),
    "school": frozenset({"SCHOOLS", "CLUSTERS", "UNITS"}),
}
"""The parties of a plan a kind of unit counts itself among."""


@dataclass(frozen=True, slots=True)
class Before:
    """An item that has to come first, with whether it is done."""

    id: str
    done: bool


@dataclass(frozen=True, slots=True)
class Served:
    """What serves an item: dossiers of a period (``station`` where only those there count), or an intake."""

    kind: str
    period: str
    station: str = ""
    count: int = 0
    ref: str = ""
    last: date | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item as it stands; of units out of sight nothing is counted.

    ``state`` is the station of its case (planned, open, overdue, done, none_arose, dropped), duties where units
    owe it (then ``counts`` says how they stand), passed where it was over before the plan took effect, else
    always. ``late`` are the working days it is, or ended, too late. ``ref`` is empty where the person may not open it.
    """

    item: PlanItem
    state: str
    last: date | None
    late: int = 0
    counts: Tally | None = None
    before: tuple[Before, ...] = ()
    served: tuple[Served, ...] = ()
    ref: str = ""
    document_no: str = ""

    @property
    def overdue(self) -> bool:
        """Whether it should have been done by now."""
        return self.state == "overdue" or (self.counts is not None and self.counts.overdue > 0)

    @property
    def done(self) -> bool:
        """Whether nothing is left to be done about it."""
        counts = self.counts
        if self.state == "duties":
            return counts is not None and 0 < counts.owing == counts.accepted + counts.excused
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read once for the whole plan."""

    items: Mapping[tuple[str, str], CaseRecord]
    intakes: tuple[CaseRecord, ...]
    heard: Mapping[str, int]
    cells: Mapping[str, list[Cell]]


def item_states(engine: Engine, conn: Connection, actor: Actor, year: PlanYear) -> list[ItemState]:
    """Every item of the plan that concerns the person, in the order of the plan."""
    found = _read(conn, actor, year, duty_grid(engine, conn, actor, year))
    states = {item.id: _state(engine, actor, year, item, found) for item in year.plan.items}
    return [_with_before(states[id_], states) for id_ in states if _concerns(year, states[id_].item)]


def _read(conn: Connection, actor: Actor, year: PlanYear, grid: Grid) -> _Found:
    plan = year.plan
    quarters = [f"{plan.year}Q{n}" for n in range(1, 5)]
    periods = sorted({*quarters, *(campaign.period for campaign in plan.campaigns)})
    items = year_table.of_units(conn, [year.standing], ["plan_item"], quarters)
    intakes = year_table.of_units(conn, [year.standing], ["intake"], periods)
    heard = sorted({item.award_period for item in plan.items if item.award_period})
    cells: dict[str, list[Cell]] = {}
    for column in grid.columns:
        for duty in column.duties:
            cells[duty.item] = grid.of(column, year.owing(duty))
    return _Found(
        items={(one.category, one.period): one for one in items},
        intakes=tuple(intakes),
        heard=year_table.heard(conn, scope_of(actor), year.body, heard),
        cells=cells,
    )


def _state(engine: Engine, actor: Actor, year: PlanYear, item: PlanItem, found: _Found) -> ItemState:
    last = last_day(item, year.plan, engine.calendar)
    if last is None and year.plan.duties_of(item.id):
        last = city_day(year.plan.duties_of(item.id)[0], year.plan, engine.calendar)
    cells = found.cells.get(item.id)
    counts = tally(cells) if cells else None
    served = tuple(_served(year.plan, item, actor, found))
    record = found.items.get((item.id, str(year.plan.quarter_of(item))))
    if record is None:
        state = "always" if last is None else _unborn(year, last)
        state = "duties" if item.id in found.cells else state
        return ItemState(item, state, last, counts=counts, served=served)
    case = facts_in(record)
    assert isinstance(case, Item)  # the kind asked for
    return ItemState(
        item,
        state=record.station,
        last=case.deadline or last,
        late=_late(engine, case, case.deadline),
        counts=counts,
        served=served,
        ref=record.ref if sees(actor, record) else "",
        document_no=case.document_no,
    )


def _unborn(year: PlanYear, last: date) -> str:
    return "passed" if last < year.effective else "planned"


def _late(engine: Engine, case: Item, last: date | None) -> int:
    if case.station in ENDED or last is None:
        return case.late
    return max(0, -remaining(engine.today(), last, engine.calendar))


def _with_before(state: ItemState, states: Mapping[str, ItemState]) -> ItemState:
    before = tuple(Before(id_, states[id_].done) for id_ in state.item.depends_on)
    return ItemState(
        state.item,
        state.state,
        state.last,
        state.late,
        state.counts,
        before,
        state.served,
        state.ref,
        state.document_no,
    )


def _served(plan: Plan, item: PlanItem, actor: Actor, found: _Found) -> Iterator[Served]:
    """What can be pointed to: intake windows of the item's quarter, dossiers of its period."""
    if item.serves == "intake":
        quarter = str(plan.quarter_of(item) or "")
        for record in found.intakes:
            case = facts_in(record)
            open_now = not quarter and record.station == "open"
            if open_now or record.period in (quarter, str(plan.year)):
                yield _window(record, case, actor)
    if item.serves in ("council_season", "dossier") and item.award_period:
        if item.serves == "council_season":
            before = found.heard.get(item.award_period, 0)
            yield Served("council", item.award_period, "awaiting_council", before)
        yield Served("dossiers", item.award_period)


def _window(record: CaseRecord, case: Case, actor: Actor) -> Served:
    return Served(
        kind="intake",
        period=record.period,
        station=record.title,
        ref=record.ref if sees(actor, record) else "",
        last=getattr(case, "deadline", None),
        closed=record.station == "closed",
    )


def _concerns(year: PlanYear, item: PlanItem) -> bool:
    """Whether a unit acts in an item, receives it, or owes something under it; offices look at all of them."""
    if year.wide:
        return True
    kinds = {unit.kind for unit in year.units.values()}
    parties = frozenset[str]().union(*(CONCERN.get(kind, frozenset()) for kind in kinds))
    owed = any(kind in duty.owed_by for duty in year.plan.duties_of(item.id) for kind in kinds)
    return owed or bool(parties & {*item.actor, *item.recipient})
