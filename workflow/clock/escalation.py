"""Escalation: the clock tells somebody how a limit stands, nothing else changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, TypeVar

from pydantic import Field

from states.case import Case
from states.deadlines import add_working_days
from states.roles import UNIT_ROLES, Role
from workflow.act import Act
from workflow.fields import Figure, Form
from workflow.moment import Moment

C = TypeVar("C", bound=Case)
WorkingDays = Annotated[int, Field(strict=True, ge=-100_000, le=100_000)]


class Escalate(Form):
    """The rung climbed, the role told, the working days left on the day it happened (below 0: overdue)."""

    rung: Figure
    tells: Role
    left: WorkingDays


def escalate(case: C, args: Mapping[str, Any], moment: Moment) -> C:
    """Open the case to whoever is told of it: nobody can help with what they cannot read."""
    opened = case.opened_to if args["tells"] in UNIT_ROLES else tuple({*case.opened_to, args["tells"]})
    return replace(case, opened_to=tuple(sorted(opened)), remind=_next_reminder(case, moment))


def _next_reminder(case: Case, moment: Moment) -> date | None:
    """Where a case may wait without end, its holder is reminded again so many working days later."""
    limit = moment.definition.stations[case.station].limit
    if limit is None or limit.remind is None:
        return case.remind
    return add_working_days(moment.today, limit.remind, moment.calendar)


ACTS: tuple[Act[Any], ...] = (Act("escalate", escalate, form=Escalate),)
