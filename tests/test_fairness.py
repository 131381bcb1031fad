"""Quota and fairness before a vote: every figure by hand, each nomination in exactly the figures it belongs to."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from states.council.fairness import LINES, Fairness, Ground, Proposed, Share, fairness
from states.council.quotas import quotas_on
from states.council.subject_classes import OF_COLLECTIVES, OF_PERSONS, classes_of, suggested
from states.council.unit_features import FEATURES, features_on, known_on

DAY = date(2024, 5, 20)
NEAR, FAR, HILL, MUTE = "P1", "X1", "T1", "P2"
FEATURED = {FAR: frozenset({"remote", "minority_area"}), HILL: frozenset({"remote"})}
GROUND = Ground(
    features=FEATURED,
    features_before=FEATURED,
    expected=(NEAR, FAR, HILL, MUTE),
    quotas=quotas_on(DAY),
)


def some(
    count: int, award: str = "LDTT", unit: str = NEAR, class_: str = "", type_: str = "individual"
) -> list[Proposed]:
    """So many nominations alike."""
    return [
        Proposed(f"{unit}-{award}-{class_}-{n}", f"HS-{unit}", unit, award, type_, class_)
        for n in range(count)
    ]


def figures(found: Fairness) -> dict[str, tuple[int, int]]:
    """Every figure as (count, of)."""
    return {line.code: (line.now.count, line.now.of) for line in found.lines}


AGENDA = [
    *some(6, class_="direct_worker"),
    *some(2, class_="leader", unit=FAR),
    *some(1, class_="other", unit=HILL),
    *some(1, unit=HILL),
    *some(1, "TTLDTT", FAR, "small", "collective"),
    *some(2, "TTLDTT", NEAR, "", "collective"),
    *some(1, "GK_HUYEN", FAR, "", "household"),
]
"""Ten persons, three collectives, a household: six units' worth of everything there is to count."""


def test_every_figure_is_a_share_of_those_it_is_about() -> None:
    assert figures(fairness(AGENDA, GROUND)) == {
        "direct_worker": (6, 10),
        "leader": (2, 10),
        "other": (1, 10),
        "class_unrecorded": (1, 10),
        "small": (1, 3),
        "ordinary": (0, 3),
        "size_unrecorded": (2, 3),
        "remote": (6, 14),
        "minority_area": (4, 14),
    }


def test_units_with_nothing_on_the_agenda_are_named_in_their_order() -> None:
    assert fairness(AGENDA, GROUND).silent == (MUTE,)
    assert fairness([], GROUND).silent == (NEAR, FAR, HILL, MUTE)
    assert [one.unit for one in fairness(some(1, unit="VP"), GROUND).units] == [NEAR, FAR, HILL, MUTE, "VP"]


@pytest.mark.parametrize(
    ("above", "below", "decided", "exceeded"),
    [
        (3, 17, 0, False),  # 15.0 % of 20
        (4, 21, 0, True),  # 16.0 % of 25
        (4, 21, 2, False),  # two more who only reach the title below: 14.8 % of 27
        (1, 5, 0, True),  # 15 % of a small unit rounds badly, and only warns
        (3, 0, 0, False),  # a share of nothing
        (0, 9, 0, False),
    ],
)
def test_a_title_over_its_quota_in_a_unit_is_told(
    above: int, below: int, decided: int, exceeded: bool
) -> None:
    agenda = [*some(above, "CSTDCS"), *some(below), *some(9, unit=FAR)]
    found = fairness(agenda, replace(GROUND, decided=some(decided, "LDTT")))
    assert [use.unit for use in found.exceeded] == ([NEAR] if exceeded else [])
    assert found.units[1].quotas == ()


def test_a_quota_says_what_it_counted() -> None:
    (use,) = fairness([*some(4, "CSTDCS"), *some(21)], GROUND).exceeded
    assert (use.share, use.quota.confidence, use.quota.local) == (Share(4, 25), "low", True)


@pytest.mark.parametrize(
    ("now", "before", "points"),
    [
        ((84, 100), (82, 100), 20),
        ((9, 100), (10, 100), -10),
        ((1, 3), (1, 3), 0),
        ((1, 3), (1, 2), -167),  # 33.33 against 50
        ((1, 1), (0, 8), 1000),
        ((1, 2000), (0, 1), 1),  # half a tenth is rounded away from zero, both ways
        ((0, 1), (1, 2000), -1),
    ],
)
def test_a_change_is_told_in_tenths_of_percentage_points(
    now: tuple[int, int], before: tuple[int, int], points: int
) -> None:
    ground = replace(GROUND, before=_leaders(*before))
    line = next(one for one in fairness(_leaders(*now), ground).lines if one.code == "leader")
    assert line.points == points


def _leaders(count: int, of: int) -> list[Proposed]:
    return [*some(count, class_="leader"), *some(of - count, class_="direct_worker")]


