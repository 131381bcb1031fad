"""Completion: what an office asks for once, what the unit may touch meanwhile, how it comes back."""

from datetime import date

import pytest
from builders import (
    World,
    a_dossier,
    a_nomination,
    answered,
    completion_asked,
    forwarded,
    judged,
    paper_of,
)

from states.decide import CLOCK
from workflow.problems import Invalid


def changed(world: World, ref: str, place: int, **changes: str) -> list[dict[str, object]]:
    """The whole list as it stands, one row changed."""
    rows = []
    for position, view in enumerate(world.view(CLOCK, ref).nominations):
        row = a_nomination(view.facts.award, view.name)
        row |= {"id": view.id, "achievement": view.achievement}
        rows.append(row | changes if position == place else row)
    return rows


@pytest.mark.parametrize(("station", "clerk", "head"), [
    ("education_review", "thu", "hieu"),
    ("home_affairs_review", "lan", "minh"),
])  # fmt: skip
def test_each_office_asks_and_gets_its_dossier_back(
    world: World, station: str, clerk: str, head: str
) -> None:
    ref = a_dossier(world, station, awards=("CSTDCS", "CSTDCS"))
    judged(world, ref)
    first, second = world.ids(ref)
    completion_asked(world, ref)
    assert world.case(ref).station == "awaiting_completion"
    assert world.case(ref).due == date(2024, 5, 24)
    flag = world.view(clerk, ref).flags[0]
    assert (flag.nomination, flag.field, flag.note, flag.answered) == (
        first,
        "achievement",
        "Ghi rõ số liệu",
        False,
    )
    world.do(clerk, "amend", ref, nominations=changed(world, ref, 0, achievement="Có số liệu rồi"))
    assert world.view(clerk, ref).flags[0].answered
    assert world.do(head, "resubmit", ref).station == station
    office = station.removesuffix("_review")
    found = world.case(ref).nominations
    assert (office in found[first].opinions, office in found[second].opinions) == (False, True)


