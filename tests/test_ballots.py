"""A council's vote: every figure of the cases was worked out by hand from the rule."""

from datetime import date

import pytest
from vote_cases import ITEM, Case, cases

from states.ballot_faults import CountFault, Difference, differences, faults, of_hands, of_roll
from states.ballots import Roll, Totals, outcome
from states.ballots import of_hands as totals_of_hands
from states.labels import LANGS, Lang, label, validation, words
from states.number_words import in_words
from states.seats import Seat, seated, sitting
from states.vote_rules import BALLOTS, OPINIONS, RECUSALS, Rule, Setting, rule_of, setting_faults

CASES = cases()
DAY = date(2024, 6, 20)
NINE = tuple(f"m{place}" for place in range(9))
HANDS = Rule(70, ballot="hands", written=True)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_vote_comes_out_as_worked_out_by_hand(case: Case) -> None:
    found = outcome(case.rule, case.roll, ITEM, case.totals)
    figures = {
        "for": found.totals.all_for,
        "need": found.needed,
        "of": found.entitled,
        "share": found.share,
        "lack": found.missing,
        "quorum": found.quorum,
    }
    assert (found.result, figures) == (case.result, case.expected)
    assert list(faults({ITEM: case.rule}, case.roll, [(ITEM, case.totals)])) == []


def test_sixty_cases_or_more_are_written_down_and_none_twice() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


def test_every_result_has_cases() -> None:
    assert {case.result for case in CASES} == {"passed", "not_passed", "tie", "no_quorum"}


# ------------------------------------------------------------------ who is a member


def council(**last_days: date) -> dict[str, Seat]:
    """Nine members, and the last day of some."""
    return {seat: Seat(f"p-{seat}", "member", date(2021, 7, 1), last_days.get(seat), True) for seat in NINE}


@pytest.mark.parametrize(
    ("last_day", "members", "needed", "result"),
    [
        (date(2024, 6, 19), 8, 8, "passed"),  # left yesterday: 90 % of eight is 7.2
        (date(2024, 6, 20), 9, 9, "not_passed"),  # today is the last day: 90 % of nine is 8.1
        (date(2024, 6, 21), 9, 9, "not_passed"),
    ],
)
def test_a_member_whose_term_ended_yesterday_no_longer_counts(
    last_day: date, members: int, needed: int, result: str
) -> None:
    seats = tuple(seated(council(m8=last_day), DAY))
    found = outcome(Rule(90), Roll(seats, seats[:8]), ITEM, Totals(8))
    assert (found.members, found.needed, found.result) == (members, needed, result)


def test_a_member_counts_from_the_first_day_of_the_term() -> None:
    late = Seat("new", "vice", date(2024, 6, 21), votes=True)
    assert "late" not in seated({**council(), "late": late}, DAY)
    assert "late" in seated({**council(), "late": late}, date(2024, 6, 21))


def test_who_serves_without_a_vote_sits_but_does_not_count() -> None:
    clerk = Seat("clerk", "secretary", date(2021, 7, 1))
    assert len(sitting({**council(), "clerk": clerk}, DAY)) == 10
    assert len(seated({**council(), "clerk": clerk}, DAY)) == 9


def test_who_holds_two_seats_is_one_member() -> None:
    also = Seat("p-m3", "secretary", date(2023, 1, 1), votes=True)
    assert list(seated({**council(), "also": also}, DAY)) == ["also", "m0", "m1", "m2", *NINE[4:]]


def test_a_council_is_read_out_chair_first() -> None:
    chair = Seat("chair", "chair", date(2021, 7, 1), votes=True)
    assert next(iter(seated({**council(), "z": chair}, DAY))) == "z"


# ------------------------------------------------------------------ the rule


def test_an_award_without_a_share_of_its_own_takes_the_councils_seventy_percent() -> None:
    rule = rule_of("GK_HUYEN")
    assert (rule.share, rule.fraction, rule.ballot, rule.written, rule.recusal) == (
        70,
        (2, 3),
        "paper",
        True,
        "stays",
    )
    assert (rule.confidence, rule.source) == ("low", "Quy chế hoạt động Hội đồng")


def test_a_charters_figures_replace_the_catalogues_and_name_the_charter() -> None:
    general = Setting(written="refused", recusal="leaves", confidence="high", source="12/QC-HĐ")
    own = Setting(share=80, confidence="med", source="15/QC-HĐ")
    rule = rule_of("CSTDCS", general, own)
    assert (rule.share, rule.written, rule.recusal, rule.ballot) == (80, False, "leaves", "paper")
    assert (rule.confidence, rule.source) == ("med", "15/QC-HĐ")
    assert rule.written_basis.source == rule.recusal_basis.source == "12/QC-HĐ"
    assert rule.ballot_basis == rule_of("CSTDCS").ballot_basis


