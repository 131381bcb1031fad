"""The council of the demo sits by the acts of its sessions."""

from collections import Counter
from datetime import date
from typing import Any

import sqlalchemy as sa
from builders_demo import TODAY, City

from db import cases
from db.schema import METADATA
from states.calendar.working_days import vietnam
from states.deadlines import add_working_days
from workflow.loading import facts_in

pytest_plugins = ["demo_fixtures"]
CASES = METADATA.tables["cases"]


def in_council(city: City, kind: str, station: str) -> Any:
    """The facts of the one case of this kind at this station."""
    at = sa.select(CASES.c.ref).where(CASES.c.kind == kind, CASES.c.station == station)
    ((ref,),) = city.rows(at)
    with city.engine.database.reading() as conn:
        record = cases.load(conn, ref)
    assert record is not None
    return facts_in(record)


def test_the_council_of_fifteen_had_one_term_that_ended_with_one_that_began(city: City) -> None:
    council = in_council(city, "council", "seated")
    ended = [seat for seat in council.seats.values() if seat.valid_to]
    (newest,) = [seat for seat in council.seats.values() if seat.valid_from == date(2024, 4, 1)]
    assert [seat.valid_to for seat in ended] == [date(2024, 3, 31)]
    assert (len(council.sitting(date(2024, 3, 15))), len(council.sitting(TODAY))) == (15, 15)
    assert newest in council.sitting(TODAY).values()
    rule = council.rule("GK_HUYEN")
    assert (rule.share, rule.confidence, rule.written) == (75, "med", True)
    assert "Quy chế" in rule.source


def test_the_session_of_may_was_held_by_its_acts_to_its_signed_minutes(city: City) -> None:
    session = in_council(city, "session", "minutes_signed")
    assert Counter(session.attendance.values()) == {"present": 13, "written": 1, "excused": 1}
    assert [one.why for one in session.conflicts.values()].count("declared") == 1
    assert [one.why for one in session.conflicts.values()].count("unit_head") >= 1
    assert all(one.closed and one.scan and len(one.totals) == 2 for one in session.rounds.values())
    results = Counter(said.result for one in session.rounds.values() for said in one.outcomes.values())
    assert results.keys() == {"passed", "not_passed"}
    assert len(session.rounds) == 4
    assert session.signatures.keys() == {"secretary", "chair"}
    assert len({one.person for one in session.signatures.values()}) == 2
    assert session.minutes


def test_a_visitor_can_hold_the_session_the_council_is_called_to(city: City) -> None:
    session = in_council(city, "session", "convened")
    assert TODAY < session.day <= add_working_days(TODAY, 5, vietnam())
    assert len(session.roll) == 15
    with city.engine.database.reading() as conn:
        items = [cases.load(conn, ref) for ref in session.items]
    assert [item.station for item in items if item] == ["awaiting_council"] * 4
