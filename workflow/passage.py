"""One act on its way down the road: who asked for what, on which case, when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.engine import Connection

from states.calendar.working_days import Calendar
from states.decide import Actor, Grant
from states.definition import Step
from states.facts import Facts
from states.history import instant
from workflow.command import Command
from workflow.engine import ZONE, Engine
from workflow.loading import Loaded
from workflow.moment import Moment


@dataclass(frozen=True, slots=True)
class Passage:
    """Everything about one act once nothing stands against it; ``at`` is business time.

    ``nominal_at`` is when the clock should have acted, where it acts late.
    """

    engine: Engine
    conn: Connection
    command: Command
    actor: Actor
    at: datetime
    loaded: Loaded
    facts: Facts
    row: Step
    grant: Grant
    number: int | None = None
    nominal_at: datetime | None = None

    @property
    def args(self) -> Mapping[str, Any]:
        """The arguments, checked and with everything looked up."""
        return self.facts.args or {}

    @property
    def seq(self) -> int:
        """The place of this act in the case's history, which is the version it leads to."""
        return self.loaded.case.version + 1

    @property
    def calendar(self) -> Calendar:
        """The calendar as this act found it, corrected meanwhile or not."""
        return self.facts.calendar

    @property
    def sealed_at(self) -> str:
        """The instant of its entry: a clock set back never makes an entry older than the one before it."""
        return max(instant(self.at), self.loaded.case.at)

    @property
    def day(self) -> date:
        """The business day in Vietnam."""
        return self.at.astimezone(ZONE).date()

    @property
    def moment(self) -> Moment:
        """What the act itself may know of all this."""
        return Moment(
            today=self.facts.today,
            seq=self.seq,
            person=self.actor.person,
            row=self.row,
            definition=self.loaded.definition,
            calendar=self.calendar,
            number=self.number,
            at=self.sealed_at,
            unit_kind=self.facts.unit_kind,
            register=self.facts.register,
        )
