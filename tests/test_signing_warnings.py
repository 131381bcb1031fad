"""What a signer is warned of: only of what is to be signed, only where there is something to know."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, strategies as st

from states.council.quotas import quotas_on
from states.dossier import Agenda, AttachedPaper, Dossier, Nomination, Result, RoundRule, Tally
from states.facts import Unmet
from states.warnings import warnings_of
from web.signing.words import share, warning_text

PAPERS = ("TO_TRINH", "BIEN_BAN", "BAO_CAO_CA_NHAN", "CN_SANG_KIEN", "DANH_SACH")
DAY = date(2024, 5, 20)


def a_case(
    awards: Mapping[str, int],
    *,
    votes: int = 9,
    share: int = 70,
    confidence: str = "low",
    papers: tuple[str, ...] = PAPERS,
    failed: int = 0,
) -> Dossier:
    """A dossier the council of nine has voted on, ``failed`` of its nominations in vain."""
    listed = [award for award, count in awards.items() for _ in range(count)]
    nominations = {
        f"n{place}": Nomination(
            place, award, "individual", council="not_passed" if place < failed else "passed"
        )
        for place, award in enumerate(listed)
    }
    rules = {award: RoundRule(share, confidence) for award in awards}
    return Dossier(
        "P1",
        "LK",
        "CONG_TRANG",
        "full",
        "2023",
        nominations=nominations,
        papers={str(n): AttachedPaper(type_, "") for n, type_ in enumerate(papers)},
        agenda=Agenda("1", date(2024, 5, 20), rules),
        result=Result(9, "yen", 1, 9, votes={id_: Tally(votes) for id_ in nominations}, confirmed=True),
    )


def codes(case: Dossier) -> list[str]:
    """What is warned of before a decision."""
    return [one.code for one in warnings_of(case, "award", today=DAY)]


def test_nothing_is_said_of_a_dossier_with_all_papers_every_vote_and_no_quota_exceeded() -> None:
    assert codes(a_case({"LDTT": 17, "CSTDCS": 3})) == []


def test_more_than_fifteen_percent_of_a_title_is_told_with_its_figures() -> None:
    (told,) = warnings_of(a_case({"LDTT": 21, "CSTDCS": 4}), "award", today=DAY)
    assert told.code == "quota_exceeded"
    assert told.facts == {"award": "CSTDCS", "of": "LDTT", "n": 4, "base": 25, "percent": 15}
    said = warning_text(told.code, told.facts, "vi", {})
    assert said == "Chiến sĩ thi đua cơ sở 16,0% Lao động tiên tiến (4 trên 25), khuyến nghị 15%"


def test_who_was_voted_down_does_not_count_for_the_quota() -> None:
    assert codes(a_case({"CSTDCS": 4, "LDTT": 21}, failed=1)) == []


def test_a_quota_is_of_nothing_where_nobody_is_named_for_the_title_below() -> None:
    assert codes(a_case({"CSTDCS": 3})) == []


@given(below=st.integers(1, 400), above=st.integers(0, 100))
def test_the_quota_warns_exactly_above_its_share(below: int, above: int) -> None:
    warned = "quota_exceeded" in codes(a_case({"LDTT": below, "CSTDCS": above}))
    assert warned == (above / (above + below) > quotas_on(DAY)["CSTDCS"].percent / 100)


def test_papers_that_should_be_there_are_named() -> None:
    (told,) = warnings_of(
        a_case({"CSTDCS": 1}, papers=("TO_TRINH", "BIEN_BAN", "BAO_CAO_CA_NHAN")), "award", today=DAY
    )
    assert (told.code, told.facts) == ("papers_wished", {"papers": ["CN_SANG_KIEN"]})


@pytest.mark.parametrize(
    ("votes", "share_", "confidence", "expected"),
    [
        (7, 70, "low", ["vote_just_passed"]),  # 7 of 9 are 70 %, 80 % would be 8
        (8, 70, "low", []),
        (7, 70, "high", []),
        (8, 80, "low", ["vote_just_passed"]),  # 90 % would be 9
        (9, 90, "low", []),
    ],
)
def test_a_vote_that_hangs_on_an_uncertain_share_is_told(
    votes: int, share_: int, confidence: str, expected: list[str]
) -> None:
    assert codes(a_case({"LDTT": 1}, votes=votes, share=share_, confidence=confidence)) == expected


def test_a_vote_that_just_passed_names_whom_it_is_about() -> None:
    (told,) = warnings_of(a_case({"LDTT": 1}, votes=7), "award", today=DAY)
    assert isinstance(told, Unmet)
    said = warning_text(told.code, told.facts, "en", {"n0": "Đàm Thị Ửng"})
    assert said == (
        "Đàm Thị Ửng only just passed with 7 of 9; the share of 70% is uncertain, at 80% it would need 8"
    )


@pytest.mark.parametrize(
    ("count", "base", "vi", "en"),
    [(1, 3, "33,3%", "33.3%"), (4, 25, "16,0%", "16.0%"), (1, 1, "100,0%", "100.0%")],
)
def test_a_share_has_one_decimal(count: int, base: int, vi: str, en: str) -> None:
    assert (share(count, base, "vi"), share(count, base, "en")) == (vi, en)
