"""Segregation of duties: by person, whatever account they sign in with."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from builders import (
    HEAD,
    World,
    a_dossier,
    a_draft,
    a_nomination,
    also,
    an_actor,
    judged,
    recorded,
    sent_for,
    the_papers,
)

from states.decide import Actor


def second_account(person: str, role: str, unit: str) -> Actor:
    """The same human being, signed in by another account that has one role alone."""
    return an_actor(role, unit, person, account=f"{person}-2")


def drafted_by(world: World, who: Actor, station: str) -> str:
    """A dossier whose draft this person wrote, brought to a station by everybody else."""
    done = world.do(
        who,
        "create",
        unit="P1",
        kind="CONG_TRANG",
        period="2023",
        title="Năm 2023",
        nominations=[a_nomination("CSTDCS")],
    )
    world.do("lan", "amend", done.ref, papers=the_papers("lan", "CONG_TRANG"))
    return brought(world, done.ref, station)


def brought(world: World, ref: str, station: str) -> str:
    """The dossier, brought on by its own people."""
    steps: dict[str, Callable[[], object]] = {
        "drafting": lambda: world.do(HEAD["P1"], "submit", ref),
        "home_affairs_review": lambda: (judged(world, ref), world.do("son", "forward", ref)),
        "awaiting_council": lambda: world.do("yen", "put_on_agenda", ref, session_no="2", date="2024-05-20"),
        "council_vote": lambda: (recorded(world, ref), world.do("chau", "confirm_result", ref)),
    }
    while world.case(ref).station != station:
        steps[world.case(ref).station]()
    return ref


LATER = [
    ("home_affairs_review", "judge", "home_affairs_officer", "PNV"),
    ("home_affairs_review", "forward", "home_affairs_head", "PNV"),
    ("home_affairs_review", "decline", "home_affairs_head", "PNV"),
    ("council_vote", "confirm_result", "council_member", "HD"),
    ("awaiting_decision", "award", "chairman", "LK"),
    ("awaiting_decision", "decline", "chairman", "LK"),
]


@pytest.mark.parametrize(("station", "act", "role", "unit"), LATER)
def test_who_drafted_never_judges_forwards_confirms_or_decides(
    sqlite_world: World, station: str, act: str, role: str, unit: str
) -> None:
    world = sqlite_world
    ref = drafted_by(world, second_account("bach", "unit_clerk", "P1"), station)
    if act in ("forward", "decline") and station == "home_affairs_review":
        judged(world, ref, declined=world.ids(ref) if act == "decline" else ())
    if act == "confirm_result":
        recorded(world, ref)
    own, other = an_actor(role, unit, "bach"), an_actor(role, unit, "somebody else")
    (reason,) = world.reasons(own, act, ref, **sent_for(world, ref, act))
    assert (reason["code"], reason["facts"]["did"]) == ("same_person", ["draft"])
    assert world.do(other, act, ref, **sent_for(world, ref, act))


def test_who_submitted_counts_as_who_drafted(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_draft(sqlite_world)
    world.do(second_account("bach", "unit_head", "P1"), "submit", ref)
    assert world.refused(
        an_actor("home_affairs_officer", "PNV", "bach"), "judge", ref, **sent_for(world, ref, "judge")
    ) == ["same_person"]


@pytest.mark.parametrize(("station", "act", "role", "unit"), LATER[1:])
def test_who_judged_never_forwards_declines_confirms_or_awards(
    sqlite_world: World, station: str, act: str, role: str, unit: str
) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    judge = second_account("bach", "home_affairs_officer", "PNV")
    ends = (station, act) == ("home_affairs_review", "decline")
    said = {"verdict": "declined", "reason": "Chưa đủ"} if ends else {"verdict": "recommended"}
    world.do(judge, "judge", ref, verdicts=[{"nomination": id_, **said} for id_ in world.ids(ref)])
    if station != "home_affairs_review":
        world.do("son", "forward", ref)
        brought(world, ref, station)
    if act == "confirm_result":
        recorded(world, ref)
    sent = sent_for(world, ref, act)
    (reason,) = world.reasons(an_actor(role, unit, "bach"), act, ref, **sent)
    assert (reason["code"], reason["facts"]["did"]) == ("same_person", ["judge"])
    assert world.do(an_actor(role, unit, "somebody else"), act, ref, **sent)


def test_a_clerk_who_judged_can_no_longer_draft(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.do(an_actor("home_affairs_officer", "PNV", "bach"), "judge", ref, **sent_for(world, ref, "judge"))
    world.do("ngoc", "request_completion", ref, **sent_for(world, ref, "request_completion"))
    assert world.refused(second_account("bach", "unit_clerk", "P1"), "amend", ref, title="Khác") == [
        "same_person"
    ]
    assert world.refused(second_account("bach", "unit_head", "P1"), "resubmit", ref) == ["same_person"]


def test_who_typed_a_result_does_not_confirm_it_until_somebody_else_typed_it_again(
    sqlite_world: World,
) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote")
    world.do(
        second_account("quang", "council_secretary", "HD"),
        "record_result",
        ref,
        **sent_for(world, ref, "record_result"),
    )
    (reason,) = world.reasons("quang", "confirm_result", ref)
    assert (reason["code"], reason["facts"]["did"]) == ("same_person", ["record"])
    recorded(world, ref)
    assert world.do("quang", "confirm_result", ref).station == "awaiting_decision"


def test_the_councils_chair_may_be_the_chairman_in_two_acts(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "council_vote")
    recorded(world, ref)
    both = also(world.people["hung"], "council_chair", "HD")
    assert world.do(both, "confirm_result", ref).station == "awaiting_decision"
    assert world.do(both, "award", ref, nominations=world.ids(ref)).station == "awarded"
    assert [entry.unit for entry in world.entries(ref)[-2:]] == ["HD", "LK"]


OWN = [
    ("home_affairs_review", "judge", "ngoc"),
    ("council_vote", "record_result", "yen"),
    ("council_vote", "confirm_result", "chau"),
    ("awaiting_decision", "award", "hung"),
]


@pytest.mark.parametrize(("station", "act", "who"), OWN)
def test_nobody_treats_their_own_nomination(sqlite_world: World, station: str, act: str, who: str) -> None:
    world = sqlite_world
    rows = [a_nomination("CSTDCS", "Người khác"), a_nomination("CSTDCS", "Chính mình", person=who)]
    if station == "home_affairs_review":
        ref = a_dossier(world, station, rows=rows)
    else:
        ref = a_dossier(world, "home_affairs_review", rows=rows)
        brought_without(world, ref, station, who)
    if act == "confirm_result":
        world.do(
            an_actor("council_secretary", "HD", "x"),
            "record_result",
            ref,
            **sent_for(world, ref, "record_result"),
        )
    _, own = world.ids(ref)
    reasons = world.reasons(who, act, ref, **sent_for(world, ref, act))
    assert [(r["code"], r["facts"]["nominations"]) for r in reasons] == [("own_nomination", [own])]


def brought_without(world: World, ref: str, station: str, who: str) -> None:
    """Brought on while one person keeps out of it."""
    stand_in = {"yen": ("council_secretary", "HD"), "chau": ("council_member", "HD")}
    people = dict(world.people)
    if who in stand_in:
        role, unit = stand_in[who]
        world.people[who] = replace(an_actor(role, unit, "stand-in"), account="stand-in")
    brought(world, ref, station)
    world.people = people


def test_an_officer_judges_the_others_while_a_colleague_judges_the_officer(sqlite_world: World) -> None:
    world = sqlite_world
    rows = [a_nomination("CSTDCS", "Người khác"), a_nomination("CSTDCS", "Chính mình", person="ngoc")]
    ref = a_dossier(world, "home_affairs_review", rows=rows)
    first, own = world.ids(ref)
    world.do("ngoc", "judge", ref, verdicts=[{"nomination": first, "verdict": "recommended"}])
    colleague = an_actor("home_affairs_officer", "PNV", "colleague")
    world.do(colleague, "judge", ref, verdicts=[{"nomination": own, "verdict": "recommended"}])
    assert world.do("son", "forward", ref).station == "awaiting_council"


def test_a_persons_login_names_the_person(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_draft(world, rows=[a_nomination("CSTDCS", "Vũ Bích Ngọc", person="ngoc")])
    assert world.case(ref).nominations[world.ids(ref)[0]].person == "ngoc"


def test_one_account_with_two_roles_is_still_one_person(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    both = also(world.people["ngoc"], "home_affairs_head", "PNV")
    world.do(both, "judge", ref, **sent_for(world, ref, "judge"))
    assert world.refused(both, "forward", ref) == ["same_person"]
    assert world.explained(both, ref)["forward"] == ["same_person"]
