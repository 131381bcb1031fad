"""The ways a dossier goes, from its unit to its end."""

import pytest
from builders import (
    HEAD,
    World,
    a_dossier,
    a_draft,
    a_nomination,
    answered,
    forwarded,
    judged,
    nominations,
    paper_of,
    the_papers,
    voted,
)

from states.decide import CLOCK
from workflow.problems import Invalid, NotFound


def stations(world: World, ref: str) -> list[str]:
    """Where the dossier has been, each stay once."""
    seen: list[str] = []
    for entry in world.view(CLOCK, ref).entries:
        if not seen or seen[-1] != entry.to:
            seen.append(entry.to)
    return seen


def outcomes(world: World, ref: str) -> list[str]:
    """What came of the nominations, in their order."""
    found = world.case(ref).nominations
    return [found[id_].outcome for id_ in world.ids(ref)]


def test_a_schools_dossier_goes_through_education_and_home_affairs_to_the_council(world: World) -> None:
    ref = a_dossier(world, "awarded", unit="T1", awards=("CSTDCS", "LDTT"))
    assert stations(world, ref) == [
        "drafting",
        "education_review",
        "home_affairs_review",
        "awaiting_council",
        "council_vote",
        "awaiting_decision",
        "awarded",
    ]
    assert outcomes(world, ref) == ["awarded", "awarded"]
    assert world.case(ref).nominations[world.ids(ref)[0]].decision_no == "01/QĐ-UBND"


@pytest.mark.parametrize("unit", ["P1", "X1", "VP"])
def test_everyone_elses_dossier_goes_straight_to_home_affairs(sqlite_world: World, unit: str) -> None:
    ref = a_dossier(sqlite_world, "awarded", unit=unit)
    assert stations(sqlite_world, ref) == [
        "drafting",
        "home_affairs_review",
        "awaiting_council",
        "council_vote",
        "awaiting_decision",
        "awarded",
    ]


def test_what_the_province_awards_is_submitted_and_its_answer_recorded(world: World) -> None:
    ref = a_dossier(world, "awarded", awards=("CSTD_TINH", "TTLDXS"))
    assert stations(world, ref)[-3:] == ["awaiting_submission", "submitted_to_province", "awarded"]
    found = world.case(ref).nominations.values()
    assert {(n.outcome, n.decision_no) for n in found} == {("awarded", "77/QĐ-CT")}


def test_what_the_province_declines_altogether_is_declined(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "submitted_to_province")
    answered(world, ref, **dict.fromkeys(world.ids(ref), "declined"))
    assert (world.case(ref).station, outcomes(world, ref)) == ("declined", ["declined"])


def test_what_the_province_partly_declines_is_awarded(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "submitted_to_province", awards=("CSTD_TINH", "TTLDXS"))
    answered(world, ref, **{world.ids(ref)[0]: "declined"})
    assert (world.case(ref).station, outcomes(world, ref)) == ("awarded", ["declined", "awarded"])


def test_what_the_province_returns_goes_a_second_round_while_the_rest_keeps_its_outcome(world: World) -> None:
    ref = a_dossier(world, "submitted_to_province", unit="T1", awards=("CSTD_TINH", "TTLDXS", "CSTD_TINH"))
    first, second, third = world.ids(ref)
    answered(world, ref, **{first: "awarded", second: "returned", third: "declined"})
    assert (world.case(ref).station, outcomes(world, ref)) == (
        "home_affairs_review",
        ["awarded", "", "declined"],
    )
    again = world.case(ref).nominations[second]
    assert (again.council, list(again.opinions)) == ("", ["education"])
    assert world.refused("son", "forward", ref) == ["not_all_judged"]
    for settled in (first, third):
        with pytest.raises(Invalid):
            world.do("ngoc", "judge", ref, verdicts=[{"nomination": settled, "verdict": "recommended"}])
    forwarded(world, ref)
    world.do("yen", "put_on_agenda", ref, session_no="03/2024", date="2024-08-20")
    votes = [{"nomination": id_, "for": 9, "against": 0, "blank": 0} for id_ in (first, second)]
    with pytest.raises(Invalid):
        world.do("yen", "record_result", ref, entitled=9, present=9, written=0, votes=votes)
    voted(world, ref)
    world.do("hung", "submit_upward", ref, letter_no="20/TTr-UBND", date="2024-08-21")
    answered(world, ref, **{second: "declined"})
    assert (world.case(ref).station, outcomes(world, ref)) == ("awarded", ["awarded", "declined", "declined"])


