"""A plan in the making is written as a file, read back, changed item by item."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings, strategies as st

from states.definition import Words
from states.year.next_plan import next_plan
from states.year.plan import Due, Plan
from states.year.plan_edit import with_item, without_item
from states.year.plan_faults import PlanError
from states.year.plan_file import parse_plan, plan_document, plan_from_document, shipped_plan
from states.year.plan_toml import written

PLAN = shipped_plan(2024)
ITEMS = [item.id for item in PLAN.items]
WORDING = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=40).filter(str.strip)


@pytest.mark.parametrize("plan", [PLAN, next_plan(PLAN)], ids=["2024", "2025"])
def test_a_plan_written_as_toml_is_read_back_the_same(plan: Plan) -> None:
    assert parse_plan(written(plan)) == plan


@settings(max_examples=40, deadline=None)
@given(WORDING, WORDING, st.dates(date(2024, 1, 2), date(2024, 12, 30)))
def test_any_wording_survives_the_file(vi: str, en: str, day: date) -> None:
    first = replace(PLAN.items[0], text=Words(vi, en), due=Due(by=day))
    plan = plan_from_document(plan_document(replace(PLAN, items=(first, *PLAN.items[1:]))))
    assert parse_plan(written(plan)) == plan


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(ITEMS))
def test_a_plan_without_one_of_its_items_is_still_a_plan(gone: str) -> None:
    left = plan_from_document(without_item(plan_document(PLAN), gone))
    assert [item.id for item in left.items] == [id_ for id_ in ITEMS if id_ != gone]
    assert not left.duties_of(gone)
    assert all(gone not in (*item.depends_on, item.follows) for item in left.items)


def test_a_changed_item_keeps_its_place_and_leaves_the_others_alone() -> None:
    document = plan_document(PLAN)
    item = next(one for one in document["items"] if one["id"] == "Q1-04")
    changed = plan_from_document(with_item(document, {**item, "quarter": 2}, place="Q1-04"))
    assert [one.id for one in changed.items] == ITEMS
    assert [one.id for one, old in zip(changed.items, PLAN.items, strict=True) if one != old] == ["Q1-04"]


def test_a_new_item_stands_last_in_its_section() -> None:
    item = {**plan_document(PLAN)["items"][8], "id": "Q1-99", "section": "II.Q1", "follows": ""}
    added = plan_from_document(with_item(plan_document(PLAN), item))
    names = [one.id for one in added.items if one.section == "II.Q1"]
    assert names[-1] == "Q1-99"
    assert len(added.items) == len(ITEMS) + 1


def test_a_second_item_of_the_same_code_is_a_fault_at_its_place() -> None:
    with pytest.raises(PlanError, match=r"items\.Q1-04"):
        plan_from_document(with_item(plan_document(PLAN), plan_document(PLAN)["items"][0] | {"id": "Q1-04"}))
