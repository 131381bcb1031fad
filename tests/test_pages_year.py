"""The pages of the year: the plan, the duties of units, what they add up to, the next year's plan."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from builders import World, a_copy
from builders_pages import Desk, a_city, at_the_desk
from builders_plan import a_year, accepted, due, sent, the_clock_runs
from databases import a_sqlite_copy

from db.engine import Database
from states.year.plan_file import shipped_plan

MAY = date(2024, 5, 20)


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    """The small city on the first day of its year."""
    return a_city(sqlite_database, tmp_path)


@pytest.fixture(scope="module")
def may(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Monday, 20 May 2024: one report accepted, one sent, all others four working days late."""
    with a_sqlite_copy(sqlite_template) as database:
        city = a_city(database, tmp_path_factory.mktemp("may"))
        a_year(city, date(2024, 5, 13))
        accepted(city, "P1", members=100)
        sent(city, "P2", members=11)
        the_clock_runs(city, MAY)
        yield city


@pytest.fixture
def spring(may: World) -> Iterator[World]:
    """The same Monday for one test alone."""
    with a_copy(may) as city:
        yield city


def rows(page: str) -> dict[str, str]:
    """The cells of the grid by unit."""
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', page)
    return {name: re.sub(r"<[^>]+>", " ", cells) for name, cells in found}


# ---------------------------------------------------------------- the plan of the year


def test_every_item_of_the_plan_is_on_the_page_with_its_state(spring: World) -> None:
    page = at_the_desk(spring, "ngoc").read("/year")
    for item in shipped_plan(2024).items:
        assert f'id="{item.id}"' in page
    assert "Kế hoạch 152/KH-UBND" in page
    assert "Quá hạn" in page
    assert "nếu có" in page
    assert 'Sau khi xong: <a href="#Q1-06a">Q1-06a</a> (chưa xong)' in page
    assert "2/5 đơn vị đã nộp" not in page
    assert "đơn vị đã nộp" in page
    assert "Thẩm định từng trường hợp theo điều kiện" in page


def test_a_quarter_shows_its_own_items_alone(spring: World) -> None:
    page = at_the_desk(spring, "ngoc").read("/year?quarter=3")
    assert 'id="Q3-01"' in page
    assert 'id="Q1-01a"' not in page


def test_a_unit_reads_what_concerns_it(spring: World) -> None:
    page = at_the_desk(spring, "lan").read("/year")
    assert 'id="REP-6M-UNIT"' in page
    assert 'id="REP-6M-SCHOOL"' not in page
    assert 'id="Q1-02"' not in page


def test_education_reads_every_item_and_counts_its_schools(spring: World) -> None:
    page = at_the_desk(spring, "khoa").read("/year?quarter=2")
    assert 'id="REP-6M-UNIT"' in page
    assert "0/2 đơn vị đã nộp, 2 quá hạn" in page
    assert page.count("đơn vị đã nộp") == 1


def test_before_any_plan_has_effect_the_pages_say_so(city: World) -> None:
    desk = at_the_desk(city, "ngoc")
    assert "Chưa có kế hoạch năm nào có hiệu lực" in desk.read("/year")
    assert "Chưa có kế hoạch năm nào có hiệu lực" in desk.read("/obligations")
    desk.read("/year?year=2024", 404)
    desk.read("/obligations.xlsx", 404)


def test_an_administrator_has_no_page_of_the_year(spring: World) -> None:
    desk = at_the_desk(spring, "quy")
    for path in ("/year", "/obligations", "/obligations.xlsx", "/obligations/summary", "/year/next"):
        desk.read(path, 404)


# ---------------------------------------------------------------- the grid


def test_the_grid_says_in_words_how_each_unit_stands(spring: World) -> None:
    found = rows(at_the_desk(spring, "ngoc").read("/obligations"))
    assert "nhận 13/05" in found["Phường Hoa Mai"]
    assert "đã gửi 13/05" in found["Phường Suối Đá"]
    assert "quá hạn 4 ngày" in found["Xã Đồi Chè"]
    assert "chưa đến kỳ" in found["Xã Đồi Chè"]
    assert "không phải nộp" in found["Trường THCS Bằng Lăng"]


def test_late_units_stand_beside_the_grid_with_who_was_told(spring: World) -> None:
    page = at_the_desk(spring, "son").read("/obligations?duty=report:2024H1&kind=wards")
    assert "Trễ: Báo cáo 6 tháng" in page
    assert "Quá hạn 4 ngày làm việc" in page
    assert "Gia hạn" in page


def test_one_late_unit_is_a_unit_in_english(spring: World) -> None:
    desk = at_the_desk(spring, "son")
    desk.browser.cookies.set("lang", "en")
    page = desk.read("/obligations?duty=report:2024H1&kind=wards")
    assert "1 unit, as of" in page
    assert "1 units" not in page


