"""What the award register says of an award, as far as rules ask about it."""

from dataclasses import dataclass
from datetime import date

from states import awards
from states.register.bonus import bonus

STANDING = frozenset({"in_force", "corrected"})
"""An award that counts: corrected in its form it stays what it was."""
HERE = frozenset({"commune", "district"})
"""Levels whose chairman decides in this installation; whatever is above was submitted upward."""


@dataclass(frozen=True, slots=True)
class Entered:
    """What goes into the register with an award: decided when, by whom, what is paid with it."""

    decided_on: date
    authority: str
    base_salary: int | None = None
    multiplier: str = ""
    bonus: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One line of the register: which award, by which decision, whether it still stands.

    ``changed_by`` is the case that replaced, corrected or revoked it last; ``replaces`` the line it follows.
    """

    id: str
    case_id: str
    body: str
    unit: str
    ref: str
    nomination: str
    decision_no: str
    decided_on: date
    authority: str
    award: str
    subject_type: str
    name: str
    folded: str
    person_id: str | None
    period: str
    base_salary: int | None
    multiplier: str
    bonus: int | None
    why: str
    status: str = "in_force"
    changed_by: str = ""
    replaces: str = ""

    @property
    def stands(self) -> bool:
        """Whether the award counts."""
        return self.status in STANDING

    @property
    def decided_here(self) -> bool:
        """Whether the chairman of this body decided it."""
        return decided_here(self.authority)


def decided_here(authority: str) -> bool:
    """Whether an authority is a chairman whose decisions are signed here."""
    return awards.AUTHORITIES[authority].level in HERE


def entered(award: str, subject_type: str, *, day: date, regime: str, unit_kind: str) -> Entered:
    """What the register will say of an award decided on ``day`` for a unit of this kind."""
    paid = bonus(award, subject_type, regime=regime, day=day)
    return Entered(
        decided_on=day,
        authority=awards.route_of(award, unit_kind, regime).decider,
        base_salary=paid.base_salary,
        multiplier=paid.multiplier,
        bonus=paid.amount,
        why=paid.why,
    )