def test_an_empty_setting_changes_nothing() -> None:
    assert rule_of("BK_TTG", Setting()) == rule_of("BK_TTG")


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        (Setting(share=101), "share_range"),
        (Setting(share=-1), "share_range"),
        (Setting(share=100, strict=True), "share_unreachable"),
        (Setting(quorum_numerator=3, quorum_denominator=2), "quorum_range"),
        (Setting(quorum_denominator=2), "quorum_range"),
    ],
)
def test_figures_nobody_could_vote_under_are_refused(setting: Setting, wrong: str) -> None:
    assert [code for _, code in setting_faults(setting)] == [wrong]


def test_possible_figures_are_taken() -> None:
    setting = Setting(share=50, strict=True, quorum_numerator=1, quorum_denominator=1)
    assert list(setting_faults(setting)) == []


# ------------------------------------------------------------------ what is wrong with figures

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


@pytest.mark.parametrize(
    ("roll", "wrong"),
    [
        (ROLL, []),
        (Roll(NINE, NINE[:7], (), NINE[6:]), [("counted_twice", "m6")]),
        (Roll(NINE, NINE[:7], ("m6",)), [("counted_twice", "m6")]),
        (Roll(NINE, (), ("m6",), ("m6",)), [("counted_twice", "m6")]),
        (Roll(NINE, ("m1", "m1")), [("counted_twice", "m1")]),
        (Roll(NINE, (), (), ("m1", "m1")), [("counted_twice", "m1")]),
        (Roll((*NINE, "m1")), [("counted_twice", "m1")]),
        (Roll(NINE, ("guest",)), [("seat_unknown", "guest")]),
        (Roll(NINE, (), (), (), {"n1": ("guest",)}), [("seat_unknown", "guest")]),
    ],
)
def test_nobody_is_on_a_roll_twice_or_unknown(roll: Roll, wrong: list[tuple[str, str]]) -> None:
    found = of_roll({"n1": Rule(70, written=True)}, roll)
    assert [(fault.code, fault.seat) for fault in found] == wrong


def test_written_opinions_are_told_apart_where_the_council_takes_none() -> None:
    assert [fault.code for fault in of_roll({"n1": Rule(70)}, ROLL)] == ["opinions_refused"]


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


# ------------------------------------------------------------------ in words

CODES = {
    "counted_twice": {},
    "hand_does_not_count": {},
    "hand_missing": {},
    "hand_unreadable": {},
    "more_than_entitled": {"took_part": 10, "entitled": 9},
    "named_twice": {},
    "negative_votes": {},
    "not_in_round": {},
    "opinions_refused": {"written": 2},
    "paper_only": {},
    "quorum_range": {},
    "room_does_not_add_up": {"total": 8, "present": 7},
    "seat_unknown": {},
    "share_range": {},
    "share_unreachable": {},
    "tellers_differ": {"first": 12, "second": 11},
    "votes_missing": {"missing": 1},
    "written_does_not_add_up": {"total": 1, "written": 2},
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", CODES)
def test_every_fault_has_its_sentence(code: str, lang: Lang) -> None:
    said = validation(code, CODES[code], lang)
    assert said != label("validation", "other", lang)
    assert all(str(figure) in said for figure in CODES[code].values())


def test_no_code_of_a_fault_begins_with_another() -> None:
    assert [(a, b) for a in CODES for b in words()["validation"] if a != b and b.startswith(a)] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("group", "codes"), [("ballot", BALLOTS), ("recusal", RECUSALS), ("opinions", OPINIONS)]
)
def test_every_setting_of_a_council_has_a_word(group: str, codes: tuple[str, ...], lang: Lang) -> None:
    assert all(label(group, code, lang) for code in codes)


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "không", "zero"),
        (1, "một", "one"),
        (5, "năm", "five"),
        (10, "mười", "ten"),
        (11, "mười một", "eleven"),
        (15, "mười lăm", "fifteen"),
        (20, "hai mươi", "twenty"),
        (21, "hai mươi mốt", "twenty-one"),
        (24, "hai mươi bốn", "twenty-four"),
        (55, "năm mươi lăm", "fifty-five"),
        (100, "một trăm", "one hundred"),
        (101, "một trăm linh một", "one hundred and one"),
        (105, "một trăm linh năm", "one hundred and five"),
        (110, "một trăm mười", "one hundred and ten"),
        (115, "một trăm mười lăm", "one hundred and fifteen"),
        (121, "một trăm hai mươi mốt", "one hundred and twenty-one"),
        (999, "chín trăm chín mươi chín", "nine hundred and ninety-nine"),
        (1000, "một nghìn", "one thousand"),
        (1005, "một nghìn không trăm linh năm", "one thousand and five"),
        (1050, "một nghìn không trăm năm mươi", "one thousand and fifty"),
        (1100, "một nghìn một trăm", "one thousand one hundred"),
        (2024, "hai nghìn không trăm hai mươi bốn", "two thousand and twenty-four"),
        (9999, "chín nghìn chín trăm chín mươi chín", "nine thousand nine hundred and ninety-nine"),
    ],
)
def test_minutes_give_figures_in_words(number: int, vi: str, en: str) -> None:
    assert (in_words(number, "vi"), in_words(number, "en")) == (vi, en)


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_figures_sound_the_same(lang: Lang) -> None:
    assert len({in_words(number, lang) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_figure_beyond_the_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between"):
        in_words(number, "vi")
