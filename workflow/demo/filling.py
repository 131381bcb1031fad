"""Demonstrations to walk around in, each made only by performing the acts of its year."""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from operator import itemgetter
from pathlib import Path

from db import outbox, preferences, settings as setting_table, units
from states.document import Document
from workflow.clock.sweep import sweep
from workflow.demo.council import council_steps
from workflow.demo.council_player import CouncilPlayer
from workflow.demo.moving import next_deadline
from workflow.demo.people import Cast, DemoLogin, in_file_order, settle
from workflow.demo.player import Player
from workflow.demo.story import in_order, stories
from workflow.demo.year import plans_of, year_steps
from workflow.demo.year_player import YearPlayer
from workflow.engine import LOG_SETTING, ZONE, Engine, Source
from workflow.people.passwords import Passwords

FILLED_SETTING = "demo_filled"
FRESH = timedelta(days=4)
"""How old a notice may be to be mailed, or unread, when the demonstration opens."""


@dataclass(frozen=True, slots=True)
class Demo:
    """One demonstration: what the business clock shows when it begins, what when it opens."""

    begins: datetime
    morning: datetime

    @property
    def year(self) -> int:
        """The year its files are named after."""
        return self.morning.year

    @property
    def password(self) -> str:
        """The one password of all its accounts."""
        return f"Long-Khanh-{self.year}"

    @property
    def log(self) -> str:
        """The same name every time, because each chain of history begins with it."""
        return f"long-khanh-{self.year}"


CITY = Demo(datetime(2024, 1, 2, 7, 30, tzinfo=ZONE), datetime(2024, 5, 13, 7, 30, tzinfo=ZONE))
"""The city of Long Khánh under regime A."""
WARDS = Demo(datetime(2025, 6, 2, 7, 30, tzinfo=ZONE), datetime(2025, 9, 8, 7, 30, tzinfo=ZONE))
"""The five wards that followed it under regime B."""
DEMOS: Mapping[date, Demo] = {demo.morning.date(): demo for demo in (CITY, WARDS)}
"""Every demonstration by the day it shows; the first is shown unless another is asked for."""


class NotEmpty(Exception):
    """The database already holds something else, or a demo that was broken off; take an empty data folder."""


@dataclass(slots=True)
class StoryTime:
    """A source whose time is set act by act, whose ids and salts come in the same order every time.

    Salts that can be foreseen protect nobody: good enough for people who do not exist.
    """

    log: str
    now: datetime
    drawn: int = 0

    def source(self) -> Source:
        """The same as an engine takes it."""
        return Source(now=lambda: self.now, new_id=lambda: self._draw().hex()[:20], salt=self._draw)

    def _draw(self) -> bytes:
        self.drawn += 1
        return hashlib.sha256(f"{self.log}:{self.drawn}".encode()).digest()


def filled(engine: Engine) -> Demo | None:
    """The demonstration that is all there; None where there is none, or one that was broken off."""
    with engine.database.reading() as conn:
        kept = setting_table.get(conn, FILLED_SETTING)
    return DEMOS[datetime.fromisoformat(kept).date()] if kept else None


def fill(
    engine: Engine, *, demo: Demo = CITY, hasher: Passwords, report: Callable[[str], None]
) -> list[DemoLogin]:
    """Fill an empty installation, then set its clock to the morning on which the demonstration opens.

    The same acts give the same ids and hashes everywhere; passwords and tokens never repeat.

    Raises:
        NotEmpty: there is something in the database already.
    """
    _refuse_unless_empty(engine)
    own_source, story_time = engine.source, StoryTime(demo.log, demo.begins)
    _name_log(engine, demo.log)
    try:
        engine.source, engine.ahead = story_time.source(), timedelta()
        stored = hasher.hash(demo.password)
        logins = settle(engine, password=demo.password, password_hash=stored, report=report, year=demo.year)
        _live_through(engine, demo, story_time, report)
    finally:
        engine.source = own_source
    engine.set_clock(demo.morning)
    with engine.database.transaction() as conn:
        setting_table.put(conn, FILLED_SETTING, demo.morning.isoformat())
        # Only the last days' notices are news: nobody was there to be told of the year before.
        outbox.settle_before(conn, demo.morning - FRESH)
        preferences.mark_all_read(conn, demo.morning - FRESH)
    return in_file_order(logins, demo.year)


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


def _name_log(engine: Engine, log: str) -> None:
    with engine.database.transaction() as conn:
        setting_table.put(conn, LOG_SETTING, log)
    engine.log = log


def _live_through(engine: Engine, demo: Demo, story_time: StoryTime, report: Callable[[str], None]) -> None:
    """Every act at its moment, the clock's own on the mornings they are due."""
    player, total = Player(engine, Cast(engine)), len(stories(demo.year))
    for at, play in _acts(engine, demo, player):
        _let_the_clock_run(engine, story_time, at)
        story_time.now = at
        known = len(player.refs)
        play()
        if (number := len(player.refs)) > known:
            report(f"Đang lập hồ sơ {number}/{total} … / Preparing dossiers {number}/{total} …")
    _let_the_clock_run(engine, story_time, demo.morning)


def _acts(engine: Engine, demo: Demo, player: Player) -> list[tuple[datetime, Callable[[], None]]]:
    """What people do, dossiers before councils before duties at one moment."""
    of_dossiers = [(step.at, partial(player.play, step, story)) for step, story in in_order(demo.year)]
    councils = CouncilPlayer(engine, player.cast, player.refs)
    of_councils = [(of.step.at, partial(councils.play, of)) for of in council_steps(demo.year)]
    year = YearPlayer(engine, player.cast, demo.year)
    of_duties = [(step.at, partial(year.play, step)) for step in year_steps(demo.year)]
    hour = demo.begins.timetz()
    issue = [(datetime.combine(plan.on, hour), partial(year.issue, plan)) for plan in plans_of(demo.year)]
    return sorted([*of_dossiers, *of_councils, *issue, *of_duties], key=itemgetter(0))


def _let_the_clock_run(engine: Engine, story_time: StoryTime, until: datetime) -> None:
    while (morning := next_deadline(engine)) and morning <= until:
        story_time.now = morning
        sweep(engine)


def _as_document(login: DemoLogin) -> Document:
    return {
        "login": login.login,
        "password": login.password,
        "token": login.token,
        "name": login.name,
        "roles": [{"role": role, "unit": unit} for role, unit in login.roles],
    }
