"""The council's vote: counted over all members, typed by one person, confirmed by another."""

from datetime import date
from typing import Any

import pytest
from builders import World, a_dossier, judged, recorded, voted
from hypothesis import given, strategies as st

from states.council import shares, votes
from states.dossier import Agenda, Dossier, Nomination, Result, RoundRule, Tally
from workflow.problems import Invalid


def typed(
    world: World, ref: str, *, entitled: int, present: int, written: int, for_: int, blank: int = 0
) -> None:
    """The same figures for everything that stands."""
    against = present + written - for_ - blank
    rows = [
        {"nomination": id_, "for": for_, "against": against, "blank": blank}
        for id_ in world.case(ref).standing()
    ]
    world.do("yen", "record_result", ref, entitled=entitled, present=present, written=written, votes=rows)


@pytest.mark.parametrize(
    ("entitled", "present", "written", "for_", "leads_to"),
    [
        (9, 9, 0, 7, "awaiting_decision"),  # 70 % of nine is 6.3: seven are needed
        (9, 9, 0, 6, "none"),
        (9, 6, 3, 7, "awaiting_decision"),  # written opinions count as votes
        (9, 7, 0, 7, "awaiting_decision"),
        (10, 7, 0, 7, "awaiting_decision"),
        (10, 7, 0, 6, "none"),
        (9, 5, 4, 9, "awaiting_council"),  # but not for the quorum, two thirds of all
        (10, 6, 4, 10, "awaiting_council"),
        (1, 1, 0, 1, "awaiting_decision"),
        (1, 0, 1, 1, "awaiting_council"),
        (3, 2, 0, 2, "none"),  # 2.1 means three
    ],
)
def test_the_share_is_of_all_members_and_the_quorum_of_those_present(
    sqlite_world: World, entitled: int, present: int, written: int, for_: int, leads_to: str
) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote")
    typed(world, ref, entitled=entitled, present=present, written=written, for_=for_)
    done = world.do("quang", "confirm_result", ref)
    passed = {n.council for n in world.case(ref).nominations.values()}
    assert done.station == ("awaiting_decision" if leads_to == "none" else leads_to)
    expected = {"none": {"not_passed"}, "awaiting_decision": {"passed"}, "awaiting_council": {""}}
    assert passed == expected[leads_to]


def test_each_awards_own_share_counts(sqlite_world: World) -> None:
    """Provincial titles need 80 % of nine, which is eight; seven are too few."""
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote", awards=("CSTD_TINH",))
    typed(world, ref, entitled=9, present=9, written=0, for_=7)
    assert world.do("chau", "confirm_result", ref).station == "awaiting_decision"
    assert world.refused("hung", "award", ref, nominations=world.ids(ref)) == ["not_passed"]
    other = a_dossier(world, "council_vote", awards=("CSTD_TINH",))
    typed(world, other, entitled=9, present=9, written=0, for_=8)
    assert world.do("chau", "confirm_result", other).station == "awaiting_submission"


def test_one_that_passes_carries_the_dossier_on_and_the_others_are_not_passed(world: World) -> None:
    ref = a_dossier(world, "council_vote", awards=("CSTDCS", "TTLDTT", "CSTDCS"))
    first, second, third = world.ids(ref)
    voted(world, ref, against=[first, third])
    found = world.case(ref).nominations
    assert [found[id_].council for id_ in (first, second, third)] == ["not_passed", "passed", "not_passed"]


def test_when_none_passes_the_chairman_can_only_decline_or_return(sqlite_world: World) -> None:
    for act in ("decline", "return_for_review"):
        world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote")
        voted(world, ref, against=world.ids(ref))
        assert world.explained("hung", ref)["award"] == ["not_passed"]
        assert world.refused("hung", "award", ref, nominations=world.ids(ref)) == ["not_passed"]
        stations = {"decline": "declined", "return_for_review": "home_affairs_review"}
        assert world.do("hung", act, ref, reason="Theo Hội đồng").station == stations[act]


def test_without_a_quorum_the_result_is_discarded_and_the_dossier_waits_again(world: World) -> None:
    ref = a_dossier(world, "council_vote")
    recorded(world, ref, present=5)
    assert world.do("chau", "confirm_result", ref).station == "awaiting_council"
    assert (world.case(ref).result, world.case(ref).agenda) == (None, None)
    world.do("yen", "put_on_agenda", ref, session_no="03/2024", date="2024-06-20")
    assert world.refused("chau", "confirm_result", ref) == ["result_not_recorded"]
    voted(world, ref)
    assert world.case(ref).station == "awaiting_decision"


