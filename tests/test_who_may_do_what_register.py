"""Every cell of the tables about the register: who may do what on a change of a decision or a revocation."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import World, a_world
from builders_register import a_change, a_revocation, fitting
from cells_register import DECISION_CHANGE, REVOCATION
from test_who_may_do_what_year import STRANGERS, cells, lent

from workflow.problems import NotFound, Refused

CHANGE, REVOKE = cells(DECISION_CHANGE), cells(REVOCATION)


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The city of May 2024."""
    yield from lent(sqlite_template, tmp_path_factory.mktemp("register"), a_world)


def comes_of(world: World, ref: str, act: str, who: str) -> str:
    """What comes of an act somebody tries: done, 404, or the codes."""
    try:
        world.do(STRANGERS.get(who, who), act, ref, **fitting(world, ref, act))
    except NotFound:
        return "404"
    except Refused as refusal:
        return " ".join(sorted(reason["code"] for reason in refusal.reasons))
    return "done"


def as_written(world: World, ref: str, act: str, who: str, said: str) -> None:
    """The cell comes out as written; what is refused leaves no mark on the case."""
    before = world.record(ref)
    assert comes_of(world, ref, act, who) == said
    assert (world.record(ref) == before) == (said != "done")


@pytest.mark.parametrize(("place", "act", "who", "said"), CHANGE)
def test_each_cell_of_a_change_of_a_decision_comes_out_as_written(
    city: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(city, a_change(city, place), act, who, said)


@pytest.mark.parametrize(("place", "act", "who", "said"), REVOKE)
def test_each_cell_of_a_revocation_comes_out_as_written(
    city: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(city, a_revocation(city, place), act, who, said)


@pytest.mark.parametrize("table", [CHANGE, REVOKE], ids=["decision change", "revocation"])
def test_no_cell_is_written_twice(table: list[tuple[str, str, str, str]]) -> None:
    assert len({cell[:3] for cell in table}) == len(table) >= 25
