"""The plan of the wards is what is left of the city's, a year on, with the parties of two-tier government."""

import pytest

from states.calendar.working_days import vietnam
from states.year.next_plan import next_plan
from states.year.occurrences import Member, occurrences
from states.year.plan import Plan, PlanItem
from states.year.plan_days import owed_days
from states.year.plan_file import parse_plan, shipped_plan
from states.year.plan_toml import written
from workflow.demo.year import plans_of

CITY, WARDS = next_plan(shipped_plan(2024)), shipped_plan(2025)
BECAME = {
    "UBND_TP": "UBND_XA",
    "CT_UBND_TP": "CT_UBND_XA",
    "PNV": "VHXH",
    "HDTDKT_TP": "HDTDKT_XA",
    "MTTQ": "MTTQ_XA",
}
GONE = {"PGDDT", "WARDS"}
CITYS = ("thành phố", "Phòng Nội vụ", "Phòng GD-ĐT")
OVER = ("Q1-", "Q2-", "REP-6M-")


def party_of(items: tuple[str, ...]) -> set[str]:
    """Who stands there under two-tier government."""
    return {BECAME.get(party, party) for party in items if party not in GONE}


@pytest.mark.parametrize("item", WARDS.items, ids=lambda item: item.id)
def test_an_item_of_the_wards_is_the_citys_a_year_on(item: PlanItem) -> None:
    city = CITY.item(item.id)
    same = (
        "section",
        "kind",
        "serves",
        "recurrence",
        "quarter",
        "if_any",
        "draft",
        "document",
        "award_kinds",
    )
    assert {name: getattr(item, name) for name in same} == {name: getattr(city, name) for name in same}
    assert set(item.actor) == party_of(city.actor)
    assert set(item.recipient) == party_of(city.recipient)
    assert item.confidence == ("med" if city.regime_b else "low")
    assert [word for word in CITYS if word in item.text.vi] == []


def test_only_what_was_over_before_the_wards_began_is_left_out() -> None:
    left = {item.id for item in CITY.items} - {item.id for item in WARDS.items}
    assert left == {item.id for item in CITY.items if item.id.startswith(OVER)}
    assert {duty.item for duty in CITY.duties} - {duty.item for duty in WARDS.duties} == {
        "REP-6M-UNIT",
        "REP-6M-SCHOOL",
        "Q1-07b",
    }


def test_schools_of_a_ward_have_no_earlier_day_than_its_offices() -> None:
    days = {
        duty.item: owed_days(duty, WARDS, vietnam(), since=duty.opens)
        for duty in WARDS.duties
        if duty.item.startswith(("PLAN-", "REP-12M-"))
    }
    assert {(str(one.own), str(one.city)) for name, one in days.items() if "PLAN" in name} == {
        ("2025-07-31", "2025-07-31")
    }
    assert {(str(one.own), str(one.city)) for name, one in days.items() if "REP" in name} == {
        ("2025-11-14", "2025-11-14")
    }


def test_a_ward_brings_nothing_twice_and_nothing_before_its_plan() -> None:
    for issued in plans_of(2025):
        units = [
            Member(id=f"{kind}{n}", kind=kind, valid_from=issued.on)
            for kind in ("office", "school")
            for n in (1, 2)
        ]
        found = occurrences(issued.plan, effective=issued.on, units=units, calendar=vietnam())
        assert len({(one.schedule, one.period) for one in found}) == len(found)
        assert min(one.nominal for one in found) == issued.on


def test_the_plan_of_a_ward_is_written_as_it_is_read() -> None:
    plan: Plan = plans_of(2025)[0].plan
    assert parse_plan(written(plan)) == plan
    assert (plan.number, plan.issuer.vi) == ("12/KH-UBND", "Ủy ban nhân dân phường Long Khánh")
