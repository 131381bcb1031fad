"""Escalation: the clock tells somebody how a limit stands, nothing else changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, TypeVar

from pydantic import Field

from states.case import Case
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


def escalate(case: C, args: Mapping[str, Any], _moment: Moment) -> C:
    """Open the case to whoever is told of it: nobody can help with what they cannot read."""
    if args["tells"] in UNIT_ROLES:
        return case
    return replace(case, opened_to=tuple(sorted({*case.opened_to, args["tells"]})))


ACTS: tuple[Act[Any], ...] = (Act("escalate", escalate, form=Escalate),)
