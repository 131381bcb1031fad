"""Definition files are read: TOML becomes the table, or a sentence that names the place."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from states.definition import Definition, DefinitionError, Handover, Limit, Station, Step, Words
from states.document import canonical


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
    name = parent if "@" in str(parent) else f"{table.get('key', 'dossier')}@{parent}"
    if name not in parents:
        raise DefinitionError(f"extends {parent!r}, which is not a shipped version")
    return {**_extended(tomllib.loads(parents[name]), parents), **table}


def _definition(table: dict[str, Any]) -> Definition:
    _only(table, "definition", _TOP, "key version regime effective_from title initial station step")
    stations = {name: _station(name, part) for name, part in table["station"].items()}
    steps = tuple(_expanded(_step(part), stations) for part in table["step"])
    provisional = table.get("provisional")
    plain = {**table, "effective_from": table["effective_from"].isoformat()}
    return Definition(
        key=table["key"],
        version=table["version"],
        regime=table["regime"],
        effective_from=table["effective_from"],
        title=_words(table["title"], "title"),
        initial=table["initial"],
        stations=stations,
        steps=steps,
        text=canonical(plain),
        provisional=_words(provisional, "provisional") if provisional else None,
    )


_TOP = {"key", "version", "regime", "effective_from", "title", "initial", "station", "step", "provisional"}
_STATION = {"label", "place", "final", "holder", "hands_to", "limit", "opens_to"}
_LIMIT = {"working_days", "from_argument", "from_case", "waits_forever", "basis", "confidence", "ladder"}
LIMIT_FORMS = ("working_days", "from_argument", "from_case", "waits_forever")
_STEP = {"act", "from", "to", "by", "when", "needs", "asks", "tells", "basis", "allocates"}


def _only(table: Mapping[str, Any], where: str, known: set[str], needed: str = "") -> None:
    for name in needed.split():
        if name not in table:
            raise DefinitionError(f"{where}: {name!r} is missing")
    for name in table:
        if name not in known:
            raise DefinitionError(
                f"{where}: {name!r} is not a known part; known are {', '.join(sorted(known))}"
            )


def _words(table: Mapping[str, Any], where: str) -> Words:
    _only(table, where, {"vi", "en"}, "vi en")
    return Words(table["vi"], table["en"])


def _station(name: str, table: dict[str, Any]) -> Station:
    _only(table, f"station {name}", _STATION, "label place")
    hands_to = table.get("hands_to")
    limit = table.get("limit")
    return Station(
        name=name,
        label=_words(table["label"], f"label of station {name}"),
        place=(table["place"][0], table["place"][1]),
        final=table.get("final", False),
        holder=table.get("holder", ""),
        hands_to=Handover(hands_to["role"], tuple(hands_to["once"])) if hands_to else None,
        limit=_limit(name, limit) if limit is not None else None,
        opens_to=tuple(table.get("opens_to", ())),
    )


def _limit(name: str, table: dict[str, Any]) -> Limit:
    _only(table, f"limit of station {name}", _LIMIT)
    forms = [form for form in LIMIT_FORMS if form in table]
    if len(forms) != 1:
        raise DefinitionError(f"limit of station {name}: give one of {', '.join(LIMIT_FORMS)}")
    days, waits = table.get("working_days"), table.get("waits_forever")
    return Limit(
        working_days={"full": days, "simplified": days} if isinstance(days, int) else days,
        from_argument=table.get("from_argument"),
        from_case=table.get("from_case"),
        waits=_words(waits["reason"], f"reason of station {name}") if waits else None,
        remind=waits["remind_working_days"] if waits else None,
        basis=table.get("basis", ""),
        confidence=table.get("confidence", "low"),
        ladder=table.get("ladder", ""),
    )


def _step(table: dict[str, Any]) -> Step:
    _only(table, f"step {table.get('act')}", _STEP, "act from to by")
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


@cache
def shipped() -> Mapping[str, Definition]:
    """Every definition that comes with the program, by name (``dossier@A.1``)."""
    texts = shipped_texts()
    return {found.name: found for found in (parse(text, parents=texts) for text in texts.values())}


@cache
def shipped_texts() -> Mapping[str, str]:
    """The files behind them by name (``dossier@A.1``); sorted, so that lists of them never vary."""
    folder = files("states") / "definitions"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    texts = [(folder / name).read_text("utf-8") for name in names]
    tables = [tomllib.loads(text) for text in texts]
    return {f"{table['key']}@{table['version']}": text for table, text in zip(tables, texts, strict=True)}
