"""The circumstances of one act: when, by whom, under which row of which definition."""

from dataclasses import dataclass
from datetime import date

from states.calendar.working_days import Calendar
from states.definition import Definition, Step
from states.register.line import RegisterEntry


@dataclass(frozen=True, slots=True)
class Moment:
    """What an act may know besides the case and its arguments.

    ``number`` is set where the row allocates any, the first of them; ``at`` is the instant it is sealed with;
    ``register`` are the lines of the register it is about.
    """

    today: date
    seq: int
    person: str
    row: Step
    definition: Definition
    calendar: Calendar
    number: int | None = None
    at: str = ""
    unit_kind: str = ""
    register: tuple[RegisterEntry, ...] = ()
