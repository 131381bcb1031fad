"""The closed list of roles, with whose dossiers each one is about."""

from enum import StrEnum
from functools import cache


class Role(StrEnum):
    """Who a person acts as; the order is stored as bit positions, so new roles go last."""

    unit_clerk = "unit_clerk"
    unit_head = "unit_head"
    education_officer = "education_officer"
    education_head = "education_head"
    home_affairs_officer = "home_affairs_officer"
    home_affairs_head = "home_affairs_head"
    culture_social_officer = "culture_social_officer"
    culture_social_head = "culture_social_head"
    council_secretary = "council_secretary"
    council_member = "council_member"
    council_vice_chair = "council_vice_chair"
    council_chair = "council_chair"
    chairman = "chairman"
    registrar = "registrar"
    auditor = "auditor"
    publisher = "publisher"
    administrator = "administrator"
    clock = "clock"
    session = "session"

    @property
    def bit(self) -> int:
        """This role in a mask of roles."""
        return 1 << list(Role).index(self)


PSEUDO_ROLES = frozenset({Role.clock, Role.session})
"""Nobody's: what a deadline does, what a session of the council decided about a dossier."""

UNIT_ROLES = frozenset({Role.unit_clerk, Role.unit_head})
"""They act for one unit; every other role acts for the units under its body."""

OFFICE_OF = {
    Role.education_officer: "education",
    Role.education_head: "education",
    Role.home_affairs_officer: "home_affairs",
    Role.home_affairs_head: "home_affairs",
    Role.culture_social_officer: "culture_social",
    Role.culture_social_head: "culture_social",
}
"""The appraising office a role belongs to."""

OFFICE_AT = {
    "education_review": "education",
    "home_affairs_review": "home_affairs",
    "culture_social_review": "culture_social",
}
"""The office that appraises at a station."""


def seat_of(role: str) -> str:
    """The kind of unit in which a role of the body sits; empty for those who sit in the body itself."""
    if role in OFFICE_OF:
        return f"{OFFICE_OF[Role(role)]}_office"
    return "council" if role.startswith("council_") else ""


@cache
def mask_of(roles: frozenset[str] | tuple[str, ...]) -> int:
    """These roles as one integer, for a column that is asked "may one of mine see it?"."""
    return sum(Role(role).bit for role in set(roles))
