"""Whoever holds something is reminded by a person, by hand."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from builders import CLERK, World, a_dossier
from builders_pages import a_city, at_the_desk, words
from builders_plan import a_year, due, sent, the_clock_runs
from builders_year import filled_in, fitting, owed, planned as an_item

from db import outbox
from db.engine import Database
from states.decide import CLOCK
from states.kinds import page_of
from workflow.overdue import Late, deadlines, lately
from workflow.telling import still_told

MAY = date(2024, 5, 20)


@pytest.fixture
def spring(sqlite_database: Database, tmp_path: Path) -> World:
    """Monday, 20 May 2024: nobody has sent a six-month report but the ward of Bảo Vinh, whose was returned."""
    city = a_city(sqlite_database, tmp_path)
    a_year(city, date(2024, 5, 13))
    ref = sent(city, "P2")
    city.do("ngoc", "send_back", ref, reason="Số liệu chưa khớp")
    the_clock_runs(city, MAY)
    return city


def told(world: World, ref: str) -> list[tuple[str, str]]:
    """Who is to be told of the last act on a case: role and unit."""
    record = world.record(ref)
    with world.engine.database.reading() as conn:
        rows = conn.execute(
            sa.text("SELECT role, unit FROM outbox WHERE case_id = :case AND seq = :seq ORDER BY role"),
            {"case": record.id, "seq": record.version},
        )
        return [(row.role, row.unit) for row in rows]


def of(world: World, who: str, ref: str) -> Late:
    """One limit with its ladder, for this person."""
    with world.engine.database.reading() as conn:
        return next(lately(world.engine, conn, world.people[who], [world.record(ref)]))


def test_a_reminder_is_one_entry_that_moves_nothing_and_tells_the_unit(world: World) -> None:
    ref = owed(world)
    before = world.record(ref)
    world.do("ngoc", "remind", ref, note="Còn hai ngày")
    after = world.record(ref)
    assert after.version == before.version + 1
    assert (after.station, after.station_seq, after.due_on) == (
        before.station,
        before.station_seq,
        before.due_on,
    )
    assert told(world, ref) == [("unit_clerk", "P1"), ("unit_head", "P1")]
    world.do("ngoc", "remind", ref)
    assert world.record(ref).version == before.version + 2


def test_what_another_office_holds_is_reminded_there(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    world.do("son", "remind", ref)
    assert told(world, ref) == [("home_affairs_officer", "LK")]
    item = an_item(world)
    world.do(CLOCK, "open", item)
    world.do("son", "remind", item)
    assert told(world, item) == [("home_affairs_officer", "LK")]


def test_nobody_is_reminded_any_more_once_the_work_is_done(world: World) -> None:
    ref = owed(world)
    world.do("ngoc", "remind", ref)
    with world.engine.database.reading() as conn:
        notice = next(one for one in outbox.listed(conn, limit=99) if one.notice == "duty/remind")
    lan = world.people["lan"]
    assert still_told(lan, notice, world.record(ref))
    filled_in(world, ref)
    world.do("minh", "send", ref)
    assert not still_told(lan, notice, world.record(ref))


def test_the_education_office_reminds_its_schools_only(world: World) -> None:
    school = owed(world, "T1")
    world.do("khoa", "remind", school)
    assert told(world, school) == [("unit_clerk", "T1"), ("unit_head", "T1")]
    assert world.refused("minh", "remind", owed(world)) == ["wrong_role"]


def test_the_ticked_units_are_reminded_each_with_its_result(spring: World) -> None:
    ngoc = at_the_desk(spring, "ngoc")
    page = ngoc.browser.get("/obligations?kind=wards&duty=report:2024H1").text
    refs = {unit: due(spring, unit, "REP-6M-UNIT") for unit in ("P1", "P2", "X1")}
    assert f'value="{refs["P1"]}" id="remind.{refs["P1"]}"' in page
    boxes = {
        box.partition('value="')[2].partition('"')[0]: box
        for box in page.split("<input")
        if 'name="report"' in box
    }
    assert {unit: " checked>" in boxes[ref].partition("\n")[0] for unit, ref in refs.items()} == {
        "P1": True,
        "P2": False,
        "X1": True,
    }
    versions = {f"version.{ref}": str(spring.record(ref).version) for ref in refs.values()}
    units = {f"unit.{refs['P1']}": "P1", f"unit.{refs['X1']}": "X1"}
    asked = {"report": [refs["P1"], refs["X1"]], **versions, **units}
    spring.do(CLERK["X1"], "save", refs["X1"], **fitting(spring, refs["X1"], "save"))
    answer = ngoc.send("/obligations?duty=report:2024H1", **asked)
    assert answer.status_code == 409
    assert "Đã nhắc 1 đơn vị: P1." in words(answer)
    assert "1 đơn vị chưa được nhắc." in words(answer)
    assert "Đã nhắc 20/05" in words(answer)
    now = {"report": refs["X1"], f"version.{refs['X1']}": str(spring.record(refs["X1"]).version)}
    done = ngoc.send("/obligations?duty=report:2024H1", **now, **units)
    assert done.status_code == 303
    assert "Đã nhắc 1 đơn vị: X1." in ngoc.read(done.headers["location"])


def test_nobody_ticked_is_said_and_a_unit_cannot_remind_itself(spring: World) -> None:
    ngoc, lan = at_the_desk(spring, "ngoc"), at_the_desk(spring, "lan")
    answer = ngoc.send("/obligations?duty=report:2024H1")
    assert answer.status_code == 422
    assert "Chưa chọn đơn vị nào để nhắc" in words(answer)
    assert 'name="report"' not in lan.read("/obligations?duty=report:2024H1")
    ref = due(spring, "P1", "REP-6M-UNIT")
    sent_anyway = {"report": ref, f"version.{ref}": str(spring.record(ref).version)}
    assert lan.send("/obligations?duty=report:2024H1", **sent_anyway).status_code == 409
    assert told(spring, ref) != [("unit_clerk", "P1"), ("unit_head", "P1")]


def test_leaders_remind_from_the_list_of_deadlines(spring: World) -> None:
    son, ref = at_the_desk(spring, "son"), due(spring, "P1", "REP-6M-UNIT")
    assert f'href="/reports/{ref}/acts/remind"' in son.read("/deadlines")
    assert "Người được nhắc: Văn thư đơn vị, Thủ trưởng đơn vị" in son.read(f"/reports/{ref}/acts/remind")
    done = son.send(f"/reports/{ref}/acts/remind", ref, note="Gửi trong ngày")
    assert done.status_code == 303
    assert "Gửi trong ngày" in at_the_desk(spring, "lan").read(f"/reports/{ref}")


def test_the_head_of_home_affairs_ends_what_is_not_owed_any_more_from_the_list(spring: World) -> None:
    the_clock_runs(spring, date(2024, 7, 1))
    son, refs = at_the_desk(spring, "son"), [due(spring, "P1", "REP-6M-UNIT"), due(spring, "PNV", "Q2-06")]
    page = son.read("/deadlines")
    ends = [f"{page_of(ref)}/acts/{act}" for ref, act in zip(refs, ("excuse", "drop"), strict=True)]
    for way in ends:
        assert f'href="{way}"' in page
        assert son.browser.get(way).status_code == 200
    assert not any(way in at_the_desk(spring, "hung").read("/deadlines") for way in ends)


def test_where_every_rung_had_passed_before_nobody_is_said_to_have_been_told(world: World) -> None:
    ref = owed(world, deadline="2024-03-01", city_deadline="2024-03-01")
    found = of(world, "son", ref)
    assert found.untold
    assert found.stops == ()


def test_a_rung_that_had_passed_is_left_out_and_those_to_come_stay(world: World) -> None:
    # Two working days over on 13 May: the rungs of the 1st day has passed, those of the 4th, 9th, 14th are ahead.
    ref = owed(world, deadline="2024-05-09", city_deadline="2024-05-09")
    found = of(world, "son", ref)
    assert [(stop.tells, stop.state) for stop in found.stops] == [
        ("home_affairs_head", "next"),
        ("council_vice_chair", "later"),
        ("chairman", "later"),
    ]


def test_what_was_told_while_nothing_was_written_stays_told_once_the_unit_begins(world: World) -> None:
    a_year(world, date(2024, 5, 13))
    ref = due(world, "P1", "REP-6M-UNIT")
    for day in (15, 20, 27):
        the_clock_runs(world, date(2024, 5, day))
    the_clock_runs(world, date(2024, 6, 3))
    world.do("lan", "save", ref, **fitting(world, ref, "save"))
    found = of(world, "son", ref)
    assert [(stop.tells, stop.state) for stop in found.stops][-1] == ("chairman", "now")
    assert not found.untold


def test_the_page_of_deadlines_says_when_nobody_was_told(sqlite_database: Database, tmp_path: Path) -> None:
    city = a_city(sqlite_database, tmp_path)
    owed(city, deadline="2024-03-01", city_deadline="2024-03-01")
    assert "Chưa báo ai: khi việc vào danh sách" in at_the_desk(city, "son").read("/deadlines")
    with city.engine.database.reading() as conn:
        assert deadlines(city.engine, conn, city.people["son"], "overdue", limit=9).rows[0].untold
