"""Which cases a viewer finds, in which order."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st
from memory_rows import NOON, a_case, an_entry, given_cases

from db import case_around, case_lists, cases, history, stations
from db.case_lists import Holders
from db.cases import Scope
from db.completions import Concern
from db.engine import Connection, Database
from db.queue_lengths import QueueLengths, queue_lengths

EVERYTHING = Scope(bodies={"city": 1, "commune": 1})
OFFICE = 0b01
COUNCIL = 0b10


def lengths(conn: Connection, scope: Scope, holders: Holders, *, soon: date) -> QueueLengths:
    """The clerk's queues on 13 May 2024."""
    return queue_lengths(conn, scope, holders, Concern(), "clerk", today=date(2024, 5, 13), soon=soon)


def ids(records: list[cases.CaseRecord]) -> list[str]:
    return [record.id for record in records]


def test_a_case_comes_back_as_it_was_kept(database: Database) -> None:
    kept = a_case("c1", due_on=date(2024, 5, 20), holder_role=None, holder_unit=None, final=True)
    with database.transaction() as conn:
        given_cases(conn, kept)
        locked = case_around.locked(conn, "C1")
        assert locked is not None
        assert locked[0] == kept
    with database.reading() as conn:
        assert cases.load(conn, "C1") == cases.by_id(conn, "c1") == kept
        assert cases.load(conn, "C2") is None


