"""The facts of a duty: a report, a plan, a registration that one unit owes by a date."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from states.case import Case


@dataclass(frozen=True, slots=True)
class Duty(Case):
    """What one unit owes for one period; the figures it gave are facts, its words live beside them.

    ``deadline`` is the unit's own last day, ``city_deadline`` the one of the plan; they differ where an office
    gathers what units send. ``via`` is that office, ``office`` the one that accepts. ``late`` are the working days
    by which it was first sent too late; ``text_seq`` is the entry whose payload holds the words.
    """

    deadline: date | None = None
    city_deadline: date | None = None
    via: str = ""
    office: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    saved_seq: int = 0
    text_seq: int = 0
    sent_on: date | None = None
    sent_seq: int = 0
    late: int = 0
    returned_by: str = ""
    returned_seq: int = 0
    pack: str = ""

    @property
    def receiver(self) -> str:
        """The office that waits for it: the one that gathers first, where there is one."""
        return self.via or self.office

    def extended(self, day: date) -> Self:
        """The unit's own last day moves with the limit, the city's where it would come first."""
        moved = replace(self, due=day)
        if self.sent_on or self.due != self.deadline:
            return moved  # the time an office has, or to correct what was sent, is no part of the duty's own
        return replace(moved, deadline=day, city_deadline=max(day, self.city_deadline or day))
