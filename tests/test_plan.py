"""The plan of 2024 is all there, in both languages, with what serves each of its items."""

import dataclasses
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest

from states.calendar.working_days import vietnam
from states.definition import Words
from states.document import canonical, from_document
from states.labels import LANGS, label
from states.periods import Period
from states.year.plan import (
    PARTIES,
    Campaign,
    Due,
    Duty,
    ItemKind,
    Parameters,
    Plan,
    PlanItem,
    Recurrence,
    Serves,
    Window,
)
from states.year.plan_days import cut_off, last_day, opening, owed_days
from states.year.plan_file import plan_document, plan_from_document, shipped_plan

PLAN = shipped_plan(2024)
CALENDAR = vietnam()


def everything_said(value: Any) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from everything_said(one)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from everything_said(getattr(value, field.name))


def days(item: str) -> tuple[date | None, date | None]:
    found = PLAN.item(item)
    return opening(found, PLAN), last_day(found, PLAN, CALENDAR)


def test_the_plan_has_its_67_items_by_section() -> None:
    assert len(PLAN.items) == 67
    sections = Counter(item.section.split(";")[0].split(".")[0] for item in PLAN.items)
    assert sections == {"I": 7, "II": 32, "III": 28}
    quarters = Counter(item.quarter for item in PLAN.items if item.quarter)
    assert quarters == {1: 14, 2: 9, 3: 4, 4: 5}


def test_the_head_of_the_plan_says_what_it_is() -> None:
    assert (PLAN.number, PLAN.issued, PLAN.year) == ("152/KH-UBND", date(2024, 1, 29), 2024)
    assert PLAN.parameters == Parameters(
        strict_before=True, rolls=True, internal_days_for_schools=-3, report_cut_off_days=15
    )
    assert len(PLAN.recipients) == 12


def test_everything_the_plan_says_is_said_in_both_languages() -> None:
    for words in everything_said(PLAN):
        for text in (words.vi, words.en):
            assert text == text.strip()
            assert text
            assert unicodedata.is_normalized("NFC", text)


def test_an_item_without_a_date_says_how_the_system_serves_it_and_no_other_does() -> None:
    for item in PLAN.items:
        assert (item.answer is None) == item.dated, item.id
    assert sum(not item.dated for item in PLAN.items) == 29


def test_a_note_names_no_day_that_would_be_wrong_next_year() -> None:
    entries: list[PlanItem | Duty | Campaign] = [*PLAN.items, *PLAN.duties, *PLAN.campaigns]
    notes = [entry.note for entry in entries if entry.note is not None]
    assert len(notes) > 10
    for note in notes:
        without_documents = re.sub(r"\d+/\d{4}/[\w-]+", "", note.vi + note.en)
        assert not re.search(r"\b20\d\d\b", without_documents), note


def test_the_items_that_may_not_arise_are_those_the_plan_calls_if_any() -> None:
    assert [item.id for item in PLAN.items if item.if_any] == [
        "Q1-05",
        "Q1-06c",
        "Q2-01",
        "Q2-05",
        "Q3-01",
        "Q3-02",
        "Q4-01",
        "Q4-02",
    ]


def test_what_is_drafted_in_the_fourth_quarter_is_issued_in_the_first() -> None:
    follows = {item.follows: item.id for item in PLAN.items if item.follows}
    assert follows == {"Q4-04": "Q1-01a", "Q4-05": "Q1-01b"}
    assert [item.id for item in PLAN.items if item.draft] == list(follows)


def test_the_conference_waits_for_the_council_that_feeds_it() -> None:
    assert PLAN.item("Q1-04").depends_on == ("Q1-06a", "Q1-06b")


@pytest.mark.parametrize(
    ("item", "opens", "last"),
    [
        ("Q1-05", date(2024, 1, 1), date(2024, 3, 31)),
        ("Q2-07", date(2024, 5, 15), date(2024, 6, 30)),
        ("Q3-04", date(2024, 7, 1), date(2024, 9, 30)),
        ("Q4-03", date(2024, 11, 15), date(2024, 12, 31)),
        ("PLAN-UNIT", date(2024, 1, 29), date(2024, 1, 31)),
        ("REP-6M-UNIT", date(2024, 4, 1), date(2024, 5, 14)),
        ("REP-12M-SCHOOL", date(2024, 10, 1), date(2024, 11, 14)),
        ("I-03", None, None),
    ],
)
def test_an_item_opens_and_ends_on_its_days(item: str, opens: date | None, last: date | None) -> None:
    assert days(item) == (opens, last)


def test_a_quarter_that_ends_on_a_sunday_ends_on_that_sunday() -> None:
    assert not CALENDAR.is_working(date(2024, 3, 31))
    assert days("Q1-05")[1] == date(2024, 3, 31)


def test_before_15_may_read_loosely_ends_on_15_may() -> None:
    parameters = dataclasses.replace(PLAN.parameters, strict_before=False)
    loose = dataclasses.replace(PLAN, parameters=parameters)
    assert last_day(loose.item("REP-6M-UNIT"), loose, CALENDAR) == date(2024, 5, 15)


def test_a_named_day_that_is_off_rolls_only_when_the_plan_says_so() -> None:
    document = plan_document(PLAN)
    document["items"] = [
        {**item, "due": {"by": "2024-11-16"}} if item["id"] == "REP-12M-UNIT" else item
        for item in document["items"]
    ]
    rolling = plan_from_document(document)
    assert last_day(rolling.item("REP-12M-UNIT"), rolling, CALENDAR) == date(2024, 11, 18)
    fixed = plan_from_document({**document, "parameters": {**document["parameters"], "rolls": False}})
    assert last_day(fixed.item("REP-12M-UNIT"), fixed, CALENDAR) == date(2024, 11, 16)


