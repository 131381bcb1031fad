"""A process definition: the table of stations with the steps between them, read from data."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from states.document import canonical

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

    Exactly one of: ``working_days`` by procedure, a date ``from_argument`` of the act that led here, or
    ``waits`` (no limit) with the reason, reminded every ``remind`` working days.
    """

    working_days: Mapping[str, int] | None = None
    from_argument: str | None = None
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


def parse(source: str, *, parents: Mapping[str, str] | None = None) -> Definition:
    """The definition written in a TOML text; ``parents`` gives the texts an ``extends`` may copy.

    Raises:
        DefinitionError: not TOML, or a part that is missing, misspelt or of the wrong form.
    """
    try:
        table = _extended(tomllib.loads(source), parents or {})
        return _definition(table)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(f"not TOML: {error}") from None
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError) as error:
        if isinstance(error, DefinitionError):
            raise
        raise DefinitionError(f"{type(error).__name__}: {error}") from None


def _extended(table: dict[str, Any], parents: Mapping[str, str]) -> dict[str, Any]:
    parent = table.pop("extends", None)
    if parent is None:
        return table
    if parent not in parents:
        raise DefinitionError(f"extends {parent!r}, which is not a shipped version")
    return {**_extended(tomllib.loads(parents[parent]), parents), **table}


def _definition(table: dict[str, Any]) -> Definition:
    _only(table, "definition", _TOP)
    stations = {name: _station(name, part) for name, part in table["station"].items()}
    steps = tuple(_expanded(_step(part), stations) for part in table["step"])
    provisional = table.get("provisional")
    plain = {**table, "effective_from": table["effective_from"].isoformat()}
    return Definition(
        key=table["key"],
        version=table["version"],
        regime=table["regime"],
        effective_from=table["effective_from"],
        title=Words(**table["title"]),
        initial=table["initial"],
        stations=stations,
        steps=steps,
        text=canonical(plain),
        provisional=Words(**provisional) if provisional else None,
    )


_TOP = {"key", "version", "regime", "effective_from", "title", "initial", "station", "step", "provisional"}
_STATION = {"label", "place", "final", "holder", "hands_to", "limit", "opens_to"}
_LIMIT = {"working_days", "from_argument", "waits_forever", "basis", "confidence", "ladder"}
_STEP = {"act", "from", "to", "by", "when", "needs", "asks", "tells", "basis", "allocates"}


def _only(table: Mapping[str, Any], where: str, known: set[str]) -> None:
    for name in table:
        if name not in known:
            raise DefinitionError(
                f"{where}: {name!r} is not a known part; known are {', '.join(sorted(known))}"
            )


def _station(name: str, table: dict[str, Any]) -> Station:
    _only(table, f"station {name}", _STATION)
    hands_to = table.get("hands_to")
    limit = table.get("limit")
    return Station(
        name=name,
        label=Words(**table["label"]),
        place=(table["place"][0], table["place"][1]),
        final=table.get("final", False),
        holder=table.get("holder", ""),
        hands_to=Handover(hands_to["role"], tuple(hands_to["once"])) if hands_to else None,
        limit=_limit(name, limit) if limit is not None else None,
        opens_to=tuple(table.get("opens_to", ())),
    )


def _limit(name: str, table: dict[str, Any]) -> Limit:
    _only(table, f"limit of station {name}", _LIMIT)
    forms = [form for form in ("working_days", "from_argument", "waits_forever") if form in table]
    if len(forms) != 1:
        raise DefinitionError(
            f"limit of station {name}: give one of working_days, from_argument, waits_forever"
        )
    days, waits = table.get("working_days"), table.get("waits_forever")
    return Limit(
        working_days={"full": days, "simplified": days} if isinstance(days, int) else days,
        from_argument=table.get("from_argument"),
        waits=Words(**waits["reason"]) if waits else None,
        remind=waits["remind_working_days"] if waits else None,
        basis=table.get("basis", ""),
        confidence=table.get("confidence", "low"),
        ladder=table.get("ladder", ""),
    )


def _step(table: dict[str, Any]) -> Step:
    _only(table, f"step {table.get('act')}", _STEP)
    return Step(
        act=table["act"],
        sources=tuple(table["from"]),
        to=table["to"],
        by=tuple(table["by"]),
        when=table.get("when", ""),
        needs=tuple(table.get("needs", ())),
        asks=tuple(table.get("asks", ())),
        tells=tuple(table.get("tells", ())),
        basis=table.get("basis", ""),
        allocates=table.get("allocates", ""),
    )


def _expanded(step: Step, stations: Mapping[str, Station]) -> Step:
    """``*waiting`` means every station that is not final, less those named with ``!``."""
    if "*waiting" not in step.sources:
        return step
    left_out = {source[1:] for source in step.sources if source.startswith("!")}
    waiting = (s.name for s in stations.values() if not s.final and s.name not in left_out)
    return replace(step, sources=tuple(waiting))


def _order(version: str) -> tuple[str, tuple[int, ...]]:
    regime, _, number = version.partition(".")
    return regime, tuple(int(part) for part in number.split("."))


@cache
def shipped() -> Mapping[str, Definition]:
    """Every definition that comes with the program, by name (``dossier@A.1``)."""
    texts = shipped_texts()
    return {found.name: found for found in (parse(text, parents=texts) for text in texts.values())}


@cache
def shipped_texts() -> Mapping[str, str]:
    """The files behind them by version, as an ``extends`` names one; sorted, so that lists of them never vary."""
    folder = files("states") / "definitions"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    texts = [(folder / name).read_text("utf-8") for name in names]
    return {tomllib.loads(text)["version"]: text for text in texts}


def in_force(definitions: Mapping[str, Definition], *, key: str, day: date) -> Definition:
    """The version of ``key`` in force on ``day``: the latest effective one; of two, the highest version.

    Raises:
        DefinitionError: no version was in force that early.
    """
    due = [d for d in definitions.values() if d.key == key and d.effective_from <= day]
    if not due:
        raise DefinitionError(f"no {key} definition is in force on {day.isoformat()}")
    return max(due, key=lambda d: (d.effective_from, _order(d.version)))
