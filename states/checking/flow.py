"""Whether every case finds its way from the start of a definition to one of its ends."""

from collections.abc import Iterable, Iterator, Mapping

from states.checking.faults import Fault, fault
from states.definition import START, Definition

Ways = Mapping[str, frozenset[str]]


def flow_faults(definition: Definition) -> Iterator[Fault]:
    """Stations nobody reaches, stations nobody leaves, loops the clock runs alone; names are known good."""
    ways = _ways(definition)
    reached = _reached(ways, [START])
    ending = _reached(_turned(ways), [s.name for s in definition.stations.values() if s.final])
    for station in definition.stations.values():
        place = f"station {station.name}"
        if station.name not in reached:
            yield fault("unreachable", place)
        if station.name not in ending:
            yield fault("no_end", place)
        elif not station.final and not _left_by_persons(definition, station.name):
            yield fault("timer_trap", place)
    yield from _automatic_loops(_ways(definition, by="clock"))


def _ways(definition: Definition, *, by: str = "") -> Ways:
    ways: dict[str, frozenset[str]] = {name: frozenset() for name in (START, *definition.stations)}
    for step in definition.steps:
        for source in step.sources:
            # What the clock says at a station without moving the case is no way: a ladder ends.
            if not by or (by in step.by and step.to != "same"):
                ways[source] |= {step.target(source)}
    return ways


def _turned(ways: Ways) -> Ways:
    return {name: frozenset(source for source in ways if name in ways[source]) for name in ways}


def _reached(ways: Ways, begin: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    ahead = list(begin)
    while ahead:
        if (name := ahead.pop()) not in seen:
            seen.add(name)
            ahead.extend(ways[name])
    return seen


def _left_by_persons(definition: Definition, station: str) -> bool:
    leaving = (
        step for step in definition.steps if station in step.sources and step.target(station) != station
    )
    return any(set(step.by) - {"clock"} for step in leaving)


def _automatic_loops(ways: Ways) -> Iterator[Fault]:
    looping = [name for name in ways if name in _reached(ways, ways[name])]
    if looping:
        yield fault("automatic_loop", f"station {looping[0]}", names=", ".join(looping))
