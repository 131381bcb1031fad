"""One key, one act: the same answer for ever; one version, one winner."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

import pytest
from builders import World, a_dossier, a_draft, nominations

from db import commands
from workflow.command import Command, checked
from workflow.outcome import Done
from workflow.problems import ChangedMeanwhile, Invalid, KeyReused, NotFound, Problem, Refused
from workflow.step import perform


def said(act: Callable[[], Done]) -> tuple[object, ...]:
    """What somebody is answered, in a form that can be compared."""
    try:
        return ("ok", act())
    except Refused as refusal:
        return ("refused", str(refusal.reasons))
    except ChangedMeanwhile as conflict:
        return ("conflict", conflict.by, conflict.at, conflict.station, conflict.version)
    except Problem as problem:
        return (type(problem).__name__,)


def test_the_same_key_gets_the_same_answer_whatever_changed_since(world: World) -> None:
    ref = a_draft(world)
    sent: list[tuple[str, str, dict[str, object]]] = [
        ("lan", "amend", {"key": "ok", "version": 2, "title": "Tên mới"}),
        ("lan", "submit", {"key": "refused", "version": 3}),
        ("minh", "submit", {"key": "conflict", "version": 1}),
    ]

    def all_said() -> list[tuple[object, ...]]:
        return [said(lambda w=who, a=act, m=more: world.do(w, a, ref, **m)) for who, act, more in sent]  # type: ignore[misc]  # bound at once

    first = all_said()
    assert [answer[0] for answer in first] == ["ok", "refused", "conflict"]
    world.do("minh", "submit", ref)
    world.do("minh", "withdraw", ref)
    entries, kept = world.entries(ref), world.kept_commands()
    assert all_said() == first
    assert (world.entries(ref), world.kept_commands()) == (entries, kept)


def test_a_key_stands_for_one_act_one_dossier_one_body(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_draft(sqlite_world)
    other = a_draft(world)
    world.do("lan", "amend", ref, key="k", version=2, title="Tên mới")
    before = (world.record(ref), world.record(other), world.kept_commands())
    for who, act, where, more in (
        ("lan", "amend", ref, {"version": 2, "title": "Tên khác"}),
        ("lan", "amend", ref, {"version": 3, "title": "Tên mới"}),
        ("lan", "amend", ref, {"version": 2, "title": "Tên mới", "reason": "vì"}),
        ("lan", "amend", other, {"version": 2, "title": "Tên mới"}),
        ("lan", "submit", ref, {"version": 2}),
    ):
        with pytest.raises(KeyReused):
            world.do(who, act, where, key="k", **more)  # type: ignore[arg-type]  # every part is of its type
    assert (world.record(ref), world.record(other), world.kept_commands()) == before


def test_a_key_is_its_accounts_own(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_draft(sqlite_world)
    world.do("lan", "amend", ref, key="k", title="Tên mới")
    assert world.do("minh", "submit", ref, key="k").station == "home_affairs_review"


def test_the_same_body_is_the_same_however_it_was_spelt(sqlite_world: World) -> None:
    composed = checked("amend", key="k", ref="r", version=1, args={"title": "Đề nghị"})
    spread = checked("amend", key="k", ref="r", version=1, args={"title": " Đề nghị ", "papers": []})
    assert composed.digest == spread.digest


def test_a_repeat_does_not_depend_on_the_request_it_came_by(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_draft(sqlite_world)
    command = checked("amend", key="k", ref=ref, version=2, args={"title": "Tên"}, request_id="r1")
    again = replace(command, request_id="r2")
    first = perform(world.engine, command, world.people["lan"])
    assert perform(world.engine, again, world.people["lan"]) == first


def test_a_refusal_leaves_a_command_and_nothing_else(world: World) -> None:
    ref = a_draft(world, papers=False)
    record, entries = world.record(ref), world.entries(ref)
    with pytest.raises(Refused):
        world.do("minh", "submit", ref, key="asked")
    kept = world.command("minh", "asked")
    assert kept is not None
    assert (kept.outcome, kept.case_id, kept.station) == ("refused", record.id, "drafting")
    assert "missing_paper" in kept.answer
    assert (world.record(ref), world.entries(ref)) == (record, entries)
    with world.engine.database.reading() as conn:
        assert [c.key for c in commands.of_case(conn, record.id, "refused")] == ["asked"]


def test_what_is_wrong_or_not_there_leaves_nothing(world: World) -> None:
    ref = a_draft(world)
    before = (world.record(ref), world.kept_commands(), world.entries(ref))
    with pytest.raises(Invalid):
        world.do("lan", "amend", ref, key="wrong", nominations=nominations("KHONG_CO"))
    with pytest.raises(Invalid):
        world.do("lan", "amend", ref, key="wrong", unknown=1)
    with pytest.raises(NotFound):
        world.do("tam", "amend", ref, key="hidden", title="Của người khác")
    with pytest.raises(NotFound):
        world.do("lan", "amend", "HS-2024-7777", key="absent", version=1)
    assert (world.record(ref), world.kept_commands(), world.entries(ref)) == before
    assert world.do("lan", "amend", ref, key="wrong", title="Nay đúng").version == 3  # the key is still free


def test_a_missing_version_or_key_is_wrong_before_anything(sqlite_world: World) -> None:
    with pytest.raises(Invalid) as wrong:
        checked("submit", key="k", ref="HS-2024-0001")
    assert [f.field for f in wrong.value.fields] == ["version"]
    for key in ("", " ", "khóa", "x" * 201, "a b", "a\n"):
        with pytest.raises(Invalid):
            checked("submit", key=key, ref="HS-2024-0001", version=1)


def test_the_version_comes_before_every_rule(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_draft(sqlite_world)
    for version in (1, 3, 99):
        with pytest.raises(ChangedMeanwhile):
            world.do("minh", "award", ref, version=version, nominations=["x"])


def at_once(count: int, act: Callable[[int], Done]) -> list[tuple[object, ...]]:
    """The answers to as many people who act at the same moment."""
    gate = threading.Barrier(count)

    def waits_then_acts(place: int) -> tuple[object, ...]:
        gate.wait()
        return said(lambda: act(place))

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(waits_then_acts, range(count)))


def test_twenty_parallel_posts_of_one_key_are_one_act(world: World) -> None:
    ref = a_draft(world)
    command = checked("amend", key="one", ref=ref, version=2, args={"title": "Một lần"})
    answers = at_once(20, lambda _: perform(world.engine, command, world.people["lan"]))
    assert set(answers) == {("ok", Done(ref, "drafting", 3, 3, "dossier@A.1"))}
    assert [entry.seq for entry in world.entries(ref)] == [1, 2, 3]


def test_twenty_parallel_posts_of_a_new_dossier_open_one(world: World) -> None:
    sent = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Một", "nominations": []}
    command = checked("create", key="one", args=sent)
    answers = at_once(20, lambda _: perform(world.engine, command, world.people["lan"]))
    assert len(set(answers)) == 1
    with world.engine.database.reading() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM cases").scalar_one() == 1


def test_of_eight_at_one_version_one_wins_and_the_others_learn_who_when_and_how_it_stands(
    world: World,
) -> None:
    ref = a_dossier(world, "home_affairs_review")
    seen = world.record(ref).version
    officers = [
        replace(world.people["ngoc"], person=f"o{n}", account=f"o{n}", name=f"Cán bộ {n}") for n in range(8)
    ]
    (id_,) = world.ids(ref)

    def command(place: int) -> Command:
        verdicts = [{"nomination": id_, "verdict": "recommended"}]
        return checked("judge", key=f"race{place}", ref=ref, version=seen, args={"verdicts": verdicts})

    answers = at_once(8, lambda place: perform(world.engine, command(place), officers[place]))
    winners = [place for place, answer in enumerate(answers) if answer[0] == "ok"]
    assert len(winners) == 1
    name, last = f"Cán bộ {winners[0]}", world.entries(ref)[-1]
    others = [answer for answer in answers if answer[0] != "ok"]
    for kind, by, at, station, version in others:
        assert (kind, by, station, version) == ("conflict", name, "home_affairs_review", seen + 1)
        assert datetime.fromisoformat(str(at)) == last.at
    assert (last.seq, world.record(ref).version) == (seen + 1, seen + 1)
    assert sorted(outcome for key, outcome in world.kept_commands() if key.startswith("race")) == [
        *["conflict"] * 7,
        "ok",
    ]


def test_parallel_decisions_get_neighbouring_numbers(world: World) -> None:
    refs = [a_dossier(world, "awaiting_decision") for _ in range(4)]
    sent = [
        checked(
            "award", key=ref, ref=ref, version=world.record(ref).version, args={"nominations": world.ids(ref)}
        )
        for ref in refs
    ]
    at_once(4, lambda place: perform(world.engine, sent[place], world.people["hung"]))
    decisions = [world.case(ref).decision for ref in refs]
    assert sorted(d.number for d in decisions if d) == [1, 2, 3, 4]
