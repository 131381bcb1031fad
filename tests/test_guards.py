"""Guards answer with figures; these are the ones no act can bring about by itself."""

from dataclasses import replace
from datetime import date

from states.dossier import AttachedPaper, Dossier, Nomination, Opinion
from states.facts import Facts
from states.guards import GUARDS

NGAN = Nomination(1, "CSTDCS", "individual")
LOC = Nomination(2, "LDTT", "individual", opinions={"education": Opinion("recommended", 4)})
SCHOOL = Dossier("LK-THCS", "LK", "CONG_TRANG", "full", "2023-2024", nominations={"ngan": NGAN, "loc": LOC})


def unmet(guard: str, case: Dossier, unit_kind: str = "school") -> list[tuple[str, dict]]:
    facts = Facts("", case, "A", unit_kind, date(2024, 5, 13))
    return [(reason.code, dict(reason.facts)) for reason in GUARDS[guard].check(facts)]


def test_home_affairs_waits_for_the_education_offices_word_on_every_nomination_of_a_school() -> None:
    assert unmet("education_has_spoken", SCHOOL) == [("education_opinion_missing", {"nominations": ["ngan"]})]
    assert unmet("education_has_spoken", SCHOOL, unit_kind="ward") == []


def test_a_full_dossier_needs_the_submission_letter_with_the_minutes() -> None:
    letter = replace(SCHOOL, papers={"p1": AttachedPaper("TO_TRINH", "00")})
    assert unmet("papers_present", letter) == [("missing_paper", {"papers": ["BIEN_BAN"]})]


def test_a_simplified_dossier_needs_the_letter_with_the_short_account() -> None:
    simple = replace(SCHOOL, category="DOT_XUAT", procedure="simplified")
    assert unmet("papers_present", simple) == [("missing_paper", {"papers": ["TO_TRINH", "TRICH_NGANG"]})]


def test_titles_decided_here_do_not_go_with_titles_for_the_province() -> None:
    mixed = replace(SCHOOL, nominations={"ngan": NGAN, "hoa": Nomination(2, "CSTD_TINH", "individual")})
    [(code, facts)] = unmet("one_route", mixed)
    assert code == "mixed_routes"
    assert facts["groups"] == [
        {"route": "here", "awards": ["CSTDCS"], "nominations": ["ngan"]},
        {"route": "upward", "awards": ["CSTD_TINH"], "nominations": ["hoa"]},
    ]


def test_a_declined_nomination_asks_for_nothing_more() -> None:
    declined = replace(SCHOOL, nominations={"ngan": replace(NGAN, outcome="declined"), "loc": LOC})
    assert unmet("education_has_spoken", declined) == []
