"""The next year's plan is drawn up, changed by form or by file, put into effect."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from builders import World, a_copy
from builders_pages import Desk, a_city, at_the_desk, words
from builders_plan import a_year
from databases import a_sqlite_copy

from states.year.plan_file import parse_plan, plan_from_document


@pytest.fixture(scope="module")
def january(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The small city in the year of its plan."""
    with a_sqlite_copy(sqlite_template) as database:
        city = a_city(database, tmp_path_factory.mktemp("january"))
        a_year(city, date(2024, 1, 2))
        yield city


@pytest.fixture
def city(january: World) -> Iterator[World]:
    """The same city for one test alone."""
    with a_copy(january) as city:
        yield city


def drawn_up(city: World) -> tuple[Desk, str]:
    """The officer with the draft of 2025."""
    desk = at_the_desk(city, "ngoc")
    answer = desk.send("/year/next")
    assert answer.status_code == 303, answer.text
    return desk, answer.headers["location"]


def plan_of(desk: Desk, path: str) -> dict[str, object]:
    """The plan as it is downloaded."""
    found: dict[str, object] = json.loads(desk.browser.get(f"{path}/plan.json").text)
    return found


def test_the_next_year_is_drawn_up_from_this_one_and_every_difference_is_listed(city: World) -> None:
    desk, path = drawn_up(city)
    page = desk.read(path)
    assert "Khác kế hoạch năm 2024" in page
    assert '<del class="quiet">152/KH-UBND</del>' in page
    assert "thi đua năm 2025" in page
    assert path.removeprefix("/plans/") in desk.read("/year/next")


def test_an_item_is_changed_added_dropped_by_its_form(city: World) -> None:
    desk, path = drawn_up(city)
    ref = path.removeprefix("/plans/")
    typed = {
        "text_vi": "Hội nghị tổng kết", "text_en": "Conference", "actor": "UBND_TP", "recipient": "UNITS",
        "quarter": "", "by": "2025-02-20", "if_any": "1",
    }  # fmt: skip
    assert desk.send(f"{path}/items/Q1-04", ref, **typed).status_code == 303
    new = typed | {
        "id": "Q1-99",
        "section": "II.Q1",
        "kind": "organise",
        "serves": "item",
        "recurrence": "once",
    }
    assert desk.send(f"{path}/items/new", ref, **new).status_code == 303
    assert desk.send(f"{path}/items/PLAN-UNIT", ref, drop="1", **typed).status_code == 303
    plan = plan_from_document(plan_of(desk, path))
    changed = plan.item("Q1-04")
    assert (changed.text.vi, changed.if_any, changed.quarter) == ("Hội nghị tổng kết", True, None)
    assert changed.due is not None
    assert changed.due.by == date(2025, 2, 20)
    assert plan.item("Q1-99").section == "II.Q1"
    assert "PLAN-UNIT" not in [item.id for item in plan.items]


def test_a_form_with_a_fault_saves_nothing_and_keeps_what_was_typed(city: World) -> None:
    desk, path = drawn_up(city)
    before = plan_of(desk, path)
    typed = {"text_vi": "Nội dung mới", "text_en": "New text", "actor": "UBND_TP", "by": "2024-02-30"}
    answer = desk.send(f"{path}/items/Q1-04", path.removeprefix("/plans/"), **typed)
    assert answer.status_code == 422
    assert "không có ngày “2024-02-30”" in words(answer)
    assert "Nội dung mới" in words(answer)
    assert plan_of(desk, path) == before


def upload(desk: Desk, path: str, name: str, content: bytes) -> str:
    """Send a plan back as a file; returns the words of the answer."""
    version = str(desk.world.record(path.removeprefix("/plans/")).version)
    fields = {"csrf": desk.csrf, "key": f"file-{next(desk.keys)}", "version": version}
    answer = desk.browser.post(f"{path}/file", data=fields, files={"file": (name, content)})
    return words(answer) if answer.status_code != 303 else "taken"


def test_a_plan_is_taken_back_as_the_file_it_left_as(city: World) -> None:
    desk, path = drawn_up(city)
    text = desk.browser.get(f"{path}/plan.toml").text
    changed = text.replace("Hội nghị tổng kết", "Đại hội tổng kết")
    assert upload(desk, path, "plan.toml", changed.encode()) == "taken"
    assert plan_from_document(plan_of(desk, path)) == parse_plan(changed)
    as_json = json.dumps(plan_of(desk, path)).encode()
    assert upload(desk, path, "plan.json", as_json) == "taken"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("p.toml", b"year == 2025\n", "không đúng cách viết TOML"),
        ("p.toml", b"issued = 2025-02-30\n", "không có ngày 2025-02-30"),
        ("p.json", b'{"year": ', "không đúng cách viết JSON"),
        (
            "p.json",
            b'{"year": 2025, "items": [{"id": "A", "actor": ["NOBODY"]}]}',
            "không có đơn vị “NOBODY”",
        ),
        ("p.json", b'{"year": ' + b"9" * 5000 + b"}", "không đúng cách viết JSON"),
        ("p.json", b'{"items": ' + b"[" * 100_000, "không đúng cách viết JSON"),
        ("p.json", b"[]", "phải là một bảng"),
        ("p.toml", b"\xff\xfe", "UTF-8"),
        ("p.toml", b"", "Chọn một tệp"),
        ("p.toml", b"x = [", "<li>tệp không phải TOML"),
    ],
)
def test_a_file_with_faults_is_answered_place_by_place_and_the_draft_stays(
    city: World, name: str, content: bytes, said: str
) -> None:
    desk, path = drawn_up(city)
    before = plan_of(desk, path)
    assert said in upload(desk, path, name, content)
    assert plan_of(desk, path) == before


def test_letters_no_text_can_hold_are_refused(city: World) -> None:
    desk, path = drawn_up(city)
    before = plan_of(desk, path)
    changed = json.dumps(before).replace("UBND", "UBND\\ud800", 1)
    assert "không đúng cách viết JSON" in upload(desk, path, "p.json", changed.encode())
    assert plan_of(desk, path) == before


def test_a_plan_of_another_year_is_refused(city: World) -> None:
    desk, path = drawn_up(city)
    text = desk.browser.get(f"{path}/plan.json").text
    other = upload(desk, path, "p.json", json.dumps(json.loads(text) | {"year": 2026}).encode())
    assert "2026" in other


def test_the_head_puts_it_into_effect_the_officer_cannot(city: World) -> None:
    desk, path = drawn_up(city)
    ref = path.removeprefix("/plans/")
    asked = {"effective_from": "2025-01-02", "reason": "Ban hành kế hoạch"}
    assert "Cho có hiệu lực" not in desk.read(path)
    assert desk.send(f"{path}/activate", ref, **asked).status_code == 409
    head = at_the_desk(city, "son")
    assert head.send(f"{path}/activate", ref, effective_from="2024-01-02", reason="x").status_code == 422
    assert head.send(f"{path}/activate", ref, **asked).status_code == 303
    assert city.record(ref).station == "active"
    assert 'href="/year?year=2025"' in head.read("/year?year=2024")


def test_the_draft_of_a_plan_is_no_business_of_a_unit(city: World) -> None:
    _, path = drawn_up(city)
    at_the_desk(city, "lan").read(path, 404)
    at_the_desk(city, "lan").read("/year/next", 404)
