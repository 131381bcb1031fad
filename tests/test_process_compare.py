"""The page that sets two versions of the process side by side."""

import re
from datetime import date
from pathlib import Path

import pytest
from builders import World
from builders_pages import Desk, a_city, at_the_desk

from db.engine import Database
from states.definition_file import shipped

COMPARE = "/process/compare?from=dossier@A.1&to=dossier@B.1"


@pytest.fixture
def desk(sqlite_database: Database, tmp_path: Path) -> Desk:
    """A unit's clerk in May 2024."""
    return at_the_desk(a_city(sqlite_database, tmp_path), "lan")


def rows(page: str) -> list[list[str]]:
    """The cells of every row of differences."""
    cells = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.S)
    found = [cells.findall(row) for row in re.findall(r"<tr>(.*?)</tr>", page, re.S)]
    return [[" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in row] for row in found]


def test_stations_acts_roles_limits_with_their_basis_stand_side_by_side(desk: Desk) -> None:
    found = rows(desk.browser.get(COMPARE).text)
    assert ["người giữ", "Chuyên viên Nội vụ", "Chuyên viên VH-XH"] in found
    assert ["có bước này", "GD-ĐT thẩm tra", "–"] in found
    assert ["Ghi ý kiến thẩm định: người làm", "Chuyên viên Nội vụ", "Chuyên viên VH-XH"] in found
    assert ["căn cứ", "KH 152/KH-UBND mục II", "Luật 06/2022 Điều 84; NĐ 129/2025"] in found
    assert ["thời hạn", "Chờ phiên họp Hội đồng của quý", "Chờ phiên họp Hội đồng cấp xã"] in found


def test_it_is_told_in_english_too(desk: Desk) -> None:
    desk.browser.cookies.set("lang", "en")
    page = desk.browser.get(COMPARE).text
    assert "A.1 compared with B.1" in page
    assert ["held by", "Home Affairs officer", "Culture officer"] in rows(page)


def test_the_first_version_is_set_beside_the_next_one(desk: Desk) -> None:
    for address in ("/process/compare", "/process/compare?to=dossier@A.1"):
        assert "So sánh A.1 với B.1" in desk.read(address)
    same = desk.read("/process/compare?from=dossier@A.1&to=dossier@A.1")
    assert "So sánh A.1 với A.1" in same
    assert "Hai bản không khác nhau." in same


def test_without_names_the_version_in_force_is_set_beside_the_one_before(desk: Desk) -> None:
    later(desk.world)
    assert "So sánh A.1 với B.1" in desk.read("/process/compare")
    assert "So sánh B.1 với C.1" in desk.read("/process/compare?to=dossier@C.1")


def later(world: World) -> None:
    """The morning after regime B began; who was signed in still is."""
    world.engine.set_clock(world.on(date(2024, 5, 13)).now.replace(year=2025, month=7, day=2))


def test_a_provisional_version_says_so_where_it_is_compared(desk: Desk) -> None:
    assert "Luật 06/2026/QH16" in desk.read("/process/compare?to=dossier@C.1")
    assert "Luật 06/2026/QH16" not in desk.read(COMPARE)


@pytest.mark.parametrize(
    "query", ["from=dossier@Z.9", "to=nothing", "from=%00", "from=dossier@A.1&to=report@A.1"]
)
def test_a_version_that_does_not_exist_is_not_found(desk: Desk, query: str) -> None:
    desk.read(f"/process/compare?{query}", 404)


def test_the_page_of_the_process_leads_there(desk: Desk) -> None:
    assert 'href="/process/compare?to=dossier%40A.1"' in desk.browser.get("/process").text
    assert "So sánh A.1 với B.1" in desk.read("/process/compare?to=dossier%40A.1")


@pytest.mark.parametrize("name", sorted(shipped()))
def test_every_version_of_every_process_has_its_page_its_table_its_comparison(desk: Desk, name: str) -> None:
    page = desk.read(f"/process/{name}")
    assert f'<option value="{name}" selected>' in page
    assert all(f'<option value="{other}"' in page for other in shipped())
    desk.read(f"/process/{name}?view=table")
    assert f'<option value="{name}" selected>' in desk.read(f"/process/compare?to={name}")


def test_a_limit_that_is_a_day_of_the_plan_is_told_as_one(desk: Desk) -> None:
    assert "Đến ngày của kế hoạch: Hạn" in desk.read("/process/report@A.1?view=table")
    found = rows(desk.read("/process/compare?from=report@A.1&to=report@B.1"))
    assert ["người giữ", "Chuyên viên Nội vụ", "Chuyên viên VH-XH"] in found


def test_cases_without_a_list_are_counted_not_linked(desk: Desk) -> None:
    assert 'href="/dossiers?station=' in desk.read("/process/dossier@A.1?view=table")
    assert 'href="/dossiers?station=' not in desk.read("/process/report@A.1?view=table")
