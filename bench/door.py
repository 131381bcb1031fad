"""The door of a small city with somebody at it: programs with tokens, browsers with sessions, a watch on the data."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from bench.ground import snapshot
from bench.small_world import World, a_world
from db import people, sign_ins
from db.engine import Database
from db.sign_ins import SignIn
from web.app import create_app
from workflow.identity import digest
from workflow.settings import Settings
from workflow.tokens import create_token

ORIGIN = "https://khenthuong.example"
EVENING = datetime(2100, 1, 1, tzinfo=UTC)
PLENTY = 10**9


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
    """An application over a world; it remembers what was stored after the request before."""

    world: World
    client: TestClient
    cookie: str
    known: dict[str, list[tuple[Any, ...]]]
    mark: object = None

    def knock(self, knock: Knock) -> Answered:
        """Send it and look at what it did."""
        self.client.cookies.clear()
        headers = {"Origin": ORIGIN, **_who(knock, self.cookie), **knock.headers}
        began = time.process_time()
        answer = self.client.request(
            knock.method,
            knock.path,
            headers={k.encode(): v.encode() for k, v in headers.items()},
            **knock.sent,
        )
        seconds = time.process_time() - began
        media = answer.headers.get("content-type", "")
        return Answered(answer.status_code, answer.text, media, seconds, self.look())

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
            people.insert_grant(
                conn,
                grant_id=f"g-{login}",
                account_id=login,
                role=role,
                unit=unit,
                valid_from=date(2000, 1, 1),
            )


@contextmanager
def a_door(database: Database, folder: Path, *, seed: object) -> Iterator[Door]:
    """Everybody of the small city with the role they have there, a token, a session, and no limit of requests."""
    world = a_world(database, folder, seed=seed)
    let_in(world)
    with database.transaction() as conn:
        for login in world.city.people:
            signed_in = SignIn(
                digest(_secret(login)), login, f"csrf-{login}", world.now, world.now, EVENING, None, ""
            )
            sign_ins.insert_sign_in(conn, signed_in)
    began = world.now
    for login in world.city.people:
        _tokens[login] = create_token(world.engine, login, "door", clock=lambda: began)
    settings = Settings(
        public_origin=ORIGIN, writes_per_minute=PLENTY, reads_per_minute=PLENTY, sign_ins_per_minute=PLENTY
    )
    app = create_app(world.engine, settings, clock=lambda: began)
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False, follow_redirects=False) as client:
        door = Door(world, client, app.state.site.cookie, snapshot(database))
        for login in world.city.people:
            door.knock(Knock("first look", login, "GET", "/api/v1/me"))
        yield door


_tokens: dict[str, str] = {}


def _secret(login: str) -> str:
    return f"secret-of-{login}"


def _who(knock: Knock, cookie: str) -> dict[str, str]:
    if knock.browser:
        return {"Cookie": f"{cookie}={_secret(knock.who)}"}
    return {"Authorization": f"Bearer {_tokens[knock.who]}"}


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
