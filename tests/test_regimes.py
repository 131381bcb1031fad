"""What becomes of a dossier when the rules change: drafts follow, what was submitted stays where it is."""

from datetime import date, timedelta
from pathlib import Path

import builders_wards
import pytest
from builders import World
from builders_wards import (
    FIRST_OF_B,
    LAST_OF_A,
    a_dossier,
    a_draft,
    forwarded,
    judged,
    performed,
    submitted,
    the_wards,
    voted,
)
from hypothesis import given, strategies as st

from db import case_lists
from db.engine import Database
from states.definition import DefinitionError, in_force
from states.definition_file import shipped
from states.history import read
from workflow.problems import NotFound
from workflow.sight import scope_of

FIRST_OF_C = date(2026, 10, 1)


@pytest.fixture
def wards(sqlite_database: Database, tmp_path: Path) -> World:
    """Two wards, a city that goes from regime A to B."""
    return the_wards(sqlite_database, tmp_path)


def definitions_of(world: World, ref: str) -> list[str]:
    """The definition each entry of a history was decided under."""
    names = {found.digest: name for name, found in shipped().items()}
    return [names[str(read(entry.body)["definition"])] for entry in world.entries(ref)]


# ---------------------------------------------------------------- 30 June, 1 July


@pytest.mark.parametrize(
    ("day", "station", "definition"),
    [
        (LAST_OF_A, "education_review", "dossier@A.1"),
        (FIRST_OF_B, "culture_social_review", "dossier@B.1"),
    ],
)
def test_a_schools_dossier_of_30_june_and_one_of_1_july_go_their_different_ways(
    wards: World, day: date, station: str, definition: str
) -> None:
    ref = submitted(wards.on(day), "TK")
    assert (wards.case(ref).station, wards.case(ref).definition) == (station, definition)
    assert set(definitions_of(wards, ref)) == {definition}


def test_the_whole_way_of_each_is_its_own(wards: World) -> None:
    old = submitted(wards.on(LAST_OF_A), "TK")
    new = submitted(wards.on(FIRST_OF_B), "TK")
    for ref in (old, new):
        for _ in range(9):
            case = wards.case(ref)
            if case.station == "awarded":
                break
            if case.station.endswith("_review"):
                forwarded(wards, ref)
            elif case.station == "awaiting_council":
                performed(wards, "council_secretary", "put_on_agenda", ref)
            elif case.station == "council_vote":
                voted(wards, ref)
            else:
                performed(wards, "chairman", "award", ref)
    assert stations_of(wards, old) == [
        *("drafting", "education_review", "home_affairs_review", "awaiting_council"),
        *("council_vote", "awaiting_decision", "awarded"),
    ]
    assert stations_of(wards, new) == [
        *("drafting", "culture_social_review", "awaiting_council"),
        *("council_vote", "awaiting_decision", "awarded"),
    ]
    assert set(definitions_of(wards, old)) == {"dossier@A.1"}
    assert set(definitions_of(wards, new)) == {"dossier@B.1"}


def stations_of(world: World, ref: str) -> list[str]:
    """The stations of a dossier in the order it came to them."""
    bodies = [read(entry.body) for entry in world.entries(ref)]
    return [str(body["to"]) for body in bodies if body["from"] != body["to"]]


def test_what_was_submitted_stays_with_its_version_however_late_it_is_acted_on(wards: World) -> None:
    ref = submitted(wards.on(LAST_OF_A), "OK")
    wards.on(date(2026, 11, 2))
    assert "judge" in wards.explained("k_ngoc", ref)
    with pytest.raises(NotFound):
        wards.explained("k_van", ref)
    forwarded(wards, ref)
    assert wards.case(ref).station == "awaiting_council"
    assert definitions_of(wards, ref)[-1] == "dossier@A.1"


def test_a_draft_follows_the_version_in_force_when_it_is_submitted(wards: World) -> None:
    ref = a_draft(wards.on(LAST_OF_A), "TK")
    assert definitions_of(wards, ref) == ["dossier@A.1", "dossier@A.1"]
    wards.on(FIRST_OF_B)
    assert wards.view("k_thu", ref).definition.name == "dossier@B.1"
    done = wards.do("k_hieu", "submit", ref)
    assert (done.station, done.definition) == ("culture_social_review", "dossier@B.1")
    assert definitions_of(wards, ref) == ["dossier@A.1", "dossier@A.1", "dossier@B.1"]


def test_a_draft_that_asks_for_what_the_new_rules_do_not_give_says_so(wards: World) -> None:
    ref = a_draft(wards.on(LAST_OF_A), "TK", awards=("GK_HUYEN",))
    wards.on(FIRST_OF_B)
    assert wards.refused("k_hieu", "submit", ref) == ["not_decided_here"]


