"""Every cell of the year's tables: who may do what on a report or an item of the plan, who is refused why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import World, a_world
from builders_wards import the_wards
from builders_year import filled_in, fitting, owed, owed_in_a_ward, planned, sent
from cells_year import PLAN_ITEM, REPORT_A, REPORT_B
from written_cells import as_written, cells, lent

from states.decide import CLOCK

A, B, ITEMS = cells(REPORT_A), cells(REPORT_B), cells(PLAN_ITEM)


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The city of May 2024."""
    yield from lent(sqlite_template, tmp_path_factory.mktemp("year-a"), a_world)


@pytest.fixture(scope="module")
def wards(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The wards of September 2025."""
    yield from lent(sqlite_template, tmp_path_factory.mktemp("year-b"), the_wards)


def a_report(world: World, place: str) -> str:
    """A new report of the city at a place of the table."""
    station, *how = place.split("/")
    school = "school" in how or station.startswith("education")
    ref = owed(world, "T1" if school else "P1")
    if station == "excused":
        world.do("son", "excuse", ref, reason="Mới thành lập")
    elif station == "draft":
        world.do("thu" if school else "lan", "save", ref, text={"results": "Đang viết"})
        if "full" in how:
            filled_in(world, ref)
    elif station != "due":
        sent(world, ref)
        _past_the_unit(world, ref, station, how)
    return ref


def _past_the_unit(world: World, ref: str, station: str, how: list[str]) -> None:
    school = world.record(ref).station == "education_check"
    if station == "returned":
        world.do("khoa" if school else "ngoc", "send_back", ref, reason="Số liệu chưa khớp")
        if "fixed" in how:
            filled_in(world, ref, members=121)
        return
    if school and station != "education_check":
        world.do("khoa", "check", ref)
    if school and station == "home_affairs_check":
        world.do("dung", "pass_on", ref, pack="01/GDĐT")
    if station == "accepted":
        world.do("ngoc", "accept", ref)


def a_wards_report(world: World, place: str) -> str:
    """A new report of a ward at a place of the table."""
    station, *how = place.split("/")
    ref = owed_in_a_ward(world, "TA" if "school" in how else "OA")
    if station == "draft":
        world.do("thu" if "school" in how else "lan", "save", ref, text={"results": "Đang viết"})
        if "full" in how:
            filled_in(world, ref)
    elif station != "due":
        sent(world, ref)
        if station == "returned":
            world.do("ngoc", "send_back", ref, reason="Số liệu chưa khớp")
        if station == "accepted":
            world.do("ngoc", "accept", ref)
        if "fixed" in how:
            filled_in(world, ref, members=121)
    return ref


def an_item(world: World, place: str) -> str:
    """A new item of the plan at a place of the table."""
    station, *how = place.split("/")
    if_any = "if_any" in how or station == "none_arose"
    ref = planned(world, deadline="2024-05-10" if station == "overdue" else "2024-06-28", if_any=if_any)
    if station == "planned":
        return ref
    world.do(CLOCK, "open", ref)
    ends = {"overdue": "mark_overdue", "done": "finish", "none_arose": "none_arose", "dropped": "drop"}
    if station in ends:
        act = ends[station]
        world.do(CLOCK if act == "mark_overdue" else "son", act, ref, **fitting(world, ref, act))
    return ref


@pytest.mark.parametrize(("place", "act", "who", "said"), A)
def test_each_cell_of_a_citys_reports_comes_out_as_written(
    city: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(city, a_report(city, place), act, who, said, fitting)


@pytest.mark.parametrize(("place", "act", "who", "said"), B)
def test_each_cell_of_a_wards_reports_comes_out_as_written(
    wards: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(wards, a_wards_report(wards, place), act, who, said, fitting)


@pytest.mark.parametrize(("place", "act", "who", "said"), ITEMS)
def test_each_cell_of_the_plans_items_comes_out_as_written(
    city: World, place: str, act: str, who: str, said: str
) -> None:
    as_written(city, an_item(city, place), act, who, said, fitting)


@pytest.mark.parametrize("table", [A, B, ITEMS], ids=["report A", "report B", "plan item"])
def test_no_cell_is_written_twice(table: list[tuple[str, str, str, str]]) -> None:
    assert len({cell[:3] for cell in table}) == len(table) >= 25
