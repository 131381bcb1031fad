"""The next year's plan is drawn up from this year's, shown as a difference to review."""

import dataclasses
from datetime import date

import pytest
from hypothesis import given, strategies as st

from states.calendar.working_days import vietnam
from states.definition import Words
from states.labels import LANGS
from states.year.next_plan import a_year_later, next_plan
from states.year.plan import Due, Plan, PlanItem, Window
from states.year.plan_check import check
from states.year.plan_differences import PlanDifference, plan_differences, said, told
from states.year.plan_file import plan_document, plan_from_document, shipped_plan

PLAN = shipped_plan(2024)
NEXT = next_plan(PLAN)


def with_item(plan: Plan, name: str, **change: object) -> Plan:
    items = tuple(
        dataclasses.replace(item, **change) if item.id == name else item  # type: ignore[arg-type]  # fields by name
        for item in plan.items
    )
    return dataclasses.replace(plan, items=items)


def moved(vi: str, en: str = "x") -> Words:
    return next_plan(with_item(PLAN, "I-01", text=Words(vi, en))).item("I-01").text


def test_the_head_of_the_next_plan_is_left_to_be_filled_in() -> None:
    assert (NEXT.year, NEXT.number, NEXT.issued, NEXT.basis) == (2025, "", None, ())
    assert NEXT.title == Words(
        "Công tác thi đua, khen thưởng năm 2025", "Emulation and commendation work in 2025"
    )
    assert NEXT.parameters == PLAN.parameters


def test_the_years_in_the_texts_move_on_in_both_languages() -> None:
    assert NEXT.item("Q1-02").text == Words(
        "Dự hội nghị tổng kết giao ước thi đua năm 2024, ký giao ước năm 2025 của Cụm thi đua số 1 tỉnh",
        "Attend the conference of provincial Cluster 1 that reviews the pledges of 2024 "
        "and signs those of 2025",
    )
    assert NEXT.item("Q4-04").text.en == "Draft the directive that launches emulation in 2026"


def test_school_years_move_on_as_a_whole() -> None:
    assert "2024-2025" in NEXT.item("Q2-02a").text.vi
    assert NEXT.item("Q2-02a").award_period == "2024-2025"
    assert "2025-2026" in NEXT.item("Q3-04").text.en
    assert NEXT.campaign("education").period == "2024-2025"
    assert NEXT.duties_of("Q3-04")[0].period == "2025-2026"


def test_halves_and_quarters_keep_their_place_in_the_year() -> None:
    assert NEXT.duties_of("REP-6M-UNIT")[0].period == "2025H1"
    assert NEXT.campaign("thematic-Q3").period == "2025Q3"


def test_anniversaries_are_counted_anew() -> None:
    text = NEXT.item("Q2-06").text
    assert ("135 năm" in text.vi, "77 năm" in text.vi) == (True, True)
    assert ("135 years" in text.en, "77 years" in text.en) == (True, True)
    assert NEXT.item("Q2-06").fixed_dates == (date(2025, 5, 19), date(2025, 6, 11))


def test_what_is_not_a_year_of_the_plan_stays() -> None:
    assert moved("từ 11/6/1948, theo 02/2023/TT-BNV và 98/2024/NĐ-CP").vi == (
        "từ 11/6/1948, theo 02/2023/TT-BNV và 98/2024/NĐ-CP"
    )
    assert moved("hồ sơ số 120245").vi == "hồ sơ số 120245"


def test_a_day_written_out_moves_on_by_a_year() -> None:
    assert moved("đến 31/01/2024, quý I/2024").vi == "đến 31/01/2025, quý I/2025"


def test_dates_move_to_the_same_day_of_the_next_year() -> None:
    assert NEXT.item("REP-6M-UNIT").due == Due(before=date(2025, 5, 15))
    assert NEXT.item("Q4-03").window == Window(first=date(2025, 11, 15), last=date(2025, 12, 31))
    assert NEXT.campaign("annual").closes == date(2025, 3, 31)
    assert NEXT.campaign("exceptional").closes is None


def test_the_29th_of_february_becomes_the_28th() -> None:
    leap = with_item(
        PLAN,
        "Q1-04",
        window=Window(first=date(2024, 2, 29), last=date(2024, 2, 29)),
        due=Due(by=date(2024, 2, 29)),
    )
    item = next_plan(leap).item("Q1-04")
    assert item.window == Window(first=date(2025, 2, 28), last=date(2025, 2, 28))
    assert item.due == Due(by=date(2025, 2, 28))
    assert check(next_plan(leap), vietnam()) == []


