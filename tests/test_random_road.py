"""Anybody tries anything in any order: the row stays the fold of its history, on both databases alike."""

import itertools
import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from builders import NOMINEES, World, a_draft, a_nomination, a_world, also, sent_for
from cells import ACTS, MAY
from databases import a_sqlite_copy, empty
from hypothesis import HealthCheck, given, settings, strategies as st

from db.engine import Database
from states.decide import CLOCK, Actor
from states.history import fold, read
from workflow.acts import ACTS as EVERY_ACT
from workflow.auditing.verification import verify
from workflow.outcome import Done
from workflow.problems import NotFound, Problem, Refused

WHO = {
    "unit_clerk": ("lan", "thu"),
    "unit_head": ("minh", "hieu"),
    "education_officer": ("khoa",),
    "education_head": ("dung",),
    "home_affairs_officer": ("ngoc",),
    "home_affairs_head": ("son",),
    "council_secretary": ("yen",),
    "council_member": ("quang",),
    "council_vice_chair": ("vinh",),
    "council_chair": ("chau",),
    "chairman": ("hung",),
    "clock": ("clock",),
}
ANYBODY = (*itertools.chain(*WHO.values()), "trung", "quy")
# Some people hold a second role, so that their own earlier acts come in their way.
TWICE = {"unit_clerk": "ngoc", "council_secretary": "quang", "chairman": "chau", "home_affairs_head": "ngoc"}
SECOND = {
    "ngoc": (("unit_clerk", "P1"), ("home_affairs_head", "PNV")),
    "quang": (("council_secretary", "HD"),),
    "chau": (("chairman", "LK"),),
}
# What only follows another act is nobody's to try.
TRIED = [act for act in ACTS if not EVERY_ACT[act].follows]
DRAFTING = {"create", "amend", "submit", "resubmit"}
JUDGING = {"judge"}
RARE = {"hold", "release", "withdraw", "lapse", "extend", "return_for_review", "escalate", "remind"}
SETTLING = {"forward", "decline", "confirm_result", "award"}

# Who tries what, with which figures and whether by the table or at random; sometimes some days pass.
MOVE = st.tuples(
    st.integers(0, 1),
    st.integers(0, 50),
    st.integers(0, 7),
    st.sampled_from(["by the table", "by the table", "by the table", "at random"]),
    st.sampled_from([0, 0, 0, 1, 4, 30, -2]),
)
MOVES = st.lists(MOVE, min_size=10, max_size=25)
AWARDS = st.sampled_from(
    [("CSTDCS", "CSTDCS"), ("CSTD_TINH", "TTLDXS"), ("GK_HUYEN",), ("BK_TINH", "BK_TINH")]
)
MANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def varied(world: World, ref: str, act: str, figure: int) -> dict[str, Any]:
    """What fits, in one of a few shapes: some against, some declined, some simply wrong."""
    sent, case = sent_for(world, ref, act), world.case(ref)
    ids = list(case.standing())
    if act == "judge" and figure in (1, 2):
        chosen = ids if figure == 1 else ids[:1]
        sent["verdicts"] = [{"nomination": id_, "verdict": "declined", "reason": "Chưa đủ"} for id_ in chosen]
    if act == "record_result" and figure in (1, 2, 3):
        present = 5 if figure == 1 else 9
        sent |= {
            "present": present,
            "votes": [tally(id_, place * figure, present) for place, id_ in enumerate(ids)],
        }
    if act == "record_answer" and figure in (1, 2):
        outcome = "returned" if figure == 1 else "declined"
        sent["answers"][:1] = [{"nomination": id_, "outcome": outcome, "reason": "Vì thế"} for id_ in ids[:1]]
    if act == "award" and figure in (1, 2):
        sent |= {"nominations": ids[:1] or ["x"], "others_reason": "Chưa đủ"}
    if act == "request_completion" and figure in (1, 2) and ids:
        sent["items"] = [{"nomination": ids[0], "field": "achievement", "note": "Số liệu"}]
    if act == "amend" and figure in (1, 2) and ids:
        sent["nominations"] = relisted(world, ref, figure)
    if figure == 7:
        sent = {**sent, "nominations": ["?"], "unknown": 1}
    return sent


def tally(id_: str, against: int, present: int) -> dict[str, Any]:
    """Votes of which some are against."""
    against = min(against, 1) * present
    return {"nomination": id_, "for": present - against, "against": against, "blank": 0}


def relisted(world: World, ref: str, figure: int) -> list[dict[str, Any]]:
    """The list as it stands, its first row rewritten or one row added."""
    rows = []
    for view in world.view(CLOCK, ref).nominations:
        subject = {"type": view.facts.subject_type, "name": view.name}
        rows.append(
            {"id": view.id, "award": view.facts.award, "subject": subject, "achievement": view.achievement}
        )
    if figure == 1:
        return [{**rows[0], "achievement": f"Viết lại lần {world.record(ref).version}"}, *rows[1:]]
    return [*rows, {**rows[0], "id": None, "subject": {**rows[0]["subject"], "name": "Người mới"}}]


def tried(world: World, ref: str, which: int, figure: int, how: str) -> str:
    """Somebody tries something; what came of it as one word."""
    case = world.case(ref)
    station = case.station
    if how == "by the table":
        place = f"{station}/school" if station == "awaiting_completion" and case.unit == "T1" else station
        here = [(a, roles) for (s, a), roles in MAY.items() if s in (station, place)]
        may = [(a, role) for a, roles in here for role in roles.split() if role in WHO]
        usual = {"release"} if case.on_hold else {act for act, _ in may} - RARE
        may = [pair for pair in may if pair[0] in usual or which > 40] or [("amend", "unit_clerk")]
        act, role = may[which % len(may)]
        people = WHO[role]
        who = people[-1] if case.unit == "T1" else people[0]
        who = TWICE.get(role, who) if figure >= 5 else who
    else:
        act, who = TRIED[which % len(TRIED)], ANYBODY[figure * 7 % len(ANYBODY)]
    return came_of(world, CLOCK if who == "clock" else world.people[who], act, ref, figure)


