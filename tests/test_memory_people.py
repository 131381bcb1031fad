"""Who may act for which unit on which day, and who is signed in."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from memory_rows import NOON, a_unit, given_person, given_units
from sqlalchemy.exc import IntegrityError

from db import grants, people, sign_ins, units, visitors
from db.engine import Database
from db.grants import Grant
from db.people import Person

DAY = date(2024, 5, 13)
LATER = NOON + timedelta(hours=1)
CLERK = visitors.Visitor("clerk", "clerk", "clerk", "Rơ Châm Thử", ())


def test_a_grant_holds_from_its_first_day_to_its_last(database: Database) -> None:
    with database.transaction() as conn:
        given_units(conn)
        given_person(conn, "clerk")
        grants.insert(
            conn,
            grant_id="g1",
            account_id="clerk",
            role="unit_clerk",
            unit="ward",
            valid_from=DAY,
            valid_to=DAY,
        )
        grants.insert(
            conn, grant_id="g2", account_id="clerk", role="chairman", unit="commune", valid_from=DAY
        )
    ward, commune = Grant("unit_clerk", "ward", "city"), Grant("chairman", "commune", "commune")
    with database.reading() as conn:
        assert grants.held_on(conn, "clerk", DAY - timedelta(days=1)) == []
        assert grants.held_on(conn, "clerk", DAY) == [commune, ward]
        assert grants.held_on(conn, "clerk", DAY + timedelta(days=1)) == [commune]
        assert grants.held_on(conn, "nobody", DAY) == []


def test_holders_are_persons_with_an_account_in_use_sorted_by_given_name(database: Database) -> None:
    names = {"p1": "Đỗ Văn Yên", "p2": "Yên Thị Đào", "p3": "Bùi Ẩn"}
    with database.transaction() as conn:
        given_units(conn)
        for person_id, name in names.items():
            given_person(conn, person_id, name)
            grants.insert(
                conn, grant_id=person_id, account_id=person_id, role="unit_head", unit="ward", valid_from=DAY
            )
        people.disable(conn, "p3", NOON)
        people.disable(conn, "p3", LATER)
    with database.reading() as conn:
        assert grants.holders(conn, "unit_head", "ward", DAY) == [
            Person("p2", "Yên Thị Đào"),
            Person("p1", "Đỗ Văn Yên"),
        ]
        assert grants.holders(conn, "unit_head", "school", DAY) == []
        closed = people.account_by_login(conn, "p3")
        assert closed is not None
        assert closed.disabled_at == NOON


def test_a_person_is_named_by_id_or_by_login(database: Database) -> None:
    with database.transaction() as conn:
        given_person(conn, "p1", "Siu Mẫu")
        people.insert_account(conn, people.Account("a2", "siu.mau", "p1", "old", None, NOON))
        people.set_password_hash(conn, "a2", "new")
    with database.reading() as conn:
        assert people.person_named_by(conn, "p1") == people.person_named_by(conn, "siu.mau")
        assert people.person_named_by(conn, "p1") == people.person(conn, "p1") == Person("p1", "Siu Mẫu")
        assert people.person_named_by(conn, "nobody") is None
        account = people.account_by_id(conn, "a2")
        assert account == people.Account("a2", "siu.mau", "p1", "new", None, NOON)


def test_a_login_belongs_to_one_account(database: Database) -> None:
    with database.transaction() as conn:
        given_person(conn, "p1")
    with pytest.raises(IntegrityError, match="login"), database.transaction() as conn:
        people.insert_account(conn, people.Account("a2", "p1", "p1", "hash", None, NOON))


def test_the_offices_of_a_body_are_found_by_their_kind(database: Database) -> None:
    with database.transaction() as conn:
        given_units(conn)
    with database.reading() as conn:
        known = units.around(conn, "ward")
        assert units.offices_of(known.values(), "city") == {"home_affairs_office": "office"}
        assert units.offices_of(known.values(), "ward") == {}
        assert units.unit(conn, "ward") == units.all_units(conn)["ward"] == a_unit("ward")
        assert units.unit(conn, "nowhere") is None


def test_who_is_at_the_door_holds_what_is_granted_for_that_day_once(database: Database) -> None:
    with database.transaction() as conn:
        given_units(conn)
        given_person(conn, "clerk")
        for grant_id in ("g1", "g2"):
            grants.insert(
                conn,
                grant_id=grant_id,
                account_id="clerk",
                role="unit_clerk",
                unit="ward",
                valid_from=DAY,
                valid_to=DAY,
            )
    with database.transaction() as conn:
        held = replace(CLERK, grants=(Grant("unit_clerk", "ward", "city"),))
        assert visitors.by_login(conn, "clerk", DAY) == held
        assert visitors.by_login(conn, "clerk", DAY + timedelta(days=1)) == CLERK
        assert visitors.by_login(conn, "nobody", DAY) is None
        people.disable(conn, "clerk", NOON)
        assert visitors.by_login(conn, "clerk", DAY) is None


def a_sign_in(name: str) -> sign_ins.SignIn:
    return sign_ins.SignIn(name, "clerk", "csrf", NOON, NOON, LATER, None, "Firefox")


def test_a_sign_in_lasts_until_it_expires_or_is_ended(database: Database) -> None:
    with database.transaction() as conn:
        given_person(conn, "clerk")
        for name in ("one", "two", "three"):
            sign_ins.insert_sign_in(conn, a_sign_in(name))
        assert visitors.by_browser(conn, "one", LATER, DAY) is None
        sign_ins.touch_sign_in(conn, "one", seen_at=LATER, expires_at=LATER + timedelta(hours=1))
        assert visitors.by_browser(conn, "one", LATER, DAY) is not None
        assert [kept.token_hash for kept in sign_ins.live_sign_ins_of(conn, "clerk", NOON)] == [
            "one",
            "three",
            "two",
        ]
        assert [kept.token_hash for kept in sign_ins.live_sign_ins_of(conn, "clerk", LATER)] == ["one"]
        sign_ins.end_sign_in(conn, "one", LATER)
        assert visitors.by_browser(conn, "one", NOON, DAY) is None
        sign_ins.end_all_sign_ins(conn, "clerk", LATER, except_hash="three")
        assert visitors.by_browser(conn, "two", NOON, DAY) is None
        assert visitors.by_browser(conn, "three", NOON, DAY) == visitors.Browser(
            CLERK, "csrf", NOON, NOON, LATER
        )
        assert sign_ins.live_sign_ins_of(conn, "clerk", NOON) == [a_sign_in("three")]
        sign_ins.end_all_sign_ins(conn, "clerk", LATER)
        assert visitors.by_browser(conn, "three", NOON, DAY) is None


def test_a_token_lasts_until_it_expires_or_is_revoked(database: Database) -> None:
    endless = sign_ins.Token("h1", "clerk", "lịch", NOON, None, None, None)
    short = replace(endless, hash="h2", created_at=LATER, expires_at=LATER)
    with database.transaction() as conn:
        given_person(conn, "clerk")
        sign_ins.insert_token(conn, endless)
        sign_ins.insert_token(conn, short)
        assert visitors.by_token(conn, "h2", NOON, DAY) == visitors.Program(CLERK, None)
        assert visitors.by_token(conn, "h2", LATER, DAY) is None
        sign_ins.touch_token(conn, "h1", LATER)
        assert visitors.by_token(conn, "h1", LATER, DAY) == visitors.Program(CLERK, LATER)
        sign_ins.revoke_token(conn, "h1", LATER)
        sign_ins.revoke_token(conn, "h1", LATER + timedelta(days=1))
        assert visitors.by_token(conn, "h1", LATER, DAY) is None
        assert sign_ins.tokens_of(conn, "clerk") == [replace(endless, used_at=LATER, revoked_at=LATER), short]


def test_failures_are_forgotten_after_their_window_or_when_cleared(database: Database) -> None:
    def fail(now: timedelta) -> int:
        with database.transaction() as conn:
            at = NOON + now
            return sign_ins.add_failure(
                conn, "clerk", now=at, window_from=at - timedelta(minutes=15)
            ).failures

    assert [fail(timedelta(minutes=minute)) for minute in (0, 5, 15, 16, 17)] == [1, 2, 3, 1, 2]
    with database.transaction() as conn:
        sign_ins.lock_until(conn, "clerk", LATER)
        assert sign_ins.lockout(conn, "clerk") == sign_ins.Lockout(
            "clerk", 2, NOON + timedelta(minutes=16), LATER
        )
        sign_ins.clear_lockout(conn, "clerk")
        assert sign_ins.lockout(conn, "clerk") is None