def test_home_affairs_ends_a_returned_dossier_as_awarded_when_something_was_awarded(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    ref = a_dossier(world, "submitted_to_province", awards=("CSTD_TINH", "TTLDXS"))
    first, second = world.ids(ref)
    answered(world, ref, **{first: "awarded", second: "returned"})
    judged(world, ref, declined=[second])
    done = world.do("son", "decline", ref, reason="Tỉnh không đồng ý")
    assert (done.station, outcomes(world, ref)) == ("awarded", ["awarded", "declined"])


def test_the_chairman_declining_what_came_back_leaves_what_was_awarded_awarded(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "submitted_to_province", awards=("CSTD_TINH", "TTLDXS"))
    first, second = world.ids(ref)
    answered(world, ref, **{first: "awarded", second: "returned"})
    forwarded(world, ref)
    world.do("yen", "put_on_agenda", ref, session_no="03/2024", date="2024-08-20")
    voted(world, ref, against=[second])
    assert world.case(ref).station == "awaiting_decision"
    done = world.do("hung", "decline", ref, reason="Hội đồng không thông qua")
    assert (done.station, outcomes(world, ref)) == ("awarded", ["awarded", "declined"])


def test_exceptional_merit_goes_past_the_council(world: World) -> None:
    ref = a_dossier(world, "awarded", kind="DOT_XUAT", awards=("GK_HUYEN",))
    assert stations(world, ref) == ["drafting", "home_affairs_review", "awaiting_decision", "awarded"]


def test_exceptional_merit_of_the_province_goes_past_the_council_too(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "submitted_to_province", kind="DOI_NGOAI", awards=("BK_TINH",))
    assert stations(sqlite_world, ref)[1:] == [
        "home_affairs_review",
        "awaiting_submission",
        "submitted_to_province",
    ]


def test_a_unit_takes_its_dossier_back_before_an_office_has_acted_and_never_after(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    for station in ("drafting", "education_review", "home_affairs_review"):
        ref = a_dossier(world, station)
        assert world.do(HEAD[world.case(ref).unit], "withdraw", ref).station == "withdrawn"
    late = a_dossier(world, "home_affairs_review")
    judged(world, late)
    assert world.refused("minh", "withdraw", late) == ["office_has_acted"]


def test_a_schools_dossier_cannot_be_withdrawn_from_home_affairs(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "home_affairs_review", unit="T1")
    assert sqlite_world.refused("hieu", "withdraw", ref) == ["office_has_acted"]


def test_a_dossier_never_submitted_lapses(sqlite_world: World) -> None:
    ref = a_draft(sqlite_world)
    assert sqlite_world.do(CLOCK, "lapse", ref).station == "lapsed"
    assert sqlite_world.explained("minh", ref) == {}


def test_nothing_is_submitted_without_nominations_or_its_two_papers(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_draft(world, awards=(), papers=False)
    assert world.refused("minh", "submit", ref) == ["missing_paper", "no_nominations"]
    world.do("lan", "amend", ref, nominations=nominations("CSTDCS"))
    world.do("lan", "amend", ref, papers=the_papers("lan", "CONG_TRANG")[:1])
    (reason,) = world.reasons("minh", "submit", ref)
    assert (reason["code"], reason["facts"]["papers"]) == ("missing_paper", ["BIEN_BAN"])
    world.do("lan", "amend", ref, papers=the_papers("lan", "CONG_TRANG"))
    assert world.do("minh", "submit", ref).station == "home_affairs_review"


def test_the_simplified_procedure_asks_for_the_short_account_instead_of_minutes(sqlite_world: World) -> None:
    ref = a_draft(sqlite_world, kind="DOT_XUAT", awards=("GK_HUYEN",), papers=False)
    (reason,) = sqlite_world.reasons("minh", "submit", ref)
    assert reason["facts"]["papers"] == ["TO_TRINH", "TRICH_NGANG"]


MIXED = ("CSTDCS", "CSTD_TINH")


def test_one_dossier_goes_one_way(sqlite_world: World) -> None:
    world = sqlite_world
    sent = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Hai đường"}
    (reason,) = world.reasons("lan", "create", **sent, nominations=nominations(*MIXED))
    assert reason["code"] == "mixed_routes"
    groups = {g["route"]: (g["awards"], g["nominations"]) for g in reason["facts"]["groups"]}
    assert groups == {"here": (["CSTDCS"], [0]), "upward": (["CSTD_TINH"], [1])}
    ref = a_draft(world)
    assert world.refused("lan", "amend", ref, nominations=nominations(*MIXED)) == ["mixed_routes"]


@pytest.mark.parametrize(
    ("unit", "award", "code"),
    [
        ("P1", "LDTT", "not_decided_here"),
        ("X1", "LDTT", "not_decided_here"),
        ("P1", "GK_XA", "not_decided_here"),
        ("T1", "GK_SO", "not_decided_here"),
        ("P1", "THON_VH", "not_offered_yet"),
        ("P1", "GDVH", "not_offered_yet"),
        ("VP", "KNC", "not_offered_yet"),
    ],
)
def test_what_others_decide_is_refused_with_their_name(
    sqlite_world: World, unit: str, award: str, code: str
) -> None:
    kinds = {"THON_VH": "village", "GDVH": "household"}
    row = a_nomination(award, type=kinds.get(award, "individual"))
    clerk = {"P1": "lan", "X1": "nga", "T1": "thu", "VP": "oanh"}[unit]
    sent = {"unit": unit, "kind": "CONG_TRANG", "period": "2023", "title": "Năm 2023", "nominations": [row]}
    (reason,) = sqlite_world.reasons(clerk, "create", **sent)
    assert (reason["code"], reason["facts"]["awards"]) == (code, [award])
    if code == "not_decided_here":
        assert reason["facts"]["deciders"]


@pytest.mark.parametrize("unit", ["T1", "VP"])
def test_the_city_decides_advanced_workers_of_schools_and_offices(sqlite_world: World, unit: str) -> None:
    ref = a_dossier(sqlite_world, "awarded", unit=unit, awards=("LDTT",))
    assert outcomes(sqlite_world, ref) == ["awarded"]


def test_titles_belong_to_annual_merit_and_awards_to_their_kind_of_subject(sqlite_world: World) -> None:
    world = sqlite_world
    sent = {"unit": "P1", "period": "2023", "title": "Sai loại"}
    for kind, row in (
        ("DOT_XUAT", a_nomination("CSTDCS")),
        ("CONG_TRANG", a_nomination("CSTDCS", type="collective")),
        ("CONG_TRANG", a_nomination("TTLDTT", type="individual")),
        ("CONG_TRANG", a_nomination("KHONG_CO")),
    ):
        with pytest.raises(Invalid) as wrong:
            world.do("lan", "create", **sent, kind=kind, nominations=[row])
        assert [f.field for f in wrong.value.fields] == ["nominations.0.award"]
    assert world.kept_commands() == []


def test_a_lowered_award_takes_effect_when_the_office_lets_the_dossier_go(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "education_review")
    (id_,) = world.ids(ref)
    judged(world, ref, lowered={id_: "LDTT"})
    assert world.case(ref).nominations[id_].award == "CSTDCS"
    world.do("dung", "forward", ref)
    found = world.case(ref).nominations[id_]
    assert (found.award, found.asked) == ("LDTT", "CSTDCS")
    assert [n.reason for n in world.view("hieu", ref).nominations] == [""]
    assert world.view("hieu", ref).nominations[0].opinions["education"].reason == "Đề nghị mức thấp hơn"


def test_a_lower_award_is_lower_of_the_same_list_and_subject(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "education_review")
    (id_,) = world.ids(ref)
    for award in ("CSTDCS", "CSTD_TINH", "GK_HUYEN", "TTLDTT", None):
        said = {"award": award} if award else {}
        with pytest.raises(Invalid):
            world.do(
                "khoa",
                "judge",
                ref,
                verdicts=[{"nomination": id_, "verdict": "lower_award", "reason": "Thấp hơn", **said}],
            )


def test_a_lower_award_of_another_route_is_refused(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "home_affairs_review", awards=("CSTD_TINH",))
    verdict = {"nomination": world.ids(ref)[0], "verdict": "lower_award", "award": "CSTDCS", "reason": "Thấp"}
    assert world.refused("ngoc", "judge", ref, verdicts=[verdict]) == ["mixed_routes"]
    ward = a_dossier(world, "home_affairs_review")
    verdict = {"nomination": world.ids(ward)[0], "verdict": "lower_award", "award": "LDTT", "reason": "Thấp"}
    assert world.refused("ngoc", "judge", ward, verdicts=[verdict]) == ["not_decided_here"]


def test_an_office_forwards_what_stands_and_what_it_declined_never_revives(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "education_review", awards=("CSTDCS", "LDTT"))
    first, second = world.ids(ref)
    judged(world, ref, declined=[second])
    judged(world, ref, declined=[first])  # until the dossier goes, a verdict may change
    assert world.refused("dung", "decline", ref, reason="Không") == ["something_stands"]
    world.do("dung", "forward", ref)
    assert outcomes(world, ref) == ["declined", ""]
    with pytest.raises(Invalid):
        world.do("ngoc", "judge", ref, verdicts=[{"nomination": first, "verdict": "recommended"}])


def test_an_office_that_recommends_nothing_declines_and_cannot_forward(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    judged(world, ref, declined=world.ids(ref))
    assert world.refused("son", "forward", ref) == ["nothing_stands"]
    assert world.do("son", "decline", ref, reason="Không đủ tiêu chuẩn").station == "declined"
    assert world.view("lan", ref).nominations[0].reason == "Chưa đủ thành tích"


def test_a_declined_verdict_needs_its_reason(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    with pytest.raises(Invalid) as wrong:
        world.do("ngoc", "judge", ref, verdicts=[{"nomination": world.ids(ref)[0], "verdict": "declined"}])
    assert [f.field for f in wrong.value.fields] == ["verdicts.0.reason"]


def test_an_amendment_gives_the_whole_list_and_absence_removes(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_draft(sqlite_world, awards=("CSTDCS", "CSTDCS"))
    first, second = world.ids(ref)
    kept = {**a_nomination("CSTDCS", "H'Bia Niê"), "id": second}
    world.do("lan", "amend", ref, nominations=[kept, a_nomination("TTLDTT", "Tổ dân phố 3")])
    ids = world.ids(ref)
    assert (ids[0], len(ids), first in ids) == (second, 2, False)
    assert [n.name for n in world.view("lan", ref).nominations] == ["H'Bia Niê", "Tổ dân phố 3"]
    world.do("lan", "amend", ref, title="Đổi tên hồ sơ")
    assert (world.ids(ref), world.record(ref).title) == (ids, "Đổi tên hồ sơ")


def test_another_clerks_file_cannot_be_attached(sqlite_world: World) -> None:
    ref = a_draft(sqlite_world, papers=False)
    foreign = [{"paper": paper_of("tam", "TO_TRINH"), "type": "TO_TRINH"}]
    with pytest.raises(Invalid):
        sqlite_world.do("lan", "amend", ref, papers=foreign)


@pytest.mark.parametrize(
    "ref", ["HS-2024-9999", "", "hs-2024-0001", "HS\0", "\ud800", "x" * 100_000, "%", "' OR 1=1"]
)
def test_a_dossier_is_found_by_its_exact_number_alone(world: World, ref: str) -> None:
    a_draft(world)
    with pytest.raises(NotFound):
        world.do("lan", "submit", ref, version=1)
    with pytest.raises(NotFound):
        world.view("lan", ref)
    assert len(world.kept_commands()) == 2