def test_typing_the_result_again_replaces_it_until_it_is_confirmed(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote")
    recorded(world, ref, against=world.ids(ref))
    recorded(world, ref)
    assert world.do("chau", "confirm_result", ref).station == "awaiting_decision"
    assert {n.council for n in world.case(ref).nominations.values()} == {"passed"}


def test_a_return_after_the_vote_is_followed_by_a_second_vote_and_history_keeps_both(world: World) -> None:
    ref = a_dossier(world, "awaiting_decision", awards=("CSTDCS", "TTLDTT"))
    first, _ = world.ids(ref)
    world.do("hung", "return_for_review", ref, reason="Xem lại thành tích")
    assert {n.council for n in world.case(ref).nominations.values()} == {""}
    assert {tuple(n.opinions) for n in world.case(ref).nominations.values()} == {("home_affairs",)}
    judged(world, ref, declined=[first])  # the verdicts stayed, and may change
    world.do("son", "forward", ref)
    world.do("yen", "put_on_agenda", ref, session_no="03/2024", date="2024-06-20")
    voted(world, ref)
    acts = [entry.act for entry in world.entries(ref)]
    assert acts.count("record_result") == acts.count("confirm_result") == 2
    assert world.do("hung", "award", ref, nominations=list(world.case(ref).standing())).station == "awarded"
    assert [world.case(ref).nominations[id_].outcome for id_ in world.ids(ref)] == ["declined", "awarded"]


def figures(ids: list[str], **changes: Any) -> dict[str, Any]:
    """Figures that would fit, but for the changes."""
    rows = [{"nomination": id_, "for": 9, "against": 0, "blank": 0} for id_ in ids]
    return {"entitled": 9, "present": 9, "written": 0, "votes": rows, **changes}


def row(id_: str, for_: int, against: int, blank: int) -> dict[str, Any]:
    """Votes on one nomination."""
    return {"nomination": id_, "for": for_, "against": against, "blank": blank}


def test_figures_that_do_not_add_up_are_not_a_result(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote", awards=("CSTDCS", "TTLDTT"))
    a, b = world.ids(ref)
    before = (world.record(ref), world.kept_commands())
    for changes in (
        {"entitled": 0},
        {"entitled": 8},
        {"present": 8},
        {"written": 1},
        {"present": -1},
        {"votes": []},
        {"votes": [row(a, 9, 0, 0)]},
        {"votes": [row(a, 9, 0, 0), row(a, 9, 0, 0)]},
        {"votes": [row(a, 9, 0, 0), row("x", 9, 0, 0)]},
        {"votes": [row(a, 9, 0, 0), row(b, 9, 0, 0), row(b, 9, 0, 0)]},
        {"votes": [row(a, 9, 0, 0), row(b, 8, 0, 0)]},
        {"votes": [row(a, 9, 0, 0), row(b, 8, 1, 1)]},
        {"votes": [row(a, 10, 0, -1), row(b, 9, 0, 0)]},
        {"entitled": 9.0},
        {"entitled": "9"},
        {"entitled": True},
    ):
        with pytest.raises(Invalid):
            world.do("yen", "record_result", ref, **figures([a, b], **changes))
    assert (world.record(ref), world.kept_commands()) == before
    assert world.do("yen", "record_result", ref, **figures([a, b])).station == "council_vote"


@given(entitled=st.integers(1, 400), share=st.integers(1, 100))
def test_the_votes_needed_are_the_least_whole_number_of_the_share(entitled: int, share: int) -> None:
    need = shares.needed(share, entitled)
    assert 100 * need >= share * entitled > 100 * (need - 1)
    assert 3 * shares.quorum(entitled) >= 2 * entitled > 3 * (shares.quorum(entitled) - 1)


@given(entitled=st.integers(1, 60), for_=st.integers(0, 60), share=st.integers(50, 100))
def test_one_more_vote_never_turns_a_pass_into_a_fail(entitled: int, for_: int, share: int) -> None:
    case = Dossier(
        "P1", "LK", "CONG_TRANG", "full", "2023", nominations={"a": Nomination(1, "CSTDCS", "individual")}
    )
    agenda = Agenda("1", date(2024, 5, 20), {"CSTDCS": RoundRule(share, "low")})

    def passes(count: int) -> bool:
        result = Result(entitled, "yen", 1, present=entitled, votes={"a": Tally(count)})
        return "a" in votes.passed(case, agenda, result)

    assert passes(for_) <= passes(for_ + 1)
