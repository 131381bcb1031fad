"""Which later awards rest on an earlier one, by the conditions of streaks."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from states.award_shapes import Confidence
from states.register.line import RegisterEntry

FILE = Path(__file__).with_name("dependents.toml")


@dataclass(frozen=True, slots=True)
class Rests:
    """An award that needs another one of the same subject, so many times."""

    award: str
    on: str
    times: int
    basis: str
    confidence: Confidence


@cache
def rules() -> tuple[Rests, ...]:
    """Every award that rests on others."""
    with FILE.open("rb") as file:
        return tuple(Rests(**row) for row in tomllib.load(file)["rests"])


def resting_on(award: str) -> dict[str, Rests]:
    """What needs this award, near or far, with the rule that leads to it."""
    found: dict[str, Rests] = {}
    ahead = [award]
    while ahead:
        on = ahead.pop()
        for rule in rules():
            if rule.on == on and rule.award not in found:
                found[rule.award] = rule
                ahead.append(rule.award)
    return found


def dependents(
    entry: RegisterEntry, others: Iterable[RegisterEntry]
) -> Iterator[tuple[RegisterEntry, Rests]]:
    """Of the same subject's ``others``: what stands, came no earlier, needs this award; for people to look at."""
    needed = resting_on(entry.award)
    for other in others:
        later = other.decided_on >= entry.decided_on and other.nomination != entry.nomination
        if later and other.stands and other.award in needed:
            yield other, needed[other.award]