def test_nothing_is_compared_with_a_year_that_says_nothing() -> None:
    for before in ([], some(5), some(2, "TTLDTT", FAR, "", "collective")):
        changes = {one.code: one.points for one in fairness(AGENDA, replace(GROUND, before=before)).lines}
        assert {changes["leader"], changes["direct_worker"], changes["class_unrecorded"]} == {None}
        assert (changes["remote"] is None) == (not before)


ANY = st.builds(
    Proposed,
    id=st.uuids().map(str),
    dossier=st.sampled_from(["HS-1", "HS-2"]),
    unit=st.sampled_from([NEAR, FAR, HILL, MUTE]),
    award=st.sampled_from(["CSTDCS", "LDTT", "TTLDTT", "GK_HUYEN"]),
    subject_type=st.sampled_from(["individual", "collective", "household"]),
    class_=st.sampled_from(["", *OF_PERSONS, *OF_COLLECTIVES]),
)
LISTS = st.lists(ANY, min_size=1, max_size=30, unique_by=lambda one: one.id)


def _belongs(one: Proposed) -> set[str]:
    """The figures a nomination is counted in, said another way than the program says it."""
    kinds = {
        "individual": (OF_PERSONS, "class_unrecorded"),
        "collective": (OF_COLLECTIVES, "size_unrecorded"),
    }
    own = {feature for feature in FEATURES if feature in FEATURED.get(one.unit, ())}
    if one.subject_type not in kinds:
        return own
    known, unknown = kinds[one.subject_type]
    return own | {one.class_ if one.class_ in known else unknown}


def _counts(agenda: Sequence[Proposed]) -> dict[str, int]:
    return {line.code: line.now.count for line in fairness(agenda, GROUND).lines}


@given(agenda=LISTS, place=st.integers(0, 29))
def test_removing_one_nominee_changes_exactly_the_counts_it_is_in(agenda: list[Proposed], place: int) -> None:
    gone = agenda[place % len(agenda)]
    rest = [one for one in agenda if one is not gone]
    before, after = _counts(agenda), _counts(rest)
    assert {code for code in LINES if before[code] != after[code]} == _belongs(gone)
    assert all(before[code] - after[code] in (0, 1) for code in LINES)
    with_, without = fairness(agenda, GROUND), fairness(rest, GROUND)
    changed = {
        old.unit for old, new in zip(with_.units, without.units, strict=True) if old.proposed != new.proposed
    }
    assert changed == {gone.unit}
    alone = all(one.unit != gone.unit for one in rest)
    assert set(without.silent) - set(with_.silent) == ({gone.unit} if alone else set())


@given(agenda=LISTS)
def test_the_units_add_up_to_the_whole_and_classes_to_everybody(agenda: list[Proposed]) -> None:
    found = fairness(agenda, GROUND)
    for line in found.lines:
        assert sum(one.shares[line.code].count for one in found.units) == line.now.count
    counts = _counts(agenda)
    persons = sum(one.subject_type == "individual" for one in agenda)
    assert sum(counts[code] for code in (*OF_PERSONS, "class_unrecorded")) == persons
    assert sum(one.proposed for one in found.units) == found.proposed == len(agenda)


@given(count=st.integers(0, 50), more=st.integers(0, 50))
def test_a_share_is_exact(count: int, more: int) -> None:
    whole = count + more
    assert Share(count, whole).exact == (Fraction(100 * count, whole) if whole else None)


def test_quotas_and_places_are_data_with_days_and_sources() -> None:
    assert quotas_on(date(2023, 12, 31)) == {}
    assert quotas_on(DAY)["CSTDCS"].percent == 15
    assert features_on(DAY)["LK-X-HANG-GON"] == {"remote", "minority_area"}
    assert "PHG-THCS-HANG-GON" not in features_on(DAY)
    assert features_on(date(2025, 7, 1))["PHG-THCS-HANG-GON"] == {"remote", "minority_area"}
    assert all(one.source and one.confidence == "low" and one.feature in FEATURES for one in known_on(DAY))


@pytest.mark.parametrize(
    ("title", "class_"),
    [
        ("Hiệu trưởng", "leader"),
        ("Phó Hiệu trưởng", "leader"),
        ("Phó Trưởng phòng", "leader"),
        ("Chủ tịch UBND xã", "leader"),
        ("Tổ trưởng chuyên môn", "direct_worker"),
        ("Trưởng khu phố", "direct_worker"),
        ("Giáo viên", "direct_worker"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_a_job_title_suggests_a_class(title: str, class_: str) -> None:
    assert suggested("individual", title) == class_
    assert suggested("collective", title) == ""


def test_classes_go_by_the_type_of_subject() -> None:
    assert (classes_of("individual"), classes_of("collective")) == (OF_PERSONS, OF_COLLECTIVES)
    assert classes_of("household") == ()
