"""Whatever is done to the memory behind the program's back, verification names the first thing that is wrong."""

import json
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from builders import World, a_dossier, a_draft, recorded
from hypothesis import HealthCheck, given, settings, strategies as st

from db import cases, evidence
from db.cases import CaseRecord
from db.engine import Connection
from db.guards import ensure_guards
from states.history import read, seal
from workflow.auditing import verification as audit
from workflow.auditing.stretch_check import Checked
from workflow.auditing.verification import Bad, both_hashes, helper, shared, summed, verify, verify_case


@contextmanager
def behind_its_back(world: World) -> Iterator[Connection]:
    """A connection of somebody who owns the database: no guard holds, no key points anywhere."""
    with world.engine.database.transaction() as conn:
        if conn.dialect.name == "postgresql":
            conn.exec_driver_sql("SET LOCAL session_replication_role = replica")
        else:
            names = (
                conn.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'trigger'").scalars().all()
            )
            for name in names:
                conn.exec_driver_sql(f"DROP TRIGGER {name}")
        yield conn
        if conn.dialect.name == "sqlite":
            ensure_guards(conn)


def run(conn: Connection, statement: str, **values: Any) -> None:
    """Raw SQL."""
    conn.execute(sa.text(statement), values)


def bodies(conn: Connection, case: str) -> dict[int, bytes]:
    """The sealed bytes by place."""
    rows = conn.execute(sa.text("SELECT seq, body FROM history WHERE case_id = :c"), {"c": case})
    return {row.seq: bytes(row.body) for row in rows}


def rewritten(conn: Connection, case: str, place: int, /, **changes: Any) -> bytes:
    """The bytes of an entry with other contents."""
    return json.dumps({**read(bodies(conn, case)[place]), **changes}).encode()


def altered_body(conn: Connection, case: str) -> None:
    body = rewritten(conn, case, 3, actor="hung")
    run(conn, "UPDATE history SET body = :b WHERE case_id = :c AND seq = 3", b=body, c=case)


def altered_hash(conn: Connection, case: str) -> None:
    run(conn, "UPDATE history SET hash = :h WHERE case_id = :c AND seq = 3", h="ab" * 32, c=case)


def altered_actor(conn: Connection, case: str) -> None:
    run(conn, "UPDATE history SET actor = 'hung' WHERE case_id = :c AND seq = 3", c=case)


def altered_act(conn: Connection, case: str) -> None:
    run(conn, "UPDATE history SET act = 'award' WHERE case_id = :c AND seq = 3", c=case)


def altered_unit(conn: Connection, case: str) -> None:
    run(conn, "UPDATE history SET unit = 'P2' WHERE case_id = :c AND seq = 3", c=case)


def altered_kind(conn: Connection, case: str) -> None:
    run(conn, "UPDATE history SET case_kind = 'report' WHERE case_id = :c AND seq = 3", c=case)


def altered_time(conn: Connection, case: str) -> None:
    wanted = "UPDATE history SET at = (SELECT at FROM history WHERE case_id = :c AND seq = 4) "
    run(conn, f"{wanted} WHERE case_id = :c AND seq = 3", c=case)


def altered_prev(conn: Connection, case: str) -> None:
    run(conn, "UPDATE history SET prev_hash = :h WHERE case_id = :c AND seq = 3", h="ab" * 32, c=case)


def removed_middle(conn: Connection, case: str) -> None:
    for table, key in (("payload", "history_id"), ("history", "id")):
        chosen = "SELECT id FROM history WHERE case_id = :c AND seq = 3"
        run(conn, f"DELETE FROM {table} WHERE {key} IN ({chosen})", c=case)


def removed_middle_and_closed(conn: Connection, case: str) -> None:
    removed_middle(conn, case)
    for seq in (4, 5, 6):
        run(conn, "UPDATE history SET seq = :n WHERE case_id = :c AND seq = :s", n=seq - 1, s=seq, c=case)


