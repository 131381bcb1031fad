"""How many titles a unit should have at most, as dated data."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from states.award_shapes import Confidence
from states.term import Term

FILE = Path(__file__).with_name("quotas.toml")


@dataclass(frozen=True, slots=True)
class Quota(Term):
    """At most so many percent of those who reach another title, which is the first step to this one.

    Nobody is refused for exceeding one: from 2024 on no figure of the whole country is known.
    """

    award: str
    of: str
    percent: int
    valid_from: date
    valid_to: date | None
    local: bool
    confidence: Confidence
    source: str

    def exceeded(self, count: int, below: int) -> bool:
        """Whether ``count`` titles are too many beside ``below`` that only reach the one below.

        Without anybody for the title below there is nothing the share could be a share of.
        """
        return bool(below) and 100 * count > self.percent * (count + below)


def quotas_on(day: date) -> Mapping[str, Quota]:
    """The quotas of a day by award."""
    return {one.award: one for one in _quotas() if one.holds_on(day)}


@cache
def _quotas() -> tuple[Quota, ...]:
    with FILE.open("rb") as file:
        return tuple(_quota(row) for row in tomllib.load(file)["quota"])


def _quota(row: Mapping[str, Any]) -> Quota:
    plain = {key: row[key] for key in ("award", "of", "percent", "local", "confidence", "source")}
    return Quota(**plain, valid_from=row["from"], valid_to=row.get("to"))
