"""Limits counted in working days end when the Civil Code says they end."""

from collections.abc import Iterator
from datetime import date, timedelta
from unicodedata import is_normalized

import holidays
import pytest
from hypothesis import example, given, strategies as st

from states.calendar.working_days import Calendar, DayOverride, read_overrides, vietnam
from states.deadlines import add_working_days, before, days_before, end_of_limit, remaining, resume

CALENDAR = vietnam()
FIRST, LAST = date(2017, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)
days = st.dates(FIRST, LAST)

PUBLISHED = holidays.country_holidays("VN", years=range(2013, 2033))
DECIDED = {date(2026, 1, 2): False, date(2026, 1, 10): True, date(2026, 11, 24): False}


def worked(day: date) -> bool:
    return DECIDED.get(day, PUBLISHED.is_working_day(day))


def days_from(first: date, last: date) -> Iterator[date]:
    return (first + DAY * n for n in range((last - first).days + 1))


def counted_one_by_one(start: date, limit: int) -> date:
    day = start
    while limit:
        day += DAY
        limit -= worked(day)
    return day


def next_worked(day: date) -> date:
    while not worked(day):
        day += DAY
    return day


def counted_back_one_by_one(day: date, steps: int) -> date:
    while not worked(day):
        day -= DAY
    while steps:
        day -= DAY
        steps -= worked(day)
    return day


def left_one_by_one(today: date, due: date) -> int:
    ahead = sum(worked(day) for day in days_from(today + DAY, due))
    behind = sum(worked(day) for day in days_from(due + DAY, today))
    return ahead - behind


def days_off_on_weekdays(year: int) -> set[str]:
    weekdays = (day for day in days_from(date(year, 1, 1), date(year, 12, 31)) if day.weekday() < 5)
    return {f"{day:%d/%m}" for day in weekdays if not CALENDAR.is_working(day)}


def worked_weekends(year: int) -> set[str]:
    weekends = (day for day in days_from(date(year, 1, 1), date(year, 12, 31)) if day.weekday() >= 5)
    return {f"{day:%d/%m}" for day in weekends if CALENDAR.is_working(day)}


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        (date(2024, 2, 1), 10, date(2024, 2, 22)),
        (date(2024, 2, 1), 20, date(2024, 3, 7)),
        (date(2024, 4, 24), 5, date(2024, 5, 4)),
        (date(2025, 4, 24), 2, date(2025, 4, 26)),
        (date(2025, 12, 30), 2, date(2026, 1, 5)),
        (date(2026, 1, 8), 2, date(2026, 1, 10)),
    ],
)
def test_the_limits_worked_out_by_hand_end_on_their_days(start: date, limit: int, due: date) -> None:
    assert add_working_days(start, limit, CALENDAR) == due


def test_2024_has_the_days_off_the_government_announced() -> None:
    tet = {"08/02", "09/02", "12/02", "13/02", "14/02"}
    others = {"01/01", "18/04", "29/04", "30/04", "01/05", "02/09", "03/09"}
    assert days_off_on_weekdays(2024) == tet | others
    assert worked_weekends(2024) == {"04/05"}


def test_2026_has_the_swaps_the_government_announced() -> None:
    tet = {"16/02", "17/02", "18/02", "19/02", "20/02"}
    others = {"01/01", "02/01", "27/04", "30/04", "01/05", "31/08", "01/09", "02/09", "24/11"}
    assert days_off_on_weekdays(2026) == tet | others
    assert worked_weekends(2026) == {"10/01", "22/08"}


def test_a_saturday_of_january_can_be_worked_for_a_monday_of_december() -> None:
    fresh = Calendar({})
    assert fresh.is_working(date(2019, 1, 5))
    assert not fresh.is_working(date(2018, 12, 31))


def test_the_first_day_does_not_count() -> None:
    monday = date(2024, 3, 4)
    assert add_working_days(monday, 1, CALENDAR) == date(2024, 3, 5)