def removed_first(conn: Connection, case: str) -> None:
    for table, key in (("payload", "history_id"), ("history", "id")):
        chosen = "SELECT id FROM history WHERE case_id = :c AND seq = 1"
        run(conn, f"DELETE FROM {table} WHERE {key} IN ({chosen})", c=case)


def removed_tail(conn: Connection, case: str) -> None:
    for table, key in (("payload", "history_id"), ("history", "id")):
        chosen = "SELECT id FROM history WHERE case_id = :c AND seq = 6"
        run(conn, f"DELETE FROM {table} WHERE {key} IN ({chosen})", c=case)


def swapped(conn: Connection, case: str) -> None:
    for old, new in ((3, 99), (4, 3), (99, 4)):
        run(conn, "UPDATE history SET seq = :n WHERE case_id = :c AND seq = :s", n=new, s=old, c=case)


def inserted(conn: Connection, case: str) -> None:
    for seq in (6, 5, 4):
        run(conn, "UPDATE history SET seq = :n WHERE case_id = :c AND seq = :s", n=seq + 1, s=seq, c=case)
    columns = "case_kind, case_id, body, prev_hash, hash, at, actor, act, unit"
    run(
        conn,
        f"INSERT INTO history (id, seq, {columns}) "
        f"SELECT 'forged', 4, {columns} FROM history WHERE case_id = :c AND seq = 3",
        c=case,
    )


def appended(conn: Connection, case: str) -> None:
    """A well-made entry after the last one, which the row knows nothing of."""
    (head,) = conn.execute(
        sa.text("SELECT hash FROM history WHERE case_id = :c AND seq = 6"), {"c": case}
    ).scalars()
    body = rewritten(conn, case, 6, seq=7, prev=head, **{"from": "council_vote"})
    columns = "case_kind, case_id, at, actor, act, unit"
    run(
        conn,
        f"INSERT INTO history (id, seq, body, prev_hash, hash, {columns}) "
        f"SELECT 'forged', 7, :b, :p, :h, {columns} FROM history WHERE case_id = :c AND seq = 6",
        b=body,
        p=head,
        h=seal(head, body),
        c=case,
    )


def rehashed(place: int, /, **changes: Any) -> Callable[[Connection, str], None]:
    """One entry rewritten with a hash that fits it."""

    def tamper(conn: Connection, case: str) -> None:
        body = rewritten(conn, case, place, **changes)
        body_hash = seal(read(body)["prev"], body)
        run(
            conn,
            "UPDATE history SET body = :b, hash = :h WHERE case_id = :c AND seq = :s",
            b=body,
            h=body_hash,
            s=place,
            c=case,
        )

    return tamper


def unreadable(body: bytes) -> Callable[[Connection, str], None]:
    """The last entry replaced by something that is none, with a hash that fits."""

    def tamper(conn: Connection, case: str) -> None:
        prev = read(bodies(conn, case)[6])["prev"]
        run(
            conn,
            "UPDATE history SET body = :b, hash = :h WHERE case_id = :c AND seq = 6",
            b=body,
            h=seal(prev, body),
            c=case,
        )

    return tamper


def of_entry(column: str, text: str | bytes) -> Callable[[Connection, str], None]:
    """The words of the fourth entry replaced."""

    def tamper(conn: Connection, case: str) -> None:
        chosen = "SELECT id FROM history WHERE case_id = :c AND seq = 4"
        run(conn, f"UPDATE payload SET {column} = :t WHERE history_id IN ({chosen})", t=text, c=case)

    return tamper


def removed_row(conn: Connection, case: str) -> None:
    for table in ("nomination", "case_paper", "timer", "outbox"):
        run(conn, f"DELETE FROM {table} WHERE case_id = :c", c=case)
    run(conn, "DELETE FROM cases WHERE id = :c", c=case)


def removed_history(conn: Connection, case: str) -> None:
    run(conn, "DELETE FROM payload WHERE history_id IN (SELECT id FROM history WHERE case_id = :c)", c=case)
    run(conn, "DELETE FROM history WHERE case_id = :c", c=case)


