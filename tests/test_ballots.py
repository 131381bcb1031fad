"""A council's vote: every figure of the cases was worked out by hand from the rule."""

from datetime import date

import pytest
from vote_cases import ITEM, Case, cases

from states.council.ballot_faults import faults
from states.council.ballots import RESULTS, Roll, Totals, outcome
from states.council.seats import Seat, seated, sitting
from states.council.vote_rules import Rule, Setting, rule_of, setting_faults

CASES = cases()
DAY = date(2024, 6, 20)
NINE = tuple(f"m{place}" for place in range(9))


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
    assert {case.result for case in CASES} == set(RESULTS)


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
