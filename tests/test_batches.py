"""Many cases are signed at one go: each by itself, each once, whatever happens on the way."""

import itertools
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from builders import World, a_dossier, a_nomination, with_roles
from builders_signing import (
    batch_of,
    end_of_term,
    in_a_process,
    last_number,
    numbers,
    on_the_way,
    ordered,
    signatures,
    simplified,
    states,
    wanted_of,
    warned,
)

from workflow.auditing.verification import verify
from workflow.batches.orders import Wanted, answer_in, found, order
from workflow.batches.runner import QUIET, Runner, carry_out, resume_abandoned
from workflow.engine import Source
from workflow.problems import Invalid, KeyReused, NotFound


@pytest.fixture
def office(world: World) -> World:
    """The city with everybody's role where the runner asks for it; on each kind of database."""
    return with_roles(world)


@pytest.fixture
def sqlite_office(sqlite_world: World) -> World:
    """The same on SQLite alone."""
    return with_roles(sqlite_world)


def test_every_dossier_of_a_batch_is_signed_under_a_number_of_its_own(office: World) -> None:
    refs = simplified(office, 5)
    batch = ordered(office, refs)
    assert states(office, batch) == ["waiting"] * 5
    carry_out(office.engine, batch)
    assert states(office, batch) == ["done"] * 5
    assert [office.case(ref).decision.number for ref in refs] == [1, 2, 3, 4, 5]  # type: ignore[union-attr]  # signed
    assert batch_of(office, batch).record.finished_at is not None
    assert verify(office.engine).ok


def test_a_process_killed_in_the_middle_of_a_batch_signs_nothing_twice(office: World, tmp_path: Path) -> None:
    refs = simplified(office, 30)
    batch = ordered(office, refs)
    process = in_a_process(office, tmp_path, batch)
    while on_the_way(office) < 8 and process.poll() is None:
        time.sleep(0.005)
    process.kill()
    process.wait()
    signed = on_the_way(office)
    assert 8 <= signed < 30, "it was killed on its way"
    assert states(office, batch).count("done") <= signed
    carry_out(office.engine, batch)
    assert states(office, batch) == ["done"] * 30
    assert {signatures(office, ref) for ref in refs} == {1}
    assert numbers(office, refs) == list(range(1, 31))
    assert last_number(office) == 30
    assert verify(office.engine).ok


