"""The pages of the council: its members, a session from its agenda to its signed minutes, the packet of a member."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import World
from builders_council import (
    THE_DAY,
    a_council,
    convened,
    council,
    counted,
    drafted,
    opened,
    ready,
    seat,
    session,
    voted,
)
from builders_pages import Desk, a_city, at_the_desk, words

from db.engine import Database
from web.sessions.forms import SIMPLE

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    """The small city whose people can sign in, on each kind of database."""
    return a_city(database, tmp_path)


@pytest.fixture
def sqlite_world(sqlite_database: Database, tmp_path: Path) -> World:
    """The same on SQLite alone."""
    return a_city(sqlite_database, tmp_path)


def typed(world: World, ref: str, *, against: int = 0) -> dict[str, str]:
    """The figures of one teller: all for, but so many against the first nomination."""
    found = session(world, ref).open_round
    assert found is not None
    fields: dict[str, str] = {}
    for place, id_ in enumerate(found[1].rules):
        may, wrote = len(found[1].roll.may_vote(id_)), len(found[1].roll.may_write(id_, found[1].rules[id_]))
        no = against if place == 0 else 0
        row = {"nomination": id_, "for": may - no, "against": no, "blank": 0, "written_for": wrote}
        fields |= {f"totals.{place}.{name}": str(value) for name, value in row.items()}
    return fields


def voting(world: World, **asked: Any) -> tuple[str, str]:
    """A session with a round open on its only dossier."""
    a_council(world)
    dossier = ready(world, **asked)
    ref = opened(world, dossier)
    world.do("yen", "open_round", ref, dossier=dossier)
    return ref, dossier


def done(answer: Any) -> None:
    """The form was taken."""
    assert answer.status_code == 303, words(answer)


# ---------------------------------------------------------------- the council


def test_the_secretary_establishes_a_council_with_its_members(world: World) -> None:
    secretary = at_the_desk(world, "yen")
    assert 'href="/councils/new"' in secretary.read("/sessions")
    seats = {f"seats.{n}.role": role for n, role in enumerate(("chair", "member", "member"))}
    seats |= {"seats.0.person": "chau", "seats.1.person": "quang"}
    about = {"title": "Hội đồng thành phố", "basis": "QĐ 12/QĐ-UBND", "valid_from": "2024-01-02"}
    wrong = secretary.send("/councils/new", **about, **seats, **{"seats.2.person": "khong-co-ai"})
    assert wrong.status_code == 422
    assert 'aria-describedby="seats.2-error"' in words(wrong)
    done(secretary.send("/councils/new", **about, **seats))
    page = secretary.read("/councils/HD-2024-0001")
    assert "Đinh Bảo Châu" in page
    assert "ít nhất 80%" in page
    assert "theo nguồn thứ cấp" in page


def test_a_term_that_ended_stays_on_the_page_of_the_council(sqlite_world: World) -> None:
    ref = a_council(sqlite_world)
    secretary = at_the_desk(sqlite_world, "yen")
    ended = next(id_ for id_, one in council(sqlite_world, ref).seats.items() if one.person == "duc")
    fields = {"seat": ended, "valid_to": "2024-05-12", "reason": "Chuyển công tác"}
    done(secretary.send(f"/councils/{ref}/acts/unseat", ref, **fields))
    page = secretary.read(f"/councils/{ref}")
    assert page.index("Nhiệm kỳ đã qua hoặc chưa tới") < page.index("02/01/2024 đến 12/05/2024")
    seated = {"person": "ngoc", "role": "member", "votes": "no", "valid_from": "2024-05-13", "basis": "QĐ 30"}
    done(secretary.send(f"/councils/{ref}/acts/seat", ref, **seated))
    assert "Vũ Bích Ngọc" in secretary.read(f"/councils/{ref}")


def test_a_rule_of_the_council_shows_who_says_so(sqlite_world: World) -> None:
    ref = a_council(sqlite_world)
    chair = at_the_desk(sqlite_world, "chau")
    assert "chưa thể" not in chair.read(f"/councils/{ref}/acts/set_rule")
    rule = {"share": "75", "strict": "no", "ballot": "hands", "source": "Quy chế 05/QC", "confidence": "high"}
    wrong = chair.send(
        f"/councils/{ref}/acts/set_rule", ref, **rule | {"share": "ba phần tư"}, reason="Quy chế"
    )
    assert wrong.status_code in (303, 422)
    done(chair.send(f"/councils/{ref}/acts/set_rule", ref, **rule, reason="Quy chế mới"))
    page = chair.read(f"/councils/{ref}")
    assert "ít nhất 75%" in page
    assert "Quy chế 05/QC" in page
    secretary = at_the_desk(sqlite_world, "yen")
    assert "Chưa thể làm việc này" in secretary.read(f"/councils/{ref}/acts/set_rule")


# ---------------------------------------------------------------- before the session


def test_the_secretary_drafts_a_session_and_orders_its_agenda(world: World) -> None:
    a_council(world)
    one, two, three = ready(world), ready(world, unit="P2"), ready(world, unit="T1")
    secretary = at_the_desk(world, "yen")
    about = {"title": "Phiên họp quý II", "period": "2024Q2", "date": "2024-05-20", "place": "Hội trường B"}
    wrong = secretary.send("/sessions/new", **about, begins_at="25 giờ")
    assert wrong.status_code == 422
    assert "Hội trường B" in words(wrong)
    done(secretary.send("/sessions/new", **about, begins_at="14:00"))
    ref = "PH-2024-0001"
    page = secretary.read(f"/sessions/{ref}")
    assert "Khen thưởng công trạng, năm 2023" in page
    assert "Khen thưởng công trạng, năm học 2023" in page
    done(secretary.send(f"/sessions/{ref}/agenda", ref, move="add", add=[one, two, three]))
    order = [one, two, three]
    for move in (f"up:{three}", f"down:{one}", f"drop:{two}"):
        done(secretary.send(f"/sessions/{ref}/agenda", ref, move=move, dossiers=order))
        items = session(world, ref).items
        order = sorted(items, key=lambda name: items[name].position)
    assert order == [three, one]
    assert f'value="{two}"' in secretary.read(f"/sessions/{ref}")
    assert f'href="/sessions/{ref}"' in secretary.read(f"/dossiers/{one}")
    assert f'href="/sessions/{ref}"' not in secretary.read(f"/dossiers/{two}")
    assert f'href="/sessions/{ref}"' not in at_the_desk(world, "lan").read(f"/dossiers/{one}")
    assert ref in secretary.read("/sessions")


def test_a_dossier_that_went_elsewhere_is_named_in_the_agenda(sqlite_world: World) -> None:
    a_council(sqlite_world)
    one, two = ready(sqlite_world), ready(sqlite_world, unit="P2")
    ref = drafted(sqlite_world, one, two)
    sqlite_world.do("son", "return_for_review", two, reason="Bổ sung")
    secretary = at_the_desk(sqlite_world, "yen")
    refused = secretary.send(f"/sessions/{ref}/agenda", ref, move=f"up:{two}", dossiers=[one, two])
    assert refused.status_code == 422
    assert f"Hồ sơ {two} chưa chờ Hội đồng" in words(refused)


def test_the_chair_opens_the_session_with_its_roll(world: World) -> None:
    a_council(world)
    ref = convened(world, ready(world))
    world.on(THE_DAY)
    chair = at_the_desk(world, "chau")
    roll = session(world, ref).roll
    few = {f"attendance.{id_}": "present" for id_ in list(roll)[:3]}
    refused = chair.send(f"/sessions/{ref}/acts/open_session", ref, **few)
    assert refused.status_code == 409
    assert "Có mặt 3 trong tổng số 9 thành viên; cần ít nhất 6" in words(refused)
    assert words(refused).count(" checked") == 3
    many = {f"attendance.{id_}": "present" for id_ in list(roll)[:7]}
    excused = {f"attendance.{list(roll)[7]}": "excused"}
    done(chair.send(f"/sessions/{ref}/acts/open_session", ref, **many, **excused))
    page = chair.read(f"/sessions/{ref}")
    assert "Có mặt 7/9, cần 6: " in page
    assert "đủ điều kiện họp" in page
    assert "Vắng có lý do" in page


# ---------------------------------------------------------------- votes


def test_a_teller_does_not_see_what_the_other_counted(world: World) -> None:
    ref, _ = voting(world)
    first, second = at_the_desk(world, "yen"), at_the_desk(world, "quang")
    assert "Cần 7 phiếu: ít nhất 70% của tổng số 9 thành viên, không phải của số có mặt." in first.read(
        f"/sessions/{ref}"
    )
    done(first.send(f"/sessions/{ref}/totals", ref, **typed(world, ref, against=2)))
    assert 'value="2"' in first.read(f"/sessions/{ref}")
    page = second.read(f"/sessions/{ref}")
    assert "Trịnh Hải Yến đã nhập" in page
    assert 'value="2"' not in page
    assert "Đạt" not in page.partition("Kết quả")[2].partition("Diễn biến")[0]


def test_a_mismatch_is_the_first_thing_to_mend_and_blocks_closing(world: World) -> None:
    ref, dossier = voting(world)
    first, second = at_the_desk(world, "yen"), at_the_desk(world, "quang")
    chair = at_the_desk(world, "chau")
    done(first.send(f"/sessions/{ref}/totals", ref, **typed(world, ref)))
    done(second.send(f"/sessions/{ref}/totals", ref, **typed(world, ref, against=1)))
    page = first.read(f"/sessions/{ref}")
    assert "Sửa 1 chỗ lệch" in page
    assert "Hai người nhập lệch: 9 và 8" in page or "Hai người nhập lệch: 8 và 9" in page
    assert "Hai người nhập lệch nhau" in chair.read(f"/sessions/{ref}/acts/close_round")
    scan = {"scan": ("kiem-phieu.pdf", PDF, "application/pdf")}
    sent = typed(world, ref) | {"csrf": second.csrf, "key": "mended", "version": _version(world, ref)}
    done(second.browser.post(f"/sessions/{ref}/totals", data=sent, files=scan))
    assert "Sửa 1 chỗ lệch" not in second.read(f"/sessions/{ref}")
    done(chair.send(f"/sessions/{ref}/acts/close_round", ref))
    page = chair.read(f"/sessions/{ref}?item={dossier}")
    assert "Vòng 1 đã đóng lúc" in page
    assert "9/9, 100,0%" in page
    assert chair.browser.get(f"/sessions/{ref}/rounds/1/scan").content == PDF


def _version(world: World, ref: str) -> str:
    return str(world.record(ref).version)


def test_figures_that_do_not_add_up_are_refused_with_all_that_was_typed(sqlite_world: World) -> None:
    ref, _ = voting(sqlite_world)
    teller = at_the_desk(sqlite_world, "yen")
    wrong = typed(sqlite_world, ref) | {"totals.0.for": "6"}
    refused = teller.send(f"/sessions/{ref}/totals", ref, **wrong)
    assert refused.status_code == 422
    assert 'value="6"' in words(refused)
    assert "Thiếu 3 phiếu" in words(refused)
    unread = teller.send(f"/sessions/{ref}/totals", ref, **wrong | {"totals.0.for": "sáu"})
    assert unread.status_code == 422
    assert 'aria-describedby="totals.0.for-error"' in words(unread)


def test_votes_are_counted_while_they_are_typed_with_and_without_scripts(sqlite_world: World) -> None:
    ref, _ = voting(sqlite_world)
    teller = at_the_desk(sqlite_world, "yen")
    plain = teller.send(f"/sessions/{ref}/count", ref, **typed(sqlite_world, ref, against=3))
    assert "6/9, thiếu 1" in words(plain)
    live = teller.browser.post(
        f"/sessions/{ref}/count",
        data=typed(sqlite_world, ref) | {"csrf": teller.csrf},
        headers={"HX-Request": "true"},
    )
    assert 'id="result-0" hx-swap-oob="true"' in live.text
    assert "9/9, 100,0%" in words(live)
    assert not session(sqlite_world, ref).rounds["1"].totals


def test_what_others_did_meanwhile_is_told_without_loading_the_page(sqlite_world: World) -> None:
    ref, _ = voting(sqlite_world)
    teller = at_the_desk(sqlite_world, "quang")
    version = _version(sqlite_world, ref)
    assert teller.browser.get(f"/sessions/{ref}/live?version={version}").status_code == 204
    left = seat(sqlite_world, ref, "duc")
    sqlite_world.do("yen", "mark_attendance", ref, seat=left, attendance="absent")
    assert "Có mặt 8/9" in teller.read(f"/sessions/{ref}/live?version={version}")


def test_who_leaves_or_writes_is_worded_on_the_roll(world: World) -> None:
    ref, _ = voting(world)
    secretary = at_the_desk(world, "yen")
    gone = seat(world, ref, "duc")
    done(secretary.send(f"/sessions/{ref}/attendance", ref, seat=gone, attendance="written"))
    page = secretary.read(f"/sessions/{ref}")
    assert "Vắng, có ý kiến bằng văn bản" in page
    assert "Bằng văn bản: tán thành, không, trắng" in page
    member = at_the_desk(world, "quang")
    refused = member.send(f"/sessions/{ref}/attendance", ref, seat=gone, attendance="present")
    assert refused.status_code == 409


def test_a_show_of_hands_is_typed_by_name_where_the_rule_permits(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_council(world)
    rule = {"ballot": "hands", "source": "Quy chế 05/QC", "confidence": "high"}
    world.do("chau", "set_rule", ref, reason="Quy chế", **rule)
    dossier = ready(world)
    held = opened(world, dossier)
    world.do("yen", "open_round", held, dossier=dossier)
    id_ = world.ids(dossier)[0]
    teller = at_the_desk(world, "yen")
    assert "Biểu quyết giơ tay, ghi tên" in teller.read(f"/sessions/{held}").replace("biểu", "Biểu")
    assert "0 tán thành, 0 không tán thành, 0 trắng, 9 chưa ghi" in teller.read(f"/sessions/{held}")
    five = {f"hand.{id_}.{seat(world, held, who)}": "for" for who in ("chau", "vinh", "yen", "hung", "son")}
    so_far = words(teller.send(f"/sessions/{held}/count", held, **five))
    assert "5 tán thành, 0 không tán thành, 0 trắng, 4 chưa ghi." in so_far
    assert "Tán thành 5/9 thành viên, 55,6%; cần 7. Còn thiếu 2 phiếu." in so_far
    assert "Chưa đủ để thông qua" in so_far
    refused = {f"hand.{id_}.{seat(world, held, who)}": "against" for who in ("quang", "duc", "binh")}
    assert "Không đạt" in words(teller.send(f"/sessions/{held}/count", held, **five, **refused))
    against = seat(world, held, "quang")
    fields = {f"rest.{id_}": "for", f"hand.{id_}.{against}": "against"}
    swapped = teller.browser.post(
        f"/sessions/{held}/count", data={"csrf": teller.csrf, **fields}, headers={"HX-Request": "true"}
    )
    assert 'id="hands-0" hx-swap-oob="true"' in swapped.text
    assert "8 tán thành, 1 không tán thành, 0 trắng. Tán thành 8/9 thành viên, 88,9%" in words(swapped)
    assert session(world, held).open_round[1].totals == {}
    done(teller.send(f"/sessions/{held}/totals", held, **fields))
    world.do("chau", "close_round", held)
    page = teller.read(f"/sessions/{held}?item={dossier}")
    assert "Biểu quyết ghi tên" in page
    assert "8/9, 88,9%" in page


def test_a_paper_ballot_shows_nobodys_choice(sqlite_world: World) -> None:
    ref, dossier = voting(sqlite_world)
    counted(sqlite_world, ref, against={sqlite_world.ids(dossier)[0]: 2})
    sqlite_world.do("chau", "close_round", ref)
    page = at_the_desk(sqlite_world, "chau").read(f"/sessions/{ref}?item={dossier}")
    assert "7/9, 77,8%" in page
    assert "Biểu quyết ghi tên" not in page


# ---------------------------------------------------------------- besides voting


def test_a_lower_award_a_part_set_aside_a_dossier_put_off(world: World) -> None:
    a_council(world)
    one, two = ready(world, unit="T1", awards=("CSTDCS", "LDTT")), ready(world, unit="P2")
    ref = opened(world, one, two)
    chair = at_the_desk(world, "chau")
    first, second = world.ids(one)
    page = chair.read(f"/sessions/{ref}/acts/propose_lower?dossier={one}&nomination={first}")
    assert 'value="LDTT"' in page
    lower = {"dossier": one, "nomination": first, "award": "LDTT", "reason": "Chưa đủ sáng kiến"}
    done(chair.send(f"/sessions/{ref}/acts/propose_lower", ref, **lower))
    assert world.case(one).nominations[first].award == "LDTT"
    aside = {"dossier": one, "nominations": [second], "lands": "review", "reason": "Có đơn"}
    assert "checked" in chair.read(f"/sessions/{ref}/acts/set_aside?dossier={one}&nomination={second}")
    done(chair.send(f"/sessions/{ref}/acts/set_aside", ref, **aside))
    done(chair.send(f"/sessions/{ref}/acts/postpone_item", ref, dossier=two, reason="Chờ xác minh"))
    assert "để phiên sau" in chair.read(f"/sessions/{ref}")
    new = "HS-2024-0003"
    clerk = at_the_desk(world, "thu")
    assert f'href="/dossiers/{new}"' in clerk.read(f"/dossiers/{one}")
    assert f'href="/dossiers/{one}"' in clerk.read(f"/dossiers/{new}")


def test_a_round_is_opened_again_only_with_a_reason(sqlite_world: World) -> None:
    world = sqlite_world
    ref, dossier = voting(world)
    counted(world, ref)
    world.do("chau", "close_round", ref)
    id_ = world.ids(dossier)[0]
    secretary = at_the_desk(world, "yen")
    page = secretary.read(f"/sessions/{ref}/acts/open_round?dossier={dossier}")
    assert "cả hai vòng đều được giữ" in page
    again = {"dossier": dossier, "nominations": [id_]}
    assert secretary.send(f"/sessions/{ref}/acts/open_round", ref, **again).status_code == 422
    done(secretary.send(f"/sessions/{ref}/acts/open_round", ref, **again, again="Đếm nhầm phiếu"))
    page = secretary.read(f"/sessions/{ref}")
    assert "Vòng 2, " in page
    assert "Vòng 1 đã đóng" in page


# ---------------------------------------------------------------- the end


def test_a_session_ends_with_minutes_that_two_sign_and_each_dossier_takes_its_excerpt(world: World) -> None:
    a_council(world)
    dossier = ready(world, awards=("CSTDCS", "TTLDTT"))
    ref = opened(world, dossier)
    voted(world, ref, dossier, against={world.ids(dossier)[1]: 5})
    chair, secretary = at_the_desk(world, "chau"), at_the_desk(world, "yen")
    assert f'href="/sessions/{ref}"' in chair.read(f"/dossiers/{dossier}")
    done(chair.send(f"/sessions/{ref}/acts/close_session", ref))
    excerpt = chair.read(f"/dossiers/{dossier}")
    assert "4 tán thành trên tổng 9, cần 7" in excerpt
    clerk = at_the_desk(world, "lan").read(f"/dossiers/{dossier}")
    assert "4 tán thành trên tổng 9, cần 7" in clerk
    assert "/sessions/" not in clerk.partition("<main")[2]
    text = {"opening": "Chủ tịch khai mạc", "discussion": "Không ai có ý kiến khác"}
    done(secretary.send(f"/sessions/{ref}/minutes", ref, **text))
    assert "Chủ tịch khai mạc" in secretary.read(f"/sessions/{ref}/minutes")
    assert "Thư ký chưa ký biên bản" not in secretary.read(f"/sessions/{ref}/acts/sign_minutes")
    done(secretary.send(f"/sessions/{ref}/acts/sign_minutes", ref))
    done(chair.send(f"/sessions/{ref}/acts/sign_minutes", ref))
    page = chair.read(f"/sessions/{ref}")
    assert "Đã ký biên bản" in page
    assert "Không ai có ý kiến khác" in page
    assert "Đã họp" in chair.read("/sessions")


def test_minutes_of_a_session_here_are_not_typed_by_hand(sqlite_world: World) -> None:
    ref, dossier = voting(sqlite_world)
    page = at_the_desk(sqlite_world, "yen").read(f"/dossiers/{dossier}/council")
    assert f"Hồ sơ này bỏ phiếu ở phiên họp {ref}" in page
    assert f'href="/sessions/{ref}"' in page
    assert 'name="entitled"' not in page


# ---------------------------------------------------------------- the packet


def test_a_member_reads_the_packet_and_declares_an_interest(world: World) -> None:
    a_council(world)
    one, two = ready(world, unit="T1"), ready(world, unit="P2")
    ref = convened(world, one, two)
    member = at_the_desk(world, "quang")
    page = member.read(f"/sessions/{ref}/packet")
    assert "Nội dung 1 trong 2" in page
    assert "Cần 7 đồng ý trong tổng số 9 thành viên." in page
    assert "Vòng Nhịt Mùi" in page
    assert "Giấy tờ của đơn vị" in page
    where = {"dossier": two, "back": "packet", "n": "2"}
    answer = member.send(f"/sessions/{ref}/acts/declare_conflict", ref, **where, reason="Cùng dòng họ")
    assert answer.headers["location"] == f"/sessions/{ref}/packet?n=2"
    assert "tự khai báo có liên quan" in member.read(f"/sessions/{ref}/packet?n=2")
    world.on(THE_DAY)
    chair = at_the_desk(world, "chau")
    key = next(key for key, one in session(world, ref).conflicts.items() if one.why == "declared")
    lifted = chair.send(f"/sessions/{ref}/acts/lift_conflict", ref, conflict=key, reason="Họ xa")
    done(lifted)
    member = at_the_desk(world, "quang")
    assert "Chủ tọa xác định không liên quan" in member.read(f"/sessions/{ref}/packet?n=2")
    everybody = list(session(world, ref).roll)
    world.do("chau", "open_session", ref, present=everybody)
    assert "Đã ghi nhận lúc" in member.read(f"/sessions/{ref}/packet")


@pytest.mark.parametrize("path", ["", "/packet", "/acts/convene", "/rounds/1/scan", "/history"])
def test_who_has_nothing_to_do_with_the_council_finds_no_session(sqlite_world: World, path: str) -> None:
    a_council(sqlite_world)
    ref = drafted(sqlite_world, ready(sqlite_world))
    for login in ("lan", "quang"):
        at_the_desk(sqlite_world, login).read(f"/sessions/{ref}{path}", 404)


@pytest.mark.parametrize("station", ["drafted", "convened", "voting", "closed", "cancelled"])
def test_every_act_has_its_page_at_every_station(sqlite_world: World, station: str) -> None:
    world = sqlite_world
    a_council(world)
    one, two = ready(world), ready(world, unit="P2")
    begun: dict[str, Callable[..., str]] = {"drafted": drafted, "voting": opened, "closed": opened}
    ref = begun.get(station, convened)(world, one, two)
    if station == "cancelled":
        world.do("chau", "cancel_session", ref, reason="Bão")
    if station == "closed":
        for dossier in (one, two):
            world.do("chau", "postpone_item", ref, dossier=dossier, reason="Chờ xác minh")
        world.do("chau", "close_session", ref)
        assert "/sessions/" not in at_the_desk(world, "son").read(f"/dossiers/{one}").partition("<h1")[2]
    assert session(world, ref).station == station
    for login in ("yen", "chau", "son"):
        desk = at_the_desk(world, login)
        desk.read(f"/sessions/{ref}")
        desk.read(f"/sessions/{ref}?item={two}")
        desk.read(f"/sessions/{ref}/packet?n=2")
        for act in sorted(SIMPLE):
            desk.read(f"/sessions/{ref}/acts/{act}?dossier={one}")
            answer = desk.send(f"/sessions/{ref}/acts/{act}", ref, dossier="HS-2024-9999", reason="Thử")
            assert answer.status_code in (303, 409, 422), words(answer)
    desk.read("/sessions")


@pytest.mark.parametrize("path", ["totals", "attendance", "agenda", "count"])
def test_a_form_with_nothing_in_it_is_answered_with_the_page(sqlite_world: World, path: str) -> None:
    a_council(sqlite_world)
    ref = opened(sqlite_world, ready(sqlite_world))
    answer = at_the_desk(sqlite_world, "yen").send(
        f"/sessions/{ref}/{path}", ref, **{"totals.0.for": "99999999"}
    )
    assert answer.status_code in (200, 409, 422), words(answer)
    assert ref in words(answer)


def test_every_page_of_a_session_speaks_english(sqlite_world: World) -> None:
    ref, dossier = voting(sqlite_world)
    desk: Desk = at_the_desk(sqlite_world, "chau")
    desk.browser.cookies.set("lang", "en")
    assert "9/9 present, 6 needed" in desk.read(f"/sessions/{ref}")
    assert "of all 9 members, not of those present" in desk.read(f"/sessions/{ref}?item={dossier}")
    assert "Item 1 of 1" in desk.read(f"/sessions/{ref}/packet")
    assert "Members in office" in desk.read("/sessions")