@pytest.mark.parametrize(
    ("rolls", "last"), [(True, date(2024, 11, 18)), (False, date(2024, 11, 17))], ids=["rolls", "stays"]
)
def test_before_a_monday_ends_on_the_sunday_or_rolls_to_the_monday(rolls: bool, last: date) -> None:
    parameters = dataclasses.replace(PLAN.parameters, rolls=rolls)
    item = dataclasses.replace(PLAN.item("REP-12M-UNIT"), due=Due(before=date(2024, 11, 18)))
    plan = dataclasses.replace(PLAN, parameters=parameters, items=(item,), duties=())
    assert last_day(item, plan, CALENDAR) == last


@pytest.mark.parametrize(
    ("duty", "own", "city"),
    [
        ("REP-6M-UNIT", date(2024, 5, 14), date(2024, 5, 14)),
        ("REP-6M-SCHOOL", date(2024, 5, 9), date(2024, 5, 14)),
        ("REP-12M-SCHOOL", date(2024, 11, 11), date(2024, 11, 14)),
        ("Q3-04", date(2024, 9, 25), date(2024, 9, 30)),
        ("Q1-07b", date(2024, 3, 15), date(2024, 3, 15)),
    ],
)
def test_schools_send_three_working_days_before_the_city_wants_it(duty: str, own: date, city: date) -> None:
    (found,) = PLAN.duties_of(duty)
    owed = owed_days(found, PLAN, CALENDAR, since=found.opens)
    assert (owed.own, owed.city) == (own, city)


def test_no_school_is_late_on_the_day_its_duty_begins() -> None:
    (found,) = PLAN.duties_of("PLAN-SCHOOL")
    assert owed_days(found, PLAN, CALENDAR, since=date(2024, 1, 29)).own == date(2024, 1, 30)
    assert owed_days(found, PLAN, CALENDAR, since=date(2024, 1, 31)).own == date(2024, 1, 31)


def test_reports_take_in_figures_to_the_end_of_the_month_before() -> None:
    cut_offs = {duty.item: cut_off(duty, PLAN) for duty in PLAN.duties}
    assert cut_offs["REP-6M-UNIT"] == date(2024, 4, 30)
    assert cut_offs["REP-12M-SCHOOL"] == date(2024, 10, 31)
    assert cut_offs["Q3-04"] is None


def test_schools_owe_through_education_what_other_units_owe_directly() -> None:
    for duty in PLAN.duties:
        through_education = "PGDDT" in PLAN.item(duty.item).via
        assert through_education == (duty.owed_by == ("school",)), duty.item
    assert {duty.item for duty in PLAN.duties if duty.definition == "registration"} == {"Q1-07b", "Q3-04"}


def test_every_duty_and_intake_is_reckoned_by_a_period() -> None:
    periods = {duty.item: duty.period for duty in PLAN.duties} | {c.id: c.period for c in PLAN.campaigns}
    assert periods["REP-6M-SCHOOL"] == "2024H1"
    assert periods["Q3-04"] == "2024-2025"
    assert periods["annual"] == "2023"
    assert periods["education"] == "2023-2024"
    assert all(str(Period.parse(text)) == text for text in periods.values())


def test_exceptional_proposals_are_taken_in_at_any_time() -> None:
    exceptional = PLAN.campaign("exceptional")
    assert (exceptional.kind, exceptional.opens, exceptional.closes) == ("DOT_XUAT", None, None)
    thematic = [c for c in PLAN.campaigns if c.kind == "PHONG_TRAO"]
    assert [Period.parse(c.period).first_day for c in thematic] == [c.opens for c in thematic]
    assert [Period.parse(c.period).last_day for c in thematic] == [c.closes for c in thematic]


def test_a_list_shows_each_dated_item_in_its_quarter() -> None:
    assert str(PLAN.quarter_of(PLAN.item("Q2-06"))) == "2024Q2"
    assert str(PLAN.quarter_of(PLAN.item("PLAN-UNIT"))) == "2024Q1"
    assert str(PLAN.quarter_of(PLAN.item("REP-12M-UNIT"))) == "2024Q4"
    assert PLAN.quarter_of(PLAN.item("I-01")) is None
    across = dataclasses.replace(
        PLAN.item("PLAN-UNIT"), window=Window(first=date(2024, 3, 15), last=date(2024, 4, 15))
    )
    assert str(PLAN.quarter_of(across)) == "2024Q2"


def test_a_plan_lives_in_a_case_as_canonical_text_and_comes_back_the_same() -> None:
    kept = json.loads(canonical(plan_document(PLAN)))
    assert plan_from_document(kept) == PLAN
    assert from_document(Plan, kept) == PLAN


def test_every_code_of_a_plan_has_a_word() -> None:
    fields = {
        f.name for kind in (Plan, PlanItem, Duty, Campaign, Parameters) for f in dataclasses.fields(kind)
    }
    codes: dict[str, tuple[str, ...]] = {
        "party": PARTIES,
        "item_kind": get_args(ItemKind),
        "serves": get_args(Serves),
        "recurrence": get_args(Recurrence),
        "document_type": tuple(item.document for item in PLAN.items if item.document),
        "plan_part": tuple(sorted(fields)),
    }
    for group, names in codes.items():
        assert all(label(group, name, lang) for name in names for lang in LANGS), group


def test_what_is_not_in_the_plan_is_not_found() -> None:
    for find in (PLAN.item, PLAN.campaign):
        with pytest.raises(KeyError):
            find("Q5-01")
    with pytest.raises(KeyError):
        shipped_plan(2023)
