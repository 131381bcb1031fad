"""A session of the council, from its agenda to its signed minutes; each dossier takes its own result home."""

import pytest
from builders import World
from builders_council import a_council, convened, drafted, opened, ready, seat, session, voted

from workflow.auditing import verification
from workflow.command import checked
from workflow.problems import NotFound


def test_a_session_from_its_agenda_to_its_signed_minutes(world: World) -> None:
    a_council(world)
    one, other = ready(world, awards=("CSTDCS", "TTLDTT")), ready(world, unit="P2")
    ref = opened(world, one, other)
    assert ref == "PH-2024-0001"
    assert {world.case(one).station, world.case(other).station} == {"council_vote"}
    failed = world.ids(one)[1]
    voted(world, ref, one, against={failed: 5})
    voted(world, ref, other)
    assert world.do("chau", "close_session", ref).station == "closed"
    assert {world.case(one).station, world.case(other).station} == {"awaiting_decision"}
    verdicts = {id_: n.council for id_, n in world.case(one).nominations.items()}
    assert verdicts == {world.ids(one)[0]: "passed", failed: "not_passed"}
    world.do("yen", "write_minutes", ref, text={"opening": "Chủ tịch khai mạc"})
    assert world.do("yen", "sign_minutes", ref).station == "closed"
    assert world.do("chau", "sign_minutes", ref).station == "minutes_signed"
    assert verification.verify(world.engine).first_bad is None


def test_a_session_cannot_close_while_something_is_undecided(world: World) -> None:
    a_council(world)
    one, other = ready(world), ready(world, unit="P2")
    ref = opened(world, one, other)
    voted(world, ref, one)
    assert world.refused("chau", "close_session", ref) == ["items_undecided"]
    world.do("chau", "postpone_item", ref, dossier=other, reason="Chờ xác minh")
    world.do("chau", "close_session", ref)
    assert (world.case(one).station, world.case(other).station) == ("awaiting_decision", "awaiting_council")
    again = drafted(world, other)
    assert list(session(world, again).items) == [other]


def test_what_hinders_one_dossier_hinders_the_opening_and_says_which(world: World) -> None:
    a_council(world)
    one, other = ready(world), ready(world, unit="P2")
    ref = convened(world, one, other)
    world.do("son", "return_for_review", other, reason="Bổ sung ý kiến")
    world.on(session(world, ref).day)  # type: ignore[arg-type]  # every session has its day
    present = list(session(world, ref).roll)
    reasons = world.reasons("chau", "open_session", ref, present=present)
    assert [reason["code"] for reason in reasons] == ["hindered", "wrong_station"]
    assert reasons[0]["facts"]["ref"] == other
    assert session(world, ref).station == "convened"
    assert world.case(one).station == "awaiting_council"
    world.do("yen", "set_agenda", ref, dossiers=[one])
    assert world.do("chau", "open_session", ref, present=present).station == "voting"


def test_some_nominations_go_on_in_a_dossier_of_their_own(world: World) -> None:
    a_council(world)
    one = ready(world, awards=("CSTDCS", "GK_HUYEN", "TTLDTT"))
    ref = opened(world, one)
    apart = world.ids(one)[1]
    world.do("chau", "set_aside", ref, dossier=one, nominations=[apart], reason="Có đơn", lands="review")
    voted(world, ref, one)
    world.do("chau", "close_session", ref)
    assert world.case(one).nominations[apart].outcome == "moved"
    assert world.case(one).station == "awaiting_decision"
    new = "HS-2024-0002"
    assert world.case(new).origin == one
    assert (world.case(new).station, len(world.case(new).nominations)) == ("home_affairs_review", 1)
    assert verification.verify(world.engine).first_bad is None


def test_a_member_with_an_interest_does_not_vote_on_it(world: World) -> None:
    a_council(world)
    one = ready(world, unit="P2")
    ref = opened(world, one)
    assert {c.why for c in session(world, ref).conflicts.values()} <= {"unit_head"}
    world.do("quang", "declare_conflict", ref, dossier=one, reason="Cùng dòng họ")
    world.do("yen", "open_round", ref, dossier=one)
    found = session(world, ref).open_round
    assert found is not None
    (recused,) = found[1].recused.values()
    assert seat(world, ref, "quang") in recused


@pytest.mark.parametrize("act", ["take_result", "lower_award", "branch"])
def test_nobody_does_by_hand_what_only_a_session_brings_about(act: str) -> None:
    with pytest.raises(NotFound):
        checked(act, key="k", ref="HS-2024-0001", version=1)