def test_a_unit_sees_its_own_row_alone(spring: World) -> None:
    found = rows(at_the_desk(spring, "lan").read("/obligations"))
    assert list(found) == ["Phường Hoa Mai"]


def test_education_sees_its_schools(spring: World) -> None:
    found = rows(at_the_desk(spring, "khoa").read("/obligations"))
    assert list(found) == ["Trường THCS Bằng Lăng", "Trường Tiểu học Sơn Ca"]


def test_an_extended_duty_says_until_when(spring: World) -> None:
    ref = due(spring, "X1", "REP-6M-UNIT")
    spring.do("son", "extend", ref, reason="Bão", due="2024-05-31")
    assert "gia hạn 31/05" in rows(at_the_desk(spring, "ngoc").read("/obligations"))["Xã Đồi Chè"]


def test_the_late_list_is_a_sheet_of_paper_with_its_heading(spring: World) -> None:
    page = at_the_desk(spring, "ngoc").read("/obligations/late?duty=report:2024H1")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert "trước ngày 15/5" in page
    assert "Xã Đồi Chè" in page
    assert "Phường Suối Đá" not in page


def sheets(desk: Desk, path: str) -> str:
    """The XML of every sheet with the shared strings."""
    answer = desk.browser.get(path)
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


@pytest.mark.parametrize(
    "path", ["/obligations.xlsx", "/obligations/late.xlsx", "/obligations/summary.xlsx?duty=report:2024H1"]
)
def test_a_workbook_has_no_formula_whatever_a_unit_is_called(spring: World, path: str) -> None:
    with spring.engine.database.transaction() as conn:
        conn.exec_driver_sql("UPDATE unit SET name_vi = '=1+2', short_vi = '@SUM(1)' WHERE id = 'X1'")
    book = sheets(at_the_desk(spring, "ngoc"), path)
    assert "=1+2" in book
    assert "<f>" not in book


def test_figures_leave_as_numbers_and_days_as_days(spring: World) -> None:
    book = sheets(at_the_desk(spring, "ngoc"), "/obligations/summary.xlsx?duty=report:2024H1")
    assert "<v>111</v>" in book
    each = sheets(at_the_desk(spring, "ngoc"), "/obligations.xlsx")
    assert "<v>45425</v>" in each  # 13 May 2024 as Excel counts days


# ---------------------------------------------------------------- the summary


def test_the_summary_adds_up_and_says_what_is_only_sent_and_what_is_missing(spring: World) -> None:
    page = at_the_desk(spring, "ngoc").read("/obligations/summary?duty=REP-6M-UNIT&period=2024H1")
    assert '<b>111</b><span class="sub">11 mới gửi</span>' in page
    assert "1 đã tiếp nhận, 1 mới gửi" in page
    assert "chưa có" in page
    assert f"/reports/{due(spring, 'P1', 'REP-6M-UNIT')}" in page


def test_a_report_that_came_back_is_no_longer_counted(spring: World) -> None:
    spring.do("ngoc", "send_back", due(spring, "P2", "REP-6M-UNIT"), reason="Sai số liệu")
    page = at_the_desk(spring, "ngoc").read("/obligations/summary?duty=report:2024H1")
    assert "<b>100</b></td>" in page


def test_a_unit_does_not_add_up_what_others_reported(spring: World) -> None:
    at_the_desk(spring, "lan").read("/obligations/summary", 404)
    at_the_desk(spring, "lan").read("/obligations.xlsx", 404)


def test_a_duty_that_does_not_exist_is_not_found(spring: World) -> None:
    at_the_desk(spring, "ngoc").read("/obligations/summary?duty=nothing", 404)


# ---------------------------------------------------------------- deadlines


def test_the_deadlines_name_reports_with_their_pages_and_the_persons_who_hold_them(spring: World) -> None:
    page = at_the_desk(spring, "son").read("/deadlines")
    ref = due(spring, "X1", "REP-6M-UNIT")
    assert f'href="/reports/{ref}"' in page
    assert f'href="/reports/{ref}/acts/extend"' in page
    assert "Báo cáo 6 tháng, Xã Đồi Chè" in page
    assert "Ksor H'Nga" in page


def test_what_is_told_on_the_next_working_day_has_its_own_list(spring: World) -> None:
    ref = due(spring, "X1", "REP-6M-UNIT")
    the_clock_runs(spring, date(2024, 5, 23))
    assert ref not in at_the_desk(spring, "son").read("/deadlines?urgency=tomorrow")
    the_clock_runs(spring, date(2024, 5, 24))
    desk = at_the_desk(spring, "son")
    assert ref in desk.read("/deadlines?urgency=tomorrow")
    assert ref not in desk.read("/deadlines?urgency=held")
