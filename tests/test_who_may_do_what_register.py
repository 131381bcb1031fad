"""Every cell of the tables about the register: who may do what on a change of a decision or a revocation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import World, a_world
from builders_register import a_change, a_revocation, drafted, fitting, lines, proposed
from builders_wards import a_dossier, the_wards
from cells_register import DECISION_CHANGE, REVOCATION, WARD
from written_cells import as_written, cells, lent

CHANGE, REVOKE, WARDS = cells(DECISION_CHANGE), cells(REVOCATION), cells(WARD)
ONWARD = {
    "change_check": ("son", "check_change"),
    "revocation_check": ("son", "check_revocation"),
    "revocation_council": ("yen", "give_opinion"),
    "revocation_submission": ("hung", "submit_revocation"),
}


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The city of May 2024."""
    yield from lent(sqlite_template, tmp_path_factory.mktemp("register"), a_world)


@pytest.fixture(scope="module")
def wards(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The wards of September 2025."""
    yield from lent(sqlite_template, tmp_path_factory.mktemp("register-b"), the_wards)


def in_a_ward(world: World, station: str) -> str:
    """A change of a decision, or a revocation, of a ward at a station."""
    above = station in ("revocation_submission", "revocation_submitted")
    dossier = a_dossier(world, "awarded", awards=("BK_TINH",) if above else ())
    (line,) = lines(world, dossier)
    begin = drafted if station.startswith("change") else proposed
    ref = begin(world, line.id, unit="VA")
    if station == "change_revision":
        world.do("son", "return_change", ref, reason="Ghi rõ hơn")
    while (here := world.record(ref).station) != station:
        who, act = ONWARD[here]
        world.do(who, act, ref, **fitting(world, ref, act))
    return ref


@pytest.mark.parametrize(("place", "act", "who", "said"), CHANGE)
def test_each_cell_of_a_change_of_a_decision_comes_out_as_written(
    city: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(city, a_change(city, place), act, who, said, fitting)


@pytest.mark.parametrize(("place", "act", "who", "said"), REVOKE)
def test_each_cell_of_a_revocation_comes_out_as_written(
    city: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(city, a_revocation(city, place), act, who, said, fitting)


@pytest.mark.parametrize(("place", "act", "who", "said"), WARDS)
def test_each_cell_of_a_ward_comes_out_as_written(
    wards: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(wards, in_a_ward(wards, place), act, who, said, fitting)


@pytest.mark.parametrize("table", [CHANGE, REVOKE, WARDS], ids=["decision change", "revocation", "ward"])
def test_no_cell_is_written_twice(table: list[tuple[str, str, str, str]]) -> None:
    assert len({cell[:3] for cell in table}) == len(table) >= 25