CHAIN, HASH, COLUMNS = "chain_is_broken", "body_does_not_match_hash", "columns_do_not_match_body"
ROW = "row_does_not_match_history"
ATTACKS: list[tuple[Callable[[Connection, str], None], int, str]] = [
    (altered_body, 3, HASH),
    (altered_hash, 3, HASH),
    (altered_actor, 3, COLUMNS),
    (altered_act, 3, COLUMNS),
    (altered_unit, 3, COLUMNS),
    (altered_kind, 3, COLUMNS),
    (altered_time, 3, COLUMNS),
    (altered_prev, 3, CHAIN),
    (removed_middle, 3, "seq_has_a_gap"),
    (removed_middle_and_closed, 3, CHAIN),
    (removed_first, 1, "seq_has_a_gap"),
    (removed_tail, 5, f"{ROW}:station"),
    (swapped, 3, CHAIN),
    (inserted, 4, CHAIN),
    (appended, 7, f"{ROW}:head_hash"),
    (rehashed(3, req="forged"), 4, CHAIN),
    (rehashed(6, req="forged"), 6, f"{ROW}:head_hash"),
    (rehashed(6, **{"from": "drafting"}), 6, "does_not_follow"),
    (rehashed(6, prev="00" * 32), 6, HASH),
    (unreadable(b"not json"), 6, "body_cannot_be_read"),
    (unreadable(b'{"v":1}'), 6, "body_cannot_be_read"),
    (unreadable(b"\xff\xfe"), 6, "body_cannot_be_read"),
    (rehashed(6, effects=[1]), 6, "body_cannot_be_read"),
    (
        of_entry("body", '{"actor":"","args":{},"names":{},"reason":"Kh\u00e1c","unit":{}}'),
        4,
        "words_do_not_match",
    ),
    (of_entry("body", "not json"), 4, "words_do_not_match"),
    (of_entry("body", "{}"), 4, "words_do_not_match"),
    (of_entry("salt", b"\x00" * 32), 4, "words_do_not_match"),
    (removed_row, 6, "history_without_row"),
    (removed_history, 0, "row_without_history"),
]


def three(world: World) -> tuple[str, str]:
    """A dossier before the council between two drafts; its reference and id."""
    a_draft(world)
    ref = a_dossier(world, "council_vote")
    a_draft(world)
    return ref, world.record(ref).id


@pytest.mark.parametrize(
    ("attack", "seq", "why"), ATTACKS, ids=lambda part: getattr(part, "__name__", str(part))
)
def test_verification_names_the_first_bad_entry(
    world: World, attack: Callable[[Connection, str], None], seq: int, why: str
) -> None:
    ref, case = three(world)
    assert verify(world.engine).ok
    with behind_its_back(world) as conn:
        attack(conn, case)
    found = verify(world.engine)
    named = case if why == "history_without_row" else ref
    assert (found.ok, found.first_bad) == (False, Bad(named, seq, why))


@pytest.mark.parametrize(
    "change",
    [
        "award = 'LDTT'",
        "outcome = 'awarded'",
        "decision_no = '99/QĐ-UBND'",
        "person_id = 'son'",
        "position = 7",
    ],
)
def test_a_nomination_changed_behind_the_history_is_named(world: World, change: str) -> None:
    ref, case = three(world)
    with behind_its_back(world) as conn:
        conn.execute(sa.text(f"UPDATE nomination SET {change} WHERE case_id = :case"), {"case": case})
    assert verify(world.engine).first_bad == Bad(ref, 6, "nominations_do_not_match_history")


def test_a_nomination_slipped_in_is_named(world: World) -> None:
    ref, case = three(world)
    with behind_its_back(world) as conn:
        conn.execute(sa.text("UPDATE nomination SET id = 'slipped' WHERE case_id = :case"), {"case": case})
    assert verify(world.engine).first_bad == Bad(ref, 6, "nominations_do_not_match_history")


