"""What is paid with an award: base salary on the day of the decision, times the award's multiplier."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from functools import cache
from pathlib import Path
from typing import Any

from states.award_shapes import Confidence
from states.awards import AWARDS

FILE = Path(__file__).with_name("bonus.toml")
SURENESS: Mapping[str, int] = {"low": 0, "med": 1, "high": 2}


@dataclass(frozen=True, slots=True)
class Rounding:
    """Sums are rounded up to whole steps of so many đồng."""

    step: int
    source: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Bonus:
    """A bonus in whole đồng, with what it comes from; ``amount`` is None where it is unknown, ``why`` then says why.

    ``multiplier`` is that of the award times that of the kind of subject, in plain decimal digits.
    """

    base_salary: int | None = None
    multiplier: str = ""
    amount: int | None = None
    why: str = ""
    confidence: Confidence = "low"


def bonus(award: str, subject_type: str, *, regime: str, day: date, rounding: str = "") -> Bonus:
    """The bonus of an award decided on ``day`` under a regime (NĐ 98/2023 and NĐ 152/2025, Điều 54).

    ``rounding`` names how it is rounded; the city's own way unless given. Raises KeyError for an unknown one.
    """
    how, salary = rounding_called(rounding), _base_salary(day)
    multiplier = AWARDS[award].multipliers.get(regime) if award in AWARDS else None
    base = salary["amount"] if salary else None
    if multiplier is None:
        return Bonus(base, why="no_multiplier")
    factor = _factor(award, subject_type)
    times = multiplier.value * Decimal(factor["value"] if factor else 1)
    if salary is None:
        return Bonus(None, _plain(times), why="no_base_salary")
    sure = [multiplier.confidence, salary["confidence"], how.confidence]
    weakest = min([*sure, *([factor["confidence"]] if factor else [])], key=SURENESS.__getitem__)
    return Bonus(base, _plain(times), _rounded(salary["amount"] * times, how.step), confidence=weakest)


def rounding_called(name: str = "") -> Rounding:
    """A way of rounding by its name, the city's own without one. Raises KeyError."""
    data = _data()
    return Rounding(**data["how"][name or data["rounding"]])


def _base_salary(day: date) -> Mapping[str, Any] | None:
    """The base salary in force on a day; None before the first one known."""
    begun = [row for row in _data()["base_salary"] if row["from"] <= day]
    return max(begun, key=lambda row: row["from"]) if begun else None


def _factor(award: str, subject_type: str) -> Mapping[str, Any] | None:
    rows = _data()["factor"]
    return next((row for row in rows if award in row["awards"] and subject_type in row["subjects"]), None)


def _rounded(amount: Decimal, step: int) -> int:
    return int((amount / step).to_integral_value(ROUND_CEILING)) * step


def _plain(value: Decimal) -> str:
    """ "0.3", "2", "0.225": no exponent, no zeros at the end."""
    return f"{value.normalize():f}"


@cache
def _data() -> Mapping[str, Any]:
    with FILE.open("rb") as file:
        return tomllib.load(file)
