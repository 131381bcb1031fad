"""The demo's clock in a real browser: quarters pass, what nobody answers reaches the chairman's mailbox."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from browsing import PHONE, City, Visit, let_in, visiting, with_passwords
from builders import a_world
from builders_identity import CHEAP
from databases import a_sqlite_copy
from test_year import planned

from web.app import create_app
from workflow.engine import ZONE
from workflow.people.preferences import set_contact
from workflow.settings import Settings

pytest_plugins = ["browser_fixtures"]
WRITTEN_TO = {"hung": "chu-tich@thi-dua.example", "lan": "lan@thi-dua.example"}


@pytest.fixture(scope="module")
def year(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The small city on 1 January 2024, its plan in effect, as a demonstration that keeps its mails."""
    with a_sqlite_copy(sqlite_template) as database:
        world = with_passwords(a_world(database, tmp_path_factory.mktemp("year")))
        planned(world)
        for login, email in WRITTEN_TO.items():
            set_contact(world.engine, login, email=email, lang="vi")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        origin = f"http://127.0.0.1:{port}"
        settings = Settings(public_origin=origin, demo=True, data=tmp_path_factory.mktemp("mails"))
        app = create_app(world.engine, settings, passwords=CHEAP, clock=lambda: world.now)
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield City(world, origin)
        server.should_exit = True
        thread.join(5)


def moved(visit: Visit, by: str) -> str:
    """Move the clock by its page, wait for it to arrive; returns what the page then says."""
    visit.open("/demo/clock")
    with visit.page.expect_navigation():
        visit.page.click(f"#move-{by}")
    visit.page.wait_for_selector("#fired-title", timeout=120_000)
    said: str = visit.page.locator("main").inner_text()
    return said


def kept(visit: Visit, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_the_year_plays_by_its_clock_and_reaches_the_chairmans_mailbox(chromium: Any, year: City) -> None:
    with visiting(chromium, year, "hung") as chairman:
        said = moved(chairman, "quarter")
        assert "Quý II/2024 bắt đầu" in said
        assert "01/04/2024" in said
        assert "Quá hạn, báo: Chủ tịch UBND" in chairman.page.locator(".moved-days").text_content()
        assert chairman.faults() == []
        kept(chairman, "clock-quarter-1366")
        said = moved(chairman, "year")
        assert "31/12/2024" in chairman.page.locator(".page-head").inner_text()
        assert "Quý III/2024 bắt đầu" in said
        assert "Quý IV/2024 bắt đầu" in said
        due = chairman.page.locator(".moved-day", has_text="14/05/2024")
        assert "đến hạn" in due.locator(".moved-tally").inner_text()
        due.locator("summary").first.click()
        report = due.locator("a.ref", has_text="BC-2024").first
        assert str(report.get_attribute("href")).startswith("/reports/BC-2024-")
        assert chairman.faults() == []
        kept(chairman, "clock-year-1366")
        chairman.page.click("#to-mails")
        assert str(chairman.page.locator("tbody a.mail-address").first.get_attribute("href")).startswith(
            "/demo/mail?to="
        )
        chairman.open(f"/demo/mail?to={WRITTEN_TO['hung']}")
        subjects = chairman.page.locator("tbody .card-title").all_inner_texts()
        assert any(one.startswith("BC-2024-") and ": nhắc báo cáo, quá hạn " in one for one in subjects)
        kept(chairman, "mails-1366")
        chairman.page.locator("tbody .card-title a").first.click()
        assert WRITTEN_TO["hung"] in chairman.page.locator("main").inner_text()
        assert chairman.faults() == []
        # Nobody was signed out by a year that passed.
        assert chairman.open("/inbox").status == 200
        assert chairman.page.locator(".topbar").count() == 1


def test_a_move_under_way_shows_how_far_it_is_and_refuses_another(chromium: Any, year: City) -> None:
    engine = year.world.engine
    before = engine.now()
    for scripts in (True, False):
        context = chromium.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=scripts)
        visit = Visit(context.new_page(), year.origin)
        let_in(visit, "lan")
        visit.open("/demo/clock")
        # The writer is taken, so that the move stands still for as long as the page is looked at.
        with engine.database.transaction():
            visit.page.click("#move-week")
            assert visit.page.locator("progress").get_attribute("value") == "0"
            assert visit.page.locator("#progress").is_visible()
            refused = visit.page.request.post(
                f"{year.origin}/demo/clock",
                form={"csrf": csrf_of_page(visit), "by": "day"},
                headers={"Origin": year.origin},
            )
            # A request of its own, without the window's language.
            assert "Đồng hồ đang được đẩy. Hãy chờ xong" in refused.text()
            if scripts:
                assert visit.faults() == []
                kept(visit, "clock-moving-390")
        visit.page.wait_for_selector("#fired-title", timeout=30_000)
        kept(visit, f"clock-moved-390-{scripts}")
        context.close()
    assert (engine.now().astimezone(ZONE).date() - before.astimezone(ZONE).date()).days == 14


@pytest.mark.parametrize("to", ["", "2024-02-31", "2020-01-01", "2099-01-01"])
def test_a_day_the_clock_cannot_be_moved_to_is_refused_beside_its_field(
    chromium: Any, year: City, to: str
) -> None:
    with visiting(chromium, year, "lan") as visit:
        visit.open("/demo/clock")
        visit.page.evaluate(
            "to => { const f = document.querySelector('#to'); f.type = 'text'; f.value = to }", to
        )
        visit.page.evaluate("document.querySelector('.moves-date').noValidate = true")
        visit.page.click("#move-date")
        assert visit.page.locator("#to-error").is_visible()
        assert visit.page.locator("#to").input_value() in (to, "")


def csrf_of_page(visit: Visit) -> str:
    """The token of the session, as any page with a form shows it."""
    return str(visit.page.locator("input[name='csrf']").first.get_attribute("value"))
