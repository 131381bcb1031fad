"""A demonstration city in May 2024, made only by performing the acts of its year."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from db import settings as setting_table
from db import units
from states.document import Document
from workflow.demo_people import DemoLogin, in_file_order, settle
from workflow.demo_player import Player
from workflow.demo_story import in_order, stories
from workflow.engine import LOG_SETTING, ZONE, Engine, Source
from workflow.passwords import Passwords

PASSWORD = "Long-Khanh-2024"
"""The one password of every account of the demo."""
MORNING = datetime(2024, 5, 13, 7, 30, tzinfo=ZONE)
"""What the business clock shows when the demo opens."""
BEFORE_THE_YEAR = datetime(2024, 1, 2, 7, 30, tzinfo=ZONE)
FILLED_SETTING = "demo_filled"
LOG = "long-khanh-2024"


class NotEmpty(Exception):
    """The database already holds something else, or a demo that was broken off; take an empty data folder."""


@dataclass(slots=True)
class StoryTime:
    """A source whose time is set act by act, whose ids and salts come in the same order every time.

    Salts that can be foreseen protect nobody: good enough for people who do not exist.
    """

    now: datetime
    drawn: int = 0

    def source(self) -> Source:
        """The same as an engine takes it."""
        return Source(now=lambda: self.now, new_id=lambda: self._draw().hex()[:20], salt=self._draw)

    def _draw(self) -> bytes:
        self.drawn += 1
        return hashlib.sha256(f"{LOG}:{self.drawn}".encode()).digest()


def is_filled(engine: Engine) -> bool:
    """Whether the demo's year is all there."""
    with engine.database.reading() as conn:
        return setting_table.get(conn, FILLED_SETTING) is not None


def fill(
    engine: Engine, *, password: str = PASSWORD, hasher: Passwords, report: Callable[[str], None]
) -> list[DemoLogin]:
    """Fill an empty installation, then set its clock to the morning of 13/05/2024.

    The same acts give the same ids and hashes everywhere; passwords and tokens never repeat.

    Raises:
        NotEmpty: there is something in the database already.
    """
    _refuse_unless_empty(engine)
    own_source, story_time = engine.source, StoryTime(BEFORE_THE_YEAR)
    _name_log(engine)
    try:
        engine.source, engine.ahead = story_time.source(), timedelta()
        logins = settle(engine, password=password, password_hash=hasher.hash(password), report=report)
        _live_through(engine, story_time, report)
    finally:
        engine.source = own_source
    engine.set_clock(MORNING)
    with engine.database.transaction() as conn:
        setting_table.put(conn, FILLED_SETTING, MORNING.isoformat())
    return in_file_order(logins)


def write_accounts(path: Path, logins: Iterable[DemoLogin]) -> None:
    """Write who can sign in, as JSON that only the owner of the file may read: it holds secrets."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(handle, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        json.dump([_as_document(login) for login in logins], file, ensure_ascii=False, indent=1)


def _refuse_unless_empty(engine: Engine) -> None:
    with engine.database.reading() as conn:
        if units.all_units(conn):
            raise NotEmpty


def _name_log(engine: Engine) -> None:
    """Give the log of every demo the same name, because each chain of history begins with it."""
    with engine.database.transaction() as conn:
        setting_table.put(conn, LOG_SETTING, LOG)
    engine.log = LOG


def _live_through(engine: Engine, story_time: StoryTime, report: Callable[[str], None]) -> None:
    player, total = Player(engine), len(stories())
    for step, story in in_order():
        story_time.now = step.at
        player.play(step, story)
        if step.act == "create":
            number = len(player.refs)
            report(f"Đang lập hồ sơ {number}/{total} … / Preparing dossiers {number}/{total} …")


def _as_document(login: DemoLogin) -> Document:
    return {
        "login": login.login,
        "password": login.password,
        "token": login.token,
        "name": login.name,
        "roles": [{"role": role, "unit": unit} for role, unit in login.roles],
    }
