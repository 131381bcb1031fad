"""The demo of the five wards is a season under regime B, with what the former city left behind."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import sqlalchemy as sa
from builders_demo import City, a_filled

from db import cases
from db.engine import Database
from db.schema import METADATA
from states.award_shapes import UNIT_KINDS
from states.calendar.working_days import vietnam
from states.definition import in_force
from states.labels import words
from states.roles import UNIT_ROLES
from workflow.auditing.verification import verify
from workflow.demo.filling import WARDS, filled
from workflow.demo.nominees import nominees
from workflow.demo.story import stories
from workflow.demo.world import demo_world
from workflow.demo.year import plans_of
from workflow.engine import ZONE
from workflow.loading import facts_in
from workflow.people.identity import viewer_of
from workflow.year.occurrences import plan_in
from workflow.year.plan_state import item_states
from workflow.year.plan_year import plan_year

pytest_plugins = ["demo_fixtures"]

CASES, HISTORY, NOMINATION = (METADATA.tables[name] for name in ("cases", "history", "nomination"))
WORLD = demo_world(2025)
NAMES = {"Long Khánh", "Bình Lộc", "Bảo Vinh", "Xuân Lập", "Hàng Gòn"}
FORMER = "LK"
ROLES_OF_A = {"education_officer", "education_head", "home_affairs_officer", "home_affairs_head"}


def test_five_wards_are_bodies_of_their_own_from_the_first_of_july() -> None:
    bodies = [unit for unit in WORLD.units if unit.kind == "ward" and unit.id == unit.body]
    assert {unit.short_vi for unit in bodies} == {f"Phường {name}" for name in NAMES}
    assert {unit.valid_from.isoformat() for unit in bodies} == {"2025-07-01"}
    for body in bodies:
        kinds = Counter(unit.kind for unit in WORLD.units if unit.body == body.id)
        assert (kinds["culture_social_office"], kinds["council"]) == (1, 1)
        assert kinds["school"] >= 3
        assert kinds["office"] >= 2
        assert set(kinds) <= set(UNIT_KINDS)


def test_the_former_city_ended_the_day_before() -> None:
    former = [unit for unit in WORLD.units if unit.body == FORMER]
    assert {str(unit.valid_to) for unit in former} == {"2025-06-30"}
    assert all(unit.valid_to is None for unit in WORLD.units if unit.body != FORMER)


def test_every_ward_has_somebody_for_every_role_of_regime_b() -> None:
    bodies = {unit.id: unit.body for unit in WORLD.units}
    held: dict[str, set[str]] = defaultdict(set)
    for account in WORLD.accounts:
        for role, unit in account.grants:
            held[bodies[unit]].add(role)
    roles = words()["role"].keys() - ROLES_OF_A - {"clock", "session", "administrator"}
    wards = {unit.id for unit in WORLD.units if unit.kind == "ward" and unit.id == unit.body}
    assert len(wards) == 5
    assert all(roles <= held[ward] for ward in wards)
    assert len(WORLD.accounts) >= 80


def test_nobody_of_a_ward_holds_a_role_in_another() -> None:
    bodies = {unit.id: unit.body for unit in WORLD.units}
    for account in WORLD.accounts:
        assert len({bodies[unit] for _, unit in account.grants}) == 1


def test_the_people_of_the_wards_are_all_different() -> None:
    staff = {account.person: account.name for account in WORLD.accounts}
    names = [*staff.values(), *(person.name for people in WORLD.people.values() for person in people)]
    assert len(set(names)) == len(names)
    assert len({account.login for account in WORLD.accounts}) == len(WORLD.accounts)


def test_the_season_has_dossiers_at_every_station_of_regime_b(wards: City) -> None:
    stations = Counter(
        station
        for (station,) in wards.rows(
            sa.select(CASES.c.station).where(CASES.c.body != FORMER, CASES.c.kind == "dossier")
        )
    )
    everywhere = in_force(wards.engine.definitions, key="dossier", day=WARDS.morning.date()).stations.keys()
    assert stations.keys() == everywhere - {"lapsed"}
    assert stations.total() >= 30


def test_what_was_submitted_on_the_thirtieth_of_june_goes_on_under_regime_a(wards: City) -> None:
    told = wards.rows(
        sa.select(CASES.c.unit, CASES.c.station, CASES.c.definition).where(CASES.c.body == FORMER)
    )
    assert sorted(told) == [
        ("LK-P-XUAN-AN", "awarded", "dossier@A.1"),
        ("LK-TH-XUAN-AN", "withdrawn", "dossier@B.1"),
        ("LK-THCS-XUAN-TAN", "awaiting_council", "dossier@A.1"),
    ]


def test_every_ward_numbers_its_decisions_from_one(wards: City) -> None:
    found = wards.rows(
        sa.select(CASES.c.body, NOMINATION.c.decision_no)
        .join(NOMINATION, NOMINATION.c.case_id == CASES.c.id)
        .where(NOMINATION.c.decision_no.is_not(None))
    )
    numbers: dict[str, set[int]] = defaultdict(set)
    for body, written in found:
        if re.fullmatch(r"[0-9]{2}/QĐ-UBND", written):
            numbers[body].add(int(written[:2]))
    assert len(numbers) == 6
    assert all(given == set(range(1, len(given) + 1)) for given in numbers.values())


def test_the_history_of_the_wards_verifies(wards: City) -> None:
    found = verify(wards.engine)
    assert found.ok, found.first_bad
    told = Counter(kind for (kind,) in wards.rows(sa.select(CASES.c.kind)))
    assert (found.cases, told["dossier"], told["plan"]) == (told.total(), len(stories(2025)), len(NAMES))


def test_the_same_wards_have_the_same_hashes_on_both_databases(
    wards: City, postgresql_database: Database, tmp_path: Path
) -> None:
    other = a_filled(postgresql_database, tmp_path / "blobs", WARDS)
    ends = sa.select(CASES.c.ref, CASES.c.version, CASES.c.head_hash).order_by(CASES.c.ref)
    assert other.rows(ends) == wards.rows(ends)
    assert verify(other.engine).ok


def test_every_ward_lives_by_a_plan_of_its_own(wards: City) -> None:
    with wards.engine.database.reading() as conn:
        plans = cases.plans_in_effect(conn)
        found = {one.body: plan_in(one)[0] for one in plans}
    bodies = {unit.id: unit.name_vi for unit in WORLD.units if unit.kind == "ward" and unit.id == unit.body}
    assert {body: plan.issuer.vi for body, plan in found.items()} == bodies
    assert len({plan.number for plan in found.values()}) == len(NAMES)
    assert {plan.issued for plan in found.values()} == {plan.on for plan in plans_of(2025)}


@pytest.mark.parametrize("ward", ["PLK", "PBL", "PBV", "PXL", "PHG"])
def test_the_chairman_of_a_ward_sees_its_units_and_what_they_owe(wards: City, ward: str) -> None:
    (login,) = (a.login for a in WORLD.accounts if ("chairman", ward) in a.grants)
    chairman = viewer_of(wards.engine, login)
    assert chairman is not None
    with wards.engine.database.reading() as conn:
        year = plan_year(wards.engine, conn, chairman.actor)
        assert year is not None
        states = Counter(one.state for one in item_states(wards.engine, conn, chairman.actor, year))
    assert {unit.kind for unit in year.units.values()} == {"office", "school"}
    assert {unit.body for unit in year.units.values()} == {ward}
    assert (states["open"] > 0, states["planned"]) == (True, 5)
    owed = wards.rows(
        sa.select(CASES.c.kind).where(CASES.c.body == ward, CASES.c.kind.in_(("report", "registration")))
    )
    assert Counter(kind for (kind,) in owed) == {"report": 6, "registration": 3}


def test_a_plan_nobody_sent_has_climbed_to_the_chairman_of_its_ward(wards: City) -> None:
    late = wards.rows(
        sa.select(CASES.c.unit, CASES.c.ref).where(CASES.c.kind == "report", CASES.c.station == "due")
    )
    assert sorted(unit for unit, _ in late) == ["PBL-HCC", "PXL-THCS-BAU-SEN"]
    with wards.engine.database.reading() as conn:
        told = [facts_in(record).opened_to for _, ref in late if (record := cases.load(conn, ref))]
    assert all({"council_vice_chair", "chairman"} <= set(roles) for roles in told)


def test_the_council_of_a_ward_held_one_session_and_is_called_to_another(wards: City) -> None:
    held = wards.rows(
        sa.select(CASES.c.body, CASES.c.kind, CASES.c.station).where(CASES.c.kind.in_(("council", "session")))
    )
    assert sorted(held) == [
        ("PXL", "council", "seated"),
        ("PXL", "session", "convened"),
        ("PXL", "session", "minutes_signed"),
    ]


def test_the_demo_of_the_wards_opens_on_the_eighth_of_september(wards: City) -> None:
    assert filled(wards.engine) is WARDS
    assert wards.engine.today() == WARDS.morning.date()
    assert {login.password for login in wards.logins} == {WARDS.password}


def test_the_people_of_the_wards_act_on_working_days_of_their_story() -> None:
    for story in stories(2025):
        moments = [step.at.astimezone(ZONE) for step in story.steps]
        assert moments == sorted(moments), story.title
        assert all(vietnam().is_working(moment.date()) for moment in moments), story.title
        assert moments[-1] < WARDS.morning
        starts = min(moments).date()
        unit = WORLD.unit(story.unit)
        assert unit.valid_from <= starts
        assert unit.valid_to is None or starts <= unit.valid_to


def test_nobody_is_proposed_twice_in_the_wards() -> None:
    rows = [row for story in stories(2025) for row in nominees(2025)[story.number]]
    names = Counter(row["subject"]["name"] for row in rows if row["subject"]["type"] == "individual")
    assert max(names.values()) == 1
    assert all("{" not in row["achievement"] for row in rows)


def test_only_units_propose_in_the_wards() -> None:
    clerks = {unit for a in WORLD.accounts for role, unit in a.grants if role in UNIT_ROLES}
    assert all(WORLD.unit(unit).kind in {"school", "office", "ward"} for unit in clerks)
    assert not clerks & {unit.body for unit in WORLD.units}
