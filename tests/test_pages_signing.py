"""The chairman's signing queue, its confirmation sheet, what came of it."""

import re
from pathlib import Path
from typing import Any

import pytest
from builders import World, a_dossier
from builders_pages import Desk, a_city, at_the_desk, words
from builders_signing import (
    Rows,
    batch_of,
    laid_out,
    last_number,
    numbers,
    ordered,
    put,
    signatures,
    simplified,
    states,
    warned,
)

from db.engine import Database
from workflow.auditing.verification import verify
from workflow.batches.runner import QUIET, Runner


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    """The small city whose people can sign in."""
    return a_city(sqlite_database, tmp_path)


@pytest.fixture
def chairman(city: World) -> Desk:
    """The chairman at his desk."""
    return at_the_desk(city, "hung")


def items(desk: Desk, *refs: str) -> list[str]:
    """The cases as the queue's boxes name them."""
    return [f"{ref}:{desk.world.record(ref).version}" for ref in refs]


def ticks(answer: Any) -> list[str]:
    """The values of the boxes that confirm warnings."""
    return re.findall(r'name="confirmed" value="([^"]+)"', answer.text)


def sheet(desk: Desk, act: str = "award", **fields: Any) -> Any:
    """The confirmation sheet."""
    return desk.send("/signing/sheet", act=act, **fields)


def signed(desk: Desk, answer: Any) -> str:
    """The batch a form led to, once nothing of it waits; its id."""
    assert answer.status_code == 303, words(answer)
    batch_id = str(answer.headers["location"]).rpartition("/")[2]
    Runner(desk.world.engine).start(batch_id).wait(60)
    return batch_id


