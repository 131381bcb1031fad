"""Figures of many reports become sums that can be traced back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One unit's report: its figures as sent in that version of it, with whether its office accepted it."""

    unit: str
    kind: str
    ref: str
    version: int
    accepted: bool
    figures: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Sum:
    """One figure over some units: of accepted reports, of those only sent, with the units counted."""

    accepted: int = 0
    sent: int = 0
    units: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Both together."""
        return self.accepted + self.sent


def sums(sources: Iterable[Source], names: Iterable[str]) -> dict[str, dict[str, Sum]]:
    """Each figure by kind of unit, under "" over all of them; a figure not given counts as nothing.

    Raises:
        ValueError: a unit comes twice.
    """
    listed, figures = list(sources), tuple(names)
    if twice := _twice([source.unit for source in listed]):
        raise ValueError(f"the unit {twice} would be counted twice: give one report of each unit")
    kinds = dict.fromkeys(source.kind for source in listed)
    within = {"": listed} | {kind: [one for one in listed if one.kind == kind] for kind in kinds}
    return {
        kind: {name: _sum([one for one in group if name in one.figures], name) for name in figures}
        for kind, group in within.items()
    }


def _sum(sources: list[Source], name: str) -> Sum:
    return Sum(
        accepted=sum(one.figures[name] for one in sources if one.accepted),
        sent=sum(one.figures[name] for one in sources if not one.accepted),
        units=tuple(one.unit for one in sources),
    )


def _twice(units: list[str]) -> str:
    return next((unit for place, unit in enumerate(units) if unit in units[:place]), "")
