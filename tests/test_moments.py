"""No answer outlives a commit, whoever made it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest
from browsing import with_passwords
from builders import World, a_dossier
from hypothesis import HealthCheck, given, settings, strategies as st
from test_pages_dossier import Desk

from db import people, sign_ins
from db.engine import Database
from db.kept import Kept
from db.moments import remembered
from db.settings import get, put

MANY = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def elsewhere(database: Database) -> Iterator[Database]:
    """Another process's way into the same database."""
    other = Database(database.url)
    yield other
    other.close()


def turn(database: Database, kept: Kept[str]) -> tuple[str, str]:
    """What a reading is told of the turn, then what the database says in that same reading."""
    with database.reading() as conn:
        return remembered(conn, kept, "turn", lambda: get(conn, "turn") or ""), get(conn, "turn") or ""


def next_turn(database: Database, number: int, *, undone: bool = False) -> None:
    """Commit another turn, or give it up before the commit."""
    with database.transaction() as conn:
        put(conn, "turn", str(number))
        if undone:
            conn.rollback()


@MANY
@given(
    st.lists(st.sampled_from(["looks", "looks there", "commits", "commits there", "gives up"]), max_size=12)
)
def test_whoever_commits_what_is_told_is_what_stands_there(
    database: Database, elsewhere: Database, steps: list[str]
) -> None:
    kept: Kept[str] = Kept(3)
    for number, step in enumerate(steps):
        where = elsewhere if step.endswith("there") else database
        if step.startswith("looks before"):
            with elsewhere.transaction() as conn:
                put(conn, "turn", str(number))
                assert len(set(turn(database, kept))) == 1
        elif step.startswith("looks"):
            assert len(set(turn(where, kept))) == 1
        else:
            next_turn(where, number, undone=step == "gives up")


def answer(asked: list[str]) -> str:
    """Note that a question was asked."""
    asked.append("once")
    return "1"


def test_what_nobody_changed_is_not_asked_again(database: Database) -> None:
    kept: Kept[str] = Kept(3)
    asked: list[str] = []
    for _ in range(3):
        with database.reading() as conn:
            remembered(conn, kept, "turn", partial(answer, asked))
    assert asked == ["once"]


def test_a_transaction_that_writes_is_told_what_it_wrote(database: Database) -> None:
    kept: Kept[str] = Kept(3)
    with database.transaction() as conn:
        for number in ("1", "2"):
            put(conn, "turn", number)
            assert remembered(conn, kept, "turn", lambda: get(conn, "turn") or "") == number


def test_a_reading_that_began_before_a_commit_leaves_nothing_to_the_next(
    postgresql_database: Database,
) -> None:
    """On SQLite the commit waits for the reading."""
    kept: Kept[str] = Kept(3)
    with postgresql_database.reading() as conn:
        next_turn(postgresql_database, 1)
        assert remembered(conn, kept, "turn", lambda: get(conn, "turn") or "none yet") == "none yet"
    assert turn(postgresql_database, kept) == ("1", "1")


def test_the_inbox_shows_at_once_what_another_process_did(world: World, elsewhere: Database) -> None:
    ref, desk = a_dossier(with_passwords(world), "home_affairs_review"), Desk(world, "ngoc")
    for _ in range(2):
        assert "Tạm dừng" not in desk.see("/inbox")
    there = replace(world, engine=replace(world.engine, database=elsewhere))
    there.do("son", "hold", ref, cause="denunciation", document="12/TB-TTr")
    assert "Tạm dừng" in desk.see("/inbox")


def test_who_is_signed_out_or_closed_elsewhere_is_out_at_once(world: World, elsewhere: Database) -> None:
    with_passwords(world)
    desks = [Desk(world, "ngoc"), Desk(world, "son")]
    for desk in [*desks, *desks]:
        desk.see("/inbox")
    with elsewhere.transaction() as conn:
        sign_ins.end_all_sign_ins(conn, "ngoc", world.engine.now())
        people.disable(conn, "son", world.engine.now())
    for desk in desks:
        desk.see("/inbox", 303)
