"""What is due fires many at a time; one that cannot keeps none of the others waiting."""

from datetime import date

import pytest
from builders import World, a_dossier

from db import cases, commands, timers
from db.cases import CaseRecord
from db.commands import CommandRecord
from db.timers import TimerRecord
from db.together import Overtaken, written_together
from states.decide import CLOCK
from workflow.auditing import verification
from workflow.clock.sweep import sweep

DUE = date(2024, 5, 22)


def armed(world: World, ref: str) -> list[TimerRecord]:
    """The timers of a dossier that are armed."""
    with world.engine.database.reading() as conn:
        found = timers.of_cases(conn, [world.record(ref).id])
    return [one for one in found if one.status == "armed"]


def key_taken(world: World, ref: str) -> str:
    """Somebody else's command under the key the dossier's timer will use; the timer's id."""
    (timer,) = armed(world, ref)
    taken = CommandRecord(
        account_id=CLOCK.account,
        key=f"timer:{timer.id}",
        digest="another",
        act="escalate",
        ref=ref,
        case_id=None,
        person_id=CLOCK.person,
        outcome="ok",
        answer="{}",
        at=world.now,
        station=None,
        request_id="",
    )
    with world.engine.database.transaction() as conn:
        commands.insert(conn, taken)
    return timer.id


def test_all_that_is_due_on_a_morning_is_told_with_its_history_command_and_next_rung(world: World) -> None:
    refs = [a_dossier(world, "home_affairs_review") for _ in range(5)]
    versions = {ref: world.record(ref).version for ref in refs}
    found = sweep(world.on(DUE).engine)
    assert (sorted(one.ref for one in found.fired), found.failed) == (sorted(refs), ())
    for ref in refs:
        assert world.record(ref).version == versions[ref] + 1 == len(world.entries(ref))
        assert [one.due_on for one in armed(world, ref)] == [date(2024, 5, 24)]
        with world.engine.database.reading() as conn:
            sent = commands.of_case(conn, world.record(ref).id, "ok")
        assert [one.act for one in sent if one.account_id == CLOCK.account] == ["escalate"]
    assert verification.verify(world.engine).first_bad is None


def test_one_that_cannot_be_told_keeps_none_of_the_others_waiting(world: World) -> None:
    refs = [a_dossier(world, "home_affairs_review") for _ in range(3)]
    stuck = key_taken(world, refs[1])
    found = sweep(world.on(DUE).engine)
    assert (sorted(one.ref for one in found.fired), found.failed) == (sorted({*refs} - {refs[1]}), (stuck,))
    assert [one.id for one in armed(world, refs[1])] == [stuck]
    assert verification.verify(world.engine).first_bad is None


def test_of_a_case_with_two_timers_due_each_fires_in_its_turn(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    record = world.record(ref)
    with world.engine.database.transaction() as conn:
        timers.put(conn, TimerRecord("stale", record.id, 1, "appraisal", 4, date(2024, 5, 10)))
    assert [one.ref for one in sweep(world.on(DUE).engine).fired] == [ref]
    with world.engine.database.reading() as conn:
        statuses = {one.id: one.status for one in timers.of_cases(conn, [record.id])}
    assert statuses["stale"] == "cancelled"


def test_writing_together_ends_where_a_case_is_no_longer_as_it_was_read(world: World) -> None:
    record = world.record(a_dossier(world, "home_affairs_review"))
    with (
        pytest.raises(Overtaken),
        world.engine.database.transaction() as conn,
        written_together(conn),
    ):
        assert cases.update(
            conn, record._replace(title="Khác"), seen=record._replace(version=record.version + 1)
        )
    assert world.record(record.ref) == record


def broken_off(world: World, record: CaseRecord) -> None:
    """A transaction that fails after an act was kept back."""
    with world.engine.database.transaction() as conn, written_together(conn):
        cases.update(conn, record._replace(title="Khác"), seen=record)
        raise LookupError


def test_what_is_written_together_is_written_whole_or_not_at_all(world: World) -> None:
    record = world.record(a_dossier(world, "home_affairs_review"))
    with pytest.raises(LookupError):
        broken_off(world, record)
    assert world.record(record.ref) == record
    with world.engine.database.transaction() as conn:
        assert cases.update(conn, record._replace(title="Khác"), seen=record)
    assert world.record(record.ref).title == "Khác"
