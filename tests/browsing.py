"""A small city that is served, visited by people in a real browser."""

import socket
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from builders import World, with_roles
from builders_identity import CHEAP, PASSWORD, STORED

from web.app import create_app
from workflow.settings import Settings

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
CHROMIUM = min(
    map(Path, ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")), key=lambda path: not path.exists()
)
"""The shell without a desktop around it takes a quarter less; Debian has both."""
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
CHECK = "axe.run({resultTypes: ['violations'], preload: false})"
"""Every rule; what it would load beforehand is for audio, which there is none of."""
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@dataclass(slots=True)
class City:
    """The small city with its door open at ``origin``."""

    world: World
    origin: str


@dataclass(slots=True)
class Visit:
    """One person's browser window, with what it complained of."""

    page: Any
    origin: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """Go to a page of the city; returns its answer."""
        return self.page.goto(f"{self.origin}{path}")

    def leave(self) -> None:
        """Leave nothing of this visit to the next but a page of the same site, which needs no process anew."""
        self.open("/healthz")
        self.page.emulate_media(media="null")
        self.page.context.clear_cookies()

    def faults(self) -> list[str]:
        """What axe finds on the page, what the console said, whether the page scrolls sideways."""
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(CHECK)
        said = [f"{v['id']}: {v['nodes'][0]['html']}" for v in found["violations"]]
        wide = self.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
        return said + self.complaints + (["scrolls sideways"] if wide else [])


_EMPTY: dict[tuple[Any, str, bool], list[Visit]] = defaultdict(list)
"""Windows nobody sits at, by browser, language, scripts: a new one costs as much as several pages."""


def with_passwords(world: World) -> World:
    """The same city, whose people can sign in with PASSWORD."""
    return with_roles(world, STORED)


@contextmanager
def open_door(world: World) -> Iterator[str]:
    """The city served on a free port for as long as this lasts; gives its origin."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"
    app = create_app(
        world.engine, Settings(public_origin=origin, demo=True), passwords=CHEAP, clock=lambda: world.now
    )
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield origin
    server.should_exit = True
    thread.join(5)


@contextmanager
def a_window(
    chromium: Any,
    city: City,
    *,
    lang: str = "vi",
    viewport: dict[str, int] | None = None,
    scripts: bool = True,
) -> Iterator[Visit]:
    """A window in which nobody has signed in; without ``scripts`` it runs none."""
    empty = _EMPTY[chromium, lang, scripts]
    visit = empty.pop() if empty else _opened(chromium, lang, scripts)
    visit.origin = city.origin
    visit.complaints.clear()
    visit.page.set_viewport_size(viewport or DESKTOP)
    yield visit
    visit.leave()
    empty.append(visit)


def _opened(chromium: Any, lang: str, scripts: bool) -> Visit:
    context = chromium.new_context(
        locale="vi-VN" if lang == "vi" else "en-GB", reduced_motion="reduce", java_script_enabled=scripts
    )
    page = context.new_page()
    visit = Visit(page, "")
    page.on("console", lambda said: _complain(visit, said))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    return visit


@contextmanager
def visiting(
    chromium: Any, city: City, login: str, *, lang: str = "vi", viewport: dict[str, int] | None = None
) -> Iterator[Visit]:
    """A window in which this person has signed in."""
    with a_window(chromium, city, lang=lang, viewport=viewport) as visit:
        let_in(visit, login)
        yield visit


def let_in(visit: Visit, login: str) -> None:
    """Sign in without drawing the pages, which the journeys do; the window keeps the cookie."""
    form = {"login": login, "password": PASSWORD, "next": "/"}
    answer = visit.page.request.post(
        f"{visit.origin}/sign-in", form=form, headers={"Origin": visit.origin}, max_redirects=0
    )
    assert answer.status == 303, answer.text()


def sign_in(visit: Visit, login: str) -> None:
    """Fill in the sign-in page."""
    visit.open("/sign-in")
    visit.page.fill("#login", login)
    visit.page.fill("#password", PASSWORD)
    visit.page.click("#sign-in")


def _complain(visit: Visit, said: Any) -> None:
    # A page answered with 409 or 422 is an answer here, though the browser logs it as a failed load.
    if said.type in ("error", "warning") and "status of 4" not in said.text:
        visit.complaints.append(said.text)
