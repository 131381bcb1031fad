"""The minutes at the pages: written beside their figures, read as a Word file, sealed by the last signature."""

import hashlib
from pathlib import Path

import pytest
from builders import World
from builders_council import a_council, drafted, opened, ready, session, voted
from builders_pages import a_city, at_the_desk, words

from db import view_log
from db.engine import Database

REF = "PH-2024-0001"
HERE = f"/sessions/{REF}/minutes"


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    """The small city whose people can sign in, on each kind of database."""
    return a_city(database, tmp_path)


@pytest.fixture
def sqlite_world(sqlite_database: Database, tmp_path: Path) -> World:
    """The same on SQLite alone."""
    return a_city(sqlite_database, tmp_path)


@pytest.fixture
def dossier(world: World) -> str:
    """A dossier voted in a session that has closed: its first nomination passed, its second did not."""
    a_council(world)
    ref = ready(world, awards=("CSTDCS", "TTLDTT"))
    opened(world, ref, absent=["duc"])
    voted(world, REF, ref, against={world.ids(ref)[1]: 2})
    world.do("chau", "close_session", REF)
    return ref


def test_the_secretary_writes_beside_the_sheet_then_both_sign(world: World, dossier: str) -> None:
    secretary, chair = at_the_desk(world, "yen"), at_the_desk(world, "chau")
    assert f'href="{HERE}"' in secretary.read(f"/sessions/{REF}")
    assert "Biên bản nháp" in secretary.read(HERE)
    text = {"opening": "Chủ tịch khai mạc.", "proposals": "Tuyên dương điển hình."}
    assert secretary.send(HERE, REF, **text).status_code == 303
    page = secretary.read(HERE)
    assert page.count("Tuyên dương điển hình.") == 2
    assert 'id="proposals"' not in chair.read(HERE)
    assert (
        secretary.send(f"/sessions/{REF}/acts/sign_minutes", REF, back="minutes")
        .headers["location"]
        .endswith(HERE)
    )
    assert 'id="proposals"' not in secretary.read(HERE)
    assert "/acts/sign_minutes?back=minutes" in chair.read(HERE)
    chair.send(f"/sessions/{REF}/acts/sign_minutes", REF, back="minutes")
    sealed = chair.read(HERE)
    file = chair.browser.get(f"{HERE}.docx")
    assert hashlib.sha256(file.content).hexdigest() == session(world, REF).sha256
    assert session(world, REF).sha256 in sealed
    assert "đúng từng byte với bản đã ký" in sealed
    assert "Biên bản nháp" not in sealed
    refused = secretary.send(HERE, REF, **text)
    assert refused.status_code == 409
    assert (
        hashlib.sha256(secretary.browser.get(f"{HERE}.docx").content).digest()
        == hashlib.sha256(file.content).digest()
    )


def test_the_chair_sends_the_minutes_back_to_be_written_again(sqlite_world: World) -> None:
    world = sqlite_world
    a_council(world)
    ref = ready(world)
    opened(world, ref)
    voted(world, REF, ref)
    world.do("chau", "close_session", REF)
    secretary, chair = at_the_desk(world, "yen"), at_the_desk(world, "chau")
    secretary.send(HERE, REF, opening="Khai mạc.")
    secretary.send(f"/sessions/{REF}/acts/sign_minutes", REF)
    said = {"reason": "Thiếu kiến nghị", "back": "minutes"}
    assert chair.send(f"/sessions/{REF}/acts/send_back_minutes", REF, **said).status_code == 303
    assert 'id="proposals"' in secretary.read(HERE)
    too_long = secretary.send(HERE, REF, opening="a" * 5001)
    assert too_long.status_code == 422
    assert 'aria-describedby="opening-error' in words(too_long)


def test_taking_the_minutes_away_is_noted(world: World, dossier: str) -> None:
    member = at_the_desk(world, "quang")
    assert member.browser.get(f"{HERE}.docx").headers["Content-Disposition"].endswith('-bien-ban.docx"')
    with world.engine.database.reading() as conn:
        looks = view_log.listed(conn, frozenset({"LK"}), ref=REF, limit=9)
    assert [(look.what, look.about) for look, _ in looks] == [("export", "minutes.docx")]


def test_the_excerpt_of_a_dossier_counts_each_nomination_for_itself(world: World, dossier: str) -> None:
    officer = at_the_desk(world, "son")
    assert "Trích biên bản" in officer.read(f"/dossiers/{dossier}")
    page = officer.read(f"/dossiers/{dossier}/official/result")
    assert "TRÍCH BIÊN BẢN" in page
    assert REF in page
    assert "8 trên 9 thành viên được tính là 88,9%, cần 7 (bảy) phiếu: đạt." in page
    assert "6 trên 9 thành viên được tính là 66,7%, cần 7 (bảy) phiếu: không đạt." in page


def test_minutes_are_for_who_may_read_the_session_once_it_sat(sqlite_world: World) -> None:
    world = sqlite_world
    a_council(world)
    ref = ready(world)
    drafted(world, ref)
    secretary = at_the_desk(world, "yen")
    secretary.read(HERE, status=404)
    assert HERE not in secretary.read(f"/sessions/{REF}")
    at_the_desk(world, "lan").read(f"{HERE}.docx", status=404)


def test_an_english_reader_of_minutes_is_told_that_the_vietnamese_text_counts(
    world: World, dossier: str
) -> None:
    answer = at_the_desk(world, "yen").browser.get(HERE, headers={"Accept-Language": "en"})
    assert "Draft minutes" in words(answer)
    assert "Official papers exist in Vietnamese only" in words(answer)
    assert "BIÊN BẢN" in words(answer)
