"""The demo's city is complete enough to walk every way of the process."""

import unicodedata
from collections import Counter

from states.award_shapes import UNIT_KINDS
from states.labels import words
from workflow.demo.world import demo_world

WORLD = demo_world(2024)
WARDS = (
    "Bàu Sen, Bảo Vinh, Phú Bình, Suối Tre, Xuân An, Xuân Bình, "
    "Xuân Hòa, Xuân Lập, Xuân Tân, Xuân Thanh, Xuân Trung"
)
COMMUNES = "Bảo Quang, Bàu Trâm, Bình Lộc, Hàng Gòn"


def test_the_city_has_its_eleven_wards_and_four_communes() -> None:
    assert {u.short_vi for u in WORLD.units if u.kind == "ward"} == {f"Phường {n}" for n in WARDS.split(", ")}
    assert {u.short_vi for u in WORLD.units if u.kind == "commune"} == {
        f"Xã {n}" for n in COMMUNES.split(", ")
    }
    kinds = Counter(unit.kind for unit in WORLD.units)
    assert set(kinds) <= set(UNIT_KINDS)
    assert [kinds[k] for k in ("city", "home_affairs_office", "education_office", "council")] == [1, 1, 1, 1]
    assert kinds["office"] >= 8
    assert kinds["school"] >= 12


def test_units_and_logins_are_named_once() -> None:
    assert max(Counter(unit.id for unit in WORLD.units).values()) == 1
    assert max(Counter(account.login for account in WORLD.accounts).values()) == 1


def test_every_role_of_the_city_is_held_in_a_unit_that_exists() -> None:
    units = {unit.id for unit in WORLD.units}
    held = {role for account in WORLD.accounts for role, _ in account.grants}
    assert {unit for account in WORLD.accounts for _, unit in account.grants} <= units
    assert held == words()["role"].keys() - {
        "culture_social_officer",
        "culture_social_head",
        "clock",
        "session",
    }


def test_every_proposing_unit_has_a_clerk_beside_its_head() -> None:
    posts = {(unit, role) for account in WORLD.accounts for role, unit in account.grants}
    proposing = [unit.id for unit in WORLD.units if unit.kind in {"office", "ward", "commune", "school"}]
    assert all({(unit, "unit_clerk"), (unit, "unit_head")} <= posts for unit in proposing)


def test_one_person_signs_in_with_two_accounts_and_one_account_chairs_twice() -> None:
    shared = Counter(account.person for account in WORLD.accounts)
    assert [person for person, count in shared.items() if count > 1] == ["hieutruong.thcssuoitre"]
    assert (
        len({account.name for account in WORLD.accounts if account.person == "hieutruong.thcssuoitre"}) == 1
    )
    assert [len(account.grants) for account in WORLD.accounts if account.login == "chutich"] == [2]


def test_the_people_of_the_demo_are_all_different() -> None:
    nominees = [person.name for people in WORLD.people.values() for person in people]
    staff = {account.person: account.name for account in WORLD.accounts}
    names = [*nominees, *staff.values()]
    assert len(nominees) >= 330
    assert len(set(names)) == len(names)
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
