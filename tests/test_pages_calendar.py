"""The page of the working days: everybody reads it, the standing office corrects it."""

from pathlib import Path

import pytest
from builders import World, a_dossier
from builders_pages import a_city, at_the_desk, words
from test_calendar_corrections import applied, proposed

from db.engine import Database
from workflow.clock.sweep import sweep

TYPED = {
    "day": "2024-05-16",
    "working": "no",
    "title": "Nghỉ hoán đổi",
    "title_en": "Swapped day off",
    "source": "01/VPCP",
    "confidence": "high",
}


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    """The small city whose people can sign in."""
    return a_city(sqlite_database, tmp_path)


def test_everybody_signed_in_reads_the_calendar_with_its_sources_but_proposes_nothing(city: World) -> None:
    lan = at_the_desk(city, "lan")
    shown = lan.read("/calendar?year=2026")
    assert "12729/VPCP-KGVX, 25/12/2025" in shown
    assert "Ngày Văn hóa Việt Nam (80-NQ/TW, 07/01/2026; chưa được xác nhận)" in shown
    assert 'action="/calendar"' not in shown
    assert lan.send("/calendar", **TYPED).status_code == 422
    lan.read("/calendar?year=1800", 422)


def test_an_officer_proposes_a_head_applies_and_the_page_tells_what_moved(city: World) -> None:
    ref = a_dossier(city, "home_affairs_review")
    done = at_the_desk(city, "ngoc").send("/calendar", **TYPED)
    assert done.status_code == 303, done.text
    son = at_the_desk(city, "son")
    assert 'action="/calendar/LV-2024-0001/apply_day"' in son.read("/calendar")
    assert "Đề nghị điều chỉnh một ngày" not in son.read("/calendar")
    refused = son.send("/calendar/LV-2024-0001/apply_day", "LV-2024-0001")
    assert refused.status_code == 422
    done = son.send("/calendar/LV-2024-0001/apply_day", "LV-2024-0001", reason="Theo thông báo")
    assert done.status_code == 303, done.text
    sweep(city.engine)
    shown = son.read("/calendar")
    assert f'<span class="ref">{ref}</span></td><td>27/05/2024</td><td>28/05/2024</td>' in shown
    assert "Cao Thái Sơn" in shown
    assert "từ 27/05/2024 sang 28/05/2024 theo LV-2024-0001" in son.read(f"/dossiers/{ref}/history")
    son.browser.cookies.set("lang", "en")
    assert "from 27/05/2024 to 28/05/2024 by LV-2024-0001" in son.read(f"/dossiers/{ref}/history")
    assert "Swapped day off" in son.read("/calendar")


def test_the_form_speaks_english_after_somebody_read_it_in_vietnamese(city: World) -> None:
    ngoc = at_the_desk(city, "ngoc")
    assert "Văn bản quyết định" in ngoc.read("/calendar")
    ngoc.browser.cookies.set("lang", "en")
    shown = ngoc.read("/calendar")
    assert "Document it rests on" in shown
    assert "Văn bản quyết định" not in shown


def test_who_may_not_see_a_case_learns_only_that_there_is_one_more(city: World) -> None:
    ref = a_dossier(city, "home_affairs_review")
    applied(city, "2024-05-16")
    tam = at_the_desk(city, "tam")
    shown = tam.read("/calendar")
    assert ref not in shown
    assert "và 1 việc khác" in shown
    led = tam.browser.get("/calendar/LV-2024-0001")
    assert led.headers["location"] == "/calendar?year=2024#LV-2024-0001"
    tam.read(f"/calendar/{ref}", 404)


def test_what_was_typed_stays_when_something_is_wrong(city: World) -> None:
    ngoc = at_the_desk(city, "ngoc")
    answer = ngoc.send("/calendar", **{**TYPED, "source": "", "working": ""})
    assert answer.status_code == 422
    assert 'id="source-error"' in answer.text
    assert 'id="working-error"' in answer.text
    assert 'value="Nghỉ hoán đổi"' in words(answer)
    again = ngoc.send("/calendar", **{**TYPED, "day": "2024-05-18"})
    assert again.status_code == 409
    assert "Lịch đã ghi ngày 18/05/2024 như vậy rồi." in words(again)


def test_a_proposal_is_withdrawn_and_a_correction_revoked_on_the_page(city: World) -> None:
    ngoc, son = at_the_desk(city, "ngoc"), at_the_desk(city, "son")
    first, second = proposed(city, "2024-05-16"), applied(city, "2024-05-17")
    assert ngoc.send(f"/calendar/{first}/withdraw", first).status_code == 303
    assert son.send(f"/calendar/{second}/revoke_day", second, reason="Thu hồi").status_code == 303
    assert [city.record(ref).station for ref in (first, second)] == ["withdrawn", "revoked"]
    assert son.send(f"/calendar/{second}/award", second).status_code == 404
    assert son.send("/calendar/LV-2024-0099/withdraw", version="1").status_code == 404


def test_the_head_finds_what_waits_to_be_applied_among_their_work(city: World) -> None:
    ref = proposed(city, "2024-05-16")
    assert f'href="/calendar/{ref}"' in at_the_desk(city, "son").read("/inbox")
