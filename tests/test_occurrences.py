"""A plan brings to pass what it says, once, on its day, in the order of the year."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from states.calendar.working_days import vietnam
from states.year.next_plan import next_plan
from states.year.occurrences import ORDER, Member, Occurrence, occurrences
from states.year.plan_file import shipped_plan

PLAN = shipped_plan(2024)
CALENDAR = vietnam()
NEW_YEAR = date(2024, 1, 1)
DAY = timedelta(days=1)
LONG_AGO = date(2000, 1, 1)
OFFICE = Member(id="TCKH", kind="office", valid_from=LONG_AGO)
WARD = Member(id="XA", kind="ward", valid_from=LONG_AGO)
SCHOOL = Member(id="TH-BS", kind="school", valid_from=LONG_AGO)
UNITS = (OFFICE, WARD, SCHOOL, Member(id="PNV", kind="home_affairs_office", valid_from=LONG_AGO))

# Written by hand from the plan: day, what happens, to what. (s) is the school, (u) the office with the ward.
YEAR = """
01/01 plan Q1-01a Q1-01b Q1-01c Q1-02 Q1-03a Q1-03b Q1-04 Q1-05 Q1-06a Q1-06b Q1-06c Q1-07a Q1-07b Q1-08
01/01 plan Q2-01 Q2-02a Q2-02b Q2-03 Q2-04 Q2-05 Q2-06 Q2-07 Q2-08 Q3-01 Q3-02 Q3-03 Q3-04
01/01 plan Q4-01 Q4-02 Q4-03 Q4-04 Q4-05
01/01 open_intake annual exceptional thematic-Q1
01/01 open Q1-01a Q1-01b Q1-01c Q1-02 Q1-03a Q1-03b Q1-04 Q1-05 Q1-06a Q1-06b Q1-06c Q1-07a Q1-07b Q1-08
01/01 owe Q1-07b(u)
29/01 owe PLAN-UNIT(u) PLAN-SCHOOL(s)
01/04 close_intake annual thematic-Q1
01/04 mark_overdue Q1-01a Q1-01b Q1-01c Q1-02 Q1-03a Q1-03b Q1-04 Q1-05 Q1-06a Q1-06b Q1-06c Q1-07a Q1-07b
01/04 mark_overdue Q1-08
01/04 open_intake education thematic-Q2
01/04 open Q2-01 Q2-02a Q2-02b Q2-03 Q2-04 Q2-05 Q2-06 Q2-08
01/04 owe REP-6M-UNIT(u) REP-6M-SCHOOL(s)
15/05 open Q2-07
01/07 close_intake education thematic-Q2
01/07 mark_overdue Q2-01 Q2-02a Q2-02b Q2-03 Q2-04 Q2-05 Q2-06 Q2-07 Q2-08
01/07 open_intake thematic-Q3
01/07 open Q3-01 Q3-02 Q3-03 Q3-04
01/07 owe Q3-04(s)
01/10 close_intake thematic-Q3
01/10 mark_overdue Q3-01 Q3-02 Q3-03 Q3-04
01/10 open_intake thematic-Q4
01/10 open Q4-01 Q4-02 Q4-04 Q4-05
01/10 owe REP-12M-UNIT(u) REP-12M-SCHOOL(s)
15/11 open Q4-03
01/01/2025 close_intake thematic-Q4
01/01/2025 mark_overdue Q4-01 Q4-02 Q4-03 Q4-04 Q4-05
"""


def written_by_hand() -> list[tuple[date, str, str, str]]:
    lines = []
    for line in YEAR.strip().splitlines():
        day, act, *names = line.split()
        written = day if day.count("/") == 2 else f"{day}/2024"
        on = datetime.strptime(written, "%d/%m/%Y").replace(tzinfo=UTC).date()
        for name in names:
            item, _, who = name.rstrip(")").partition("(")
            for unit in {"": ("",), "s": ("TH-BS",), "u": ("TCKH", "XA")}[who]:
                lines.append((on, act, item, unit))
    return lines


def year(*units: Member, effective: date = NEW_YEAR) -> list[Occurrence]:
    return occurrences(PLAN, effective=effective, units=units or UNITS, calendar=CALENDAR)


def owed(*units: Member, effective: date = NEW_YEAR) -> list[tuple[date, str, date | None, date | None]]:
    found = (one for one in year(*units, effective=effective) if one.act == "owe")
    return [(one.nominal, one.item, one.due, one.city_due) for one in found]


def test_the_year_2024_is_the_one_written_by_hand() -> None:
    brought = [(one.nominal, one.act, one.item, one.unit) for one in year()]
    assert sorted(brought) == sorted(written_by_hand())
    assert len(brought) == 121


def test_a_day_begins_by_closing_what_ended_before_anything_opens() -> None:
    acts = [one.act for one in year() if one.nominal == date(2024, 4, 1)]
    assert list(dict.fromkeys(acts)) == ["close_intake", "mark_overdue", "open_intake", "open", "owe"]
    keys = [(one.nominal, ORDER[one.act], one.schedule, one.unit) for one in year()]
    assert keys == sorted(keys)


def test_every_occurrence_has_a_key_of_its_own() -> None:
    keys = [(one.schedule, one.period) for one in year()]
    assert len(set(keys)) == len(keys)
    assert ("item:Q1-05:open", "2024Q1") in keys
    assert ("duty:REP-6M-UNIT:XA", "2024H1") in keys
    assert ("intake:annual:close", "2023") in keys


def test_two_years_never_share_a_key() -> None:
    later = occurrences(next_plan(PLAN), effective=date(2025, 1, 1), units=UNITS, calendar=CALENDAR)
    assert not {(one.schedule, one.period) for one in year()} & {(one.schedule, one.period) for one in later}


def test_a_day_begins_at_midnight_in_vietnam() -> None:
    first = year()[0]
    assert first.moment.isoformat() == "2024-01-01T00:00:00+07:00"
    assert first.moment.astimezone(UTC) == datetime(2023, 12, 31, 17, tzinfo=UTC)


def test_a_report_falls_due_on_14_may_for_units_earlier_for_schools() -> None:
    six_months = {one.unit: (one.due, one.city_due) for one in year() if one.period == "2024H1"}
    assert six_months == {
        "TCKH": (date(2024, 5, 14), date(2024, 5, 14)),
        "XA": (date(2024, 5, 14), date(2024, 5, 14)),
        "TH-BS": (date(2024, 5, 9), date(2024, 5, 14)),
    }


def test_a_plan_that_takes_effect_on_its_own_date_opens_the_quarter_on_that_day() -> None:
    effective = date(2024, 1, 29)
    brought = year(effective=effective)
    assert min(one.nominal for one in brought) == effective
    assert [one.nominal for one in brought if one.schedule == "item:Q1-05:open"] == [effective]
    assert [one.act for one in brought if one.item == "Q1-05"] == ["plan", "open", "mark_overdue"]
    assert len(brought) == 121


def test_a_plan_that_takes_effect_in_june_leaves_out_what_was_over() -> None:
    brought = year(effective=date(2024, 6, 1))
    items = {one.item for one in brought}
    assert not {"Q1-05", "PLAN-UNIT", "REP-6M-UNIT", "annual", "thematic-Q1"} & items
    assert {"Q2-05", "Q2-07", "education", "REP-12M-UNIT"} <= items


def test_a_plan_that_takes_effect_on_the_last_day_of_a_quarter_still_brings_it() -> None:
    brought = year(effective=date(2024, 3, 31))
    assert [one.act for one in brought if one.item == "annual"] == ["open_intake", "close_intake"]
    assert [(one.act, one.nominal) for one in brought if one.item == "Q1-05"] == [
        ("plan", date(2024, 3, 31)),
        ("open", date(2024, 3, 31)),
        ("mark_overdue", date(2024, 4, 1)),
    ]


def test_a_unit_that_begins_in_may_joins_with_what_is_still_owed() -> None:
    begun = Member(id="MN-HM", kind="school", valid_from=date(2024, 5, 13))
    assert owed(begun) == [
        (date(2024, 5, 13), "REP-6M-SCHOOL", date(2024, 5, 14), date(2024, 5, 14)),
        (date(2024, 7, 1), "Q3-04", date(2024, 9, 25), date(2024, 9, 30)),
        (date(2024, 10, 1), "REP-12M-SCHOOL", date(2024, 11, 11), date(2024, 11, 14)),
    ]


def test_a_unit_that_begins_the_day_after_the_last_day_does_not_owe_it() -> None:
    def items(begins: date) -> list[str]:
        return [item for _, item, _, _ in owed(Member(id="PA", kind="ward", valid_from=begins))]

    assert items(date(2024, 5, 14)) == ["REP-6M-UNIT", "REP-12M-UNIT"]
    assert items(date(2024, 5, 15)) == ["REP-12M-UNIT"]


def test_a_unit_that_ended_owes_nothing_that_opens_later() -> None:
    ended = dataclasses.replace(WARD, valid_to=date(2024, 9, 30))
    assert [item for _, item, _, _ in owed(ended)] == ["Q1-07b", "PLAN-UNIT", "REP-6M-UNIT"]
    still_there = dataclasses.replace(WARD, valid_to=date(2024, 10, 1))
    assert [item for _, item, _, _ in owed(still_there)][-1] == "REP-12M-UNIT"


def test_offices_that_appraise_owe_no_report_to_themselves() -> None:
    assert owed(UNITS[3]) == []


def test_across_tet_a_plan_due_on_a_day_off_is_owed_until_the_next_working_day() -> None:
    later = occurrences(next_plan(PLAN), effective=date(2025, 1, 1), units=UNITS, calendar=CALENDAR)
    due = {one.unit: one.due for one in later if one.item == "PLAN-UNIT" and one.act == "owe"}
    assert set(due.values()) == {date(2025, 2, 3)}


units = st.builds(
    Member,
    id=st.uuids().map(str),
    kind=st.sampled_from(["office", "ward", "commune", "school", "council"]),
    valid_from=st.dates(date(2023, 6, 1), date(2025, 1, 31)),
    valid_to=st.none() | st.dates(date(2023, 6, 1), date(2025, 3, 1)),
)
members = st.lists(units, max_size=4)
within_2024 = st.dates(NEW_YEAR, date(2024, 12, 31))


@settings(max_examples=40)
@given(units=members, effective=within_2024)
def test_nothing_happens_early_twice_or_to_a_unit_that_is_not_there(
    units: list[Member], effective: date
) -> None:
    brought = occurrences(PLAN, effective=effective, units=units, calendar=CALENDAR)
    assert len({(one.schedule, one.period) for one in brought}) == len(brought)
    there = {unit.id: unit for unit in units}
    for one in brought:
        assert one.nominal >= effective
        if one.act == "owe":
            unit, (duty,) = there[one.unit], PLAN.duties_of(one.item)
            assert one.nominal == max(duty.opens, effective, unit.valid_from)
            assert unit.valid_to is None or one.nominal <= unit.valid_to
            assert one.due is not None
            assert one.city_due is not None
            assert one.nominal <= one.due <= one.city_due
        if one.act == "mark_overdue":
            assert one.due is not None
            assert one.nominal == one.due + DAY


@given(units=st.permutations(UNITS))
@settings(max_examples=10)
def test_the_order_units_are_given_in_makes_no_difference(units: list[Member]) -> None:
    assert occurrences(PLAN, effective=NEW_YEAR, units=units, calendar=CALENDAR) == year()


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.id)
def test_a_unit_owes_each_duty_once(unit: Member) -> None:
    items = [item for _, item, _, _ in owed(unit)]
    assert len(items) == len(set(items))
