"""What the unit reads of its own dossier, and when."""

from datetime import timedelta
from typing import Any

import pytest
from builders import (
    World,
    a_dossier,
    a_draft,
    also,
    an_actor,
    answered,
    completion_asked,
    judged,
    recorded,
    voted,
)

from db import case_lists
from states.decide import Actor
from workflow.dossiers import reading
from workflow.problems import NotFound
from workflow.sight import scope_of, sees

SECRET = "Bí mật của cơ quan"


def acts(world: World, who: str | Actor, ref: str) -> list[str]:
    """The acts of the history as this person reads them."""
    return [entry.act for entry in world.view(who, ref).entries]


def everything(world: World, who: str | Actor, ref: str) -> str:
    """All that a person may read of a dossier, as one text."""
    view = world.view(who, ref)
    return repr((view.record, view.case, view.nominations, view.flags, view.entries, view.papers))


def verdict(world: World, ref: str, **said: Any) -> None:
    """The office declines the first nomination with a secret for a reason."""
    first, *others = world.ids(ref)
    rows = [{"nomination": first, "verdict": "declined", "reason": SECRET}]
    rows += [{"nomination": id_, "verdict": "recommended"} for id_ in others]
    world.do("khoa" if world.case(ref).station == "education_review" else "ngoc", "judge", ref, verdicts=rows)


def test_verdicts_are_told_to_the_unit_when_the_office_lets_the_dossier_go(world: World) -> None:
    ref = a_dossier(world, "education_review", awards=("CSTDCS", "LDTT"))
    verdict(world, ref)
    assert SECRET not in everything(world, "hieu", ref)
    assert SECRET in everything(world, "khoa", ref)
    assert "judge" not in acts(world, "thu", ref)
    assert [n.opinions for n in world.view("hieu", ref).nominations] == [{}, {}]
    assert world.view("hieu", ref).record.holder_role == "education_head"  # whose turn it is, at once
    world.do("dung", "forward", ref)
    told = world.view("hieu", ref)
    assert [n.reason for n in told.nominations] == [SECRET, ""]
    assert [n.opinions["education"].verdict for n in told.nominations] == ["declined", "recommended"]
    assert [entry.seq for entry in told.entries] == [1, 2, 3, 4, 5]


