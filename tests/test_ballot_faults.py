"""Figures or hands that cannot be are told before a round closes."""

import pytest

from states.council.ballot_faults import CountFault, Difference, differences, faults, of_hands
from states.council.ballots import Roll, Totals, of_hands as totals_of_hands
from states.council.vote_rules import Rule

NINE = tuple(f"m{place}" for place in range(9))
HANDS = Rule(70, ballot="hands", written=True)
ROLL = Roll(NINE, NINE[:7], (), NINE[7:], {"n1": ("m0", "m8")})
"""Seven in the room, two wrote; one of each has an interest in the first nomination."""


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([("n1", Totals(6, 0, 0, 1)), ("n2", Totals(7, 0, 0, 2))], []),
        ([("n1", Totals(6, 0, 0, 1))], ["votes_missing"]),
        ([], ["votes_missing"]),
        (
            [("n1", Totals(6, 0, 0, 1)), ("n1", Totals(6, 0, 0, 1)), ("n2", Totals(7, 0, 0, 2))],
            ["named_twice"],
        ),
        (
            [("n1", Totals(6, 0, 0, 1)), ("n9", Totals(7)), ("n2", Totals(7, 0, 0, 2))],
            ["not_in_round"],
        ),
        ([("n1", Totals(7, 0, 0, 1)), ("n2", Totals(7, 0, 0, 2))], ["room_does_not_add_up"]),
        ([("n1", Totals(5, 0, 0, 1)), ("n2", Totals(7, 0, 0, 2))], ["room_does_not_add_up"]),
        ([("n1", Totals(6, 0, 0, 2)), ("n2", Totals(7, 0, 0, 2))], ["written_does_not_add_up"]),
        ([("n1", Totals(6, 0, 0, 0)), ("n2", Totals(7, 0, 0, 2))], ["written_does_not_add_up"]),
        ([("n1", Totals(7, 0, -1, 1)), ("n2", Totals(7, 0, 0, 2))], ["negative_votes"]),
        (
            [("n1", Totals(6, 0, 0, 1)), ("n2", Totals(8, 0, 0, 2))],
            ["room_does_not_add_up", "more_than_entitled"],
        ),
    ],
)
def test_figures_that_cannot_be_are_told(rows: list[tuple[str, Totals]], wrong: list[str]) -> None:
    rules = {"n1": Rule(70, written=True), "n2": Rule(80, written=True)}
    assert [fault.code for fault in faults(rules, ROLL, rows)] == wrong


def test_a_fault_says_which_row_and_both_figures() -> None:
    found = faults({"n1": Rule(70, written=True)}, ROLL, [("n1", Totals(7, 0, 0, 1))])
    assert list(found) == [
        CountFault("room_does_not_add_up", "n1", 0, facts={"total": 7, "present": 6}),
    ]


def test_who_came_after_writing_is_counted_in_the_room_alone() -> None:
    roll = Roll(NINE, NINE[:7], (), ("m6", "m7"))
    assert len(roll.may_vote("n1")) == 7
    assert roll.may_write("n1", HANDS) == {"m7"}


def test_two_tellers_figures_are_compared_one_by_one() -> None:
    first = {"n1": Totals(12, 1), "n2": Totals(13)}
    second = {"n1": Totals(11, 2), "n2": Totals(13)}
    assert list(differences(first, second)) == [
        Difference("n1", "for_", 12, 11),
        Difference("n1", "against", 1, 2),
    ]


def test_a_row_only_one_teller_has_differs_in_every_figure() -> None:
    found = list(differences({}, {"n1": Totals(12)}))
    assert len(found) == 6
    assert {difference.first for difference in found} == {None}


# ------------------------------------------------------------------ named show of hands


def test_a_show_of_hands_adds_up_to_totals() -> None:
    hands = {**dict.fromkeys(NINE[1:5], "for"), "m5": "against", "m6": "blank", "m7": "for"}
    assert list(of_hands(HANDS, ROLL, "n1", hands)) == []
    assert totals_of_hands(hands, ROLL, "n1", HANDS) == Totals(4, 1, 1, 1, 0, 0)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"m0": "for"}, ("hand_does_not_count", "m0")),
        ({"m8": "for"}, ("hand_does_not_count", "m8")),
        ({"guest": "for"}, ("hand_does_not_count", "guest")),
        ({"m1": "maybe"}, ("hand_unreadable", "m1")),
        ({"m1": None}, ("hand_missing", "m1")),
    ],
)
def test_every_hand_that_counts_is_noted_and_no_other(
    changed: dict[str, str | None], wrong: tuple[str, str]
) -> None:
    raised = {**dict.fromkeys(NINE[1:8], "for"), **changed}
    hands = {seat: choice for seat, choice in raised.items() if choice}
    assert [(fault.code, fault.seat) for fault in of_hands(HANDS, ROLL, "n1", hands)] == [wrong]


def test_a_secret_ballot_takes_no_hands() -> None:
    hands = dict.fromkeys(NINE[1:8], "for")
    found = of_hands(Rule(70, written=True), ROLL, "n1", hands)
    assert [fault.code for fault in found] == ["paper_only"]
