"""What a unit fills in is its own until it sends it."""

import re
from pathlib import Path

import pytest
from builders import World, also
from builders_api import Api, an_api
from builders_pages import a_city, at_the_desk
from builders_reports import a_duty, figures

from db.engine import Database
from states.decide import CLOCK, Actor
from workflow import case_reading
from workflow.year import duty_reading

SECRET, NUMBER = "Chỉ đơn vị đọc", 98765
OUTSIDE = ("ngoc", "son", "trung")


def everything(world: World, who: str | Actor, ref: str) -> str:
    """All that a person may read of a report, as one text."""
    actor = world.people[who] if isinstance(who, str) else who
    with world.engine.database.reading() as conn:
        view, _ = duty_reading.duty(world.engine, conn, ref, actor)
        then = case_reading.state_as_of(conn, view.of, world.now)
    return repr((view, then))


def hidden(said: str) -> bool:
    """Whether neither the words nor the number are in it."""
    # Hashes stand around it, so the number counts only where it stands alone.
    return SECRET not in said and not re.search(rf"(?<!\w){NUMBER}(?!\w)", said)


def saved(world: World, ref: str) -> None:
    """The clerk writes down a number and words nobody else could guess."""
    world.do("lan", "save", ref, figures=figures(members=NUMBER), text={"results": SECRET})


def test_offices_read_a_report_only_once_it_was_sent(world: World) -> None:
    ref = a_duty(world)
    saved(world, ref)
    for who in ("lan", "minh", CLOCK):
        assert not hidden(everything(world, who, ref))
    for who in OUTSIDE:
        assert hidden(everything(world, who, ref)), who
    world.do("minh", "send", ref)
    for who in OUTSIDE:
        assert not hidden(everything(world, who, ref)), who


def test_of_a_returned_report_offices_read_what_was_sent_until_it_is_sent_again(world: World) -> None:
    ref = a_duty(world, "home_affairs_check")
    world.do("ngoc", "send_back", ref, reason="Số liệu chưa khớp")
    saved(world, ref)
    with world.engine.database.reading() as conn:
        office, _ = duty_reading.duty(world.engine, conn, ref, world.people["ngoc"])
        own, _ = duty_reading.duty(world.engine, conn, ref, world.people["lan"])
    assert dict(office.duty.figures) == figures()
    assert dict(own.duty.figures) == figures(members=NUMBER)
    assert office.text["results"] != SECRET == own.text["results"]
    assert hidden(everything(world, "ngoc", ref))
    assert office.sent_before is None
    world.do("minh", "send", ref)
    assert not hidden(everything(world, "ngoc", ref))


def test_the_education_office_waits_for_its_schools_too(world: World) -> None:
    ref = a_duty(world, unit="T1")
    world.do("thu", "save", ref, figures=figures("REP-6M-SCHOOL", members=NUMBER), text={"results": SECRET})
    assert hidden(everything(world, "khoa", ref))
    assert hidden(everything(world, "ngoc", ref))
    world.do("hieu", "send", ref)
    assert not hidden(everything(world, "khoa", ref))


def test_whoever_is_of_the_unit_reads_it_whatever_else_they_are(world: World) -> None:
    ref = a_duty(world)
    saved(world, ref)
    both = also(world.people["lan"], "home_affairs_officer", "PNV")
    assert not hidden(everything(world, both, ref))


def test_where_a_report_stands_is_no_secret(world: World) -> None:
    ref = a_duty(world)
    saved(world, ref)
    with world.engine.database.reading() as conn:
        view, _ = case_reading.case(world.engine, conn, ref, world.people["ngoc"])
    assert view.case.station == view.record.station == "draft"
    assert [entry.act for entry in view.entries] == ["owe", "save"]
    assert view.case.due == world.record(ref).due_on


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_shows_it(sqlite_database: Database, tmp_path: Path, who: str) -> None:
    city = a_city(sqlite_database, tmp_path)
    ref = a_duty(city)
    saved(city, ref)
    desk, own = at_the_desk(city, who), at_the_desk(city, "lan")
    page = desk.read(f"/reports/{ref}")
    assert hidden(page)
    assert "Số liệu và nội dung hiện ở đây khi đơn vị đã gửi." in page
    for path in ("/history", "/history?entry=2", "/history?as_of=2024-12-31&entry=2"):
        assert hidden(desk.read(f"/reports/{ref}{path}")), path
    assert not hidden(own.read(f"/reports/{ref}"))
    if who == "trung":
        assert hidden(desk.read(f"/audit?q={ref}"))


def test_no_answer_of_the_api_tells_it(sqlite_database: Database, tmp_path: Path) -> None:
    api: Api = an_api(sqlite_database, tmp_path)
    ref = a_duty(api.world)
    saved(api.world, ref)
    ways = (f"reports/{ref}", f"reports/{ref}/history", f"reports/{ref}/history?as_of=2024-12-31", "reports")
    for who in OUTSIDE:
        for way in ways:
            answer = api.get(who, way)
            assert answer.status_code == 200
            assert hidden(answer.text), (who, way)
    assert not hidden(api.get("lan", f"reports/{ref}").text)
