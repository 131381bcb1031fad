"""What guards look at, with the form in which they object."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from states.calendar.calendar_case import CalendarDay
from states.calendar.working_days import Calendar, vietnam
from states.case import Case
from states.council.council import Council
from states.council.session import Session
from states.dossier import Dossier
from states.register.cases import Revocation
from states.register.line import RegisterEntry
from states.year.duty import Duty
from states.year.plan_case import Item

Change = tuple[str, str]
"""What an amendment touches: (nomination id or "", field name or paper type)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that guards and choices may look at. ``args`` is ``None`` when nothing was filled in yet.

    Where the act is about the register: ``register`` are the lines it concerns, ``under_way`` open cases about them.
    """

    act: str
    case: Case
    regime: str
    unit_kind: str
    today: date
    unit_until: date | None = None
    args: Mapping[str, Any] | None = None
    changes: frozenset[Change] = frozenset()
    by_clock: bool = False
    calendar: Calendar = field(default_factory=vietnam)
    register: tuple[RegisterEntry, ...] = ()
    under_way: tuple[str, ...] = ()

    @property
    def dossier(self) -> Dossier:
        """The case, where the rules of a dossier ask."""
        assert isinstance(self.case, Dossier)
        return self.case

    @property
    def duty(self) -> Duty:
        """The case, where the rules of a duty ask."""
        assert isinstance(self.case, Duty)
        return self.case

    @property
    def item(self) -> Item:
        """The case, where the rules of an item of the plan ask."""
        assert isinstance(self.case, Item)
        return self.case

    @property
    def calendar_day(self) -> CalendarDay:
        """The case, where the rules of the calendar ask."""
        assert isinstance(self.case, CalendarDay)
        return self.case

    @property
    def council(self) -> Council:
        """The case, where the rules of a council ask."""
        assert isinstance(self.case, Council)
        return self.case

    @property
    def session(self) -> Session:
        """The case, where the rules of a session ask."""
        assert isinstance(self.case, Session)
        return self.case

    @property
    def revocation(self) -> Revocation:
        """The case, where the rules of a revocation ask."""
        assert isinstance(self.case, Revocation)
        return self.case


@dataclass(frozen=True, slots=True)
class Unmet:
    """One reason why an act is refused: a code of the closed list with its figures."""

    code: str
    facts: Mapping[str, Any]
    basis: str = ""


Reasons = Iterator[Unmet]


@dataclass(frozen=True, slots=True)
class Guard:
    """A named condition; one that ``needs_args`` is left out while nothing was filled in yet."""

    check: Callable[[Facts], Reasons]
    needs_args: bool = False
