"""A real browser before a served small city, for test modules that name this file in ``pytest_plugins``."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import ARGUMENTS, CHROMIUM, City, open_door, with_passwords
from builders import a_world
from databases import a_sqlite_copy


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A served city of this module's own."""
    with a_sqlite_copy(sqlite_template) as database:
        world = with_passwords(a_world(database, tmp_path_factory.mktemp("city")))
        with open_door(world) as origin:
            yield City(world, origin)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all; without one the test is skipped, unless REQUIRE_BROWSER says it may not be."""
    required = os.environ.get("REQUIRE_BROWSER") == "1"
    if not required:
        pytest.importorskip("playwright")
        if not CHROMIUM.exists():
            pytest.skip("no Chromium here; set REQUIRE_BROWSER=1 where there must be one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()
