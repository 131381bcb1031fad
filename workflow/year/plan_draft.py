"""The plan of a coming year while it is drawn up: read with what changed, proposed from this year's."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection

from db import cases, year as year_table
from db.cases import CaseRecord
from states.decide import Actor
from states.year.next_plan import next_plan
from states.year.plan import Plan
from states.year.plan_case import YearPlan
from states.year.plan_differences import PlanDifference, plan_differences
from states.year.plan_file import plan_document
from workflow.dossiers import reading
from workflow.engine import Engine
from workflow.loading import load
from workflow.sight import sees
from workflow.year.occurrences import plan_in
from workflow.year.plan_year import PlanYear, bodies_of


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan with the one it was drawn up from, what is not the same, the acts the person may do now."""

    record: CaseRecord
    case: YearPlan
    plan: Plan
    before: Plan | None
    differences: tuple[PlanDifference, ...]
    acts: frozenset[str]


def plan_draft(engine: Engine, conn: Connection, ref: str, actor: Actor) -> PlanDraft:
    """One plan as this person may read it. Raises NotFound."""
    loaded = load(engine, conn, ref, actor, kind="plan")
    assert loaded.record is not None  # loaded by reference
    plan, case = plan_in(loaded.record)
    earlier = cases.load(conn, case.based_on) if case.based_on else None
    before = plan_in(earlier)[0] if earlier and earlier.kind == "plan" and sees(actor, earlier) else None
    weighed = reading.acts(engine, loaded, actor)
    return PlanDraft(
        record=loaded.record,
        case=case,
        plan=plan,
        before=before,
        differences=tuple(plan_differences(before, plan)) if before else (),
        acts=frozenset(one.act for one in weighed if not one.reasons),
    )


def drafts(conn: Connection, actor: Actor) -> list[CaseRecord]:
    """The plans being drawn up that this person may see, the latest year first."""
    found = year_table.plans(conn, bodies_of(actor))
    return [one for one in found if one.station == "drawing_up" and sees(actor, one)]


def proposal(year: PlanYear) -> dict[str, Any]:
    """What drawing up the next year's plan begins with. ValueError past the last calendar."""
    plan = next_plan(year.plan)
    return {
        "unit": year.standing,
        "year": plan.year,
        "title": plan.title.vi,
        "plan": plan_document(plan),
        "based_on": year.record.ref,
    }
