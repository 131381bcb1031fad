"""The pages of the clock in a real browser: a late dossier climbs before the leaders' eyes, then stops."""

import os
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, Visit, visiting
from builders import a_dossier, forwarded

from db import settings
from workflow.clock.guard import HELD_SETTING

pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="module")
def waiting(city: City) -> City:
    """The served city with two dossiers under review, due on 27 May 2024, one waiting for its unit."""
    for _ in range(2):
        a_dossier(city.world, "home_affairs_review")
    return city


def moved(visit: Visit, by: str, times: int = 1) -> str:
    """Move the demo's clock by its page; returns what the page then says."""
    visit.open("/demo/clock")
    for _ in range(times):
        with visit.page.expect_navigation():
            visit.page.click(f"#move-{by}")
        visit.page.wait_for_selector("#fired-title")
    said: str = visit.page.locator("main").inner_text()
    return said


def rungs(visit: Visit, state: str) -> list[str]:
    """The rungs of the first ladder that are told, now, next or later."""
    ladder = visit.page.locator(".ladder").first.locator(f".rung-{state} .stop-label")
    return list(ladder.all_inner_texts())


def kept(visit: Visit, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_late_dossier_climbs_to_the_chairman_day_by_day_and_stops_when_the_work_is_done(
    chromium: Any, waiting: City
) -> None:
    with visiting(chromium, waiting, "son") as head, visiting(chromium, waiting, "hung") as chairman:
        assert "22/05/2024" in moved(head, "deadline")
        moved(head, "deadline", 4)  # 24, 27, 28, 31 May
        head.open("/deadlines")
        assert rungs(head, "told") == ["Chuyên viên Nội vụ"]
        assert rungs(head, "now") == ["Trưởng phòng Nội vụ"]
        assert rungs(head, "next") == ["Phó Chủ tịch thường trực Hội đồng"]
        assert rungs(head, "later") == ["Chủ tịch UBND"]
        assert "không tự duyệt, không tự từ chối" in head.page.locator("aside").inner_text()
        assert head.faults() == []
        kept(head, "deadlines-1366")
        chairman.open("/deadlines")
        assert "Không có việc nào quá hạn" in chairman.page.locator("main").inner_text()
        moved(chairman, "week", 2)
        assert chairman.faults() == []
        kept(chairman, "clock-1366")
        chairman.open("/deadlines")
        assert rungs(chairman, "now") == ["Chủ tịch UBND"]
        assert chairman.page.locator("tbody .ladder").count() == 2
        refs = chairman.page.locator("tbody .ref").all_inner_texts()
        forwarded(waiting.world, refs[0])
        chairman.page.reload()
        assert chairman.page.locator("tbody .ref").all_inner_texts() == refs[1:]


@pytest.mark.parametrize(("login", "lang"), [("trung", "en"), ("son", "vi")])
def test_the_deadlines_fit_a_phone_without_a_fault(
    chromium: Any, waiting: City, login: str, lang: str
) -> None:
    with visiting(chromium, waiting, login, lang=lang, viewport=PHONE) as visit:
        for urgency in ("overdue", "today", "soon"):
            assert visit.open(f"/deadlines?urgency={urgency}").status == 200
            assert visit.faults() == []
        visit.open("/deadlines")
        kept(visit, f"deadlines-390-{lang}")
        visit.open("/demo/clock")
        assert visit.faults() == []


def test_the_page_does_not_exist_for_those_who_only_hold_their_own_work(chromium: Any, waiting: City) -> None:
    with visiting(chromium, waiting, "lan") as visit:
        assert visit.page.locator("nav.rail a[href='/deadlines']").count() == 0
        assert visit.open("/deadlines").status == 404


def test_while_the_clock_is_held_every_page_says_so_to_those_who_answer_for_deadlines(
    chromium: Any, waiting: City
) -> None:
    engine = waiting.world.engine
    with engine.database.transaction() as conn:
        settings.put(conn, HELD_SETTING, engine.now().isoformat())
    with visiting(chromium, waiting, "son") as head, visiting(chromium, waiting, "lan") as clerk:
        head.open("/inbox")
        clerk.open("/inbox")
        assert "Đồng hồ đang dừng" in head.page.locator("main").inner_text()
        assert "Đồng hồ đang dừng" not in clerk.page.locator("main").inner_text()
        assert head.faults() == []
        head.open("/demo/clock")
        head.page.click("#release")
        head.open("/inbox")
        assert "Đồng hồ đang dừng" not in head.page.locator("main").inner_text()
