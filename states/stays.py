"""How long things took, told by their history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from states.roles import PSEUDO_ROLES


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a case at a station, in the hands of a unit; instants as the history spells them.

    ``until`` is empty while the stay lasts; a final station is no stay.
    """

    station: str
    unit: str
    since: str
    until: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Of so many durations: what half of them did not exceed, what nine tenths did not, the longest."""

    count: int
    median: int
    p90: int
    longest: int


def stays(bodies: Iterable[Mapping[str, Any]]) -> Iterator[Stay]:
    """The stays a history tells of, in their order; the unit is the last one that held the case there.

    While nobody is waited for (an item whose quarter has not come, a council that sits) is no stay.
    """
    station, since, holder = "", "", dict[str, str]()
    for body in bodies:
        effects = body.get("effects", {})
        if "station_seq" in effects:
            if _awaited(holder):
                yield Stay(station, holder["unit"], since, body["at"])
            station, since = body["to"], body["at"]
            # A patch names only what changed; a holder that ends is a null.
            holder = {} if effects.get("holder", {}) is None else holder
        holder = {**holder, **(effects.get("holder") or {})}
    if _awaited(holder):
        yield Stay(station, holder["unit"], since, "")


def _awaited(holder: Mapping[str, str]) -> bool:
    return "unit" in holder and holder.get("role") not in PSEUDO_ROLES


def spread(durations: Sequence[int]) -> Spread | None:
    """By nearest rank, so that every figure is a duration that occurred; None of nothing."""
    if not durations:
        return None
    ordered = sorted(durations)
    return Spread(len(ordered), _rank(ordered, 50), _rank(ordered, 90), ordered[-1])


def _rank(ordered: Sequence[int], percent: int) -> int:
    return ordered[ceil(len(ordered) * percent / 100) - 1]
