"""A school's report in a real browser, from its clerk through the Education office to Home Affairs."""

import os
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, Visit, visiting
from builders_reports import a_duty, an_item, figures, the_plan

pytest_plugins = ["browser_fixtures"]


def kept(visit: Visit, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def confirmed(visit: Visit, act: str) -> str:
    """Press an act of the bar, then the button of its page; returns what the next page says."""
    visit.page.click(f".action-bar a[href$='/acts/{act}']")
    assert visit.faults() == []
    visit.page.click("#confirm")
    said: str = visit.page.locator("main").inner_text()
    return said


def test_a_schools_report_goes_through_the_education_office(chromium: Any, city: City) -> None:
    ref = a_duty(city.world, unit="T1")
    with visiting(chromium, city, "thu") as clerk:
        clerk.open("/inbox")
        clerk.page.click(f"text={ref} >> nth=0")
        for name, value in figures().items():
            clerk.page.fill(f"[id='figures.{name}']", str(value))
        clerk.page.fill("[id='figures.members']", "hai mươi")
        clerk.page.fill("[id='text.results']", "Đã phát động hai phong trào.")
        clerk.page.click("#save")
        assert clerk.page.input_value("[id='figures.members']") == "hai mươi"
        assert clerk.faults() == []
        clerk.page.click(".error-list a")
        assert clerk.page.evaluate("document.activeElement.id") == "figures.members"
        clerk.page.fill("[id='figures.members']", "20")
        clerk.page.click("#save")
        assert "người giữ: Thủ trưởng đơn vị" in clerk.page.locator("#flash").inner_text()
        assert clerk.faults() == []
    with visiting(chromium, city, "hieu") as head:
        head.open(f"/reports/{ref}")
        assert "GD-ĐT kiểm tra" in confirmed(head, "send")
    with visiting(chromium, city, "khoa") as officer:
        officer.open("/inbox")
        officer.page.click(f"text={ref} >> nth=0")
        assert officer.faults() == []
        kept(officer, "check-1366")
        assert "Chờ gói của GD-ĐT" in confirmed(officer, "check")
    with visiting(chromium, city, "dung") as head:
        head.open("/packs")
        assert head.faults() == []
        head.page.fill("[name='pack']", "07/PGDĐT")
        head.page.click("#pass-on-1")
        assert "Đã chuyển 1 báo cáo trong gói số 07/PGDĐT" in head.page.locator("#flash").inner_text()
    with visiting(chromium, city, "ngoc") as officer:
        officer.open(f"/reports/{ref}")
        assert "07/PGDĐT" in officer.page.locator("main").inner_text()
        assert "Đã tiếp nhận" in confirmed(officer, "accept")
    assert city.world.record(ref).station == "accepted"


@pytest.mark.parametrize(
    ("login", "lang", "phone", "paths"),
    [
        ("tam", "vi", True, ("/reports/{report}", "/reports", "/reports/{report}/history")),
        ("son", "en", False, ("/reports/{report}", "/plan-items/{item}", "/plan-items/{item}/acts/finish")),
        ("ngoc", "vi", True, ("/plan-items/{item}", "/reports/{report}/acts/send_back")),
        ("dung", "en", True, ("/packs",)),
    ],
)
def test_the_pages_of_the_year_have_no_fault_axe_can_find(
    chromium: Any, furnished: dict[str, str], city: City, login: str, lang: str, phone: bool, paths: Any
) -> None:
    with visiting(chromium, city, login, lang=lang, viewport=PHONE if phone else None) as visit:
        for path in paths:
            assert visit.open(path.format(**furnished)).status == 200
            assert visit.faults() == []


@pytest.fixture(scope="module")
def furnished(city: City) -> dict[str, str]:
    """A ward's returned report, a school's ready for its pack, an item of the plan."""
    world = city.world
    the_plan(world)
    ref = a_duty(world, "home_affairs_check", unit="P2")
    world.do("ngoc", "send_back", ref, reason="Số tập thể được khen chưa khớp với quý I")
    a_duty(world, "education_pack", unit="T2")
    return {"report": ref, "item": an_item(world, item="Q2-03")}
