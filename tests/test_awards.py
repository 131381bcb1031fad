"""The award catalogue answers as the law and the local practice say."""

import tomllib
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from states.award_shapes import REGIMES, SUBJECT_TYPES, UNIT_KINDS, VoteRule
from states.awards import (
    AUTHORITIES,
    AWARDS,
    COUNCIL,
    KINDS,
    PAPERS,
    UnknownAward,
    award,
    lower_awards,
    required_papers,
    route_of,
    vote_rule,
    wished_papers,
)
from states.catalogue import FILE, CatalogueError, read

# Written by hand from the regulation, never derived from the file.
ROUTES = """
A school  LDTT         here        CT_UBND_HUYEN
A office  LDTT         here        CT_UBND_HUYEN
A home_affairs_office LDTT here    CT_UBND_HUYEN
A education_office    LDTT here    CT_UBND_HUYEN
A ward    LDTT         not_here    CT_UBND_XA
A commune LDTT         not_here    CT_UBND_XA
A school  CSTDCS       here        CT_UBND_HUYEN
A office  CSTDCS       here        CT_UBND_HUYEN
A ward    CSTDCS       here        CT_UBND_HUYEN
A commune CSTDCS       here        CT_UBND_HUYEN
A school  TTLDTT       here        CT_UBND_HUYEN
A ward    TTLDTT       here        CT_UBND_HUYEN
A commune TTLDTT       here        CT_UBND_HUYEN
A school  GK_HUYEN     here        CT_UBND_HUYEN
A ward    GK_HUYEN     here        CT_UBND_HUYEN
A commune GK_HUYEN     here        CT_UBND_HUYEN
A school  GK_XA        not_here    CT_UBND_XA
A ward    GK_XA        not_here    CT_UBND_XA
A commune GK_XA        not_here    CT_UBND_XA
A school  GK_SO        not_here    GD_SO
A ward    GK_SO        not_here    GD_SO
A school  CSTD_TINH    upward      CT_UBND_TINH
A ward    CSTD_TINH    upward      CT_UBND_TINH
A school  TTLDXS       upward      CT_UBND_TINH
A office  CO_TINH      upward      CT_UBND_TINH
A commune XA_PHUONG_TB upward      CT_UBND_TINH
A ward    XA_PHUONG_TB upward      CT_UBND_TINH
A school  BK_TINH      upward      CT_UBND_TINH
A office  CSTDTQ       upward      THU_TUONG
A office  BK_TTG       upward      THU_TUONG
A office  CO_CP        upward      CHINH_PHU
A office  HCLD         upward      CHU_TICH_NUOC
A ward    THON_VH      not_offered CT_UBND_HUYEN
A commune GDVH         not_offered CT_UBND_XA
A office  KNC          not_offered CT_UBND_TINH
B ward    LDTT         here        CT_UBND_XA
B commune LDTT         here        CT_UBND_XA
B school  LDTT         here        CT_UBND_XA
B ward    CSTDCS       here        CT_UBND_XA
B school  CSTDCS       here        CT_UBND_XA
B ward    TTLDTT       here        CT_UBND_XA
B school  GK_XA        here        CT_UBND_XA
B commune GK_XA        here        CT_UBND_XA
B ward    GK_HUYEN     not_here    CT_UBND_HUYEN
B ward    GK_SO        not_here    GD_SO
B ward    CSTD_TINH    upward      CT_UBND_TINH
B school  TTLDXS       upward      CT_UBND_TINH
B commune CO_TINH      upward      CT_UBND_TINH
B ward    XA_PHUONG_TB upward      CT_UBND_TINH
B school  BK_TINH      upward      CT_UBND_TINH
B ward    CSTDTQ       upward      THU_TUONG
B ward    BK_TTG       upward      THU_TUONG
B ward    CO_CP        upward      CHINH_PHU
B ward    HCLD         upward      CHU_TICH_NUOC
B ward    THON_VH      not_offered CT_UBND_XA
B commune GDVH         not_offered CT_UBND_XA
B commune KNC          not_offered CT_UBND_TINH
"""
CELLS = [line.split() for line in ROUTES.split("\n") if line]


@pytest.mark.parametrize(("regime", "unit_kind", "code", "kind", "decider"), CELLS)
def test_an_award_is_decided_where_the_law_says(
    regime: str, unit_kind: str, code: str, kind: str, decider: str
) -> None:
    route = route_of(code, unit_kind, regime)
    assert (route.kind, route.decider) == (kind, decider)


def test_every_award_has_one_route_for_every_kind_of_unit_with_a_decider_and_a_basis() -> None:
    routes = [route_of(a, u, r) for a in AWARDS for u in UNIT_KINDS for r in REGIMES]
    assert all(route.decider in AUTHORITIES and route.basis for route in routes)


def test_the_provisional_regime_decides_as_the_one_it_copies() -> None:
    assert all(route_of(a, u, "C") == route_of(a, u, "B") for a in AWARDS for u in UNIT_KINDS)


def test_a_route_named_twice_or_missing_stops_the_start() -> None:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    with pytest.raises(CatalogueError, match="twice"):
        read({**data, "route": [*data["route"], data["route"][0]]})
    with pytest.raises(CatalogueError, match="no route"):
        read({**data, "route": data["route"][1:]})


def test_an_unknown_award_is_named_in_the_error() -> None:
    for ask in (
        award,
        vote_rule,
        lambda code: route_of(code, "ward", "A"),
    ):
        with pytest.raises(UnknownAward, match="CSTD"):
            ask("CSTD")


