"""Who sits on a council on a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from states.term import Term

SEAT_ROLES: Final = ("chair", "standing_vice", "vice", "secretary", "member")
"""In the order in which a council is read out."""


@dataclass(frozen=True, slots=True)
class Seat(Term):
    """One person's term on a council; ``valid_to`` is its last day, ``None`` while it runs.

    ``votes`` is false for who only serves the council; ``basis`` names the decision that seated the person.
    """

    person: str
    role: str
    valid_from: date
    valid_to: date | None = None
    votes: bool = False
    area: str = ""
    basis: str = ""


def sitting(seats: Mapping[str, Seat], day: date) -> dict[str, Seat]:
    """Everybody whose term covers the day, chair first, whether or not they vote."""
    held = {id_: seat for id_, seat in seats.items() if seat.holds_on(day)}
    return dict(sorted(held.items(), key=lambda item: (SEAT_ROLES.index(item[1].role), item[0])))


def seated(seats: Mapping[str, Seat], day: date) -> dict[str, Seat]:
    """The members entitled to vote on the day, chair first; who holds two seats is one member, by the first."""
    members: dict[str, tuple[str, Seat]] = {}
    for id_, seat in sitting(seats, day).items():
        if seat.votes:
            members.setdefault(seat.person, (id_, seat))
    return dict(members.values())