OTHER: dict[str, Any] = {
    "kind": "report",
    "ref": "HS-2024-0777",
    "body": "TN",
    "unit": "P2",
    "title": "Tên khác",
    "category": "CONG_HIEN",
    "procedure": "simplified",
    "period": "2022",
    "definition": "dossier@A.2",
    "definition_digest": "ab" * 32,
    "station": "awaiting_decision",
    "version": 7,
    "head_hash": "ab" * 32,
    "station_seq": 1,
    "holder_role": "chairman",
    "holder_unit": "LK",
    "due_on": date(2024, 12, 31),
    "seen_by": 1 << 16,
    "final": True,
    "facts": "{}",
}


def test_every_column_that_says_anything_is_watched() -> None:
    watched = OTHER.keys() | {"entered_at", "created_at"}
    # The id is the history's own key; the search column repeats the others without their marks.
    assert watched | {"id", "search"} == set(CaseRecord._fields)


@pytest.mark.parametrize("column", [*OTHER, "entered_at", "created_at"])
def test_a_row_changed_in_any_column_is_named(sqlite_world: World, column: str) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote")
    record = world.record(ref)
    other = OTHER.get(column) or getattr(record, column) + timedelta(seconds=1)
    with behind_its_back(world) as conn:
        assert cases.update(conn, record._replace(**{column: other}), seen=record)
    named = OTHER["ref"] if column == "ref" else ref
    assert verify(world.engine).first_bad == Bad(named, 6, f"{ROW}:{column}")


def test_an_erased_word_leaves_the_chain_whole(world: World) -> None:
    ref, case = three(world)
    with behind_its_back(world) as conn:
        run(
            conn,
            "DELETE FROM payload WHERE history_id IN (SELECT id FROM history WHERE case_id = :c)",
            c=case,
        )
    assert verify(world.engine).ok
    assert [entry.actor for entry in world.view("son", ref).entries] == [""] * 6
    recorded(world, ref)
    assert world.record(ref).version == 7
    assert verify(world.engine).ok


def test_one_dossier_is_verified_by_itself(sqlite_world: World) -> None:
    world = sqlite_world
    ref, case = three(world)
    with behind_its_back(world) as conn:
        altered_body(conn, case)
        assert verify_case(conn, world.engine.log, world.record(ref)).first_bad == Bad(ref, 3, HASH)
        other = world.record("HS-2024-0001")
        assert verify_case(conn, world.engine.log, other).ok


def test_what_was_verified_is_counted(world: World) -> None:
    three(world)
    found = verify(world.engine)
    assert (found.cases, found.entries, found.anchored_to) == (3, 10, None)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seq=st.integers(1, 6), place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_one_flipped_bit_is_found_where_it_is(sqlite_world: World, seq: int, place: int, bit: int) -> None:
    world = sqlite_world
    ref = "HS-2024-0001" if world.kept_commands() else a_dossier(world, "council_vote")
    case = world.record(ref).id
    with behind_its_back(world) as conn:
        body = bodies(conn, case)[seq]
        spot = place % len(body)
        flipped = body[:spot] + bytes([body[spot] ^ 1 << bit]) + body[spot + 1 :]
        change = "UPDATE history SET body = :b WHERE case_id = :c AND seq = :s"
        run(conn, change, b=flipped, c=case, s=seq)
    found = verify(world.engine).first_bad
    with behind_its_back(world) as conn:
        run(conn, change, b=body, c=case, s=seq)
    assert found == Bad(ref, seq, HASH)
    assert verify(world.engine).ok