def test_why_something_was_recommended_stays_the_offices_note(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    (id_,) = world.ids(ref)
    world.do("ngoc", "judge", ref, verdicts=[{"nomination": id_, "verdict": "recommended", "reason": SECRET}])
    world.do("son", "forward", ref)
    assert world.view("lan", ref).nominations[0].opinions["home_affairs"].verdict == "recommended"
    assert (SECRET in everything(world, "lan", ref), SECRET in everything(world, "son", ref)) == (False, True)


def test_verdicts_given_before_a_completion_stay_untold(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    verdict(world, ref)
    completion_asked(world, ref, {"nomination": world.ids(ref)[1], "field": "achievement", "note": "Số liệu"})
    view = world.view("lan", ref)
    assert (SECRET in everything(world, "lan", ref), view.flags[0].note) == (False, "Số liệu")
    assert [entry.seq for entry in view.entries] == [1, 2, 3, 5]  # the judging is skipped
    world.do("minh", "resubmit", ref)
    assert SECRET not in everything(world, "lan", ref)


def test_a_verdict_of_the_second_round_waits_to_be_told_again(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_council", awards=("CSTDCS", "CSTDCS"))
    world.do("son", "return_for_review", ref, reason="Nội bộ")
    assert "home_affairs" in world.view("lan", ref).nominations[0].opinions
    verdict(world, ref)
    view = world.view("lan", ref)
    assert (view.nominations[0].opinions, SECRET in everything(world, "lan", ref)) == ({}, False)
    assert "Nội bộ" not in everything(world, "lan", ref)
    world.do("son", "forward", ref)
    assert world.view("lan", ref).nominations[0].reason == SECRET


def test_the_councils_result_is_told_once_confirmed(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote")
    recorded(world, ref)
    assert (world.view("lan", ref).case.result, "record_result" in acts(world, "lan", ref)) == (None, False)
    assert world.view("yen", ref).case.result is not None
    world.do("chau", "confirm_result", ref)
    view = world.view("lan", ref)
    assert view.case.result is not None
    assert ("record_result" in acts(world, "lan", ref), view.case.nominations[world.ids(ref)[0]].council) == (
        True,
        "passed",
    )


def test_a_hold_is_told_without_its_cause(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.do("son", "hold", ref, cause="denunciation", document="99/TB-THANHTRA")
    for secret in ("denunciation", "THANHTRA"):
        assert secret not in everything(world, "lan", ref)
        assert secret in everything(world, "trung", ref)
    assert world.view("lan", ref).case.on_hold is not None
    assert acts(world, "lan", ref)[-1] == "hold"
    world.do("son", "release", ref, document="100/KL-THANHTRA")
    assert "THANHTRA" not in everything(world, "lan", ref)


def test_the_acts_a_unit_is_shown_tell_no_verdict(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    before = world.explained("lan", ref)
    judged(world, ref, declined=world.ids(ref))
    assert world.explained("lan", ref) == before
    assert set(map(tuple, before.values())) == {("wrong_role",)}
    assert world.refused("lan", "forward", ref) == ["wrong_role"]


def test_who_is_also_in_the_office_reads_as_the_office(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    verdict(world, ref)
    both = also(world.people["lan"], "home_affairs_officer", "PNV")
    assert SECRET in everything(world, both, ref)
    elsewhere = also(world.people["lan"], "home_affairs_officer", "NVTN")
    assert SECRET not in everything(world, elsewhere, ref)


def test_a_list_shows_exactly_what_can_be_opened(world: World) -> None:
    refs = [a_draft(world), a_draft(world, unit="T1"), a_dossier(world, "education_review")]
    refs += [a_dossier(world, s) for s in ("home_affairs_review", "awaiting_council", "awarded", "withdrawn")]
    refs.append(a_dossier(world, "awaiting_decision", kind="DOT_XUAT", awards=("GK_HUYEN",)))
    strangers = [an_actor("home_affairs_officer", "NVTN", "x"), Actor("nobody", ())]
    for actor in (*world.people.values(), *strangers):
        with world.engine.database.reading() as conn:
            shown = {record.ref for record in case_lists.listed(conn, scope_of(actor), limit=100)}
        assert shown == {ref for ref in refs if sees(actor, world.record(ref))}


def test_the_state_as_of_a_moment_is_the_fold_up_to_it(world: World) -> None:
    ref = a_dossier(world, "awarded", unit="T1")
    entries, record = world.entries(ref), world.record(ref)
    with world.engine.database.reading() as conn:
        for entry in entries:
            for moment, seq in ((entry.at, entry.seq), (entry.at - timedelta(microseconds=1), entry.seq - 1)):
                then = reading.state_as_of(conn, record, moment)
                assert (then.version if then else 0) == seq
        assert reading.state_as_of(conn, record, entries[-1].at) == world.case(ref)


def test_the_province_tells_the_unit_why(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "submitted_to_province")
    answered(world, ref, **dict.fromkeys(world.ids(ref), "declined"))
    assert world.view("lan", ref).nominations[0].reason == "Vì thế"


def test_what_the_council_voted_down_is_shown_as_voted_down(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote", awards=("CSTDCS", "TTLDTT"))
    first, second = world.ids(ref)
    voted(world, ref, against=[first])
    found = {n.id: n.facts.council for n in world.view("lan", ref).nominations}
    assert found == {first: "not_passed", second: "passed"}


def test_the_unit_does_not_read_whose_hands_its_dossier_went_through(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    judged(world, ref)
    assert "ngoc" in everything(world, "son", ref)
    assert "ngoc" not in everything(world, "lan", ref)


def test_a_role_counts_only_under_its_own_body_and_in_its_own_unit(sqlite_world: World) -> None:
    world, ref, draft = sqlite_world, a_dossier(sqlite_world, "home_affairs_review"), a_draft(sqlite_world)
    two_cities = also(an_actor("registrar", "LK", "x"), "home_affairs_officer", "NVTN")
    with pytest.raises(NotFound):
        world.view(two_cities, ref)
    with pytest.raises(NotFound):
        world.view(an_actor("home_affairs_officer", "P1", "y"), draft)
    assert world.view(an_actor("home_affairs_officer", "P1", "y"), ref)
