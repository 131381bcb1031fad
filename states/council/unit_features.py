"""What is known of the places where units are, as dated data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from states.award_shapes import Confidence
from states.term import Term

FILE = Path(__file__).with_name("unit_features.toml")
FEATURES = ("remote", "minority_area")

Features = Mapping[str, frozenset[str]]
"""The features of each unit that has any."""


@dataclass(frozen=True, slots=True)
class Known(Term):
    """One feature of some units between two days, with who says so."""

    feature: str
    units: frozenset[str]
    valid_from: date
    valid_to: date | None
    source: str
    confidence: Confidence


def known_on(day: date) -> list[Known]:
    """Everything that holds on a day."""
    return [one for one in _known() if one.holds_on(day)]


def features_on(day: date) -> Features:
    """The features of units on a day."""
    found: dict[str, frozenset[str]] = {}
    for one in known_on(day):
        found |= {unit: found.get(unit, frozenset()) | {one.feature} for unit in one.units}
    return found


@cache
def _known() -> tuple[Known, ...]:
    with FILE.open("rb") as file:
        return tuple(_read(row) for row in tomllib.load(file)["features"])


def _read(row: Mapping[str, Any]) -> Known:
    return Known(
        feature=row["feature"],
        units=frozenset(row["units"]),
        valid_from=row["from"],
        valid_to=row.get("to"),
        source=row["source"],
        confidence=row["confidence"],
    )
