"""Whatever happens in a session: every tally is the recount of the votes cast, closed rounds never change."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from builders import World, a_world
from builders_council import THE_DAY, a_council, a_scan, convened, ready, session
from databases import a_sqlite_copy, empty
from hypothesis import HealthCheck, event, given, settings, strategies as st

from db.engine import Database
from states.council.ballots import Totals
from states.council.session import Round
from states.history import fold, read
from workflow.auditing.verification import verify
from workflow.problems import Problem

VOTES = ("for", "against", "blank")
MANY = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
USUAL = ("round", "count", "close")
ACTS = (*USUAL, *USUAL, *USUAL, "attend", "interest", "lift", "lower", "aside", "postpone", "end")

# What is done, by whom of the council, with which figures.
MOVE = st.tuples(st.sampled_from(ACTS), st.integers(0, 8), st.integers(0, 2**16))
MOVES = st.lists(MOVE, min_size=12, max_size=30)


class Sitting:
    """A session with what each member secretly wrote on each ballot, which the system never learns."""

    def __init__(self, world: World) -> None:
        self.world = world
        a_council(world)
        self.dossiers = [ready(world, awards=("CSTDCS", "TTLDTT", "GK_HUYEN")), ready(world, unit="P2")]
        self.ref = convened(world, *self.dossiers)
        world.on(THE_DAY)
        world.do("chau", "open_session", self.ref, present=list(session(world, self.ref).roll))
        self.closed: dict[str, Round] = {}
        self.cast: dict[str, dict[str, Totals]] = {}

    def move(self, act: str, who: int, figure: int) -> str:
        """Try one thing; only a problem with a name may come of it."""
        try:
            getattr(self, act)(who, figure)
        except Problem as problem:
            return f"{act}: {type(problem).__name__} {problem}"
        finally:
            self.holds()
        return act

    def attend(self, who: int, figure: int) -> None:
        ways = ("present", "present", "written", "excused", "absent", "left")
        self._do("yen", "mark_attendance", seat=self._seat(who), attendance=ways[figure % len(ways)])

    def round(self, who: int, figure: int) -> None:
        again = {"again": "Phiếu không hợp lệ"} if figure % 3 == 0 else {}
        self._do("yen", "open_round", dossier=self.dossiers[who % 2], **again)

    def count(self, _who: int, figure: int) -> None:
        """Each ballot is drawn for itself; both tellers count the same ballots, unless one errs."""
        found = session(self.world, self.ref).open_round
        if found is None:
            return
        no, one = found
        totals = {id_: self._ballots(one, id_, figure) for id_ in one.rules}
        for place, teller in enumerate(("yen", "quang")):
            told = {**totals}
            if place and figure % 7 == 0:
                first = next(iter(told))
                told[first] = replace(told[first], for_=told[first].against, against=told[first].for_)
            rows = [_row(id_, one_of) for id_, one_of in told.items()]
            self._do(teller, "enter_totals", totals=rows, scan=a_scan(self.world, teller))
        self.cast[no] = totals

    def _ballots(self, one: Round, id_: str, figure: int) -> Totals:
        room = [VOTES[(figure >> place) % 3] for place, _ in enumerate(sorted(one.roll.may_vote(id_)))]
        wrote = sorted(one.roll.may_write(id_, one.rules[id_]))
        opinions = [VOTES[(figure >> place) % 2] for place, _ in enumerate(wrote)]
        return Totals(*(votes.count(choice) for votes in (room, opinions) for choice in VOTES))

    def close(self, who: int, _figure: int) -> None:
        self._do("chau" if who else "vinh", "close_round")

    def interest(self, who: int, figure: int) -> None:
        people = ("chau", "vinh", "quang", "yen")
        self._do(people[who % 4], "declare_conflict", dossier=self.dossiers[figure % 2], reason="Họ hàng")

    def lift(self, _who: int, figure: int) -> None:
        known = list(session(self.world, self.ref).conflicts) or ["?"]
        self._do("chau", "lift_conflict", conflict=known[figure % len(known)], reason="Không phải")

    def lower(self, who: int, _figure: int) -> None:
        item = session(self.world, self.ref).items[self.dossiers[0]]
        id_ = list(item.nominations)[who % len(item.nominations)]
        self._do(
            "chau", "propose_lower", dossier=self.dossiers[0], nomination=id_, award="LDTT", reason="Thấp hơn"
        )

    def aside(self, who: int, _figure: int) -> None:
        item = session(self.world, self.ref).items[self.dossiers[0]]
        named = [list(item.nominations)[who % len(item.nominations)]]
        self._do("chau", "set_aside", dossier=self.dossiers[0], nominations=named, reason="Có đơn")

    def postpone(self, who: int, _figure: int) -> None:
        self._do("chau", "postpone_item", dossier=self.dossiers[who % 2], reason="Chờ xác minh")

    def end(self, _who: int, _figure: int) -> None:
        self._do("chau", "close_session")

    def _do(self, who: str, act: str, reason: str | None = None, **args: Any) -> None:
        self.world.now += timedelta(seconds=1)
        self.world.do(who, act, self.ref, reason=reason, **args)

    def _seat(self, who: int) -> str:
        return sorted(session(self.world, self.ref).roll)[who]

    def holds(self) -> None:
        """What must be true after every move."""
        record, now = self.world.record(self.ref), session(self.world, self.ref)
        entries = self.world.entries(self.ref)
        assert fold(read(entry.body)["effects"] for entry in entries) == json.loads(record.facts)
        for no, one in now.rounds.items():
            if no in self.closed:
                assert one == self.closed[no], "a closed round changed"
            elif one.closed:
                self.closed[no] = one
                self.recounted(no, one)

    def recounted(self, no: str, one: Round) -> None:
        """The outcome says what was cast, of all members, nobody counted twice."""
        assert len(set(one.seats)) == len(one.seats) == 9
        assert not set(one.present) & set(one.written)
        for id_, said in one.outcomes.items():
            assert said.totals.room + said.totals.opinions <= said.entitled <= 9
            if said.result != "no_quorum":
                assert said.totals == self.cast[no][id_]
                assert (said.result == "passed") == (said.totals.all_for >= said.needed)
            else:
                assert len(one.present) < said.quorum


def _row(id_: str, totals: Totals) -> dict[str, Any]:
    room = {"for": totals.for_, "against": totals.against, "blank": totals.blank}
    written = {
        "written_for": totals.written_for,
        "written_against": totals.written_against,
        "written_blank": totals.written_blank,
    }
    return {"nomination": id_, **room, **written}


def played(world: World, moves: list[tuple[str, int, int]]) -> list[str]:
    """One session with all that was tried in it."""
    sitting = Sitting(world)
    said = [sitting.move(*move) for move in moves]
    event(f"{len(sitting.closed)} rounds closed")
    found = verify(world.engine)
    assert found.ok, found.first_bad
    return said


@settings(max_examples=20, suppress_health_check=MANY)
@given(moves=MOVES)
def test_whatever_happens_in_a_session_its_tallies_are_what_was_cast(
    sqlite_template: Path, tmp_path: Path, moves: list[tuple[str, int, int]]
) -> None:
    with a_sqlite_copy(sqlite_template) as database:
        played(a_world(database, tmp_path), moves)


@settings(max_examples=5, suppress_health_check=MANY)
@given(moves=MOVES)
def test_the_same_session_gives_the_same_history_on_both_databases(
    sqlite_template: Path, tmp_path: Path, postgresql_database: Database, moves: list[tuple[str, int, int]]
) -> None:
    with postgresql_database.transaction() as conn:
        empty(conn)
    with a_sqlite_copy(sqlite_template) as database:
        here, there = a_world(database, tmp_path), a_world(postgresql_database, tmp_path)
        assert played(here, moves) == played(there, moves)
        assert hashes(here) == hashes(there)


def hashes(world: World) -> list[str]:
    """The whole history by its hashes."""
    with world.engine.database.reading() as conn:
        return list(conn.exec_driver_sql("SELECT hash FROM history ORDER BY case_id, seq").scalars())
