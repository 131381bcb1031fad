"""A process definition: the table of stations with the steps between them, read from data."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

START = "start"
"""Where a case is before its first act; no station of a definition may carry this name."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    vi: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a case may wait at a station.

    Exactly one of: ``working_days`` by procedure, a date ``from_argument`` of the act that led here, a date
    ``from_case`` that the case was opened with, or ``waits`` (no limit) with the reason, reminded every
    ``remind`` working days.
    """

    working_days: Mapping[str, int] | None = None
    from_argument: str | None = None
    from_case: str | None = None
    waits: Words | None = None
    remind: int | None = None
    basis: str = ""
    confidence: str = "low"
    ladder: str = ""


@dataclass(frozen=True, slots=True)
class Handover:
    """Who takes over at the same station once these guards are met."""

    role: str
    once: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Station:
    """Where a case waits, who holds it, who sees it from then on; final stations hold nothing."""

    name: str
    label: Words
    place: tuple[int, int]
    final: bool = False
    holder: str = ""
    hands_to: Handover | None = None
    limit: Limit | None = None
    opens_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the table: who may do what, from where to where, if, told to whom, by which article."""

    act: str
    sources: tuple[str, ...]
    to: str
    by: tuple[str, ...]
    when: str = ""
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    basis: str = ""
    allocates: str = ""

    @property
    def row(self) -> str:
        """The machine's event: the act, with the value of the choice that picks this row."""
        return f"{self.act}/{self.when.partition(':')[2]}" if self.when else self.act

    @property
    def choice(self) -> tuple[str, str] | None:
        """The (choice, value) that picks this row; ``None`` for an act that does not branch."""
        name, _, value = self.when.partition(":")
        return (name, value) if name else None

    def target(self, station: str) -> str:
        """Where this step leads from ``station``."""
        return station if self.to == "same" else self.to


@dataclass(frozen=True)
class Definition:
    """A definition in its canonical form; equal digests mean equal rules."""

    key: str
    version: str
    regime: str
    effective_from: date
    title: Words
    initial: str
    stations: Mapping[str, Station]
    steps: tuple[Step, ...]
    text: str
    provisional: Words | None = None

    @property
    def name(self) -> str:
        """As written everywhere: ``dossier@A.1``."""
        return f"{self.key}@{self.version}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def _table(self) -> dict[tuple[str, str], tuple[Step, ...]]:
        table: dict[tuple[str, str], tuple[Step, ...]] = {}
        for step in self.steps:
            for source in step.sources:
                table[source, step.act] = (*table.get((source, step.act), ()), step)
        return table

    def rows(self, station: str, act: str) -> tuple[Step, ...]:
        """The rows of one act at one station: none, one, or one per value of a choice."""
        return self._table.get((station, act), ())

    def acts_at(self, station: str) -> tuple[str, ...]:
        """Every act of a station, in the order of the table."""
        return tuple(dict.fromkeys(step.act for step in self.steps if station in step.sources))

    def waiting(self) -> Iterator[Station]:
        """The stations that are not final."""
        return (station for station in self.stations.values() if not station.final)


class DefinitionError(ValueError):
    """The definition file cannot be used; the text names the place and what to write instead."""


def _order(version: str) -> tuple[str, tuple[int, ...]]:
    regime, _, number = version.partition(".")
    return regime, tuple(int(part) for part in number.split("."))


def in_force(definitions: Mapping[str, Definition], *, key: str, day: date) -> Definition:
    """The version of ``key`` in force on ``day``: the latest effective one; of two, the highest version.

    Raises:
        DefinitionError: no version was in force that early.
    """
    due = [d for d in definitions.values() if d.key == key and d.effective_from <= day]
    if not due:
        raise DefinitionError(f"no {key} definition is in force on {day.isoformat()}")
    return max(due, key=lambda d: (d.effective_from, _order(d.version)))
