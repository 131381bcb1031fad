"""A proposal that comes after its window closed is warned of it, never kept out."""

from datetime import date
from pathlib import Path

import pytest
from builders import HEAD, World, a_draft, a_world
from builders_pages import a_city, at_the_desk, words

from db.engine import Database
from states.decide import CLOCK
from workflow.year.windows import ClosedWindow, closed_window

ENDED = "“Khen thưởng công trạng năm 2023” đã hết đợt nhận ngày 31/03/2024"
ENDED_EN = "The intake “Khen thưởng công trạng năm 2023” ended on 31/03/2024"
APRIL = date(2024, 4, 2)


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    return a_city(sqlite_database, tmp_path)


def a_window(world: World, *, deadline: str | None = "2024-03-31", intake: str = "annual") -> str:
    """The window for merit awards of 2023, opened on the first day of the year."""
    asked = {"unit": "PNV", "intake": intake, "kind": "CONG_TRANG", "period": "2023", "opens": "2024-01-01"}
    last = {"deadline": deadline} if deadline else {}
    world.on(date(2024, 1, 2))
    return world.do(CLOCK, "open_intake", title="Khen thưởng công trạng năm 2023", **asked, **last).ref


def seen(world: World, today: date, *, kind: str = "CONG_TRANG", period: str = "2023") -> ClosedWindow | None:
    """The closed window a proposal of the city meets on that day."""
    with world.engine.database.reading() as conn:
        return closed_window(conn, body="LK", kind=kind, period=period, today=today)


def test_a_window_is_closed_from_the_day_after_its_last_one(database: Database, tmp_path: Path) -> None:
    world = a_world(database, tmp_path)
    a_window(world)
    assert seen(world, date(2024, 3, 31)) is None
    assert seen(world, date(2024, 4, 1)) == ClosedWindow("Khen thưởng công trạng năm 2023", date(2024, 3, 31))
    assert seen(world, APRIL, period="2022") is None
    assert seen(world, APRIL, kind="PHONG_TRAO") is None


def test_a_window_that_was_closed_early_ended_on_that_day(database: Database, tmp_path: Path) -> None:
    world = a_world(database, tmp_path)
    ref = a_window(world)
    world.on(date(2024, 3, 20))
    world.do("son", "close_intake", ref)
    closed = seen(world, APRIL)
    assert closed is not None
    assert closed.last == date(2024, 3, 20)


def test_as_long_as_one_window_is_open_nobody_is_late(database: Database, tmp_path: Path) -> None:
    world = a_world(database, tmp_path)
    a_window(world)
    a_window(world, deadline=None, intake="late")
    assert seen(world, APRIL) is None


def test_the_wizard_and_the_page_of_submitting_warn_and_let_it_through(city: World) -> None:
    a_window(city)
    city.on(APRIL)
    ref = a_draft(city)
    lan, head = at_the_desk(city, "lan"), at_the_desk(city, HEAD["P1"])
    form = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Đề nghị"}
    assert ENDED in words(lan.send("/dossiers/new/checks", **form))
    assert ENDED not in words(lan.send("/dossiers/new/checks", **form | {"period": "2024"}))
    assert ENDED in lan.read(f"/dossiers/{ref}/edit")
    assert ENDED in head.read(f"/dossiers/{ref}/acts/submit")
    head.browser.cookies.set("lang", "en")
    assert ENDED_EN in head.read(f"/dossiers/{ref}/acts/submit")
    assert head.send(f"/dossiers/{ref}/acts/submit", ref).status_code == 303
    assert city.record(ref).station == "home_affairs_review"
