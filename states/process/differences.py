"""What is not the same in two versions of a process."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from states.definition import Definition, Handover, Limit, Station, Step, Words

Branches = tuple[tuple[str, tuple[str, ...]], ...]
"""Codes by the value of the choice they belong to; one nameless value where nothing branches."""
Value = Branches | Words | Limit | Handover | date | str | None
"""One part of a version as its definition writes it; ``None`` or empty where it has no such part."""

ACT_PARTS = ("to", "by", "needs", "asks", "tells", "basis", "allocates")


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a station, or of an act there, that is not the same.

    ``station`` is called as in the newer version where both have it; without one the whole version is meant.
    A part named ``station`` or ``act`` says that one version alone has it.
    """

    station: str
    act: str
    part: str
    old: Value
    new: Value


def differences(old: Definition, new: Definition) -> list[Difference]:
    """Every difference, in the order of the newer version; what it lost comes last at its place.

    A station that takes the place of another in the diagram is its successor: the two are compared.
    """
    heirs = successors(old, new)
    renamed = _renamed(old, heirs)
    return [*_of_versions(old, new), *_of_stations(renamed, new), *_of_acts(renamed, new)]


def successors(old: Definition, new: Definition) -> dict[str, str]:
    """The new name of each station that another one took the place of."""
    places = {station.place: name for name, station in new.stations.items() if name not in old.stations}
    gone = {name: station.place for name, station in old.stations.items() if name not in new.stations}
    return {name: places[place] for name, place in gone.items() if place in places}


def _renamed(old: Definition, heirs: Mapping[str, str]) -> Definition:
    """The older version with the newer names of what goes on under another one."""
    stations = {heirs.get(name, name): station for name, station in old.stations.items()}
    steps = tuple(
        replace(step, sources=tuple(heirs.get(s, s) for s in step.sources), to=heirs.get(step.to, step.to))
        for step in old.steps
    )
    return replace(old, stations=stations, steps=steps)


def _of_versions(old: Definition, new: Definition) -> Iterator[Difference]:
    for part in ("regime", "effective_from", "title", "provisional"):
        yield from _unless_same("", "", part, getattr(old, part), getattr(new, part))


def _of_stations(old: Definition, new: Definition) -> Iterator[Difference]:
    for name in dict.fromkeys([*new.stations, *old.stations]):
        before, after = old.stations.get(name), new.stations.get(name)
        if before is None or after is None:
            yield Difference(
                name, "", "station", before.label if before else None, after.label if after else None
            )
            continue
        parts = _station_parts(after)
        for part, value in _station_parts(before).items():
            yield from _unless_same(name, "", part, value, parts[part])


def _station_parts(station: Station) -> dict[str, Value]:
    limit = station.limit
    return {
        "label": station.label,
        "holder": _plain(station.holder),
        "hands_to": station.hands_to,
        "limit": replace(limit, basis="", confidence="", ladder="") if limit else None,
        "basis": limit.basis if limit else "",
        "opens_to": _plain(*station.opens_to),
    }


def _plain(*codes: str) -> Branches:
    return (("", tuple(code for code in codes if code)),)


def _of_acts(old: Definition, new: Definition) -> Iterator[Difference]:
    places = [
        (name, act) for one in (new, old) for name in ("start", *one.stations) for act in one.acts_at(name)
    ]
    for name, act in dict.fromkeys(places):
        before, after = old.rows(name, act), new.rows(name, act)
        if not before or not after:
            # With its whole station it is told already.
            if name == "start" or (name in old.stations and name in new.stations):
                yield Difference(name, act, "act", _part(before, "by", name), _part(after, "by", name))
            continue
        for part in ACT_PARTS:
            one, other = _part(before, part, name), _part(after, part, name)
            yield from _unless_same(name, act, part, *_apart(one, other))


def _part(rows: tuple[Step, ...], part: str, station: str) -> Branches:
    """One part of all rows of an act; where every value of the choice says the same, once."""
    found = tuple((row.choice[1] if row.choice else "", _codes(row, part, station)) for row in rows)
    return (("", found[0][1]),) if len({codes for _, codes in found}) == 1 else found


def _apart(old: Branches, new: Branches) -> tuple[Branches, Branches]:
    """Where both branch alike, only the values that are not the same."""
    if [value for value, _ in old] != [value for value, _ in new]:
        return old, new
    return tuple(b for b in old if b not in new), tuple(b for b in new if b not in old)


def _codes(row: Step, part: str, station: str) -> tuple[str, ...]:
    value = row.target(station) if part == "to" else getattr(row, part)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _unless_same(station: str, act: str, part: str, old: Value, new: Value) -> Iterator[Difference]:
    if old != new:
        yield Difference(station, act, part, old, new)
