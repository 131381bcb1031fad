"""The auditors' desk in a real browser: a refused attempt, the register of a day, a copy that was tampered with."""

import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, open_door, visiting
from builders import a_dossier

from db.engine import Database

pytest_plugins = ["browser_fixtures"]

OLD, NEW = "HS-2024-0001", "HS-2024-0002"


@pytest.fixture(scope="module")
def spring(city: City) -> City:
    """A ward's dossier that has waited since March, a school's that moved in April, one attempt in vain."""
    world = city.world
    world.on(date(2024, 3, 11))
    assert a_dossier(world, "home_affairs_review") == OLD
    world.on(date(2024, 3, 28))
    assert a_dossier(world, "education_review", unit="T1") == NEW
    world.on(date(2024, 4, 10))
    first = world.ids(NEW)[0]
    world.do("khoa", "judge", NEW, verdicts=[{"nomination": first, "verdict": "recommended"}])
    world.do("dung", "forward", NEW)
    assert world.refused("ngoc", "forward", OLD) == ["not_all_judged", "wrong_role"]
    world.on(date(2024, 5, 13))
    return city


@pytest.fixture
def tampered(spring: City, tmp_path: Path) -> Iterator[City]:
    """The city served from a copy in which somebody rewrote who acted in the school's fourth entry."""
    copy = tmp_path / "copy.db"
    shutil.copyfile(spring.world.engine.database.url.removeprefix("sqlite:///"), copy)
    with sqlite3.connect(copy) as raw:
        raw.execute("DROP TRIGGER guard_history_update")
        raw.execute(
            'UPDATE history SET body = CAST(replace(CAST(body AS TEXT), \'"actor":"khoa"\', '
            '\'"actor":"hieu"\') AS BLOB) WHERE seq = 4'
        )
    raw.close()
    database = Database(f"sqlite:///{copy}")
    world = replace(spring.world, engine=replace(spring.world.engine, database=database))
    with open_door(world) as origin:
        yield City(world, origin)
    database.close()


def test_an_auditor_finds_an_attempt_that_was_refused(chromium: Any, spring: City) -> None:
    with visiting(chromium, spring, "trung") as visit:
        visit.open("/audit")
        visit.page.fill("#person", "bich ngoc")
        visit.page.select_option("#outcome", "refused")
        visit.page.fill("#from", "2024-04-10")
        visit.page.fill("#to", "2024-04-10")
        visit.page.click("#find")
        rows = visit.page.locator("main .columns tbody tr")
        assert rows.count() == 1
        said = rows.inner_text()
        assert "Vũ Bích Ngọc muốn “Chuyển tiếp”" in said
        assert "Phòng Nội vụ còn 1 trong 1 trường hợp chưa có ý kiến" in said
        assert visit.faults() == []
        visit.page.fill("#to", "2024-04-09")
        visit.page.fill("#from", "2024-04-09")
        visit.page.click("#find")
        assert "Không có việc nào khớp" in visit.page.locator("main").inner_text()


def test_an_auditor_sees_who_held_what_on_the_first_of_april(chromium: Any, spring: City) -> None:
    with visiting(chromium, spring, "trung") as visit:
        visit.open("/audit/register")
        assert "Chờ" not in visit.page.locator("table.cards").inner_text()
        visit.page.fill("#as_of", "2024-04-01")
        visit.page.click("#show")
        said = visit.page.locator("table.cards").inner_text()
        assert visit.page.locator("h1").inner_text() == "Ai giữ việc gì, ngày 01/04/2024"
        office, school = said.index("Phòng Nội vụ:"), said.index("Phòng Giáo dục và Đào tạo:")
        assert office < said.index(OLD) < school < said.index(NEW)
        assert "Quá hạn 5 ngày làm việc" in said[office:school]
        assert "GD-ĐT thẩm tra" in said[school:]
        assert visit.faults() == []
        visit.page.click(f"table.cards >> text={NEW}")
        assert visit.page.locator(".cut-line").is_visible()


def test_a_copy_that_was_tampered_with_is_named_to_the_entry(chromium: Any, tampered: City) -> None:
    with visiting(chromium, tampered, "trung") as visit:
        visit.open("/audit")
        visit.page.click("#verify")
        fault = visit.page.locator("#fault").inner_text()
        assert NEW in fault
        assert "Mục\n4" in fault.replace("\n\n", "\n")
        assert "Nội dung đã bị sửa" in fault
        assert "chưa được neo ra ngoài" in visit.page.locator("main").inner_text()
        assert visit.faults() == []
        visit.page.click("#fault a")
        assert "Sai lệch tại mục 4" in visit.page.locator(".sealed-broken").inner_text()


@pytest.mark.parametrize(
    ("lang", "phone", "paths"),
    [
        ("en", False, ("/audit/times", "/audit/verify")),
        ("vi", True, ("/audit", "/dossiers/{}/file", "/audit/views")),
    ],
)
def test_the_desk_has_no_fault_axe_can_find(
    chromium: Any, spring: City, lang: str, phone: bool, paths: tuple[str, ...]
) -> None:
    with visiting(chromium, spring, "trung", lang=lang, viewport=PHONE if phone else None) as visit:
        for path in paths:
            assert visit.open(path.format(NEW)).status == 200
            assert visit.faults() == []
