"""What happens to the plan of a year: drawn up, revised, put into effect, closed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from db.units import Unit
from states.facts import Facts
from states.year.plan_case import YearPlan
from states.year.plan_faults import PlanError
from states.year.plan_file import plan_from_document
from workflow.act import Act, unchanged
from workflow.fields import Code, Day, Form, Line
from workflow.moment import Moment
from workflow.problems import Wrong

Year = Annotated[int, Field(strict=True, ge=2000, le=2100)]


class DrawUp(Form):
    """A plan as a document; ``based_on`` is the reference of the plan it was generated from."""

    unit: Code
    year: Year
    title: Line
    plan: dict[str, Any]
    based_on: Code | None = None


class Revise(Form):
    """The plan in its new wording, whole."""

    plan: dict[str, Any]


class Activate(Form):
    """The day from which the plan has effect; what opened earlier opens on that day."""

    effective_from: Day


def drawn_up(args: Mapping[str, Any], unit: Unit) -> tuple[str, YearPlan]:
    """A blank plan of one year in the hands of the office that looks after it."""
    year = str(args["year"])
    based_on = args.get("based_on") or ""
    return "plan", YearPlan(unit.id, unit.body, "plan", "full", year, based_on=based_on)


def a_plan(facts: Facts) -> Iterator[Wrong]:
    """The document is a plan of its year without a fault."""
    args = facts.args or {}
    try:
        plan = plan_from_document(args["plan"])
    except PlanError as error:
        for fault in error.faults:
            said = {"why": fault.sentence("en"), "why_vi": fault.sentence("vi")}
            yield Wrong(".".join(["plan", *fault.place.split(".")]).rstrip("."), "plan_fault", said)
        return
    if str(plan.year) != facts.case.period:
        yield Wrong("plan.year", "other_year", {"year": facts.case.period})


def in_its_year(facts: Facts) -> Iterator[Wrong]:
    """A plan takes effect within its year."""
    day = date.fromisoformat((facts.args or {})["effective_from"])
    if str(day.year) != facts.case.period:
        yield Wrong("effective_from", "other_year", {"year": facts.case.period})


def keep(case: YearPlan, args: Mapping[str, Any], _moment: Moment) -> YearPlan:
    """Take the plan over."""
    return replace(case, plan=args["plan"])


def activate(case: YearPlan, args: Mapping[str, Any], _moment: Moment) -> YearPlan:
    """Remember from when it has effect; the clock does the rest."""
    return replace(case, effective_from=date.fromisoformat(args["effective_from"]))


ACTS: tuple[Act[Any], ...] = (
    Act("draw_up", keep, form=DrawUp, fits=a_plan, begins=drawn_up),
    Act("revise", keep, form=Revise, fits=a_plan),
    Act("activate", activate, form=Activate, fits=in_its_year, needs_reason=True),
    Act("close_plan", unchanged, needs_reason=True),
)
