"""Many rows written at once read back like the same rows written one after the other."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from memory_rows import NOON, a_case, a_command, a_unit, an_entry
from sqlalchemy.exc import IntegrityError

from db import cases, commands, history, outbox, timers, units
from db.engine import Database
from db.outbox import OutboxRecord
from db.timers import TimerRecord
from db.together import written_together

NASTY = (
    "quoted \" and ' and \\ and \\x41 and \\u0041",
    "lines\n\r\ttabs \x7f",
    "Đề nghị tặng “Lao động tiên tiến” 🏅",
    "null",
    "{}",
    "%(id)s ? :id",
    "",
)
BYTES = bytes(range(256))


@pytest.fixture
def ready(database: Database) -> Database:
    """A database with two cases nobody acted on."""
    with database.transaction() as conn:
        for unit in (a_unit("city", kind="city"), a_unit("ward")):
            units.insert_unit(conn, unit)
        for name in ("c1", "c2"):
            cases.insert(conn, a_case(name))
    return database


@pytest.mark.parametrize("kept_back", [False, True])
def test_every_value_comes_back_as_it_was_written(ready: Database, kept_back: bool) -> None:
    entries = [an_entry("c1", seq, body=BYTES, act=words) for seq, words in enumerate(NASTY, 1)]
    with ready.transaction() as conn:
        if kept_back:
            with written_together(conn):
                for entry in entries:
                    history.append(conn, entry, BYTES, entry.act)
        else:
            for entry in entries:
                history.append(conn, entry, BYTES, entry.act)
    with ready.reading() as conn:
        found = history.of_case(conn, "c1")
    assert found == [(entry, entry.act, BYTES) for entry in entries]


def test_instants_and_days_are_kept_whatever_zone_they_were_told_in(ready: Database) -> None:
    instants = [
        datetime(2024, 5, 13, 12, 0, 0, 1, tzinfo=timezone(timedelta(hours=7))),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(2099, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ]
    sent = [a_command(f"k{n}", at=at, case_id=None, station=None) for n, at in enumerate(instants)]
    with ready.transaction() as conn, written_together(conn) as here:
        for record in sent:
            commands.take(here, record)
        commands.finish(conn, "clerk", "k1", "refused", '{"reasons":[]}', case_id="c1")
    with ready.reading() as conn:
        found = [commands.find(conn, "clerk", record.key) for record in sent]
    ended = sent[1]._replace(outcome="refused", answer='{"reasons":[]}', case_id="c1")
    assert found == [sent[0], ended, sent[2]]


def test_a_timer_and_a_notice_that_are_there_already_are_met_as_one_by_one(ready: Database) -> None:
    day = date(2024, 5, 20)
    old = [TimerRecord(f"t{case}", case, 1, "appraisal", 0, day, "fired") for case in ("c1", "c2")]
    new = [one._replace(id=f"n{one.id}", due_on=day + timedelta(days=1), status="armed") for one in old]
    told = [_notice("o1", "c1"), _notice("o2", "c2")]
    with ready.transaction() as conn:
        timers.put(conn, old[0])
        outbox.add(conn, told[:1])
        with written_together(conn):
            for one in new:
                timers.put(conn, one)
            outbox.add(conn, [_notice("again", "c1"), told[1]])
        assert sorted(timers.of_cases(conn, ["c1", "c2"])) == sorted(new)
        assert outbox.listed(conn, limit=9) == told


def _notice(name: str, case_id: str, **changes: Any) -> OutboxRecord:
    written = OutboxRecord(name, case_id, 1, "dossier/submit", "unit_head", "ward", case_id, "waiting", NOON)
    return written._replace(**changes)


def test_only_what_changed_of_a_case_is_written(ready: Database) -> None:
    """Each case is changed in other columns; of the rest somebody else's value stays."""
    first, second = a_case("c1"), a_case("c2")
    moved = first._replace(version=2, due_on=date(2024, 6, 1), facts='{"a":"Đ"}')
    ended = second._replace(version=2, final=True, holder_role=None, holder_unit=None, station="awarded")
    with ready.transaction() as conn:
        with written_together(conn):
            assert cases.update(conn, moved, seen=first)
            assert cases.update(conn, ended, seen=second)
        assert cases.by_ids(conn, ["c1", "c2"]) == {"c1": moved, "c2": ended}
        assert cases.update(conn, moved._replace(version=3, due_on=None), seen=moved)
        assert not cases.update(conn, moved._replace(version=4), seen=moved)
        assert cases.by_id(conn, "c1") == moved._replace(version=3, due_on=None)


def test_a_key_taken_twice_ends_all_that_is_written_with_it(ready: Database) -> None:
    def taken(seq: int) -> None:
        with ready.transaction() as conn, written_together(conn) as here:
            history.append(conn, an_entry("c1", seq), b"salt", "{}")
            commands.take(here, a_command("k1"))

    taken(1)
    with pytest.raises(IntegrityError):
        taken(2)
    with ready.reading() as conn:
        assert len(history.of_case(conn, "c1")) == 1
