"""The pages of a dossier in a real browser: nothing axe finds, the keyboard, the way to a mistake, paper."""

from typing import Any

import pytest
from browsing import PHONE, City, visiting
from builders import a_dossier, a_draft

pytest_plugins = ["browser_fixtures"]

REVIEWED, DRAFT = "HS-2024-0001", "HS-2024-0002"


@pytest.fixture(scope="module")
def furnished(city: City) -> City:
    """The served city with a school's dossier under review, another school's draft without papers."""
    world = city.world
    ref = a_dossier(world, "home_affairs_review", unit="T1", awards=("CSTDCS", "LDTT", "TTLDTT"))
    first, second, _ = world.ids(ref)
    lowered = {"nomination": first, "verdict": "lower_award", "award": "LDTT", "reason": "Chưa có sáng kiến"}
    world.do("ngoc", "judge", ref, verdicts=[lowered, {"nomination": second, "verdict": "recommended"}])
    assert (ref, a_draft(world, unit="T2", papers=False)) == (REVIEWED, DRAFT)
    return city


@pytest.mark.parametrize(
    ("login", "lang", "phone", "paths"),
    [
        ("ngoc", "vi", False, ("/inbox", "/dossiers/{}", "/dossiers/{}/acts/request_completion")),
        ("trung", "en", False, ("/dossiers", "/dossiers/{}/history?entry=1", "/audit/verify")),
        ("mai", "vi", True, ("/inbox", "/dossiers/{}", "/dossiers/{}/papers", "/notices")),
    ],
)
def test_the_pages_have_no_fault_axe_can_find(
    chromium: Any, furnished: City, login: str, lang: str, phone: bool, paths: tuple[str, ...]
) -> None:
    ref = DRAFT if login == "mai" else REVIEWED
    with visiting(chromium, furnished, login, lang=lang, viewport=PHONE if phone else None) as visit:
        for path in paths:
            assert visit.open(path.format(ref)).status == 200
            assert visit.faults() == []


def test_the_reasons_of_a_refused_act_open_from_the_keyboard(chromium: Any, furnished: City) -> None:
    with visiting(chromium, furnished, "ngoc") as visit:
        visit.open(f"/dossiers/{REVIEWED}")
        lock = visit.page.locator("details.reasons > summary")
        lock.focus()
        visit.page.keyboard.press("Enter")
        said = visit.page.locator("details.reasons .reason-list").inner_text()
        assert "Phòng Nội vụ còn 1 trong 3 trường hợp chưa có ý kiến" in said
        assert visit.faults() == []


def test_a_mistake_takes_the_reader_to_its_field(chromium: Any, furnished: City) -> None:
    with visiting(chromium, furnished, "son") as visit:
        visit.open(f"/dossiers/{REVIEWED}/acts/extend")
        visit.page.fill("#due", "2024-05-14")
        visit.page.fill("#reason", "Chờ xác minh")
        visit.page.click("#confirm")
        assert visit.page.evaluate("document.activeElement.getAttribute('role')") == "alert"
        assert visit.page.input_value("#reason") == "Chờ xác minh"
        visit.page.click(".error-list a")
        assert visit.page.evaluate("document.activeElement.id") == "due"
        assert visit.faults() == []


def test_nothing_is_cut_off_on_paper(chromium: Any, furnished: City) -> None:
    with visiting(chromium, furnished, "ngoc") as visit:
        visit.open(f"/dossiers/{REVIEWED}?print=1")
        visit.page.emulate_media(media="print")
        shown = visit.page.locator("main").inner_text()
        assert "Danh sách đề nghị: 2 cá nhân" in shown
        assert "Danh sách đề nghị: 1 tập thể" in shown
        assert "Người in: Vũ Bích Ngọc" in shown
        assert not visit.page.locator(".acts").is_visible()