def came_of(world: World, actor: Actor, act: str, ref: str, figure: int) -> str:
    """Try it; only a problem that has a name may come of it. What was explained must be what happened."""
    before, told = world.record(ref), explained(world, actor, ref)
    sent = varied(world, ref, act, figure)
    problem: Problem | None = None
    try:
        done = world.do(actor, act, ref, **sent)
    except Problem as raised:
        problem = raised
    if problem is None:
        assert told is not None
        assert told.get(act, []) == []
        holds(world, ref, done)
        return f"{act} to {done.station}"
    assert world.record(ref) == before
    assert isinstance(problem, NotFound) <= (told is None)
    if isinstance(problem, Refused):
        assert {reason["code"] for reason in problem.reasons} >= set((told or {}).get(act, ()))
    return f"{type(problem).__name__}: {problem}"


def explained(world: World, actor: Actor, ref: str) -> dict[str, list[str]] | None:
    """What this person is told of every act, or nothing where they see nothing."""
    try:
        return world.explained(actor, ref)
    except NotFound:
        return None


def holds(world: World, ref: str, done: Done) -> None:
    """What must be true after every act, of whoever, whatever it was."""
    record, case, entries = world.record(ref), world.case(ref), world.entries(ref)
    assert fold(read(entry.body)["effects"] for entry in entries) == json.loads(record.facts)
    assert (done.version, record.version, case.version) == (len(entries),) * 3
    assert record.final == (case.holder is None)
    assert [e.at for e in entries] == sorted(e.at for e in entries)
    if case.station == "awarded":
        assert any(n.outcome == "awarded" for n in case.nominations.values())
    if record.final and case.station not in ("withdrawn", "lapsed"):
        assert not case.standing()
    for person in {entry.actor for entry in entries}:
        acts = {entry.act for entry in entries if entry.actor == person}
        assert not (acts & DRAFTING and acts & (JUDGING | SETTLING)), (person, acts)
        assert not (acts & JUDGING and acts & SETTLING), (person, acts)


def played(world: World, awards: tuple[str, ...], moves: list[tuple[int, int, int, str, int]]) -> list[str]:
    """Two dossiers, a ward's and a school's, and all that was tried on them."""
    kind = "DOT_XUAT" if awards == ("GK_HUYEN",) else "CONG_TRANG"
    rows = [a_nomination(award, name) for award, name in zip(awards, NOMINEES, strict=False)]
    for person, roles in SECOND.items():
        for role, unit in roles:
            world.people[person] = also(world.people[person], role, unit)
    refs = [a_draft(world, kind=kind, rows=rows), a_draft(world, unit="T1", kind=kind, rows=rows)]
    said = []
    for which, what, figure, how, days in moves:
        world.now += timedelta(days=days)
        said.append(tried(world, refs[which], what, figure, how))
    found = verify(world.engine)
    assert found.ok, found.first_bad
    return said


def hashes(world: World) -> list[str]:
    """The whole history by its hashes."""
    with world.engine.database.reading() as conn:
        return list(conn.exec_driver_sql("SELECT hash FROM history ORDER BY case_id, seq").scalars())


@contextmanager
def sqlite_city(template: Path, folder: Path) -> Iterator[World]:
    """A fresh city in a file of its own."""
    with a_sqlite_copy(template) as database:
        yield a_world(database, folder)


@settings(max_examples=25, suppress_health_check=MANY)
@given(awards=AWARDS, moves=MOVES)
def test_whatever_people_try_the_row_is_the_fold_of_its_history(
    sqlite_template: Path,
    tmp_path: Path,
    awards: tuple[str, ...],
    moves: list[tuple[int, int, int, str, int]],
) -> None:
    with sqlite_city(sqlite_template, tmp_path) as world:
        played(world, awards, moves)


@settings(max_examples=8, suppress_health_check=MANY)
@given(awards=AWARDS, moves=MOVES)
def test_the_same_tries_give_the_same_history_on_both_databases(
    sqlite_template: Path,
    tmp_path: Path,
    postgresql_database: Database,
    awards: tuple[str, ...],
    moves: list[tuple[int, int, int, str, int]],
) -> None:
    with postgresql_database.transaction() as conn:
        empty(conn)
    with sqlite_city(sqlite_template, tmp_path) as here:
        there = a_world(postgresql_database, tmp_path)
        assert played(here, awards, moves) == played(there, awards, moves)
        assert hashes(here) == hashes(there)
        assert len(hashes(here)) >= 4


def test_random_tries_reach_every_station(sqlite_world: World) -> None:
    """Else the properties above would say little: a fixed run of tries comes everywhere."""
    world, seen, chance = sqlite_world, set[str](), random.Random(5)
    wanted = {station for station, _ in MAY if "/" not in station} | {"awarded", "declined", "withdrawn"}
    for awards in (("CSTD_TINH",), ("CSTDCS",), ("GK_HUYEN",), ("CSTD_TINH",)) * 10:
        moves = [(0, chance.randrange(51), chance.randrange(4), "by the table", 0) for _ in range(25)]
        moves += [(1, *move[1:]) for move in moves[:6]]
        seen |= {said.partition(" to ")[2] for said in played(world, awards, moves) if " to " in said}
        if seen >= wanted:
            return
    raise AssertionError(f"never came to {wanted - seen}")
