"""The door of a small city with somebody at it: programs with tokens, browsers with sessions, a watch on the data."""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from starlette.routing import BaseRoute
from starlette.testclient import TestClient

from bench.cities import BODY
from bench.ground import Snapshot, snapshot
from bench.small_council import a_council
from bench.small_desk import SIGNER, a_batch, a_package
from bench.small_register import an_award
from bench.small_world import World, a_world
from bench.small_year import a_year
from db import grants, people, preferences, sign_ins
from db.engine import Connection, Database
from db.sign_ins import SignIn
from web.app import create_app
from workflow import mailing, scratch
from workflow.packages.limits import limits_of
from workflow.people.identity import digest
from workflow.people.tokens import create_token
from workflow.settings import Settings

ORIGIN = "https://khenthuong.example"
EVENING = datetime(2100, 1, 1, tzinfo=UTC)
PLENTY = 10**9
ADMINISTRATOR = "quyen"
CALENDAR = "a-calendar-nobody-else-knows"
NOBODY = ""
"""Who comes without a session or a token."""
WAYS_OUT = ("/sign-out", "/account")
"""Where one ends sessions or takes back tokens."""


@dataclass(frozen=True, slots=True)
class Knock:
    """One request: who sends what; ``kind`` is the kind of nastiness in it."""

    kind: str
    who: str
    method: str
    path: str
    browser: bool = False
    sent: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back, how many seconds of processor it took, which tables it changed."""

    status: int
    text: str
    media: str
    seconds: float
    changed: frozenset[str]


@dataclass(slots=True)
class Door:
    """An application over a world; it remembers what was stored when it was last looked at.

    ``known_to`` is what there is to be looked at by the place of an address, with who looks at it.
    """

    world: World
    client: TestClient
    cookie: str
    known: Snapshot
    refs: Mapping[str, str]
    known_to: Mapping[str, tuple[str, str]]
    mark: object = None
    moved: bool = False
    _times: Counter[str] = field(default_factory=Counter)

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The application's own route table."""
        app: FastAPI = self.client.app  # type: ignore[assignment]  # our own, not just any program of its kind
        return app.routes

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who can come in."""
        return (*self.world.city.people, ADMINISTRATOR)

    def knock(self, knock: Knock) -> Answered:
        """Send it and look at what it did, once what it began is over; who went out is let in again."""
        self.look()  # what was prepared meanwhile is no answer's doing
        answer, seconds = self.send(knock)
        if (move := self.client.app.state.site.mover.last) is not None:  # type: ignore[attr-defined]  # our own app
            move.over.wait()
            self.moved = True
        for thread in threading.enumerate():
            if thread.name == "batch":
                thread.join()
        media = answer.headers.get("content-type", "")
        answered = Answered(answer.status_code, answer.text, media, seconds, self.look())
        if knock.who and knock.method == "POST" and knock.path.startswith(WAYS_OUT) and answered.status < 400:
            self.let_in(knock.who)
        return answered

    def send(self, knock: Knock) -> tuple[Response, float]:
        """Send it without looking at what it does; the answer, the seconds of processor it took."""
        self.client.cookies.clear()
        headers = {"Origin": ORIGIN, **self._who(knock), **knock.headers}
        began = time.process_time()
        answer = self.client.request(
            knock.method,
            knock.path,
            headers={k.encode(): v.encode() for k, v in headers.items()},
            **knock.sent,
        )
        return answer, time.process_time() - began

    def let_in(self, login: str) -> None:
        """A new session and a new token, under the same words against foreign forms."""
        self._times[login] += 1
        now, world = self.world.now, self.world
        hashed = digest(self._secret(login))
        with world.engine.database.transaction() as conn:
            sign_ins.insert_sign_in(conn, SignIn(hashed, login, f"csrf-{login}", now, now, EVENING, None, ""))
        _tokens[login] = create_token(world.engine, login, "door", clock=lambda: now)
        self.client.get("/api/v1/me", headers=self._who(Knock("first look", login, "GET", "")))

    def _secret(self, login: str) -> str:
        return f"secret-{self._times[login]}-of-{login}"

    def _who(self, knock: Knock) -> dict[str, str]:
        if knock.who == NOBODY:
            return {}
        if knock.browser:
            return {"Cookie": f"{self.cookie}={self._secret(knock.who)}"}
        return {"Authorization": f"Bearer {_tokens[knock.who]}"}

    def look(self) -> frozenset[str]:
        """The tables that hold something else than before."""
        now = _mark(self.world.engine.database)
        if now == self.mark:
            return frozenset()
        before, self.known, self.mark = self.known, snapshot(self.world.engine.database), now
        return frozenset(name for name, rows in self.known.items() if rows != before[name])


def let_in(world: World) -> None:
    """Grant everybody of the small city the role they have there."""
    with world.engine.database.transaction() as conn:
        for login, (_, role, unit) in world.city.people.items():
            _grant(conn, login, role, unit)


def _grant(conn: Connection, login: str, role: str, unit: str) -> None:
    since = date(2000, 1, 1)
    grants.insert(conn, grant_id=f"g-{login}", account_id=login, role=role, unit=unit, valid_from=since)


@contextmanager
def a_door(database: Database, folder: Path, *, seed: object) -> Iterator[Door]:
    """Everybody of the small city with the role they have there, a token, a session, and no limit of requests.

    It is a demonstration's, whose clock can be moved, whose mails can be read; a case of each kind is there.
    """
    world = a_world(database, folder, seed=seed)
    let_in(world)
    _administered(world)
    refs, settings = a_year(world), _settings(folder)
    a_council(world)
    known_to = {
        "entry": ("kien", an_award(world)),
        "batch": (SIGNER, a_batch(world)),
        "package_id": ("kien", a_package(world, limits_of(settings))),
    }
    began = world.now
    mailing.pump(world.engine, settings, began)
    scratch.keep(world.engine, "an", "new", [("title", "Đề nghị")])
    app = create_app(world.engine, settings, clock=lambda: began)
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False, follow_redirects=False) as client:
        door = Door(world, client, app.state.site.cookie, snapshot(database), refs, known_to)
        for login in door.people:
            door.let_in(login)
        yield door


def _settings(folder: Path) -> Settings:
    return Settings(
        public_origin=ORIGIN,
        demo=True,
        data=folder / "data",
        writes_per_minute=PLENTY,
        reads_per_minute=PLENTY,
        sign_ins_per_minute=PLENTY,
    )


def _administered(world: World) -> None:
    """Somebody who looks after the installation, somebody who has mail, somebody with a calendar."""
    with world.engine.database.transaction() as conn:
        people.insert_person(conn, people.Person(ADMINISTRATOR, "Khuất Duy Quyền"))
        people.insert_account(
            conn, people.Account(ADMINISTRATOR, ADMINISTRATOR, ADMINISTRATOR, "", None, world.now)
        )
        _grant(conn, ADMINISTRATOR, "administrator", BODY)
        preferences.put_contact(conn, "nam", email="nam@sao-mai.example", lang="vi")
        preferences.put_calendar(conn, "an", digest(CALENDAR))


_tokens: dict[str, str] = {}


_MARK = {
    # Counts the commits of other connections as this one sees them; the reader's pool keeps one connection.
    "sqlite": "PRAGMA data_version",
    # Where the log of changes ends: it moves with every change, sometimes without one.
    "postgresql": "SELECT pg_current_wal_insert_lsn()",
}


def _mark(database: Database) -> object:
    """Something that changes with every change of the data."""
    with database.reading() as conn:
        seen = conn.exec_driver_sql(_MARK[database.dialect]).scalar_one()
        return seen, id(conn.connection.dbapi_connection) if database.dialect == "sqlite" else 0