def test_only_what_was_flagged_is_open(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    first, _ = world.ids(ref)
    completion_asked(
        world,
        ref,
        {"nomination": first, "field": "achievement", "note": "Số liệu"},
        {"paper": "BIEN_BAN", "note": "Thiếu chữ ký"},
        {"nomination": first, "paper": "BAO_CAO_CA_NHAN", "note": "Thiếu báo cáo"},
    )
    report, minutes = paper_of("lan", "BAO_CAO_CA_NHAN"), paper_of("lan", "TRICH_NGANG")
    for sent in (
        {"title": "Tên khác"},
        {"nominations": changed(world, ref, 1, achievement="Không ai hỏi")},
        {"nominations": changed(world, ref, 0)[:1]},
        {"nominations": [*changed(world, ref, 0), a_nomination("CSTDCS", "Thêm Người")]},
        {"papers": [{"paper": report, "type": "TO_TRINH"}]},
        {"papers": [{"paper": report, "type": "BAO_CAO_CA_NHAN"}]},
        {"papers_removed": [paper_of("lan", "TO_TRINH")]},
    ):
        assert world.refused("lan", "amend", ref, **sent) == ["not_flagged"]
    world.do("lan", "amend", ref, papers=[{"paper": minutes, "type": "BIEN_BAN"}])
    world.do("lan", "amend", ref, papers=[{"paper": report, "type": "BAO_CAO_CA_NHAN", "nomination": first}])
    answered = [flag.answered for flag in world.case(ref).completion.flags.values()]  # type: ignore[union-attr]  # it is open
    assert answered == [False, True, True]


def test_an_item_about_the_whole_dossier_clears_no_verdict(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    judged(world, ref)
    completion_asked(world, ref, {"field": "title", "note": "Ghi năm"}, {"paper": "TO_TRINH", "note": "Ký"})
    world.do("minh", "resubmit", ref)
    assert "home_affairs" in world.case(ref).nominations[world.ids(ref)[0]].opinions
    assert world.do("son", "forward", ref).station == "awaiting_council"


def test_unanswered_items_do_not_keep_the_unit_from_handing_back(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_completion")
    assert world.do("minh", "resubmit", ref).station == "home_affairs_review"
    (request,) = world.case(ref).completed.values()
    assert [flag.answered for flag in request.flags.values()] == [False]


def test_an_office_asks_once_for_each_dossier(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "education_review")
    asked = {"reason": "Lần nữa", "items": [{"field": "title", "note": "x"}], "due": "2024-05-24"}
    completion_asked(world, ref)
    world.do("hieu", "resubmit", ref)
    assert world.refused("khoa", "request_completion", ref, **asked) == ["completion_already_asked"]
    forwarded(world, ref)
    completion_asked(world, ref)  # the other office has its own request
    world.do("ngoc", "take_back", ref, reason="Đủ rồi")
    assert world.refused("ngoc", "request_completion", ref, **asked) == ["completion_already_asked"]
    assert set(world.case(ref).completed) == {"education", "home_affairs"}
    forwarded(world, ref)
    world.do("son", "return_for_review", ref, reason="Xem lại")
    assert world.refused("ngoc", "request_completion", ref, **asked) == ["completion_already_asked"]


@pytest.mark.parametrize("who", ["ngoc", "clock"])
def test_the_asking_office_or_the_clock_takes_back_and_the_office_decides(
    sqlite_world: World, who: str
) -> None:
    world = sqlite_world
    ref = a_dossier(world, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    judged(world, ref)
    completion_asked(world, ref)
    world.on(date(2024, 5, 27))
    done = world.do(CLOCK if who == "clock" else who, "take_back", ref, reason="Hết hạn bổ sung")
    assert done.station == "home_affairs_review"
    assert world.refused("son", "forward", ref) == ["not_all_judged"]
    (request,) = world.case(ref).completed.values()
    assert [flag.answered for flag in request.flags.values()] == [False]


def test_completion_is_not_asked_for_until_yesterday(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    asked = {"reason": "Thiếu", "items": [{"field": "title", "note": "x"}]}
    assert world.refused("ngoc", "request_completion", ref, **asked, due="2024-05-12") == ["past_date"]
    world.do("ngoc", "request_completion", ref, **asked, due="2024-05-18")
    assert world.case(ref).due == date(2024, 5, 20)  # a Saturday's limit ends on Monday


@pytest.mark.parametrize(
    "item",
    [
        {"note": "Không gì cả"},
        {"field": "title", "paper": "TO_TRINH", "note": "Cả hai"},
        {"field": "achievement", "note": "Của ai?"},
        {"paper": "KHONG_CO", "note": "Giấy lạ"},
        {"nomination": "nobody", "field": "achievement", "note": "Ai?"},
        {"field": "title", "note": ""},
    ],
)
def test_an_item_names_one_thing_there_is(sqlite_world: World, item: dict[str, str]) -> None:
    ref = a_dossier(sqlite_world, "home_affairs_review")
    with pytest.raises(Invalid):
        completion_asked(sqlite_world, ref, item)


def test_completion_needs_a_reason(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "home_affairs_review")
    with pytest.raises(Invalid) as wrong:
        sqlite_world.do(
            "ngoc", "request_completion", ref, items=[{"field": "title", "note": "x"}], due="2024-05-24"
        )
    assert [f.field for f in wrong.value.fields] == ["reason"]


def test_a_flagged_award_still_goes_the_dossiers_way(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    completion_asked(world, ref, {"nomination": world.ids(ref)[0], "field": "award", "note": "Chọn lại"})
    assert world.refused("lan", "amend", ref, nominations=changed(world, ref, 0, award="CSTD_TINH")) == [
        "mixed_routes"
    ]
    assert world.refused("lan", "amend", ref, nominations=changed(world, ref, 0, award="LDTT")) == [
        "not_decided_here"
    ]


def test_what_the_province_settled_stays_whatever_list_the_unit_gives(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(world, "submitted_to_province", awards=("CSTD_TINH", "CSTD_TINH"))
    first, second = world.ids(ref)
    answered(world, ref, **{second: "returned"})
    completion_asked(world, ref, {"nomination": second, "field": "achievement", "note": "Bổ sung"})
    rows = changed(world, ref, 1, achievement="Đã bổ sung")
    world.do("lan", "amend", ref, nominations=rows[1:])
    found = world.case(ref).nominations
    assert (found[first].outcome, found[second].outcome) == ("awarded", "")
    assert {n.name for n in world.view("lan", ref).nominations} == {row["subject"]["name"] for row in rows}  # type: ignore[index]  # rows are forms