def test_what_was_returned_to_the_unit_stays_with_its_version_too(wards: World) -> None:
    ref = submitted(wards.on(LAST_OF_A), "TK")
    performed(wards, "education_officer", "request_completion", ref)
    wards.on(FIRST_OF_B)
    assert wards.do("k_hieu", "resubmit", ref).station == "education_review"


def test_a_unit_that_ended_submits_nothing_more_but_may_withdraw(wards: World) -> None:
    draft, sent = a_draft(wards.on(LAST_OF_A), "T0"), submitted(wards, "T0")
    wards.on(FIRST_OF_B)
    (reason,) = wards.reasons("k_duc", "submit", draft)
    assert (reason["code"], reason["facts"]) == ("unit_ended", {"date": "2025-06-30"})
    assert wards.explained("k_duc", draft)["submit"] == ["unit_ended"]
    assert wards.do("k_duc", "withdraw", draft).station == "withdrawn"
    judged(wards, sent)
    assert wards.case(sent).definition == "dossier@A.1"


# ---------------------------------------------------------------- which version is in force


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2024, 1, 1), "A.1"),
        (LAST_OF_A, "A.1"),
        (FIRST_OF_B, "B.1"),
        (FIRST_OF_C - timedelta(1), "B.1"),
        (FIRST_OF_C, "C.1"),
        (date(2030, 1, 1), "C.1"),
    ],
)
def test_a_version_is_in_force_from_its_first_day(day: date, version: str) -> None:
    assert in_force(shipped(), key="dossier", day=day).version == version


def test_before_the_first_version_there_is_none() -> None:
    with pytest.raises(DefinitionError, match="2023-12-31"):
        in_force(shipped(), key="dossier", day=date(2023, 12, 31))


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.integers(0, 900))
def test_time_never_brings_an_older_version_back(day: date, later: int) -> None:
    now = in_force(shipped(), key="dossier", day=day)
    then = in_force(shipped(), key="dossier", day=day + timedelta(later))
    assert now.effective_from <= then.effective_from
    assert now.effective_from <= day


def test_regime_c_is_regime_b_with_a_banner_that_says_so(wards: World) -> None:
    b, c = shipped()["dossier@B.1"], shipped()["dossier@C.1"]
    assert (c.stations, c.steps) == (b.stations, b.steps)
    assert c.provisional is not None
    assert b.provisional is None
    ref = submitted(wards.on(FIRST_OF_C))
    assert wards.case(ref).definition == "dossier@C.1"
    assert wards.case(ref).station == "culture_social_review"


# ---------------------------------------------------------------- each ward for itself


def test_the_people_of_a_ward_list_nothing_of_another(wards: World) -> None:
    mine, theirs = submitted(wards, "OA"), submitted(wards, "OB")
    with wards.engine.database.reading() as conn:
        listed = {
            who: {row.ref for row in case_lists.listed(conn, scope_of(wards.people[who]), limit=9)}
            for who in ("ngoc", "b_ngoc", "trung", "b_trung", "hung", "k_van")
        }
    assert listed == {
        "ngoc": {mine},
        "trung": {mine},
        "b_ngoc": {theirs},
        "b_trung": {theirs},
        "hung": set(),
        "k_van": set(),
    }


def test_each_ward_numbers_its_own_decisions(wards: World) -> None:
    refs = [a_dossier(wards, "awarded", unit) for unit in ("OA", "OB", "TA")]
    decisions = [wards.case(ref).decision for ref in refs]
    assert [decision.number for decision in decisions if decision] == [1, 1, 2]


@pytest.mark.parametrize("award", ["LDTT", "CSTDCS", "GK_XA"])
def test_the_chairman_of_a_ward_decides_what_the_citys_decided(wards: World, award: str) -> None:
    ref = a_dossier(wards, "awarded", "TA", awards=(award,))
    (nomination,) = wards.case(ref).nominations.values()
    assert (nomination.outcome, nomination.decision_no) == ("awarded", "01/QĐ-UBND")


def test_a_body_without_the_office_holds_its_dossiers_itself(
    sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(builders_wards, "UNITS", [u for u in builders_wards.UNITS if u[0] != "HA"])
    monkeypatch.setattr(
        builders_wards, "PEOPLE", {k: v for k, v in builders_wards.PEOPLE.items() if v[1] != "HA"}
    )
    world = the_wards(sqlite_database, tmp_path)
    ref = a_dossier(world, "awaiting_council")
    holder = world.case(ref).holder
    assert holder is not None
    assert (holder.role, holder.unit) == ("council_secretary", "PA")
