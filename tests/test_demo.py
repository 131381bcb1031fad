"""The demo is a whole year that keeps every promise of the real thing."""

import io
import itertools
import json
import os
import re
import stat
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from builders_demo import CHEAP, REAL, REAL_NOW, TODAY, City, a_filled

from db.blobs import BlobStore
from db.engine import Database
from db.schema import METADATA
from db.text import nfc
from states.calendar.working_days import vietnam
from states.deadlines import add_working_days
from states.definition import in_force
from states.labels import words
from states.roles import Role
from workflow.auditing.verification import verify
from workflow.demo.filling import CITY, NotEmpty, fill, filled, write_accounts
from workflow.demo.nominees import nominees
from workflow.demo.papers import pdf
from workflow.demo.people import Cast, settle
from workflow.demo.player import Player, StoryBroken
from workflow.demo.story import in_order, stories
from workflow.engine import ZONE, Engine
from workflow.people.identity import who_by_token

CASES, COMMANDS, HISTORY = (METADATA.tables[name] for name in ("cases", "command", "history"))
pytest_plugins = ["demo_fixtures"]
PARTED = 1
"""Dossiers nobody drew up: the council set a part of another one aside."""


def heads(city: City) -> list[tuple[Any, ...]]:
    """Every case with the hash its history ends in."""
    return city.rows(sa.select(CASES.c.ref, CASES.c.version, CASES.c.head_hash).order_by(CASES.c.ref))


def test_sixty_accounts_hold_every_role_of_the_city(city: City) -> None:
    held = {role for login in city.logins for role, _ in login.roles}
    assert len(city.logins) >= 60
    assert held == words()["role"].keys() - {
        "culture_social_officer",
        "culture_social_head",
        "clock",
        "session",
    }


def test_sixty_dossiers_with_three_hundred_nominations_wait_or_ended_everywhere(city: City) -> None:
    of_dossiers = sa.select(CASES.c.station).where(CASES.c.kind == "dossier")
    stations = Counter(station for (station,) in city.rows(of_dossiers))
    everywhere = in_force(city.engine.definitions, key="dossier", day=TODAY).stations.keys()
    sizes = Counter(case for (case,) in city.rows(sa.select(METADATA.tables["nomination"].c.case_id)))
    assert stations.keys() == everywhere - {"start", "lapsed"}
    assert stations.total() == len(stories(CITY.year)) + PARTED >= 60
    assert sizes.total() >= 300
    assert max(sizes.values()) <= 40
    assert stations["awaiting_council"] >= 5
    assert stations["submitted_to_province"] >= 4


def test_the_history_of_the_demo_verifies_row_by_row(city: City) -> None:
    found = verify(city.engine)
    assert found.ok, found.first_bad
    assert found.cases > len(stories(CITY.year))
    assert found.entries == len(city.rows(sa.select(HISTORY.c.act)))


def test_the_same_demo_has_the_same_hashes_on_both_databases(
    city: City, postgresql_database: Database, tmp_path: Path
) -> None:
    other = a_filled(postgresql_database, tmp_path / "blobs")
    assert heads(other) == heads(city)
    assert verify(other.engine).ok


def test_every_act_of_the_process_was_performed_but_the_clocks_own(city: City) -> None:
    of_dossiers = sa.select(HISTORY.c.act).where(HISTORY.c.case_kind == "dossier")
    performed = {act for (act,) in city.rows(of_dossiers)}
    steps = in_force(city.engine.definitions, key="dossier", day=TODAY).steps
    assert performed == {step.act for step in steps} - {"lapse", "recount"}


def test_refusals_with_a_lost_race_left_their_commands(city: City) -> None:
    answers = city.rows(sa.select(COMMANDS.c.outcome, COMMANDS.c.answer))
    refused = [json.loads(answer) for outcome, answer in answers if outcome == "refused"]
    codes = {reason["code"] for answer in refused for reason in answer["reasons"]}
    assert codes >= {"missing_paper", "not_all_judged", "on_hold", "own_nomination", "mixed_routes"}
    assert len(refused) == sum(step.ending == "refused" for step, _ in in_order(CITY.year))
    assert sum(outcome == "conflict" for outcome, _ in answers) == 1


def test_work_is_overdue_due_today_due_soon_or_far_from_due(city: City) -> None:
    dues = [due for (due,) in city.rows(sa.select(CASES.c.due_on).where(CASES.c.due_on.is_not(None)))]
    soon = add_working_days(TODAY, 3, vietnam())
    groups = Counter(
        "overdue" if due < TODAY else "today" if due == TODAY else "soon" if due <= soon else "later"
        for due in dues
    )
    assert min(groups[name] for name in ("overdue", "today", "soon", "later")) >= 4


def test_the_decisions_of_the_year_are_numbered_without_a_gap(city: City) -> None:
    written = city.rows(sa.select(METADATA.tables["nomination"].c.decision_no).distinct())
    ours = sorted(number for (number,) in written if number and re.fullmatch(r"[0-9]{2}/.*", number))
    assert ours == [f"{number:02d}/QĐ-UBND" for number in range(1, len(ours) + 1)]
    assert len(ours) >= 12


def test_the_demo_opens_in_the_morning_of_the_thirteenth_of_may(city: City) -> None:
    assert city.engine.now() == CITY.morning
    assert city.engine.source is REAL


def test_a_second_start_finds_the_demo_with_its_clock(city: City) -> None:
    again = Engine(city.engine.database, city.engine.blobs, REAL).open()
    assert filled(again) is CITY
    assert again.now() == CITY.morning
    with pytest.raises(NotEmpty):
        fill(again, hasher=CHEAP, report=city.told.append)


