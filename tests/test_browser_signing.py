"""The chairman signs in a real browser: the sheet, its ticks, what came of each dossier."""

from collections.abc import Iterator
from typing import Any

import pytest
from browsing import PHONE, City, a_window, let_in, visiting
from builders import World
from builders_signing import batch_of, ordered, signatures, simplified, warned

from workflow.batches.runner import QUIET

pytest_plugins = ["browser_fixtures"]


@pytest.fixture
def desk(city: City) -> Iterator[tuple[World, list[str], list[str]]]:
    """Two dossiers without warnings, two with; what is left of them is decided afterwards."""
    world = city.world
    clean, doubtful = simplified(world, 2), warned(world, 2)
    yield world, clean, doubtful
    for ref in (*clean, *doubtful):
        if world.case(ref).station == "awaiting_decision":
            world.do("hung", "award", ref, nominations=list(world.case(ref).standing()))


def test_everything_is_signed_once_each_warning_was_ticked(
    chromium: Any, city: City, desk: tuple[World, list[str], list[str]]
) -> None:
    world, clean, doubtful = desk
    with visiting(chromium, city, "hung") as visit:
        visit.open("/inbox")
        visit.page.click("#to-signing")
        assert visit.faults() == []
        visit.page.check("#all-award")
        visit.page.click("#chosen-award")
        visit.page.wait_for_selector("#sign-all")
        assert visit.faults() == []
        # Looks refused until every warning is ticked; pressed all the same it leads to the first of them.
        visit.page.click("#sign-all", force=True)
        assert visit.page.evaluate("document.activeElement.id") == f"tick-{doubtful[0]}"
        assert signatures(world, clean[0]) == 0
        for ref in doubtful:
            visit.page.check(f"#tick-{ref}")
        visit.page.click("#sign-all")
        visit.page.wait_for_selector("#results")
        said = visit.page.locator("main").inner_text()
        assert "Đã ký 4 hồ sơ." in said
        assert visit.faults() == []
    assert [signatures(world, ref) for ref in (*clean, *doubtful)] == [1] * 4


def test_those_with_warnings_are_dropped_by_one_button_on_a_phone_in_english(
    chromium: Any, city: City, desk: tuple[World, list[str], list[str]]
) -> None:
    world, clean, doubtful = desk
    with visiting(chromium, city, "hung", lang="en", viewport=PHONE) as visit:
        visit.open("/signing")
        assert visit.faults() == []
        visit.page.click("#all-award-go")
        visit.page.wait_for_selector("#sign-clean")
        assert visit.faults() == []
        assert visit.page.locator("#sign-clean").inner_text() == "Drop the 2 with warnings, sign 2"
        visit.page.click("#sign-clean")
        visit.page.wait_for_selector("#results")
        assert "Left out because of warnings" in visit.page.locator("main").inner_text()
        assert visit.faults() == []
    assert [signatures(world, ref) for ref in (*clean, *doubtful)] == [1, 1, 0, 0]


def test_without_scripts_a_page_tells_what_is_not_confirmed_and_goes_on_with_what_was_interrupted(
    chromium: Any, city: City, desk: tuple[World, list[str], list[str]]
) -> None:
    world, clean, doubtful = desk
    with a_window(chromium, city, scripts=False) as visit:
        let_in(visit, "hung")
        visit.open("/signing")
        visit.page.click("#all-award-go")
        visit.page.check(f"#tick-{doubtful[0]}")
        visit.page.click("#sign-all")
        said = visit.page.locator("main").inner_text()
        assert "còn 1 hồ sơ có cảnh báo chưa xác nhận" in said
        assert visit.page.is_checked(f"#tick-{doubtful[0]}")
        batch = ordered(world, clean, key="interrupted")
        world.now += QUIET
        visit.open(f"/signing/{batch}")
        visit.page.click("#resume")
        assert "Đã ký 2 hồ sơ." in visit.page.locator("main").inner_text()
    assert batch_of(world, batch).over
    assert [signatures(world, ref) for ref in (*clean, *doubtful)] == [1, 1, 0, 0]
