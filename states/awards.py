"""What the award catalogue answers about an award."""

from collections.abc import Iterable, Mapping
from typing import Final

from states.award_shapes import (
    Authority,
    Award,
    Council,
    Kind,
    PaperType,
    Route,
    VoteRule,
)
from states.catalogue import catalogue

AWARDS: Final[Mapping[str, Award]] = catalogue().awards
KINDS: Final[Mapping[str, Kind]] = catalogue().kinds
PAPERS: Final[Mapping[str, PaperType]] = catalogue().papers
AUTHORITIES: Final[Mapping[str, Authority]] = catalogue().authorities
COUNCIL: Final[Council] = catalogue().council


class UnknownAward(LookupError):
    """The catalogue has no award of this code."""


def award(code: str) -> Award:
    """The award of a code. Raises UnknownAward."""
    try:
        return AWARDS[code]
    except KeyError:
        raise UnknownAward(code) from None


def lower_awards(code: str, subject_type: str, regime: str) -> tuple[str, ...]:
    """What may be proposed instead, best first: same list, same subject type, a smaller multiplier.

    Awards whose multiplier is unknown in the regime neither have nor are lower ones.
    """
    given = award(code)
    if regime not in given.multipliers:
        return ()
    lower = [
        other
        for other in AWARDS.values()
        if other.list == given.list
        and other.fits_subject(subject_type)
        and regime in other.multipliers
        and other.multipliers[regime].value < given.multipliers[regime].value
    ]
    return tuple(o.code for o in sorted(lower, key=lambda o: (-o.multipliers[regime].value, o.code)))


def vote_rule(code: str) -> VoteRule:
    """The award's own share where a source names one, else the councils' default. Raises UnknownAward."""
    return award(code).vote or COUNCIL.vote


def route_of(code: str, unit_kind: str, regime: str) -> Route:
    """Where the award is decided for a unit of this kind.

    Raises UnknownAward, or KeyError for an unknown kind of unit or regime.
    """
    return catalogue().routes[award(code).code, unit_kind, regime]


def required_papers(procedure: str) -> tuple[str, ...]:
    """The papers that block submission. Raises KeyError unless the procedure is full or simplified."""
    return catalogue().papers_required[procedure]


def wished_papers(codes: Iterable[str], procedure: str) -> tuple[str, ...]:
    """The papers these awards ask for besides the required ones: a missing one only warns."""
    required = required_papers(procedure)
    wished = dict.fromkeys(doc for code in codes for doc in _docs(award(code), procedure))
    return tuple(doc for doc in wished if doc not in required)


def _docs(given: Award, procedure: str) -> tuple[str, ...]:
    return given.docs if procedure == "full" else given.docs_simplified
