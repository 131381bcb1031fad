"""Static verification of a process definition before it may be used."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from states.checking.faults import Fault, fault
from states.checking.flow import flow_faults
from states.checking.form import form_faults
from states.checking.ladders import ladder_faults
from states.definition import START, Definition, DefinitionError, Limit, Station, Step
from states.kinds import KINDS
from states.ladders import Ladder, shipped_ladders
from states.roles import Role

KNOWN_ACTS: Mapping[str, frozenset[str]] = {key: kind.acts for key, kind in KINDS.items()}
"""The acts a definition may name, by its key."""

PROCEDURES = frozenset({"full", "simplified"})
"""The ways a dossier may be processed (Law 06/2022, Articles 84 to 85); limits may differ by them."""


@dataclass(frozen=True, slots=True)
class Registries:
    """The closed lists a definition may take names out of."""

    guards: frozenset[str]
    choices: Mapping[str, Sequence[str]]
    roles: frozenset[str]
    acts: Mapping[str, frozenset[str]] = field(default_factory=lambda: KNOWN_ACTS)
    ladders: Mapping[str, Ladder] = field(default_factory=shipped_ladders)


class FaultyDefinition(DefinitionError):
    """The definition is readable but must not be used; ``faults`` says why."""

    def __init__(self, definition: Definition, found: list[Fault]) -> None:
        super().__init__("\n".join([f"{definition.name} cannot be used:", *map(str, found)]))
        self.faults = tuple(found)


def checked(definition: Definition, registries: Registries) -> Definition:
    """The same definition, fit for use.

    Raises:
        FaultyDefinition: with every fault.
    """
    if found := faults(definition, registries):
        raise FaultyDefinition(definition, found)
    return definition


def faults(definition: Definition, registries: Registries) -> list[Fault]:
    """Everything wrong with a definition; wrong forms hide wrong names, wrong names hide wrong ways."""
    if found := list(form_faults(definition)):
        return found
    if found := [*_station_faults(definition, registries), *_step_faults(definition, registries)]:
        return found
    return [
        *_branch_faults(definition, registries),
        *_limit_faults(definition),
        *ladder_faults(definition, registries.ladders, registries.roles),
        *flow_faults(definition),
    ]


def _station_faults(definition: Definition, registries: Registries) -> Iterator[Fault]:
    if definition.initial not in {station.name for station in definition.waiting()}:
        yield fault("initial", "definition", name=definition.initial)
    taken: dict[tuple[int, int], str] = {}
    for station in definition.stations.values():
        place = f"station {station.name}"
        if station.place in taken:
            yield fault("place_taken", place, cell=list(station.place), name=taken[station.place])
        taken[station.place] = station.name
        yield from _held_wrongly(station, place)
        roles = [station.hands_to.role if station.hands_to else "", *station.opens_to]
        yield from _unknown_roles([role for role in roles if role], registries.roles - {"clock"}, place)
        # What waits for its day alone is held by the clock, so that it stands on nobody's desk.
        yield from _unknown_roles([station.holder] if station.holder else [], registries.roles, place)
        once = station.hands_to.once if station.hands_to else ()
        yield from _unknown("unknown_guard", once, registries.guards, place)


def _held_wrongly(station: Station, place: str) -> Iterator[Fault]:
    if not station.final:
        if not station.holder:
            yield fault("no_holder", place)
        if station.limit is None:
            yield fault("no_limit", place)
        return
    for name in ("holder", "hands_to", "limit"):
        if getattr(station, name):
            yield fault("final_holds", place, name=name)


def _step_faults(definition: Definition, registries: Registries) -> Iterator[Fault]:
    raw = json.loads(definition.text)["step"]
    for number, step in enumerate(definition.steps, start=1):
        place = f"step {number} ({step.row})"
        yield from _unknown(
            "unknown_act", [step.act], registries.acts.get(definition.key, frozenset()), place
        )
        yield from _unknown("unknown_guard", step.needs, registries.guards, place)
        yield from _unknown_roles(step.by, registries.roles, place)
        yield from _unknown_roles(step.tells, registries.roles - {"clock"}, place)
        yield from _unknown_choice(step, registries, place)
        yield from _wrong_ways(definition, step, raw[number - 1]["from"], place)


def _wrong_ways(definition: Definition, step: Step, written: list[str], place: str) -> Iterator[Fault]:
    known = definition.stations.keys()
    if step.to != "same" and step.to not in known:
        yield fault("unknown_station", place, name=step.to)
    for name in _named_sources(written):
        if name not in known and name != START:
            yield fault("unknown_station", place, name=name)
        elif name != START and definition.stations[name].final:
            yield fault("out_of_final", place, name=name)
    if START in step.sources and step.to == "same":
        yield fault("same_from_start", place)
    elif START in step.sources and step.to != definition.initial and Role.session not in step.by:
        # Only what goes on from another case may begin further on.
        yield fault("start_elsewhere", place, name=step.to, initial=definition.initial)


def _named_sources(written: list[str]) -> list[str]:
    """The stations a ``from`` names; beside ``*waiting`` only those left out with ``!`` may stand."""
    if "*waiting" not in written:
        return written
    return [
        name[1:] if name.startswith("!") else f"*waiting, {name}" for name in written if name != "*waiting"
    ]


def _unknown(code: str, names: Iterable[str], known: Iterable[str], place: str) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield fault(code, place, name=name, known=", ".join(sorted(known)))


def _unknown_roles(names: Iterable[str], roles: frozenset[str], place: str) -> Iterator[Fault]:
    return _unknown("unknown_role", names, roles, place)


def _unknown_choice(step: Step, registries: Registries, place: str) -> Iterator[Fault]:
    if step.choice is None:
        if step.when:
            yield from _unknown("unknown_choice", [step.when], registries.choices, place)
        return
    name, value = step.choice
    if name not in registries.choices:
        yield from _unknown("unknown_choice", [name], registries.choices, place)
    elif value not in registries.choices[name]:
        yield fault(
            "unknown_value", place, choice=name, name=value, known=", ".join(registries.choices[name])
        )


def _branch_faults(definition: Definition, registries: Registries) -> Iterator[Fault]:
    for station in (START, *definition.stations):
        for act in definition.acts_at(station):
            choices = [step.choice for step in definition.rows(station, act)]
            yield from _badly_branched(choices, registries, f"station {station}, act {act}")


def _badly_branched(
    choices: list[tuple[str, str] | None], registries: Registries, place: str
) -> Iterator[Fault]:
    picked = [choice for choice in choices if choice is not None]
    if not picked:
        if len(choices) > 1:
            yield fault("doubled_row", place)
        return
    if len(picked) < len(choices):
        yield fault("mixed_rows", place)
    names = sorted({name for name, _ in picked})
    if len(names) > 1:
        yield fault("two_choices", place, names=", ".join(names))
        return
    values = [value for _, value in picked]
    if doubled := sorted({value for value in values if values.count(value) > 1}):
        yield fault("value_doubled", place, choice=names[0], names=", ".join(doubled))
    if missing := [value for value in registries.choices[names[0]] if value not in values]:
        yield fault("value_missing", place, choice=names[0], names=", ".join(missing))


def _limit_faults(definition: Definition) -> Iterator[Fault]:
    for station in definition.waiting():
        place = f"station {station.name}, limit"
        if station.limit is not None:
            yield from _bad_days(station.limit, place)
            yield from _unasked(definition, station.name, station.limit.from_argument, place)
            if station.limit.waits is not None and (station.limit.remind or 0) < 1:
                yield fault("no_reminder", place)


def _bad_days(limit: Limit, place: str) -> Iterator[Fault]:
    if limit.working_days is None:
        return
    if limit.working_days.keys() != PROCEDURES:
        yield fault("procedures", place, names=", ".join(sorted(limit.working_days)))
    for procedure, days in sorted(limit.working_days.items()):
        if days < 1:
            yield fault("too_few_days", place, name=procedure, days=days)


def _unasked(definition: Definition, station: str, argument: str | None, place: str) -> Iterator[Fault]:
    for step in definition.steps:
        arrives = step.to == station and step.sources != (station,)
        if argument and arrives and argument not in step.asks:
            yield fault("argument_not_asked", place, name=argument, act=step.act)
