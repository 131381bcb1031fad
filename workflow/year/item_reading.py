"""An item of the year's plan with what the plan says of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from db import duties
from db.cases import CaseRecord
from states.decide import Actor
from states.definition import Words
from states.year.plan import Plan, PlanItem
from states.year.plan_case import Item
from workflow.case_reading import CaseView, Said, case
from workflow.engine import Engine
from workflow.loading import Loaded, definition_of
from workflow.year.occurrences import plan_in

PLACE = "plan-items"


@dataclass(frozen=True, slots=True)
class Before:
    """An item that comes first; ``record`` is its case, where it has one, at the station ``label`` names.

    What the units owe under it is counted instead: how many have done with it, how many there are.
    """

    item: PlanItem
    record: CaseRecord | None
    label: Words | None
    done: int = 0
    owed: int = 0


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item as one person may read it; ``said`` is its place in the plan, gone where the plan is."""

    of: CaseView
    facts: Item
    plan: Plan | None
    said: PlanItem | None
    before: tuple[Before, ...]
    extensions: tuple[Said, ...]


def item(engine: Engine, conn: Connection, ref: str, actor: Actor) -> tuple[ItemView, Loaded]:
    """One item of the plan as this person may read it, with what its acts need. Raises NotFound."""
    view, loaded = case(engine, conn, ref, actor, PLACE)
    facts = view.case
    assert isinstance(facts, Item)
    plan = _plan_of(conn, view.record)
    said = next((one for one in plan.items if one.id == facts.category), None) if plan else None
    before = tuple(_before(engine, conn, view.record, plan, said)) if plan and said else ()
    return ItemView(view, facts, plan, said, before, view.said("extend")), loaded


def _plan_of(conn: Connection, record: CaseRecord) -> Plan | None:
    found = duties.plans_of(conn, record.body, record.period[:4])
    return plan_in(found[0])[0] if found else None


def _before(
    engine: Engine, conn: Connection, record: CaseRecord, plan: Plan, said: PlanItem
) -> Iterator[Before]:
    cases = {one.category: one for one in duties.of_items(conn, record.body, said.depends_on, plan.year)}
    counts = duties.done_of(conn, record.body, said.depends_on, plan.year)
    for id_ in said.depends_on:
        found = cases.get(id_)
        label = definition_of(engine, found).stations[found.station].label if found else None
        yield Before(plan.item(id_), found, label, *counts.get(id_, (0, 0)))
