"""A correction of the calendar: one day that a decision makes off or worked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from states.calendar.working_days import Calendar, DayOverride
from states.case import Case

CALENDAR_DAY = "calendar_day"
"""The key of its definitions."""

Confidence = Literal["high", "med", "low"]


@dataclass(frozen=True, slots=True)
class CalendarDay(Case):
    """A day with what the decision ``source`` makes of it; ``note`` says in each language what happened to it.

    It counts from the instant ``applied_at`` until the instant ``revoked_at``.
    """

    day: date | None = None
    working: bool = False
    source: str = ""
    confidence: Confidence = "high"
    note: dict[str, str] = field(default_factory=dict)
    applied_at: str = ""
    revoked_at: str = ""

    def counts(self, at: str) -> bool:
        """Whether an act at this instant knew of it; an act of the very same instant came before."""
        return (
            bool(self.applied_at) and self.applied_at < at and not (self.revoked_at and self.revoked_at < at)
        )

    @property
    def override(self) -> DayOverride:
        """The same for the calendar."""
        return DayOverride(
            working=self.working, source=self.source, confidence=self.confidence, note=self.note
        )


@dataclass(frozen=True, slots=True, eq=False)
class Corrections:
    """The shipped calendar behind every correction there ever was, so that one can tell who counted by what."""

    shipped: Calendar
    days: tuple[CalendarDay, ...] = ()
    _known: dict[tuple[str, ...], Calendar] = field(default_factory=dict, init=False, repr=False)

    @property
    def now(self) -> Calendar:
        """The calendar with every correction in effect."""
        return self._with([one for one in self.days if one.applied_at and not one.revoked_at])

    def known_at(self, at: str) -> Calendar:
        """The calendar that an act at this instant counted by."""
        return self._with([one for one in self.days if one.counts(at)])

    def _with(self, counted: Iterable[CalendarDay]) -> Calendar:
        """Of two corrections of a day the one applied later wins."""
        ordered = sorted(counted, key=lambda one: (one.applied_at, one.ref))
        refs = tuple(one.ref for one in ordered)
        if not refs:
            return self.shipped
        if refs not in self._known:
            self._known[refs] = Calendar({**self.shipped.overrides, **_overrides(ordered)})
        return self._known[refs]


def _overrides(ordered: Iterable[CalendarDay]) -> Mapping[date, DayOverride]:
    return {one.day: one.override for one in ordered if one.day}