def test_helpers_find_what_one_process_alone_finds(world: World) -> None:
    ref, case = three(world)
    with behind_its_back(world) as conn:
        altered_body(conn, case)
        run(conn, "UPDATE cases SET title = 'Khác' WHERE ref = 'HS-2024-0003'")
    database, log = world.engine.database, world.engine.log
    with database.reading() as conn:
        wanted = evidence.stretches(conn, 1)
    assert len(wanted) == 4
    alone = shared(database, log, wanted, 0)
    assert shared(database, log, wanted, 2) == alone
    found = summed(alone)
    assert (found.cases, found.entries, found.first_bad) == (3, 10, verify(world.engine).first_bad)
    # Ids come by chance, so either may be the first.
    assert found.first_bad in (Bad(ref, 3, HASH), Bad("HS-2024-0003", 2, f"{ROW}:title"))


HALF_WAY = "import sys; print('ready', flush=True); sys.stdin.readline(); sys.stdin.readline()"


@pytest.mark.parametrize("program", ["", "raise SystemExit(1)", "import time; time.sleep(60)"])
def test_what_a_helper_drops_is_done_without_it(
    sqlite_world: World, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    three(sqlite_world)
    database, log = sqlite_world.engine.database, sqlite_world.engine.log
    with database.reading() as conn:
        wanted = evidence.stretches(conn, 1)
    monkeypatch.setattr(audit, "HELPER", (sys.executable, "-c", program))
    assert summed(shared(database, log, wanted, 2)) == verify(sqlite_world.engine)


@pytest.mark.parametrize("program", [None, HALF_WAY])
def test_a_helper_does_all_it_is_handed_or_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    _, case = three(world)
    with behind_its_back(world) as conn:
        altered_body(conn, case)
    database, log = world.engine.database, world.engine.log
    with database.reading() as conn:
        wanted = evidence.stretches(conn, 1)
    if program:
        monkeypatch.setattr(audit, "HELPER", (sys.executable, "-c", program))
    found: dict[int, Checked] = {}
    with helper() as hand:
        hand.begin(database.url, log, deque(enumerate(wanted)), found)
        assert hand.thread is not None
        hand.thread.join()
    assert found == ({} if program else dict(enumerate(shared(database, log, wanted, 0))))


@pytest.mark.parametrize(("prev", "same"), [("none", False), ("ab" * 32, False), (None, True)])
def test_both_hashes_of_a_bad_entry_can_be_shown(sqlite_world: World, prev: str | None, same: bool) -> None:
    ref, case = three(sqlite_world)
    if prev:
        with behind_its_back(sqlite_world) as conn:
            run(conn, "UPDATE history SET prev_hash = :p WHERE case_id = :c AND seq = 3", p=prev, c=case)
    with sqlite_world.engine.database.reading() as conn:
        recorded_, computed = both_hashes(conn, Bad(ref, 3, CHAIN))
        assert both_hashes(conn, Bad(ref, 9, CHAIN)) == both_hashes(conn, Bad("gone", 1, CHAIN)) == ("", "")
    assert (recorded_ == computed, len(recorded_)) == (same, 64)


@pytest.mark.parametrize("change", ["body = CAST(body AS TEXT)", "prev_hash = 'none'", "seq = 'x'"])
def test_a_value_of_another_type_is_no_surprise(sqlite_world: World, change: str) -> None:
    ref, case = three(sqlite_world)
    with behind_its_back(sqlite_world) as conn:
        run(conn, f"UPDATE history SET {change} WHERE case_id = :c AND seq = 6", c=case)
    # Bytes that were turned into the same text are still the bytes that were hashed.
    expected = None if "TEXT" in change else Bad(ref, 6, CHAIN if "prev" in change else "seq_has_a_gap")
    assert verify(sqlite_world.engine).first_bad == expected


def test_a_stored_definition_that_was_changed_is_named(world: World) -> None:
    three(world)
    with behind_its_back(world) as conn:
        run(conn, "UPDATE definition SET body = replace(body, 'home_affairs_head', 'chairman')")
    changed = min(one.name for one in world.engine.definitions.values() if "home_affairs_head" in one.text)
    assert verify(world.engine).first_bad == Bad(changed, 0, "definition_does_not_match_digest")
