"""Of two at once, one wins."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest
from memory_rows import NOON, a_case, a_command, an_entry, given_cases, given_person
from sqlalchemy.exc import IntegrityError

from db import case_around, cases, commands, history, series, sign_ins
from db.engine import Database, sent_together

T = TypeVar("T")


def at_once(many: int, act: Callable[[int], T]) -> list[T]:
    """The answers of `many` threads that began together."""
    ready = threading.Barrier(many)

    def begin(number: int) -> T:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(many) as threads:
        return list(threads.map(begin, range(many)))


def test_of_two_changes_made_on_one_version_one_wins(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(conn, a_case("c1"))

    def change(number: int) -> bool:
        with database.reading() as conn:
            seen = cases.load(conn, "C1")
        assert seen is not None
        both_have_read.wait()
        with database.transaction() as conn:
            return cases.update(conn, seen._replace(version=2, title=str(number)), seen=seen)

    both_have_read = threading.Barrier(2)
    won = at_once(2, change)
    with database.reading() as conn:
        now = cases.load(conn, "C1")
    assert sorted(won) == [False, True]
    assert now is not None
    assert (now.version, now.title) == (2, str(won.index(True)))


def test_a_locked_case_is_changed_by_one_at_a_time(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(conn, a_case("c1"))

    def step(_: int) -> None:
        for _turn in range(5):
            with database.transaction() as conn:
                locked = case_around.locked(conn, "C1")
                assert locked is not None
                case = locked[0]
                assert cases.update(conn, case._replace(version=case.version + 1), seen=case)

    at_once(4, step)
    with database.reading() as conn:
        case = cases.load(conn, "C1")
    assert case is not None
    assert case.version == 21


def test_no_decision_number_is_given_twice_or_left_out(database: Database) -> None:
    def take(_: int) -> list[int]:
        numbers = []
        for _turn in range(5):
            with database.transaction() as conn:
                numbers.append(series.next_number(conn, "decision", "city", 2024))
        return numbers

    taken = [number for numbers in at_once(8, take) for number in numbers]
    assert sorted(taken) == list(range(1, 41))


def test_a_number_whose_decision_failed_is_given_again(database: Database) -> None:
    def decide() -> None:
        with database.transaction() as conn:
            series.next_number(conn, "decision", "city", 2024)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        decide()
    with database.transaction() as conn:
        assert series.next_number(conn, "decision", "city", 2024) == 1
        assert series.next_number(conn, "decision", "city", 2025) == 1
        assert series.next_number(conn, "decision", "commune", 2024) == 1
        assert series.next_number(conn, "decision", "city", 2024) == 2


def test_one_key_sent_by_many_at_once_is_one_command(database: Database) -> None:
    def send(number: int) -> tuple[bool, str]:
        with database.transaction() as conn:
            first = commands.insert(conn, a_command("k1", request_id=str(number))) is not None
            found = commands.find(conn, "clerk", "k1")
            assert found is not None
            return first, found.request_id

    answers = at_once(4, send)
    [winner] = [request for first, request in answers if first]
    assert {request for _, request in answers} == {winner}


def test_the_same_key_of_another_account_is_another_command(database: Database) -> None:
    with database.transaction() as conn:
        assert commands.insert(conn, a_command("k1")) is not None
        assert commands.insert(conn, a_command("k1", account_id="head")) is not None
        assert commands.insert(conn, a_command("k1")) is None


def test_a_case_has_one_entry_of_each_number(database: Database) -> None:
    with database.transaction() as conn:
        history.append(conn, an_entry("c1", 1), b"salt", "{}")
    with pytest.raises(IntegrityError), database.transaction() as conn:
        history.append(conn, an_entry("c1", 1, id="other"), b"salt", "{}")


def test_every_failed_sign_in_counts_however_many_come_at_once(database: Database) -> None:
    with database.transaction() as conn:
        given_person(conn, "clerk")

    def fail(_: int) -> int:
        with database.transaction() as conn:
            return sign_ins.add_failure(conn, "clerk", now=NOON, window_from=NOON).failures

    assert sorted(at_once(6, fail)) == [1, 2, 3, 4, 5, 6]


def test_a_transaction_inside_a_transaction_is_refused_and_hurts_neither(database: Database) -> None:
    with database.transaction() as conn:
        commands.insert(conn, a_command("k1"))
        with pytest.raises(RuntimeError, match="already open"), database.transaction():
            raise AssertionError("the second transaction began")
    with database.transaction() as conn:
        assert commands.find(conn, "clerk", "k1") is not None


def test_what_fails_halfway_leaves_nothing(database: Database) -> None:
    def send() -> None:
        with database.transaction() as conn:
            commands.insert(conn, a_command("k1"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        send()
    with database.reading() as conn:
        assert commands.find(conn, "clerk", "k1") is None


def test_what_was_sent_together_is_there_for_the_next_question(database: Database) -> None:
    with database.transaction() as conn:
        with sent_together(conn):
            given_cases(conn, a_case("c1"))
            commands.finish(conn, "nobody", "no such key", "ok", "{}")
            locked = case_around.locked(conn, "C1")
            assert locked is not None
            seen = locked[0]
            assert not cases.update(conn, seen._replace(version=9), seen=seen._replace(version=8))
            assert cases.update(conn, seen._replace(version=2), seen=seen)
        assert cases.by_id(conn, "c1") == seen._replace(version=2)


def test_a_transaction_that_travels_whole_is_kept_or_undone_like_any_other(database: Database) -> None:
    def failing(wrong: str) -> None:
        with database.transaction(together=True) as conn:
            cases.insert(conn, a_case("c2"))
            if wrong == "by the program":
                raise LookupError
            cases.insert(conn, a_case("c2"))

    with database.transaction(together=True) as conn:
        given_cases(conn, a_case("c1"))
    for wrong, raised in (("by the program", LookupError), ("by the database", IntegrityError)):
        with pytest.raises(raised):
            failing(wrong)
        with database.reading() as conn:
            assert cases.ids(conn) == ["c1"]
    with database.transaction(together=True) as conn:
        cases.insert(conn, a_case("c2"))
    with database.reading() as conn:
        assert cases.ids(conn) == ["c1", "c2"]


def test_of_what_was_sent_together_nothing_stays_when_one_fails(database: Database) -> None:
    def twice() -> None:
        with database.transaction() as conn, sent_together(conn):
            given_cases(conn, a_case("c1"))
            cases.insert(conn, a_case("c1"))

    with pytest.raises(IntegrityError):
        twice()
    with database.transaction() as conn:
        assert cases.load(conn, "C1") is None
        given_cases(conn, a_case("c1"))
    with database.reading() as conn:
        assert cases.load(conn, "C1") is not None
