"""What happens to an item of the year's plan: planned, opened, done, not arisen, overdue, taken out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from db.units import Unit
from states.deadlines import remaining
from states.year.plan_case import Item
from workflow.act import Act, unchanged
from workflow.fields import Code, Day, Form, Line, PeriodCode, Prose
from workflow.moment import Moment


class PlanItem(Form):
    """An item as the plan gives it to the office that looks after it."""

    unit: Code
    item: Code
    period: PeriodCode
    title: Line
    opens: Day
    deadline: Day
    if_any: bool = False


class Finish(Form):
    """How it was done, by which document, on which day."""

    note: Prose
    document_no: Line | None = None
    date: Day | None = None


class NoneArose(Form):
    """Why nothing arose, where there is more to say."""

    note: Prose | None = None


def planned(args: Mapping[str, Any], unit: Unit) -> tuple[str, Item]:
    """A blank item in the hands of the office that looks after the plan."""
    return "plan_item", Item(
        unit=unit.id,
        body=unit.body,
        category=args["item"],
        procedure="full",
        period=args["period"],
        opens=date.fromisoformat(args["opens"]),
        deadline=date.fromisoformat(args["deadline"]),
        if_any=args["if_any"],
    )


def end(case: Item, args: Mapping[str, Any], moment: Moment) -> Item:
    """Remember when it ended, how late that was, by which document."""
    day = date.fromisoformat(args["date"]) if args.get("date") else moment.today
    late = max(0, -remaining(day, case.deadline, moment.calendar)) if case.deadline else 0
    ended = replace(case, ended_on=day, ended_seq=moment.seq, late=late)
    return replace(ended, document_no=args.get("document_no") or "")


ACTS: tuple[Act[Any], ...] = (
    Act("plan", unchanged, form=PlanItem, begins=planned),
    Act("open", unchanged),
    Act("mark_overdue", unchanged),
    Act("finish", end, form=Finish),
    Act("none_arose", end, form=NoneArose),
    Act("drop", unchanged, needs_reason=True),
)
