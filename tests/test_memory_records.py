"""What is kept comes back as it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, strategies as st
from memory_rows import NOON, a_case, a_command, a_nomination, an_entry, given_cases, given_person
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from db import commands, history, nominations, outbox, scratch, settings, timers
from db.engine import Database
from db.instants import UtcDateTime

INSTANTS = st.datetimes(
    min_value=datetime(1945, 9, 2),  # noqa: DTZ001 - Hypothesis adds the zone
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001 - Hypothesis adds the zone
    timezones=st.sampled_from(
        [UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3, minutes=-30))]
    ),
)


def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    seven = timezone(timedelta(hours=7))
    noon_in_pleiku = datetime(2024, 5, 13, 12, 0, 0, 1, tzinfo=seven)
    with database.transaction() as conn:
        commands.insert(conn, a_command("k1", at=noon_in_pleiku))
    with database.reading() as conn:
        found = commands.find(conn, "clerk", "k1")
    assert found is not None
    assert found.at == noon_in_pleiku
    assert found.at.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StatementError, match="without a zone"), database.transaction() as conn:
        commands.insert(conn, a_command("k1", at=naive))


@given(INSTANTS, INSTANTS)
def test_on_sqlite_the_order_of_stored_times_is_the_order_of_time(one: datetime, other: datetime) -> None:
    stored = UtcDateTime().dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())
    assert stored is not None
    assert (stored(one) < stored(other)) == (one < other)
    assert len(stored(one)) == len(stored(other))


def test_a_history_is_read_up_to_an_instant_or_from_an_entry_on(database: Database) -> None:
    later = NOON + timedelta(seconds=1)
    entries = [an_entry("c1", 1), an_entry("c1", 2, at=later), an_entry("c1", 3, at=later), an_entry("c0", 1)]
    with database.transaction() as conn:
        for entry in entries:
            history.append(conn, entry, b"\x00salt", '{"reason":"Đủ"}')
    with database.reading() as conn:
        assert history.of_case(conn, "c0") == [(entries[3], '{"reason":"Đủ"}', b"\x00salt")]
        assert [told[0].seq for told in history.of_case(conn, "c1", until=NOON)] == [1]
        assert [told[0].seq for told in history.of_case(conn, "c1", after_seq=1)] == [2, 3]


def test_a_command_is_finished_with_what_became_known(database: Database) -> None:
    with database.transaction() as conn:
        commands.insert(conn, a_command("k1", case_id=None, station=None))
        commands.finish(conn, "clerk", "k1", "refused", '{"code":"x"}', case_id="c9")
        commands.insert(conn, a_command("k2"))
        commands.finish(conn, "clerk", "k2", "conflict", "{}")
        commands.insert(conn, a_command("k3", outcome="refused", at=NOON + timedelta(days=1)))
    with database.reading() as conn:
        finished = commands.find(conn, "clerk", "k1")
        assert [command.key for command in commands.of_case(conn, "c1")] == ["k2", "k3"]
        assert [command.key for command in commands.of_case(conn, "c1", "conflict")] == ["k2"]
    assert finished == a_command("k1", case_id="c9", station=None, outcome="refused", answer='{"code":"x"}')


def test_the_whole_list_of_nominations_replaces_the_one_before(database: Database) -> None:
    first, second, third = a_nomination("n1", 1), a_nomination("n2", 2, "Siu Mẫu"), a_nomination("n3", 1)
    moved = replace(second, position=2, achievement="Sáng kiến")
    with database.transaction() as conn:
        given_cases(conn, a_case("c1"), a_case("c2"))
        nominations.replace(
            conn, nominations.of_case(conn, "c2"), [replace(a_nomination("n9", 1), case_id="c2")]
        )
        nominations.replace(conn, nominations.of_case(conn, "c1"), [second, first])
        assert nominations.of_case(conn, "c1") == [first, second]
        nominations.replace(conn, nominations.of_case(conn, "c1"), [third, moved])
        assert nominations.of_case(conn, "c1") == [third, moved]
        nominations.set_outcomes(conn, {"n3": ("LDTT", "awarded", "12/QĐ-UBND")})
        settled = replace(third, award="LDTT", outcome="awarded", decision_no="12/QĐ-UBND")
        assert nominations.of_case(conn, "c1") == [settled, moved]
        nominations.replace(conn, nominations.of_case(conn, "c1"), [])
        assert nominations.of_case(conn, "c1") == []
        assert len(nominations.of_case(conn, "c2")) == 1


def test_a_timer_that_was_stopped_is_armed_again_with_its_new_date(database: Database) -> None:
    due = date(2024, 5, 20)
    timer = timers.TimerRecord("t1", "c1", 1, "due", 0, due)
    reminder = timers.TimerRecord("t2", "c1", 1, "before", 0, due - timedelta(days=2))
    with database.transaction() as conn:
        given_cases(conn, a_case("c1"))
        timers.put(conn, timer)
        timers.put(conn, reminder)
        assert timers.fire(conn, "t2")
        assert not timers.fire(conn, "t2")
        assert timers.due(conn, due - timedelta(days=1), limit=9) == []
        assert timers.due(conn, due, limit=9) == [timer]
        timers.stop(conn, "c1", "held")
        assert timers.due(conn, due, limit=9) == []
        timers.put(conn, timer._replace(id="t9", due_on=due + timedelta(days=3)))
        timers.stop(conn, "c1", "held")
        timers.stop(conn, "c1", "cancelled")
        assert sorted(timers.of_cases(conn, ["c1"]), key=lambda one: one.due_on) == [
            reminder._replace(status="fired"),
            timer._replace(id="t9", due_on=due + timedelta(days=3), status="cancelled"),
        ]


def test_a_notice_is_written_once_and_read_by_those_it_is_addressed_to(database: Database) -> None:
    def notice(name: str, **changes: Any) -> outbox.OutboxRecord:
        written = outbox.OutboxRecord(name, "c1", 1, "submitted", "unit_head", "ward", name, "waiting", NOON)
        return written._replace(**changes)

    with database.transaction() as conn:
        given_cases(conn, a_case("c1"))
        outbox.add(conn, [])
        outbox.add(conn, [notice("o1"), notice("o2"), notice("o3", unit="school")])
        outbox.add(conn, [notice("o4", dedupe="o1", status="sent")])
    with database.reading() as conn:
        theirs = outbox.addressed_to(conn, [("unit_head", "ward")], limit=9)
        assert outbox.addressed_to(conn, [("unit_clerk", "ward")], limit=9) == []
        assert outbox.addressed_to(conn, [], limit=9) == []
        last_page = outbox.addressed_to(conn, [("unit_head", "ward")], after=(NOON, "o2"), limit=9)
        assert [record.id for record in outbox.listed(conn, status="waiting", limit=9)] == ["o1", "o2", "o3"]
        assert outbox.listed(conn, status="sent", limit=9) == []
    assert [record.id for record in theirs] == ["o2", "o1"]
    assert last_page == [notice("o1")]


def test_settings_and_half_filled_forms_keep_their_last_value(database: Database) -> None:
    with database.transaction() as conn:
        given_person(conn, "clerk")
        for value in ("one", "two"):
            settings.put(conn, "log", value)
            scratch.put(conn, "clerk", "draft", data=value, at=NOON)
        assert (settings.get(conn, "log"), settings.get(conn, "none")) == ("two", None)
        assert scratch.get(conn, "clerk", "draft") == "two"
        scratch.drop(conn, "clerk", "draft")
        assert scratch.get(conn, "clerk", "draft") is None


def test_a_column_with_a_closed_list_takes_no_other_word(database: Database) -> None:
    with pytest.raises(sa.exc.IntegrityError, match="ck_command_outcome"), database.transaction() as conn:
        commands.insert(conn, a_command("k1", outcome="maybe"))