def test_a_unit_sees_its_own_cases_and_no_other(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(conn, a_case("mine"), a_case("theirs", unit="school", seen_by=OFFICE | COUNCIL))
    with database.reading() as conn:
        assert ids(case_lists.listed(conn, Scope(units=frozenset({"ward"})), limit=9)) == ["mine"]


def test_an_office_sees_what_reached_it_under_its_own_body_only(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(
            conn,
            a_case("never_reached"),
            a_case("reached", seen_by=OFFICE),
            a_case("council_only", seen_by=COUNCIL),
            a_case("elsewhere", unit="commune", body="commune", seen_by=OFFICE),
        )
    with database.reading() as conn:
        assert ids(case_lists.listed(conn, Scope(bodies={"city": OFFICE}), limit=9)) == ["reached"]
        both = Scope(units=frozenset({"ward"}), bodies={"commune": OFFICE})
        assert set(ids(case_lists.listed(conn, both, limit=9))) == {
            "never_reached",
            "reached",
            "council_only",
            "elsewhere",
        }


def test_whoever_holds_nothing_sees_nothing_anywhere(database: Database) -> None:
    nobody = Scope(bodies={"city": 0})
    holders = [("ward", None)]
    with database.transaction() as conn:
        given_cases(conn, a_case("c1", seen_by=OFFICE))
        history.append(conn, an_entry("c1", 1), b"salt", "{}")
    with database.reading() as conn:
        assert nobody.nothing
        assert case_lists.listed(conn, nobody, limit=9) == []
        assert case_lists.queue(conn, nobody, holders, limit=9) == []
        assert lengths(conn, nobody, holders, soon=date(2024, 5, 20)) == (0, 0, 0, 0, 0)
        assert case_lists.acted_on(conn, nobody, "clerk", [], limit=9) == []
        assert stations.counts_under(conn, nobody, "dossier@A.1", today=NOON.date(), soon=NOON.date()) == {}


@given(
    units=st.frozensets(st.sampled_from(["a", "b"])),
    masks=st.dictionaries(st.just("city"), st.integers(0, 3)),
)
def test_a_scope_of_nothing_has_no_unit_and_no_role(units: frozenset[str], masks: dict[str, int]) -> None:
    assert Scope(units, masks).nothing == (units == frozenset() and set(masks.values()) <= {0})


def test_cases_are_found_by_words_in_any_order_and_never_by_wildcards(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(conn, a_case("c1", seen_by=1, search="phuong yen do 100%"), a_case("c2", seen_by=1))
    with database.reading() as conn:
        found = {
            words: ids(case_lists.listed(conn, EVERYTHING, words=words, limit=9))
            for words in ("do yen", "khen phuong", "100%", "1%0", "p_uong")
        }
    assert found == {"do yen": ["c1"], "khen phuong": [], "100%": ["c1"], "1%0": [], "p_uong": []}


def test_a_list_can_be_narrowed_to_a_station_a_unit_or_a_period(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(
            conn,
            a_case("station", seen_by=1, station="awarded"),
            a_case("unit", seen_by=1, unit="school"),
            a_case("period", seen_by=1, period="2023"),
        )
    with database.reading() as conn:
        assert ids(case_lists.listed(conn, EVERYTHING, station="awarded", limit=9)) == ["station"]
        assert ids(case_lists.listed(conn, EVERYTHING, unit="school", limit=9)) == ["unit"]
        assert ids(case_lists.listed(conn, EVERYTHING, period="2023", limit=9)) == ["period"]


@pytest.mark.parametrize("size", [1, 2, 3, 9])
def test_pages_of_a_list_show_every_case_once_newest_first(database: Database, size: int) -> None:
    created = [NOON, NOON, NOON + timedelta(microseconds=1), NOON - timedelta(days=400), NOON]
    with database.transaction() as conn:
        given_cases(conn, *(a_case(f"c{n}", seen_by=1, created_at=at) for n, at in enumerate(created)))
    shown: list[cases.CaseRecord] = []
    with database.reading() as conn:
        while page := case_lists.listed(
            conn, EVERYTHING, after=(shown[-1].created_at, shown[-1].id) if shown else None, limit=size
        ):
            shown += page
    assert ids(shown) == ["c2", "c4", "c1", "c0", "c3"]


@pytest.mark.parametrize("size", [1, 2, 3, 9])
def test_pages_of_a_queue_show_every_case_once_most_urgent_first(database: Database, size: int) -> None:
    due = [None, date(2024, 5, 20), date(2024, 5, 13), None, date(2024, 5, 20)]
    with database.transaction() as conn:
        given_cases(conn, *(a_case(f"c{n}", seen_by=1, due_on=day) for n, day in enumerate(due)))
    shown: list[cases.CaseRecord] = []
    with database.reading() as conn:
        while page := case_lists.queue(
            conn,
            EVERYTHING,
            [("ward", "unit_clerk")],
            after=(shown[-1].due_on, shown[-1].id) if shown else None,
            limit=size,
        ):
            shown += page
    assert ids(shown) == ["c2", "c1", "c4", "c0", "c3"]


def test_a_queue_holds_what_waits_for_its_holders_and_is_not_final(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(
            conn,
            a_case("mine", seen_by=1),
            a_case("head", seen_by=1, holder_role="unit_head"),
            a_case("final", seen_by=1, final=True),
            a_case("school", seen_by=1, unit="school", holder_unit="school"),
        )
    with database.reading() as conn:
        clerk = case_lists.queue(conn, EVERYTHING, [("ward", "unit_clerk")], limit=9)
        anyone = case_lists.queue(conn, EVERYTHING, [("ward", None), ("school", "unit_head")], limit=9)
        nobody = case_lists.queue(conn, EVERYTHING, [], limit=9)
    assert (ids(clerk), ids(anyone), ids(nobody)) == (["mine"], ["head", "mine"], [])


def test_a_queue_is_narrowed_by_due_date_and_counted_the_same_way(database: Database) -> None:
    today = date(2024, 5, 13)
    with database.transaction() as conn:
        given_cases(
            conn,
            a_case("late", seen_by=1, due_on=today - timedelta(days=1)),
            a_case("today", seen_by=1, due_on=today, station="other"),
            a_case("endless", seen_by=1),
        )
    holders = [("ward", None)]
    with database.reading() as conn:
        assert ids(case_lists.queue(conn, EVERYTHING, holders, due_before=today, limit=9)) == ["late"]
        assert ids(case_lists.queue(conn, EVERYTHING, holders, due_from=today, limit=9)) == ["today"]
        assert ids(case_lists.queue(conn, EVERYTHING, holders, station="other", limit=9)) == ["today"]
        assert lengths(conn, EVERYTHING, holders, soon=today)[:3] == (3, 0, 1)
        assert lengths(conn, EVERYTHING, holders, soon=today + timedelta(days=1))[:3] == (3, 1, 1)
        counted = stations.counts_under(conn, EVERYTHING, "dossier@A.1", today=today, soon=today)
    assert counted == {"drafting": ("drafting", 2, 1, 0), "other": ("other", 1, 0, 1)}


def test_done_is_what_the_person_acted_on_and_no_longer_holds(database: Database) -> None:
    with database.transaction() as conn:
        given_cases(
            conn,
            a_case("held", seen_by=1),
            a_case("sent", seen_by=1, holder_unit="office", holder_role="home_affairs_officer"),
            a_case("ended", seen_by=1, final=True, holder_unit=None, holder_role=None),
            a_case("untouched", seen_by=1, holder_unit="office"),
        )
        for case_id in ("held", "sent", "ended"):
            history.append(conn, an_entry(case_id, 1), b"salt", "{}")
            history.append(conn, an_entry(case_id, 2), b"salt", "{}")
        history.append(conn, an_entry("untouched", 1, actor="officer"), b"salt", "{}")
    holders = [("ward", "unit_clerk")]
    with database.reading() as conn:
        assert ids(case_lists.acted_on(conn, EVERYTHING, "clerk", holders, limit=9)) == ["sent", "ended"]
        assert lengths(conn, EVERYTHING, holders, soon=NOON.date()).done == 2
        assert lengths(conn, EVERYTHING, [], soon=NOON.date()).done == 3