def test_an_empty_database_is_not_a_filled_demo(sqlite_database: Database, tmp_path: Path) -> None:
    assert not filled(Engine(sqlite_database, BlobStore(tmp_path), REAL).open())


def test_the_accounts_file_opens_every_door_to_its_owner_alone(city: City, tmp_path: Path) -> None:
    path = tmp_path / "demo-accounts.json"
    path.write_text("from an earlier start")
    path.chmod(0o644)
    write_accounts(path, city.logins)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert [row["login"] for row in found] == [login.login for login in city.logins]
    assert {tuple(row) for row in found} == {("login", "password", "token", "name", "roles")}
    assert found[0]["roles"][0] == {"role": "chairman", "unit": "LK"}
    assert {row["password"] for row in found} == {CITY.password}
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    viewer = who_by_token(city.engine, found[0]["token"], clock=lambda: REAL_NOW)
    assert viewer is not None
    assert (viewer.login, viewer.roles) == ("chutich", frozenset({"chairman", "council_chair"}))


def test_every_account_takes_the_demo_password(city: City) -> None:
    stored = {kept for (kept,) in city.rows(sa.select(METADATA.tables["account"].c.password_hash))}
    assert len(stored) == 1
    assert CHEAP.match(CITY.password, stored.pop())


def test_two_accounts_of_one_human_being_are_one_person(city: City) -> None:
    account = METADATA.tables["account"]
    wanted = account.c.login.in_(("uyvien7", "hieutruong.thcssuoitre"))
    assert len(set(city.rows(sa.select(account.c.person_id).where(wanted)))) == 1


def test_filling_tells_how_far_it_is_in_both_languages(city: City) -> None:
    total = len(stories(CITY.year))
    assert city.told[-1] == f"Đang lập hồ sơ {total}/{total} … / Preparing dossiers {total}/{total} …"
    assert all(" / " in line for line in city.told)


def test_people_act_on_working_days_in_office_hours_one_act_after_the_other() -> None:
    for story in stories(CITY.year):
        moments = [step.at.astimezone(ZONE) for step in story.steps]
        assert all(before < after for before, after in itertools.pairwise(moments)), story.title
        assert all(vietnam().is_working(moment.date()) for moment in moments), story.title
        assert all(8 <= moment.hour < 17 for moment in moments), story.title
        assert moments[-1] < CITY.morning


def test_nobody_is_proposed_by_two_units_nor_without_an_achievement() -> None:
    proposed = [(story, row) for story in stories(CITY.year) for row in nominees(CITY.year)[story.number]]
    names = Counter(row["subject"]["name"] for _, row in proposed if row["subject"]["type"] == "individual")
    assert max(names.values()) == 1
    assert all(row["achievement"].count(".") >= 2 and "{" not in row["achievement"] for _, row in proposed)
    assert all(row["achievement"] == nfc(row["achievement"]) for _, row in proposed)


@pytest.mark.parametrize("ending", ["refused", "late"])
def test_a_story_that_ends_otherwise_than_written_stops_the_filling(
    ending: str, sqlite_database: Database, tmp_path: Path
) -> None:
    engine = Engine(sqlite_database, BlobStore(tmp_path), REAL).open()
    settle(engine, password=CITY.password, password_hash="", report=list[str]().append, year=CITY.year)
    step, story = in_order(CITY.year)[0]
    with pytest.raises(StoryBroken):
        Player(engine, Cast(engine)).play(replace(step, ending=ending), story)


def test_a_paper_of_the_demo_is_a_pdf_whose_table_finds_its_objects() -> None:
    body = pdf("Tờ trình (Long Khánh) 2024")
    table = int(body.rpartition(b"startxref\n")[2].split()[0])
    assert body.startswith(b"%PDF-1.4")
    assert b"(TO TRINH LONG KHANH 2024)" in body
    assert len(body) < 1024
    _, size, *entries = io.BytesIO(body[table:]).readlines()
    count = int(size.split()[1])
    places = [int(line.split()[0]) for line in entries[1:count]]
    assert [body[place:].split(b"\n")[0] for place in places] == [b"%d 0 obj" % n for n in range(1, count)]


def test_the_demos_duties_are_in_every_state_a_duty_can_be_in(city: City) -> None:
    of_reports = sa.select(CASES.c.station).where(CASES.c.kind == "report")
    stations = {station for (station,) in city.rows(of_reports)}
    assert stations == in_force(city.engine.definitions, key="report", day=TODAY).stations.keys()


def test_the_unit_that_sent_no_plan_since_january_is_known_to_the_chairman(city: City) -> None:
    silent = sa.select(CASES.c.unit, CASES.c.seen_by).where(
        CASES.c.category == "PLAN-UNIT", CASES.c.station == "due"
    )
    (unit, seen_by), *others = city.rows(silent)
    assert (unit, others) == ("LK-P-BAU-SEN", [])
    assert seen_by & Role.chairman.bit


def test_every_item_of_the_first_quarter_ended_one_of_them_late(city: City) -> None:
    of_items = sa.select(CASES.c.station, CASES.c.facts).where(
        CASES.c.kind == "plan_item", CASES.c.period == "2024Q1"
    )
    rows = city.rows(of_items)
    assert {station for station, _ in rows} == {"done", "none_arose"}
    assert [json.loads(facts).get("late", 0) > 0 for _, facts in rows].count(True) == 1
