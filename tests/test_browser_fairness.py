"""Quota and fairness in a real browser: a tick changes the figures at once, on a desk and on a phone."""

import os
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, Visit, visiting
from builders import World, a_dossier, a_nomination
from builders_council import a_council, drafted, ready

pytest_plugins = ["browser_fixtures"]

FIGURES = "#fairness-figures"


def kept(visit: Visit, name: str, *, full: bool = False) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=full)


def classed(award: str, name: str, class_: str) -> dict[str, Any]:
    """One row of a list, its subject noted as of this class."""
    row = a_nomination(award, name)
    return {**row, "subject": {**row["subject"], "class": class_}}


def a_session(world: World) -> tuple[str, str]:
    """A session with one school over its quota, compared with a year ago."""
    a_council(world)
    earlier = [classed("LDTT", "Ưng Quỳnh Xoa", "leader"), classed("LDTT", "Đàm Thị Ửng", "direct_worker")]
    a_dossier(world, "awarded", unit="T1", rows=earlier, period="2022-2023")
    rows = [
        classed("CSTDCS", "Vòng Nhịt Mùi", "leader"),
        classed("LDTT", "H'Bia Niê", "direct_worker"),
        classed("LDTT", "Trần Văn Hiếu", "direct_worker"),
    ]
    one = ready(world, unit="T1", rows=rows)
    two = ready(world, unit="T2", awards=("LDTT", "TTLDTT"))
    return drafted(world, one, two), one


def test_a_tick_changes_the_figures_at_once_and_the_agenda_never(chromium: Any, city: City) -> None:
    ref, one = a_session(city.world)
    leader = city.world.ids(one)[0]
    with visiting(chromium, city, "yen") as secretary:
        secretary.open(f"/sessions/{ref}")
        figures = secretary.page.locator(FIGURES)
        assert "quá 15%" in figures.inner_text()
        assert secretary.faults() == []
        kept(secretary, "session-fairness-1366", full=True)
        secretary.page.click(".fairness-try > details > summary")
        secretary.page.click(".fairness-cases > summary >> nth=0")
        secretary.page.check(f"#out-{leader}")
        secretary.page.wait_for_selector(f"{FIGURES} >> text=Đang thử bỏ ra 1 mục")
        assert "quá 15%" not in figures.inner_text()
        assert secretary.page.is_checked(f"#out-{leader}")
        assert secretary.faults() == []
        kept(secretary, "session-fairness-tried-1366", full=True)
        secretary.page.uncheck(f"#out-{leader}")
        secretary.page.wait_for_selector(f"{FIGURES} >> text=quá 15%")
        _the_whole_page_follows(secretary, ref, leader)


def _the_whole_page_follows(secretary: Visit, ref: str, leader: str) -> None:
    """Tables, warnings, the workbook's address: all as the ticks leave them."""
    secretary.open(f"/sessions/{ref}/fairness")
    assert secretary.faults() == []
    kept(secretary, "fairness-1366", full=True)
    secretary.page.click(".fairness-try > details > summary")
    secretary.page.click(".fairness-cases > summary >> nth=0")
    secretary.page.check(f"#out-{leader}")
    secretary.page.wait_for_selector("#whole >> text=chương trình của phiên không thay đổi")
    assert "quá 15%" not in secretary.page.locator("main").inner_text()
    assert str(secretary.page.get_attribute("#xlsx", "href")).endswith(f"?out={leader}")
    assert secretary.faults() == []
    kept(secretary, "fairness-tried-1366", full=True)


@pytest.mark.parametrize("path", ["", "/fairness"])
def test_the_figures_fit_a_phone(chromium: Any, city: City, path: str) -> None:
    ref, _ = a_session(city.world)
    with visiting(chromium, city, "yen", viewport=PHONE) as secretary:
        secretary.open(f"/sessions/{ref}{path}")
        assert secretary.faults() == []
        wide = secretary.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"]
        kept(secretary, f"session{path.replace('/', '-')}-390", full=True)


def test_a_clerk_notes_classes_on_a_phone_and_a_desk(chromium: Any, city: City) -> None:
    rows = [{**a_nomination("CSTDCS", "Vòng Nhịt Mùi", title="Hiệu trưởng")}]
    ref = a_dossier(city.world, "drafting", unit="T1", rows=rows)
    with visiting(chromium, city, "thu") as clerk:
        clerk.open(f"/dossiers/{ref}/edit")
        clerk.page.click("text=Diện của người, tập thể")
        clerk.page.select_option("[id='nominations.0.class']", "leader")
        assert clerk.faults() == []
        kept(clerk, "drafting-classes-1366", full=True)
