"""Periods are read, named, bounded as the year's plan uses them."""

from contextlib import suppress
from datetime import date, timedelta
from unicodedata import is_normalized

import pytest
from hypothesis import given, strategies as st

from states.periods import Kind, Period, PeriodError

years = st.integers(1990, 2099)
periods = st.one_of(
    st.builds(Period, st.just("year"), years),
    st.builds(Period, st.just("school_year"), years),
    st.builds(Period, st.just("half"), years, st.integers(1, 2)),
    st.builds(Period, st.just("quarter"), years, st.integers(1, 4)),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2023-2024", date(2023, 8, 1), date(2024, 7, 31)),
        ("1999-2000", date(1999, 8, 1), date(2000, 7, 31)),
        ("2024H1", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024Q2", date(2024, 4, 1), date(2024, 6, 30)),
        ("2024Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2100", date(2100, 1, 1), date(2100, 12, 31)),
    ],
)
def test_a_period_runs_from_its_first_to_its_last_calendar_day(text: str, first: date, last: date) -> None:
    period = Period.parse(text)
    assert (period.first_day, period.last_day) == (first, last)


@given(period=periods)
def test_a_period_is_written_the_way_it_is_read(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(period=periods)
def test_a_period_contains_its_ends_but_not_the_days_around_them(period: Period) -> None:
    day = timedelta(days=1)
    assert period.contains(period.first_day)
    assert period.contains(period.last_day)
    assert not period.contains(period.first_day - day)
    assert not period.contains(period.last_day + day)


@given(day=st.dates(date(1991, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_one_period_of_each_kind(day: date) -> None:
    parts: dict[Kind, int] = {"year": 1, "school_year": 1, "half": 2, "quarter": 4}
    for kind, count in parts.items():
        near = [Period(kind, year, part) for year in (day.year - 1, day.year) for part in range(1, count + 1)]
        assert sum(period.contains(day) for period in near) == 1


@given(period=periods)
def test_the_next_period_begins_the_day_after_this_one_ends(period: Period) -> None:
    with suppress(PeriodError):  # the last one has none after it
        later = period.next()
        assert later.first_day == period.last_day + timedelta(days=1)
        assert (later.kind, later.previous()) == (period.kind, period)


@given(period=periods)
def test_a_year_later_a_period_is_the_same_part_of_the_next_year(period: Period) -> None:
    with suppress(PeriodError):
        later = period.a_year_later()
        assert (later.kind, later.year, later.part) == (period.kind, period.year + 1, period.part)


@given(
    day=st.dates(date(1991, 1, 1), date(2099, 12, 31)),
    kind=st.sampled_from(["year", "school_year", "half", "quarter"]),
)
def test_the_period_of_a_day_contains_it(day: date, kind: Kind) -> None:
    found = Period.containing(kind, day)
    assert found.kind == kind
    assert found.contains(day)


@pytest.mark.parametrize(
    ("text", "previous", "later"),
    [
        ("2024Q4", "2024Q3", "2025Q1"),
        ("2024Q1", "2023Q4", "2024Q2"),
        ("2024H2", "2024H1", "2025H1"),
        ("2023-2024", "2022-2023", "2024-2025"),
        ("2024", "2023", "2025"),
    ],
)
def test_periods_follow_each_other_across_the_new_year(text: str, previous: str, later: str) -> None:
    period = Period.parse(text)
    assert (str(period.previous()), str(period.next())) == (previous, later)


def test_the_last_period_has_none_after_it_nor_the_first_one_before_it() -> None:
    for text in ("2100", "2100Q4", "2100H2", "2099-2100"):
        with pytest.raises(PeriodError, match="1990-2100"):
            Period.parse(text).next()
    for text in ("1990", "1990Q1", "1990H1", "1990-1991"):
        with pytest.raises(PeriodError, match="1990-2100"):
            Period.parse(text).previous()


def test_the_council_meeting_of_the_second_quarter_lies_in_the_school_year_it_reviews() -> None:
    assert Period.parse("2023-2024").contains(date(2024, 6, 20))
    assert not Period.parse("2024-2025").contains(date(2024, 6, 20))


@pytest.mark.parametrize(
    ("text", "en", "vi"),
    [
        ("2023-2025", "write 2023-2024", "hãy ghi 2023-2024"),
        ("2024-2023", "write 2024-2025", "hãy ghi 2024-2025"),
        ("2024-2024", "write 2024-2025", "hãy ghi 2024-2025"),
        ("2024Q5", "2024Q5 does not exist", "2024Q5 không có"),
        ("2024Q0", "2024Q0 does not exist", "2024Q0 không có"),
        ("2024H3", "2024H3 does not exist", "2024H3 không có"),
        ("1989", "1989 lies outside the years 1990-2100", "1989 nằm ngoài các năm 1990-2100"),
        ("2101", "2101 lies outside", "2101 nằm ngoài"),
        ("2100-2101", "2100-2101 lies outside", "2100-2101 nằm ngoài"),
        ("1989-1990", "1989-1990 lies outside", "1989-1990 nằm ngoài"),
        ("0000", "lies outside", "nằm ngoài"),
    ],
)
def test_a_period_that_does_not_exist_is_refused_with_the_reason(text: str, en: str, vi: str) -> None:
    with pytest.raises(PeriodError) as refused:
        Period.parse(text)
    assert en in str(refused.value)
    assert vi in refused.value.vi


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2024",
        "2024\n",
        "24",
        "2024q1",
        "2024 Q1",
        "Q1/2024",
        "2023/2024",
        "2023–2024",
        "٢٠٢٤",
        "2024Q",
        "2024Q12",
    ],
)
def test_anything_else_is_refused_with_the_ways_to_write_a_period(text: str) -> None:
    with pytest.raises(ValueError, match=r"write 2024, 2023-2024 \(school year\), 2024Q1 or 2024H1"):
        Period.parse(text)


@given(text=st.text(max_size=12) | st.from_regex(r"[0-9]{4}[-QH]?[0-9]{0,4}", fullmatch=True))
def test_any_text_is_a_period_or_a_clear_refusal(text: str) -> None:
    with suppress(PeriodError):
        assert str(Period.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("2024", "Năm 2024", "Year 2024"),
        ("2023-2024", "Năm học 2023-2024", "School year 2023-2024"),
        ("2024H1", "6 tháng đầu năm 2024", "First half of 2024"),
        ("2024H2", "6 tháng cuối năm 2024", "Second half of 2024"),
        ("2024Q4", "Quý IV/2024", "Quarter IV/2024"),
    ],
)
def test_a_period_has_a_name_in_both_languages(text: str, vi: str, en: str) -> None:
    period = Period.parse(text)
    assert period.label("vi") == vi
    assert period.label("en") == en
    assert is_normalized("NFC", period.label("vi"))
