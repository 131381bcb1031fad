"""The facts of what the plan of a year brings: one of its items, one of its intake windows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

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
