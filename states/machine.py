"""The table of a definition as a pure decision machine, the second lock behind our own plan."""

from functools import lru_cache

from transitions import Machine, MachineError

from states.definition import START, Definition


class NoSuchStep(LookupError):
    """No row of this name leaves this station."""


class _Case:
    """What the machine moves; a plain object, because registering one costs much and resets its state."""

    __slots__ = ("state",)

    def __init__(self, state: str) -> None:
        self.state = state


def fire(definition: Definition, station: str, row: str) -> str:
    """The station that ``row`` (``submit/school``) leads to from ``station``.

    Raises:
        NoSuchStep: the table has no such row at this station.
        AssertionError: the machine went elsewhere than the table says; nothing may be written then.
    """
    planned = _planned(definition, station, row)
    reached = _reached(_ByDigest(definition), station, row)
    if reached != planned:
        raise AssertionError(f"{row} at {station} leads to {planned}, the machine went to {reached}")
    return planned


def _planned(definition: Definition, station: str, row: str) -> str:
    for step in definition.rows(station, row.partition("/")[0]):
        if step.row == row:
            return step.target(station)
    raise NoSuchStep(f"{definition.name} has no {row} at {station}")


class _ByDigest:
    """A definition that equals every other with the same rules, so that one machine serves them all."""

    __slots__ = ("definition",)

    def __init__(self, definition: Definition) -> None:
        self.definition = definition

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and other.definition.digest == self.definition.digest

    def __hash__(self) -> int:
        return hash(self.definition.digest)


@lru_cache(maxsize=4096)
def _reached(key: _ByDigest, station: str, row: str) -> str:
    """Where the machine goes; it goes nowhere else the next time, so that it is asked once."""
    case = _Case(station)
    try:
        moved = _machine(key).events[row].trigger(case)
    except (MachineError, KeyError) as error:
        raise AssertionError(f"the machine refuses {row} at {station}, the table does not") from error
    assert moved is True  # else it would have raised
    return case.state


@lru_cache(maxsize=64)
def _machine(key: _ByDigest) -> Machine:
    definition = key.definition
    rows = [
        {"trigger": step.row, "source": source, "dest": step.target(source)}
        for step in definition.steps
        for source in step.sources
    ]
    return Machine(
        model=None,
        states=[START, *definition.stations],
        initial=START,
        transitions=rows,
        auto_transitions=False,
        send_event=True,
        queued=False,
    )
