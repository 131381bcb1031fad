"""Every story of a dossier clicked through the pages from its first word to its end."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from browsing import City, Visit, a_window, sign_in
from journeys import STORIES, Cast, Officer, exceptional_merit_needs_no_council
from journeys_clicked import Clicker

pytest_plugins = ["browser_fixtures"]

SMALL = {"width": 1024, "height": 600}
"""The screen of an older laptop, quick to draw."""


@dataclass(slots=True)
class Desk:
    """One window at which people take turns; everybody signs in once, then finds their session again."""

    visit: Visit
    sitting: str = ""
    sessions: dict[str, Any] = field(default_factory=dict)

    def __call__(self, login: str) -> Officer:
        """Let this person sit down."""
        if login != self.sitting:
            jar = self.visit.page.context
            self.sessions[self.sitting] = jar.cookies()
            jar.clear_cookies()
            self.sitting = login
            if login in self.sessions:
                jar.add_cookies(self.sessions[login])
                self.visit.open("/")
            else:
                sign_in(self.visit, login)
        return Clicker(login, self.visit)


@pytest.fixture(scope="module")
def cast(chromium: Any, city: City) -> Iterator[Cast]:
    """Everybody before a browser as it comes."""
    with a_window(chromium, city, viewport=SMALL) as visit:
        yield Desk(visit)
        assert visit.complaints == []


@pytest.fixture(scope="module")
def plain_cast(chromium: Any, city: City) -> Iterator[Cast]:
    """Everybody before a browser that runs no scripts."""
    with a_window(chromium, city, viewport=SMALL, scripts=False) as visit:
        yield Desk(visit)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_a_story_is_clicked_through(cast: Cast, story: Callable[[Cast], None]) -> None:
    story(cast)


def test_without_scripts_a_story_comes_to_the_same_end(plain_cast: Cast) -> None:
    exceptional_merit_needs_no_council(plain_cast)
