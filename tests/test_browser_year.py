"""The pages of the year in a real browser: a late report climbs to the chairman's page, then is accepted."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, Visit, visiting
from builders_plan import a_year, accepted, due, sent, the_clock_runs

pytest_plugins = ["browser_fixtures"]
PAGES = {
    "lan": ("/year", "/obligations"),
    "ngoc": (
        *("/year", "/year?quarter=2", "/obligations", "/obligations?late=1", "/obligations/late"),
        *("/obligations/summary?duty=report:2024H1", "/year/next"),
    ),
    "hung": ("/year", "/obligations", "/deadlines", "/deadlines?urgency=tomorrow", "/deadlines?urgency=held"),
}


@pytest.fixture(scope="module")
def late(city: City) -> City:
    """The served city on Monday, 13 May 2024, in the year of its plan: one report accepted, one sent."""
    a_year(city.world, date(2024, 5, 12))
    accepted(city.world, "P1")
    sent(city.world, "P2")
    the_clock_runs(city.world, date(2024, 5, 13))
    return city


def kept(visit: Visit, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def move(visit: Visit, by: str, times: int = 1) -> None:
    """Move the demo's clock by its page."""
    visit.open("/demo/clock")
    for _ in range(times):
        visit.page.click(f"#move-{by}")


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("login", sorted(PAGES))
def test_the_pages_of_the_year_fit_desk_and_phone_without_a_fault(
    chromium: Any, late: City, login: str, lang: str
) -> None:
    viewport = PHONE if lang == "en" else None
    with visiting(chromium, late, login, lang=lang, viewport=viewport) as visit:
        for path in PAGES[login]:
            assert visit.open(path).status == 200
            assert visit.faults() == []
            kept(visit, f"year-{login}{path.replace('/', '-').replace('?', '-').replace(':', '-')}-{lang}")


def test_the_next_years_plan_is_drawn_up_changed_and_put_into_effect(chromium: Any, late: City) -> None:
    with visiting(chromium, late, "ngoc") as officer, visiting(chromium, late, "son") as head:
        officer.open("/year/next")
        officer.page.click("#draw-up")
        assert officer.faults() == []
        path = officer.page.url.removeprefix(officer.origin)
        officer.open(f"{path}/items/Q1-04")
        assert officer.faults() == []
        officer.page.fill("#text_vi", "Đại hội thi đua")
        officer.page.click("#save-item")
        assert "Đại hội thi đua" in officer.page.locator("main").inner_text()
        head.open(path)
        assert head.faults() == []
        head.page.fill("#effective_from", "2025-01-02")
        head.page.fill("#reason", "Ban hành")
        head.page.click("#activate")
        head.open("/year?year=2025")
        assert "Đại hội thi đua" in head.page.locator("#Q1-04").inner_text()


def test_an_overdue_report_climbs_to_the_chairman_and_is_gone_once_it_is_accepted(
    chromium: Any, late: City
) -> None:
    ref = due(late.world, "X1", "REP-6M-UNIT")
    with visiting(chromium, late, "hung") as chairman, visiting(chromium, late, "ngoc") as officer:
        chairman.open("/deadlines")
        assert ref not in chairman.page.locator("main").inner_text()
        move(chairman, "week", 4)
        chairman.open("/deadlines")
        line = chairman.page.locator("tr", has_text=ref)
        assert "Báo cáo 6 tháng, Xã Đồi Chè" in line.inner_text()
        assert line.locator(".rung-now .stop-label").inner_text() == "Chủ tịch UBND"
        kept(chairman, "year-climbed")
        officer.open("/obligations?duty=report:2024H1")
        assert "Xã Đồi Chè" in officer.page.locator(".late-list").inner_text()
        accepted(late.world, "X1")
        chairman.open("/deadlines")
        assert ref not in chairman.page.locator("main").inner_text()
        officer.page.reload()
        assert "Xã Đồi Chè" not in officer.page.locator(".late-list").inner_text()
