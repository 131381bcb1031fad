"""A small office with a few accounts, and a browser at its door."""

import atexit
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from databases import furnish
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.testclient import TestClient

from db import settings as setting_table
from db.blobs import BlobStore
from db.engine import Database
from db.units import Unit, insert_unit
from web.app import create_app
from workflow.engine import LOG_SETTING, Engine
from workflow.people.accounts import add_user
from workflow.people.passwords import Passwords
from workflow.settings import Settings

PASSWORD = "chuồn chuồn bay thấp"
ORIGIN = "https://khenthuong.example"
CHEAP = Passwords(Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1))
STORED = CHEAP.hash(PASSWORD)


@cache
def _papers() -> Path:
    """Where the offices of this process keep their papers, gone with it."""
    folder = Path(tempfile.mkdtemp(prefix="khenthuong-offices-"))
    atexit.register(shutil.rmtree, folder)
    return folder


class HandClock:
    """Security time that moves only when told."""

    def __init__(self) -> None:
        self.at = datetime(2024, 5, 13, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def on(self, **by: float) -> None:
        """Let time pass."""
        self.at += timedelta(**by)


def an_office(database: Database) -> Engine:
    """A city with one school; ha.ltt is the school's clerk, tuan.pm an auditor, both with PASSWORD."""
    engine = Engine(database, BlobStore(Path(tempfile.mkdtemp(dir=_papers()))), log="office")
    furnish(database, "office", lambda: _write_office(engine))
    return engine


def _write_office(engine: Engine) -> None:
    engine.open()
    with engine.database.transaction() as conn:
        setting_table.put(conn, LOG_SETTING, engine.log)
        insert_unit(conn, _unit("LK", "city", "Thành phố Long Khánh", "Long Khánh City"))
        insert_unit(conn, _unit("TH-BS", "school", "Trường Tiểu học Bàu Sen", "Bàu Sen Primary School"))
    for login, name, role, unit in (
        ("ha.ltt", "Lê Thị Thu Hà", "unit_clerk", "TH-BS"),
        ("tuan.pm", "Phạm Minh Tuấn", "auditor", "LK"),
    ):
        grants = [(role, unit)]
        add_user(
            engine, login=login, name=name, password_hash=STORED, grants=grants, valid_from=date(2024, 1, 1)
        )


def a_door(
    engine: Engine, clock: HandClock, *more_routers: Any, origin: str = ORIGIN, **settings: Any
) -> TestClient:
    """A browser at the door; forms carry the site's own origin, as browsers send it."""
    told = Settings(public_origin=origin, **settings)
    app = create_app(engine, told, passwords=CHEAP, clock=clock, more_routers=more_routers)
    return TestClient(app, base_url=origin, headers={"Origin": origin}, follow_redirects=False)


def enter(
    browser: TestClient, login: str = "ha.ltt", password: str = PASSWORD, next_: str = "/account"
) -> Any:
    """Sign in by the form; returns the answer."""
    return browser.post("/sign-in", data={"login": login, "password": password, "next": next_})


def csrf_of(browser: TestClient) -> str:
    """The token the session's forms carry, read off a page as a browser has it."""
    body = browser.get("/account").text
    return body.split('name="csrf" value="')[1].split('"')[0]


def _unit(unit_id: str, kind: str, vi: str, en: str) -> Unit:
    since = date(2019, 6, 1)
    return Unit(unit_id, kind, "LK", vi, en, vi, en, since, None, 0 if kind == "city" else 1)