def test_a_limit_begun_on_saturday_or_friday_ends_on_the_same_day() -> None:
    assert add_working_days(date(2024, 3, 8), 1, CALENDAR) == date(2024, 3, 11)
    assert add_working_days(date(2024, 3, 9), 1, CALENDAR) == date(2024, 3, 11)


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_needs_at_least_one_day(limit: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        add_working_days(date(2024, 3, 4), limit, CALENDAR)


def test_a_limit_that_ends_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert end_of_limit(date(2024, 2, 8), CALENDAR) == date(2024, 2, 15)
    assert end_of_limit(date(2024, 4, 30), CALENDAR) == date(2024, 5, 2)
    assert end_of_limit(date(2024, 3, 30), CALENDAR) == date(2024, 4, 1)


def test_a_limit_that_ends_on_a_working_day_stays() -> None:
    assert end_of_limit(date(2024, 5, 4), CALENDAR) == date(2024, 5, 4)


def test_before_15_may_ends_on_14_may() -> None:
    assert before(date(2024, 5, 15), CALENDAR) == date(2024, 5, 14)


def test_before_15_may_read_loosely_includes_15_may() -> None:
    assert before(date(2024, 5, 15), CALENDAR, strict=False) == date(2024, 5, 15)


def test_before_15_november_2026_rolls_from_saturday_to_monday_unless_told_not_to() -> None:
    named = date(2026, 11, 15)
    assert before(named, CALENDAR) == date(2026, 11, 16)
    assert before(named, CALENDAR, rolls=False) == date(2026, 11, 14)
    assert before(named, CALENDAR, strict=False, rolls=False) == named


@given(start=days, limit=st.integers(1, 60))
def test_a_limit_agrees_with_counting_day_by_day(start: date, limit: int) -> None:
    assert add_working_days(start, limit, CALENDAR) == counted_one_by_one(start, limit)


def test_every_day_of_eleven_years_agrees_with_counting_day_by_day() -> None:
    for day in days_from(FIRST, LAST):
        assert CALENDAR.is_working(day) == worked(day), day
        for limit in (1, 5, 20):
            assert add_working_days(day, limit, CALENDAR) == counted_one_by_one(day, limit), (day, limit)


def test_every_named_day_of_eleven_years_is_read_as_day_by_day() -> None:
    for day in days_from(FIRST, LAST):
        assert end_of_limit(day, CALENDAR) == next_worked(day), day
        assert before(day, CALENDAR) == next_worked(day - DAY), day
        assert before(day, CALENDAR, strict=False) == next_worked(day), day
        assert before(day, CALENDAR, rolls=False) == day - DAY, day


def test_days_before_a_day_agree_with_counting_back_day_by_day() -> None:
    for day in days_from(FIRST, LAST):
        for steps in (0, 1, 3):
            assert days_before(day, steps, CALENDAR) == counted_back_one_by_one(day, steps), (day, steps)


def test_three_working_days_before_14_may_is_9_may() -> None:
    assert days_before(date(2024, 5, 14), 3, CALENDAR) == date(2024, 5, 9)


def test_three_working_days_before_tuesday_7_may_skip_sunday_but_not_the_worked_saturday() -> None:
    assert days_before(date(2024, 5, 7), 3, CALENDAR) == date(2024, 5, 3)


def test_no_day_lies_less_than_nothing_before_another() -> None:
    with pytest.raises(ValueError, match="give 0 or more"):
        days_before(date(2024, 5, 14), -1, CALENDAR)


@given(today=days, due=days)
@example(today=date(2024, 5, 3), due=date(2024, 5, 4))
@example(today=date(2024, 2, 15), due=date(2024, 2, 7))
def test_the_days_left_agree_with_counting_day_by_day(today: date, due: date) -> None:
    assert remaining(today, due, CALENDAR) == left_one_by_one(today, due)


@given(start=days, limit=st.integers(1, 400))
def test_a_fresh_limit_has_all_its_days_left(start: date, limit: int) -> None:
    assert remaining(start, add_working_days(start, limit, CALENDAR), CALENDAR) == limit


def test_no_days_are_left_on_the_due_day() -> None:
    assert remaining(date(2024, 3, 8), date(2024, 3, 8), CALENDAR) == 0


def test_a_weekend_does_not_make_a_task_more_overdue() -> None:
    friday = date(2024, 3, 8)
    assert [remaining(friday + DAY * n, friday, CALENDAR) for n in range(5)] == [0, 0, 0, -1, -2]


@given(today=days, left=st.integers(-800, 800))
@example(today=date(2024, 5, 4), left=0)
@example(today=date(2025, 1, 2), left=-1)
def test_a_resumed_limit_has_as_many_days_left_as_when_it_stopped(today: date, left: int) -> None:
    due = resume(today, left, CALENDAR)
    assert CALENDAR.is_working(due)
    if left != 0 or CALENDAR.is_working(today):
        assert remaining(today, due, CALENDAR) == left


@given(today=days)
def test_a_limit_resumed_on_its_last_day_ends_today_or_on_the_next_working_day(today: date) -> None:
    assert resume(today, 0, CALENDAR) == end_of_limit(today, CALENDAR)


@given(today=days, left=st.integers(-50, 50))
def test_more_days_left_never_end_earlier(today: date, left: int) -> None:
    assert resume(today, left, CALENDAR) <= resume(today, left + 1, CALENDAR)


def test_an_overdue_limit_stays_overdue_over_the_new_year() -> None:
    assert resume(date(2025, 1, 3), -3, CALENDAR) == date(2024, 12, 30)


def test_an_override_wins_over_the_published_calendar() -> None:
    decided = DayOverride(working=False, source="01/QĐ", confidence="high", note={"vi": "bão", "en": "storm"})
    stormy = Calendar({date(2024, 3, 5): decided})
    assert add_working_days(date(2024, 3, 4), 1, stormy) == date(2024, 3, 6)
    assert stormy.why(date(2024, 3, 5), "en") == "Day off: storm (01/QĐ)"


def test_one_day_cannot_be_decided_twice() -> None:
    row = (
        "[[day]]\ndate = 2026-01-02\nworking = true\n"
        'source = "1/QĐ"\nconfidence = "high"\nnote = { vi = "làm bù", en = "worked" }\n'
    )
    assert list(read_overrides(row)) == [date(2026, 1, 2)]
    with pytest.raises(ValueError, match="2026-01-02 twice"):
        read_overrides(row + row)


@pytest.mark.parametrize(
    ("day", "vi", "en"),
    [
        (date(2026, 1, 2), "Ngày nghỉ: nghỉ hoán đổi", "Day off: swapped"),
        (date(2026, 1, 10), "Ngày làm việc: thứ Bảy làm bù", "Working day: Saturday worked in place"),
        (date(2024, 9, 2), "Ngày nghỉ: Quốc khánh (", "Day off: National Day ("),
        (
            date(2024, 4, 29),
            "Ngày nghỉ: Ngày nghỉ (thay cho ngày 04/05/2024)",
            "(substituted from 2024-05-04)",
        ),
        (date(2024, 5, 4), "Ngày làm việc: làm bù", "Working day: weekend day worked"),
        (date(2024, 3, 9), "Ngày nghỉ: nghỉ hằng tuần (188/1999/QĐ-TTg)", "Day off: weekly rest ("),
        (date(2024, 3, 8), "Ngày làm việc: ngày thường", "Working day: ordinary weekday ("),
    ],
)
def test_the_calendar_says_why_a_day_is_off_or_worked(day: date, vi: str, en: str) -> None:
    assert vi in CALENDAR.why(day, "vi")
    assert en in CALENDAR.why(day, "en")


def test_a_day_off_that_is_not_confirmed_says_so() -> None:
    day = date(2026, 11, 24)
    assert (
        CALENDAR.why(day, "vi")
        == "Ngày nghỉ: Ngày Văn hóa Việt Nam (80-NQ/TW, 07/01/2026; chưa được xác nhận)"
    )
    assert CALENDAR.why(day, "en") == "Day off: Vietnam Cultural Day (80-NQ/TW, 07/01/2026; not confirmed)"


@pytest.mark.parametrize("day", [date(2027, 11, 24), date(2029, 11, 26)])
def test_a_holiday_that_is_not_confirmed_is_not_confirmed_in_later_years_or_in_lieu(day: date) -> None:
    assert CALENDAR.why(day, "vi").endswith("; chưa được xác nhận)")
    assert CALENDAR.why(day, "en").endswith("; not confirmed)")
    assert "chưa" not in CALENDAR.why(date(day.year, 4, 30), "vi")


def test_every_override_has_a_source_with_a_note_in_both_languages() -> None:
    assert set(CALENDAR.overrides) == set(DECIDED)
    for override in CALENDAR.overrides.values():
        assert override.source
        assert override.confidence in {"high", "med", "low"}
        assert set(override.note) == {"vi", "en"}
        assert all(is_normalized("NFC", words) for words in override.note.values())


@pytest.mark.parametrize("day", [date(1989, 12, 29), date(2101, 1, 3)])
def test_a_year_without_a_calendar_is_refused(day: date) -> None:
    with pytest.raises(ValueError, match="from 1990 to 2100"):
        CALENDAR.is_working(day)


def test_a_limit_that_runs_past_the_last_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="from 1990 to 2100"):
        add_working_days(date(2100, 12, 1), 1000, CALENDAR)