@pytest.fixture(scope="module")
def two_hundred(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Two hundred dossiers to be signed, then three with warnings."""
    return laid_out(200, 3, sqlite_template, tmp_path_factory.mktemp("many"))


def test_two_hundred_dossiers_are_signed_in_one_visit_while_three_with_warnings_are_held_back(
    database: Database, tmp_path: Path, two_hundred: Rows
) -> None:
    city = put(a_city(database, tmp_path), two_hundred)
    refs = [row["ref"] for row in two_hundred["cases"]]
    clean, doubtful = refs[:200], refs[200:]
    desk = at_the_desk(city, "hung")
    asked = sheet(desk, all="1")
    assert "Bỏ 3 hồ sơ có cảnh báo, ký 200 hồ sơ" in words(asked)
    named = re.findall(r'name="item" value="([^"]+)"', asked.text)
    batch = signed(desk, desk.send("/signing", act="award", item=named, do="without_warned"))
    assert sorted(states(city, batch)) == ["done"] * 200 + ["left_out"] * 3
    assert numbers(city, clean) == list(range(1, 201))
    assert last_number(city) == 200
    assert {city.case(ref).station for ref in doubtful} == {"awaiting_decision"}
    assert verify(city.engine).ok
    shown = desk.read(f"/signing/{batch}")
    assert "Đã ký 200, không ký được 0, để lại 3" in shown
    assert "Đã ký 200/QĐ-UBND" in shown


def test_the_queue_shows_what_awaits_with_its_warnings(city: World, chairman: Desk) -> None:
    (clean,), (doubtful,) = simplified(city, 1), warned(city)
    upward = a_dossier(city, "awaiting_submission")
    shown = chairman.read("/signing")
    for ref in (clean, doubtful, upward):
        assert ref in shown
    assert "3 việc chờ Chủ tịch" in shown
    assert "Thiếu giấy tờ nên có" in shown
    assert "Thông qua 1, từ 9/9 phiếu" in shown
    assert "Phường Hoa Mai" in chairman.read("/signing?by=unit")
    assert 'href="/signing"' in chairman.read("/inbox")


def test_a_chairman_cannot_tick_his_own_nomination(city: World, chairman: Desk) -> None:
    rows = [{"award": "GK_HUYEN", "subject": {"type": "individual", "name": "Hùng", "person": "hung"}}]
    own = a_dossier(
        city, "awaiting_decision", kind="DOT_XUAT", rows=[{**rows[0], "achievement": "Cứu người"}]
    )
    shown = chairman.read("/signing")
    assert f'id="item-{own}"' not in shown
    assert "Hùng" in shown
    assert "Không còn hồ sơ nào ký được" in words(sheet(chairman, item=items(chairman, own)))


def test_the_sheet_names_every_case_and_signs_none(city: World, chairman: Desk) -> None:
    refs = [*simplified(city, 2), *warned(city)]
    answer = sheet(chairman, item=items(chairman, *refs))
    assert all(ref in answer.text for ref in refs)
    said = words(answer)
    assert "Chủ tịch quyết định 3 hồ sơ, 3 trường hợp" in said
    assert "Bỏ 1 hồ sơ có cảnh báo, ký 2 hồ sơ" in said
    assert "Sau khi ký không sửa được" in said
    assert [signatures(city, ref) for ref in refs] == [0, 0, 0]


def test_warnings_are_ticked_one_by_one_before_everything_is_signed(city: World, chairman: Desk) -> None:
    refs = warned(city, 2)
    seen = items(chairman, *refs)
    boxes = ticks(sheet(chairman, item=seen))
    assert len(boxes) == 2
    half = chairman.send("/signing", act="award", item=seen, confirmed=boxes[:1], do="all")
    assert half.status_code == 422
    assert "còn 1 hồ sơ có cảnh báo chưa xác nhận" in words(half)
    assert [signatures(city, ref) for ref in refs] == [0, 0]
    batch = signed(chairman, chairman.send("/signing", act="award", item=seen, confirmed=boxes, do="all"))
    assert states(city, batch) == ["done", "done"]


def test_a_tick_for_other_warnings_than_there_are_now_does_not_count(city: World, chairman: Desk) -> None:
    (ref,) = warned(city)
    forged = chairman.send(
        "/signing", act="award", item=items(chairman, ref), confirmed=f"{ref}:000000000000", do="all"
    )
    assert forged.status_code == 422


def test_what_changed_since_is_told_and_the_others_are_signed(city: World, chairman: Desk) -> None:
    first, second = simplified(city, 2)
    seen = items(chairman, first, second)
    city.do("hung", "extend", first, reason="Chờ xác minh", due="2024-06-28")
    assert "vừa thay đổi hoặc không ký được nữa" in words(sheet(chairman, item=seen))
    batch = signed(chairman, chairman.send("/signing", act="award", item=seen, do="all"))
    assert states(city, batch) == ["conflict", "done"]
    assert "Nguyễn Mạnh Hùng đã thay đổi hồ sơ lúc" in chairman.read(f"/signing/{batch}")


def test_a_form_sent_twice_signs_once(city: World, chairman: Desk) -> None:
    (ref,) = simplified(city, 1)
    form = {"act": "award", "item": items(chairman, ref), "do": "all", "key": "the-same"}
    first = signed(chairman, chairman.send("/signing", **form))
    assert signed(chairman, chairman.send("/signing", **form)) == first
    assert signatures(city, ref) == 1


def test_one_letter_takes_all_to_the_province_but_those_with_a_number_of_their_own(
    city: World, chairman: Desk
) -> None:
    refs = [a_dossier(city, "awaiting_submission") for _ in range(2)]
    seen = items(chairman, *refs)
    boxes = ticks(sheet(chairman, "submit_upward", item=seen))
    form = {"act": "submit_upward", "item": seen, "confirmed": boxes, "do": "all", "date": "2024-05-21"}
    wrong = chairman.send("/signing", **form)
    assert wrong.status_code == 422
    assert "Chưa nhập" in words(wrong)
    own = {f"letter.{refs[1]}": "16/TTr-UBND"}
    batch = signed(chairman, chairman.send("/signing", **form, letter_no="15/TTr-UBND", **own))
    assert states(city, batch) == ["done", "done"]
    letters = [city.case(ref).submission for ref in refs]
    assert [letter.letter_no for letter in letters if letter] == ["15/TTr-UBND", "16/TTr-UBND"]


def test_an_interrupted_batch_is_gone_on_with_from_its_page(city: World, chairman: Desk) -> None:
    batch = ordered(city, simplified(city, 2))
    assert "Đang ký: 0 trên 2 hồ sơ" in chairman.read(f"/signing/{batch}")
    moving = chairman.browser.get(f"/signing/{batch}/progress")
    assert "<progress" in moving.text
    city.now += QUIET
    assert "Lượt ký bị ngắt giữa chừng" in chairman.read(f"/signing/{batch}")
    assert chairman.browser.get(f"/signing/{batch}/progress").headers["HX-Redirect"] == f"/signing/{batch}"
    signed(chairman, chairman.send(f"/signing/{batch}/resume"))
    assert batch_of(city, batch).over
    assert "Đã ký 2 hồ sơ." in chairman.read(f"/signing/{batch}")


def test_nobody_but_a_chairman_has_the_queue(city: World) -> None:
    batch = ordered(city, simplified(city, 1))
    for login in ("son", "chau", "quy"):
        desk = at_the_desk(city, login)
        desk.read("/signing", 404)
        desk.read(f"/signing/{batch}", 404)
        assert desk.send(f"/signing/{batch}/resume").status_code == 404
    assert states(city, batch) == ["waiting"]


def test_a_form_without_any_case_leads_back_to_the_queue(city: World, chairman: Desk) -> None:
    for fields in ({}, {"item": "không phải mã"}, {"item": "HS-2024-0001:x"}):
        assert sheet(chairman, **fields).headers["location"] == "/signing"
    nothing = chairman.send("/signing", act="award", item="HS-2024-9999:3", do="all")
    assert nothing.status_code == 422


def test_a_form_for_an_act_that_is_not_signed_there_leads_back_to_the_queue(
    city: World, chairman: Desk
) -> None:
    (ref,) = simplified(city, 1)
    answer = chairman.send("/signing", act="1.0", item=items(chairman, ref))
    assert (answer.status_code, answer.headers["location"]) == (303, "/signing")
