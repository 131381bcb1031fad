"""Reminding in a real browser: the ticked units of the late list, one report, a proposal that comes too late."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, Visit, visiting
from builders import a_draft
from builders_plan import a_year, due, sent, the_clock_runs

pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="module")
def spring(city: City) -> City:
    """Monday, 20 May 2024: nobody has sent a six-month report but one ward, whose was returned to it."""
    a_year(city.world, date(2024, 5, 13))
    ref = sent(city.world, "P2")
    city.world.do("ngoc", "send_back", ref, reason="Thiếu số liệu quý II")
    the_clock_runs(city.world, date(2024, 5, 20))
    return city


def kept(visit: Visit, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_the_ticks_are_counted_and_each_unit_gets_its_result(chromium: Any, spring: City) -> None:
    with visiting(chromium, spring, "ngoc") as visit:
        visit.open("/obligations?kind=wards&duty=report:2024H1")
        kept(visit, "remind-late-list")
        button = visit.page.locator(".late-foot button")
        assert button.inner_text() == "Nhắc 2 đơn vị"
        tick = visit.page.locator('input[name="report"]').first
        tick.uncheck()
        assert button.inner_text() == "Nhắc 1 đơn vị"
        tick.check()
        assert visit.faults() == []
        with visit.page.expect_navigation():
            button.click()
        kept(visit, "remind-done")
        assert "Đã nhắc 2 đơn vị: Phường Hoa Mai, Xã Đồi Chè." in visit.page.locator("#flash").inner_text()
        assert visit.faults() == []


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_pages_of_reminding_fit_desk_and_phone_without_a_fault(
    chromium: Any, spring: City, lang: str
) -> None:
    report = due(spring.world, "P1", "REP-6M-UNIT")
    draft = a_draft(spring.world)
    pages = {
        "son": (
            *("/obligations?duty=report:2024H1", "/deadlines", "/deadlines?urgency=today"),
            *(f"/reports/{report}", f"/reports/{report}/acts/remind", "/reports"),
        ),
        "minh": (f"/dossiers/{draft}/acts/submit", f"/dossiers/{draft}", "/dossiers"),
        "lan": (f"/dossiers/{draft}/edit", f"/dossiers/{draft}/papers"),
    }
    for login, paths in pages.items():
        viewport = PHONE if lang == "en" else None
        with visiting(chromium, spring, login, lang=lang, viewport=viewport) as visit:
            for path in paths:
                assert visit.open(path).status == 200
                assert visit.faults() == []
                kept(
                    visit,
                    f"remind-{login}{path.replace('/', '-').replace('?', '-').replace(':', '-')}-{lang}",
                )
