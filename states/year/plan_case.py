"""The facts of a year's plan, of one of its items, of one of its intake windows."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from states.case import Case


@dataclass(frozen=True, slots=True)
class Item(Case):
    """One item of the plan, until it is done or found not to have arisen.

    ``opens`` and ``deadline`` are its first and last day, ``late`` the working days it ended after the last one.
    """

    opens: date | None = None
    deadline: date | None = None
    if_any: bool = False
    document_no: str = ""
    ended_on: date | None = None
    ended_seq: int = 0
    late: int = 0

    def extended(self, day: date) -> Self:
        """Its last day moves, whatever station it is at."""
        return replace(self, due=day, deadline=day)


@dataclass(frozen=True, slots=True)
class Intake(Case):
    """A window in which proposals of one kind of commendation are taken; without ``deadline`` it stays open."""

    opens: date | None = None
    deadline: date | None = None
    kind: str = ""

    def extended(self, day: date) -> Self:
        """Its last day moves, whatever station it is at."""
        return replace(self, due=day, deadline=day)


@dataclass(frozen=True, slots=True)
class YearPlan(Case):
    """The plan of a year as its office draws it up; ``plan`` is the whole plan as a document.

    Nothing comes of it before ``effective_from``; ``based_on`` is the plan it was generated from.
    """

    plan: dict[str, Any] = field(default_factory=dict)
    based_on: str = ""
    effective_from: date | None = None
