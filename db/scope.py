"""What a viewer may see of the cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from db.case_record import CASE

ScopeKey = tuple[frozenset[str], tuple[tuple[str, int], ...]]
"""A scope as a key to remember things by."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The units whose cases are one's own, with the role mask held under each deciding body.

    A case of a body is visible when its `seen_by` shares a bit with the mask.
    """

    units: frozenset[str] = frozenset()
    bodies: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> ScopeKey:
        """The same as a key; ``Scope.of`` turns it back."""
        return self.units, tuple(sorted(self.bodies.items()))

    @classmethod
    def of(cls, key: ScopeKey) -> "Scope":
        """The scope behind a key."""
        units, bodies = key
        return cls(units, dict(bodies))

    @property
    def nothing(self) -> bool:
        """True when no case at all can be seen."""
        return not self.units and not any(self.bodies.values())


def visible(scope: Scope) -> sa.ColumnElement[bool]:
    """The condition every list of cases carries."""
    ways = [
        sa.and_(CASE.c.body == body, CASE.c.seen_by.bitwise_and(mask) != 0)
        for body, mask in sorted(scope.bodies.items())
        if mask
    ]
    if scope.units:
        ways.append(CASE.c.unit.in_(sorted(scope.units)))
    return sa.or_(sa.false(), *ways)