@given(day=st.dates(date(1991, 1, 1), date(2098, 12, 31)))
def test_a_year_later_is_the_same_day_but_for_the_29th_of_february(day: date) -> None:
    later = a_year_later(day)
    assert later.year == day.year + 1
    assert (later.month, later.day) == ((2, 28) if (day.month, day.day) == (2, 29) else (day.month, day.day))


def test_the_drafts_of_the_fourth_quarter_are_issued_by_the_next_plan() -> None:
    for item in NEXT.items:
        if item.follows:
            assert PLAN.item(item.follows).draft
            assert PLAN.item(item.follows).document == item.document


def test_plans_can_be_drawn_up_year_after_year() -> None:
    plan = PLAN
    for year in range(2025, 2046):
        plan = next_plan(plan)
        assert plan.year == year
        assert check(plan, vietnam()) == []
        assert plan_from_document(plan_document(plan)) == plan
    assert f"{2045 - 1890} năm" in plan.item("Q2-06").text.vi


def test_a_plan_past_the_last_calendar_cannot_be_drawn_up() -> None:
    with pytest.raises(ValueError, match="1990-2100"):
        next_plan(dataclasses.replace(with_item(PLAN, "Q1-06a", award_period="2100"), year=2100))


def test_a_plan_does_not_differ_from_itself() -> None:
    assert plan_differences(PLAN, PLAN) == []


def test_the_review_page_lists_what_moved_in_the_order_of_the_plan() -> None:
    found = plan_differences(PLAN, NEXT)
    assert found[0] == PlanDifference("plan", "", "year", 2024, 2025)
    parts = [one.part for one in found]
    assert parts == sorted(parts, key=["plan", "items", "duties", "campaigns"].index)
    changed = {one.entry for one in found if one.part == "items"}
    assert {"Q2-06", "REP-12M-SCHOOL", "Q4-05"} <= changed
    assert "Q1-05" not in changed


def test_a_parameter_that_changed_is_a_difference_of_the_plan() -> None:
    parameters = dataclasses.replace(PLAN.parameters, strict_before=False)
    loose = dataclasses.replace(PLAN, parameters=parameters)
    (found,) = plan_differences(PLAN, loose)
    assert (found.part, found.field) == ("plan", "strict_before")
    assert (told(found, "en").old, told(found, "en").new) == ("yes", "nothing")


def test_an_item_that_one_plan_alone_has_is_told_as_a_whole() -> None:
    fewer = dataclasses.replace(
        PLAN, items=PLAN.items[1:], duties=PLAN.duties[1:], campaigns=PLAN.campaigns[1:]
    )
    gone = [told(one, "vi") for one in plan_differences(PLAN, fewer)]
    assert [(one.where, one.field, one.new) for one in gone] == [
        ("đầu việc I-01", "toàn bộ", "không có"),
        ("nghĩa vụ PLAN-UNIT", "toàn bộ", "không có"),
        ("đợt annual", "toàn bộ", "không có"),
    ]
    assert gone[0].old.startswith("Đẩy mạnh phong trào thi đua yêu nước")
    (added, *_) = plan_differences(fewer, PLAN)
    assert (added.old, added.new) == (None, PLAN.items[0].text)


@pytest.mark.parametrize(
    ("field", "value", "vi", "en"),
    [
        ("due", Due(before=date(2025, 5, 15)), "trước ngày 15/05/2025", "before 15/05/2025"),
        ("due", Due(by=date(2025, 1, 31)), "đến ngày 31/01/2025", "by 31/01/2025"),
        ("actor", ("PNV", "MEDIA"), "Phòng Nội vụ; Cơ quan thông tin, truyền thông", "Home Affairs Office; The media"),
        ("kind", "attend", "Tham dự", "Event to attend"),
        ("if_any", True, "có", "yes"),
        ("quarter", None, "không có", "nothing"),
        ("follows", "", "không có", "nothing"),
        ("award_kinds", ("DOT_XUAT",), "Khen thưởng đột xuất", "Sudden achievement"),
    ],
)  # fmt: skip
def test_a_difference_is_told_in_the_words_of_its_readers(
    field: str, value: object, vi: str, en: str
) -> None:
    assert said("items", field, value, "vi") == vi
    assert said("items", field, value, "en") == en


def test_every_field_of_an_item_can_be_told() -> None:
    empty = with_item(PLAN, "I-01", quarter=1)
    for plan in (PLAN, empty):
        for item in plan.items:
            for field in dataclasses.fields(PlanItem):
                difference = PlanDifference("items", item.id, field.name, None, getattr(item, field.name))
                assert all(told(difference, lang).new for lang in LANGS)
