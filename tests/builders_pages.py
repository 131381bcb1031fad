"""Somebody of the small city before the pages, filling in forms as a browser without scripts would."""

import html
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from browsing import with_passwords
from builders import World, a_world
from builders_identity import CHEAP, ORIGIN, PASSWORD
from starlette.testclient import TestClient

from db.engine import Database
from web.app import create_app
from workflow.settings import Settings


@dataclass(slots=True)
class Desk:
    """One person signed in at the pages."""

    world: World
    browser: TestClient
    csrf: str
    keys: Iterator[int] = field(default_factory=itertools.count)

    def read(self, path: str, status: int = 200) -> str:
        """The words of a page; fails where its status is another."""
        answer = self.browser.get(path)
        assert answer.status_code == status, answer.text
        return words(answer)

    def send(self, path: str, ref: str = "", **fields: Any) -> Any:
        """Send a form under a fresh key at the version the dossier has now, unless told otherwise."""
        sent = {"csrf": self.csrf, "key": f"page-{next(self.keys)}"}
        if ref:
            sent["version"] = str(self.world.record(ref).version)
        return self.browser.post(path, data=sent | fields)

    def told(self) -> str:
        """What the next page says was done."""
        return self.read("/account")


def at_the_desk(world: World, login: str) -> Desk:
    """This person, signed in; ``world`` must have passwords."""
    app = create_app(world.engine, Settings(public_origin=ORIGIN), passwords=CHEAP, clock=lambda: world.now)
    browser = TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN}, follow_redirects=False)
    browser.post("/sign-in", data={"login": login, "password": PASSWORD, "next": "/account"})
    page = browser.get("/account").text
    return Desk(world, browser, page.split('name="csrf" value="')[1].split('"')[0])


def a_city(database: Database, folder: Any) -> World:
    """The small city whose people can sign in."""
    return with_passwords(a_world(database, folder))


def words(answer: Any) -> str:
    """The text of an answer as a person reads it, on one line."""
    return html.unescape(re.sub(r"\s+", " ", answer.text))
