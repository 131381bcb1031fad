"""The facts of a council: who sits on it from when to when, under which rules of its own it votes."""

from dataclasses import dataclass, field
from datetime import date

from states.case import Case
from states.council.seats import Seat, sitting
from states.council.vote_rules import Rule, Setting, rule_of


@dataclass(frozen=True, slots=True)
class Council(Case):
    """A council; ``setting`` are its rules for every award, ``settings`` those for one.

    A seat that ended stays here, so that past sessions keep their members.
    """

    seats: dict[str, Seat] = field(default_factory=dict)
    setting: Setting = field(default_factory=Setting)
    settings: dict[str, Setting] = field(default_factory=dict)
    basis: str = ""

    def rule(self, award: str) -> Rule:
        """The rule an award is voted under now. Raises UnknownAward."""
        own = self.settings.get(award)
        return rule_of(award, self.setting, own) if own else rule_of(award, self.setting)

    def sitting(self, day: date) -> dict[str, Seat]:
        """Everybody who sits on a day, chair first."""
        return sitting(self.seats, day)
