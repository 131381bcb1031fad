"""The machine goes where the table says; everything else is refused."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import pytest

from states import machine
from states.definition import START, Definition, Step
from states.definition_file import shipped
from states.machine import NoSuchStep, fire

DOSSIER = shipped()["dossier@A.1"]


def table(definition: Definition) -> dict[tuple[str, str], str]:
    """What the file says, read without the machine: (station, row) to the next station."""
    return {
        (source, step.row): source if step.to == "same" else step.to
        for step in definition.steps
        for source in step.sources
    }


@pytest.mark.parametrize("name", shipped())
def test_every_row_leads_where_the_table_says(name: str) -> None:
    definition = shipped()[name]
    for (station, row), target in table(definition).items():
        assert fire(definition, station, row) == target


@pytest.mark.parametrize("name", shipped())
def test_what_is_not_in_the_table_is_refused(name: str) -> None:
    definition = shipped()[name]
    known = table(definition)
    rows = {row for _, row in known}
    others = set(product([START, *definition.stations], rows)) - known.keys()
    assert others
    for station, row in others:
        with pytest.raises(NoSuchStep, match=row):
            fire(definition, station, row)


@pytest.mark.parametrize(
    ("station", "row"),
    [
        ("drafting", "submit"),
        ("drafting", "submit/"),
        ("drafting", "submit/ship"),
        ("drafting", ""),
        ("drafting", "to_awarded"),
        ("nowhere", "submit/school"),
        ("*", "submit/school"),
    ],
)
def test_a_name_that_is_no_row_is_refused(station: str, row: str) -> None:
    with pytest.raises(NoSuchStep):
        fire(DOSSIER, station, row)


@pytest.mark.parametrize("name", shipped())
def test_nothing_leaves_a_final_station(name: str) -> None:
    definition = shipped()[name]
    rows = {step.row for step in definition.steps}
    for station in definition.stations.values():
        if station.final:
            for row in rows:
                with pytest.raises(NoSuchStep):
                    fire(definition, station.name, row)


def test_the_machine_knows_the_rows_of_the_table_and_no_door_beside_them() -> None:
    built = machine._machine(machine._ByDigest(DOSSIER))
    assert set(built.events) == {step.row for step in DOSSIER.steps}
    assert built.models == []


def test_one_machine_serves_all_definitions_of_one_digest() -> None:
    one = machine._machine(machine._ByDigest(DOSSIER))
    assert machine._machine(machine._ByDigest(replace(DOSSIER))) is one


@pytest.mark.parametrize(
    "steps",
    [
        tuple(replace(step, to="declined") if step.act == "award" else step for step in DOSSIER.steps),
        tuple(
            replace(step, sources=("drafting",)) if step.act == "award" else step for step in DOSSIER.steps
        ),
        tuple(step for step in DOSSIER.steps if step.act != "award"),
    ],
    ids=["leads elsewhere", "leaves elsewhere", "is missing"],
)
def test_a_machine_that_disagrees_with_the_table_stops_the_act(steps: tuple[Step, ...]) -> None:
    told = replace(DOSSIER, text=f"other rules, {len(steps)} {hash(steps)}")
    astray = replace(told, steps=steps)
    assert fire(astray, "drafting", "withdraw") == "withdrawn"
    with pytest.raises(AssertionError, match="award"):
        fire(told, "awaiting_decision", "award")


def test_eight_threads_at_once_all_arrive() -> None:
    rows = list(table(DOSSIER).items()) * 20
    with ThreadPoolExecutor(8) as pool:
        arrived = list(pool.map(lambda row: fire(DOSSIER, *row[0]), rows))
    assert arrived == [target for _, target in rows]