def test_two_processes_that_resume_one_batch_sign_nothing_twice(office: World) -> None:
    refs = simplified(office, 8)
    batch = ordered(office, refs)
    both = [threading.Thread(target=carry_out, args=(office.engine, batch)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert states(office, batch) == ["done"] * 8
    assert numbers(office, refs) == list(range(1, 9))
    assert last_number(office) == 8


def test_what_is_refused_in_the_middle_does_not_stop_the_rest(office: World) -> None:
    own = a_nomination("GK_HUYEN", person="hung")
    refs = simplified(office, 4)
    refs.insert(1, a_dossier(office, "awaiting_decision", kind="DOT_XUAT", rows=[own]))
    wanted = wanted_of(office, refs)
    wanted[2] = Wanted(refs[2], wanted[2].version, {"nominations": ["nobody"]})
    office.do("hung", "extend", refs[3], reason="Chờ xác minh", due="2024-06-28")
    batch = order(office.engine, office.people["hung"], "award", wanted, key="mixed")
    carry_out(office.engine, batch)
    assert states(office, batch) == ["done", "refused", "refused", "conflict", "done"]
    answers = [answer_in(item) for item in batch_of(office, batch).items]
    assert [reason["code"] for reason in answers[1]["reasons"]] == ["own_nomination"]
    assert answers[2]["fields"][0]["field"] == "nominations.0"
    assert (answers[3]["by"], answers[3]["version"]) == ("Nguyễn Mạnh Hùng", wanted[3].version + 1)
    assert numbers(office, refs) == [1, 2]
    assert last_number(office) == 2


def test_a_term_that_ends_in_the_middle_leaves_the_rest_refused(office: World) -> None:
    refs = simplified(office, 6)
    batch = ordered(office, refs)
    end_of_term(office, "hung", office.engine.today())
    calls, begun, source = itertools.count(), office.now, office.engine.source
    office.engine.source = Source(
        now=lambda: begun + timedelta(days=next(calls) > 12), new_id=source.new_id, salt=source.salt
    )
    carry_out(office.engine, batch)
    office.engine.source = source
    came = states(office, batch)
    assert set(came) == {"done", "refused"}
    assert came == sorted(came), "signed until the term ended, refused from then on"
    assert answer_in(batch_of(office, batch).items[-1]) == {"code": "not_found"}
    assert numbers(office, refs) == list(range(1, came.count("done") + 1))


def test_a_case_with_warnings_is_left_out_until_they_are_confirmed(office: World) -> None:
    (doubtful,), (clean,) = warned(office), simplified(office, 1)
    batch = ordered(office, [doubtful, clean], key="unread")
    carry_out(office.engine, batch)
    assert states(office, batch) == ["left_out", "done"]
    assert office.case(doubtful).station == "awaiting_decision"
    again = ordered(office, [doubtful], key="read", confirmed=True)
    carry_out(office.engine, again)
    assert states(office, again) == ["done"]


def test_an_order_sent_twice_is_one_batch(office: World) -> None:
    refs = simplified(office, 2)
    wanted = wanted_of(office, refs)
    hung = office.people["hung"]
    first = order(office.engine, hung, "award", wanted, key="twice")
    carry_out(office.engine, first)
    assert order(office.engine, hung, "award", wanted, key="twice") == first
    with pytest.raises(KeyReused):
        order(office.engine, hung, "award", wanted[:1], key="twice")
    assert signatures(office, refs[0]) == 1


def test_a_batch_is_nobody_elses(sqlite_office: World) -> None:
    batch = ordered(sqlite_office, simplified(sqlite_office, 1))
    for login in ("chau", "trung", "quy"):
        with pytest.raises(NotFound):
            found(sqlite_office.engine, sqlite_office.people[login], batch)


def test_what_was_interrupted_today_goes_on_by_itself(office: World) -> None:
    refs = simplified(office, 2)
    batch = ordered(office, refs)
    assert resume_abandoned(office.engine) == [], "somebody may be at work on it"
    office.now += QUIET + timedelta(seconds=1)
    assert resume_abandoned(office.engine) == [batch]
    assert states(office, batch) == ["done"] * 2
    office.now += QUIET + timedelta(seconds=1)
    assert resume_abandoned(office.engine) == []


def test_what_was_interrupted_on_an_earlier_day_waits_for_its_person(sqlite_office: World) -> None:
    batch = ordered(sqlite_office, simplified(sqlite_office, 1))
    sqlite_office.on(date(2024, 5, 14))
    assert resume_abandoned(sqlite_office.engine) == []
    assert not Runner(sqlite_office.engine).at_work(batch_of(sqlite_office, batch).record)
    Runner(sqlite_office.engine).start(batch).wait(30)
    assert states(sqlite_office, batch) == ["done"]


def test_a_batch_whose_every_case_was_held_back_is_over_at_once(sqlite_office: World) -> None:
    batch = ordered(sqlite_office, warned(sqlite_office))
    assert batch_of(sqlite_office, batch).over
    carry_out(sqlite_office.engine, batch)
    assert states(sqlite_office, batch) == ["left_out"]


@pytest.mark.parametrize(
    ("act", "wanted", "fields"),
    [
        ("create", [Wanted("HS-2024-0001", 1)], ["act"]),
        ("no_such_act", [Wanted("HS-2024-0001", 1)], ["act"]),
        ("award", [], ["items"]),
        ("award", [Wanted("HS-2024-0001", 1, {"nominations": []})], ["items.0.nominations"]),
        ("withdraw", [Wanted("HS-2024-0001", 1), Wanted("HS-2024-0001", 1)], ["items.1.ref"]),
        ("withdraw", [Wanted("không phải mã", 1)], ["items.0.ref"]),
        ("withdraw", [Wanted("HS-2024-0001", -1)], ["items.0.version"]),
    ],
)
def test_an_order_that_cannot_be_taken_leaves_nothing(
    sqlite_office: World, act: str, wanted: list[Wanted], fields: list[str]
) -> None:
    with pytest.raises(Invalid) as invalid:
        order(sqlite_office.engine, sqlite_office.people["hung"], act, wanted, key="wrong")
    assert [one.field for one in invalid.value.fields] == fields
    with sqlite_office.engine.database.reading() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM batch").scalar_one() == 0