@pytest.mark.parametrize(
    ("code", "subject_type", "regime", "lower"),
    [
        ("CSTDCS", "individual", "A", ("LDTT",)),
        ("CSTD_TINH", "individual", "A", ("CSTDCS", "LDTT")),
        ("LDTT", "individual", "A", ()),
        ("TTLDXS", "collective", "A", ("TTLDTT",)),
        ("CO_CP", "collective", "A", ("CO_TINH", "TTLDXS", "TTLDTT")),
        ("BK_TINH", "individual", "A", ("GK_HUYEN", "GK_SO", "GK_XA")),
        ("GK_HUYEN", "household", "A", ("GK_XA",)),
        ("BK_TINH", "collective", "B", ("GK_SO", "GK_XA")),
        ("HCLD", "individual", "A", ()),
        ("XA_PHUONG_TB", "commune", "A", ()),
    ],
)
def test_a_lower_award_is_of_the_same_list_and_subject_with_a_smaller_reward(
    code: str, subject_type: str, regime: str, lower: tuple[str, ...]
) -> None:
    assert lower_awards(code, subject_type, regime) == lower


@given(st.sampled_from(sorted(AWARDS)), st.sampled_from(SUBJECT_TYPES), st.sampled_from(REGIMES))
def test_going_lower_never_leads_back(code: str, subject_type: str, regime: str) -> None:
    for lower in lower_awards(code, subject_type, regime):
        assert code not in lower_awards(lower, subject_type, regime)
        assert award(lower).fits_subject(subject_type)


@pytest.mark.parametrize(
    ("code", "share"),
    [
        ("LDTT", 70),
        ("CSTDCS", 70),
        ("TTLDTT", 70),
        ("CSTD_TINH", 80),
        ("TTLDXS", 80),
        ("CO_TINH", 80),
        ("BK_TINH", 80),
        ("BK_TTG", 80),
        ("HCLD", 80),
        ("CSTDTQ", 90),
        ("GK_HUYEN", 70),
        ("XA_PHUONG_TB", 70),
    ],
)
def test_the_needed_share_of_the_council_follows_the_award(code: str, share: int) -> None:
    assert (vote_rule(code).share, vote_rule(code).of) == (share, "all_members")


def test_where_no_source_names_a_share_the_default_applies_as_unconfirmed() -> None:
    assert vote_rule("GK_HUYEN") == COUNCIL.vote == VoteRule(70, "low", "Quy chế hoạt động Hội đồng")
    assert (COUNCIL.quorum_numerator, COUNCIL.quorum_denominator) == (2, 3)
    assert vote_rule("BK_TTG").confidence == "high"


@pytest.mark.parametrize(
    ("code", "kind", "subject_type", "fits"),
    [
        ("LDTT", "CONG_TRANG", "individual", True),
        ("LDTT", "DOT_XUAT", "individual", False),
        ("LDTT", "CONG_TRANG", "collective", False),
        ("TTLDTT", "CONG_TRANG", "collective", True),
        ("CO_TINH", "CONG_TRANG", "commune", False),
        ("CO_TINH", "PHONG_TRAO", "collective", False),
        ("XA_PHUONG_TB", "CONG_TRANG", "commune", True),
        ("GK_HUYEN", "DOT_XUAT", "household", True),
        ("GK_HUYEN", "CONG_TRANG", "village", True),
        ("GK_HUYEN", "CONG_TRANG", "company", False),
        ("KNC", "CONG_HIEN", "individual", True),
    ],
)
def test_titles_belong_to_merit_and_every_award_to_its_subjects(
    code: str, kind: str, subject_type: str, fits: bool
) -> None:
    assert award(code).fits(kind, subject_type) is fits


def test_a_dossier_is_stopped_only_by_its_two_main_papers() -> None:
    assert required_papers("full") == ("TO_TRINH", "BIEN_BAN")
    assert required_papers("simplified") == ("TO_TRINH", "TRICH_NGANG")
    with pytest.raises(KeyError):
        required_papers("short")


def test_other_papers_are_wished_once_each() -> None:
    assert wished_papers(["CSTDCS", "LDTT", "CSTD_TINH"], "full") == (
        "BAO_CAO_CA_NHAN",
        "CN_SANG_KIEN",
        "DANH_SACH",
    )
    assert wished_papers(["CO_TINH"], "full") == ("BAO_CAO_TAP_THE", "BIEN_BAN_CUM")
    assert wished_papers(["GK_HUYEN"], "simplified") == ()


def test_rewards_are_exact_multiples_of_the_base_salary() -> None:
    assert award("LDTT").multipliers["A"].value == Decimal("0.3")
    assert award("CSTDCS").multipliers["B"].value == Decimal("1.0")
    assert "B" not in award("GK_HUYEN").multipliers


def test_a_doubtful_condition_never_blocks() -> None:
    conditions = [each for found in AWARDS.values() for each in found.conditions]
    assert not [each.id for each in conditions if each.enforce == "block" and each.confidence == "low"]
    assert len({each.id for each in conditions}) == len(conditions)


def test_each_kind_follows_its_procedure() -> None:
    assert {code: kind.procedure for code, kind in KINDS.items()} == {
        "CONG_TRANG": "full",
        "PHONG_TRAO": "full",
        "CONG_HIEN": "full",
        "DOT_XUAT": "simplified",
        "DOI_NGOAI": "simplified",
    }


def test_papers_named_by_awards_are_known() -> None:
    named = {doc for found in AWARDS.values() for doc in (*found.docs, *found.docs_simplified)}
    assert named <= PAPERS.keys()


def test_everything_in_the_catalogue_is_named_in_both_languages() -> None:
    for things in (AWARDS, KINDS, PAPERS, AUTHORITIES):
        for thing in things.values():
            assert thing.name_vi.strip()
            assert thing.name_en.strip()
            assert thing.name_vi != thing.name_en
    assert all(each.text_vi and each.text_en for found in AWARDS.values() for each in found.conditions)
