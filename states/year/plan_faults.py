"""What a plan can be refused for, in both languages."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from states.labels import Lang, label, words

ISO_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
Figures = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One thing wrong with a plan: where it stands, what it is, the figures its sentence needs.

    ``place`` is a path such as ``items.Q1-04.depends_on``; dates among the figures are ISO dates.
    """

    place: str
    code: str
    figures: Figures

    def sentence(self, lang: Lang) -> str:
        """What is wrong with what to do, without the place."""
        said = {key: _said(value) for key, value in self.figures.items()}
        return label("plan_fault", self.code, lang).format_map(said)

    def where(self, lang: Lang) -> str:
        """The place in words: which entry, then which field; codes of entries stay as they are."""
        known = words()["plan_part"]
        return ", ".join(known[part][lang] if part in known else part for part in self.place.split("."))

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence('en')}"


class PlanError(ValueError):
    """A plan that cannot be used, with everything that is wrong with it; `str()` lists it in English."""

    def __init__(self, faults: Iterable[PlanFault]) -> None:
        """Keep the faults."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def fault(place: str, code: str, **figures: str | int | date) -> PlanFault:
    """The fault ``code`` at ``place``."""
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in figures.items()}
    return PlanFault(place, code, plain)


def _said(value: str | int) -> str | int:
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            return date.fromisoformat(value).strftime("%d/%m/%Y")
        except ValueError:  # a day that does not exist is told as it was written
            return value
    return value
