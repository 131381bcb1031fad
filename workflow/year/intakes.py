"""What happens to an intake window: it opens, it closes."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from db.units import Unit
from states.year.plan_case import Intake
from workflow.act import Act, unchanged
from workflow.fields import Code, Day, Form, Line, PeriodCode


class OpenIntake(Form):
    """A window as the plan gives it; without ``deadline`` it stays open."""

    unit: Code
    intake: Code
    kind: Literal["CONG_TRANG", "PHONG_TRAO", "DOT_XUAT", "CONG_HIEN", "DOI_NGOAI"]
    period: PeriodCode
    title: Line
    opens: Day
    deadline: Day | None = None


def opened(args: Mapping[str, Any], unit: Unit) -> tuple[str, Intake]:
    """A blank window in the hands of the office that takes the proposals."""
    return "intake", Intake(
        unit=unit.id,
        body=unit.body,
        category=args["intake"],
        procedure="full",
        period=args["period"],
        opens=date.fromisoformat(args["opens"]),
        deadline=date.fromisoformat(args["deadline"]) if args.get("deadline") else None,
        kind=args["kind"],
    )


ACTS: tuple[Act[Any], ...] = (
    Act("open_intake", unchanged, form=OpenIntake, begins=opened),
    Act("close_intake", unchanged),
)
