"""What many read together says how many limits there are, of which cases, nothing else."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from browsing import with_passwords
from builders import World, a_dossier, forwarded
from pydantic import ValidationError

from db import deliveries
from workflow.demo.moving import played
from workflow.mailing import digest, pump
from workflow.settings import Settings

pytest.importorskip("apprise")


@dataclass(slots=True)
class Place:
    """A place many read, with everything that was posted there; it refuses while ``open`` is False."""

    url: str = ""
    open: bool = True
    posted: list[dict[str, Any]] = field(default_factory=list)


@contextmanager
def a_place() -> Iterator[Place]:
    """A web server of this machine that takes what apprise posts."""
    place = Place()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if place.open:
                place.posted.append(body)
            self.send_response(200 if place.open else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    place.url = f"json://127.0.0.1:{server.server_address[1]}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield place
    server.shutdown()
    thread.join(5)
    server.server_close()


@pytest.fixture
def late(sqlite_world: World) -> tuple[World, list[str]]:
    """The city with two dossiers whose holders are reminded on the first morning."""
    world = with_passwords(sqlite_world)
    refs = [a_dossier(world, "home_affairs_review") for _ in range(2)]
    return world, refs


def told(place: Place) -> Settings:
    return Settings(apprise=place.url, public_origin="https://thi-dua.example")


def a_morning_later(world: World, settings: Settings, days: int) -> None:
    """Some days pass; the next morning's message is put together, then sent."""
    list(played(world.engine, world.engine.now() + timedelta(days=days)))
    pump(world.engine, settings, world.engine.now())
    world.now += timedelta(days=1)
    digest(world.engine, settings, world.engine.now())
    pump(world.engine, settings, world.engine.now())


def test_only_counts_with_references_leave_the_house(late: tuple[World, list[str]]) -> None:
    world, refs = late
    with a_place() as place:
        a_morning_later(world, told(place), 16)
    (said,) = place.posted
    assert said["title"] == "2 việc đến hạn · 2 due"
    assert "2 việc đến hạn, trong đó 2 việc quá hạn. Mở hệ thống để xem." in said["message"]
    assert said["message"].splitlines()[2:] == [", ".join(sorted(refs)), "https://thi-dua.example"]
    with world.engine.database.reading() as conn:
        people = {name for (name,) in conn.exec_driver_sql("SELECT name FROM person")}
        titles = {title for (title,) in conn.exec_driver_sql("SELECT title FROM cases")}
    written = json.dumps(said, ensure_ascii=False)
    assert people
    assert not [one for one in people | titles if one in written]


def test_what_was_done_meanwhile_is_not_counted(late: tuple[World, list[str]]) -> None:
    world, refs = late
    with a_place() as place:
        list(played(world.engine, world.engine.now() + timedelta(days=16)))
        pump(world.engine, told(place), world.engine.now())
        forwarded(world, refs[0])
        a_morning_later(world, told(place), 0)
    (said,) = place.posted
    assert refs[0] not in said["message"]
    assert refs[1] in said["message"]


def test_a_place_that_refuses_is_tried_again_then_left_to_a_person(late: tuple[World, list[str]]) -> None:
    world, _ = late
    with a_place() as place:
        place.open = False
        a_morning_later(world, told(place), 16)
        with world.engine.database.reading() as conn:
            lines = [one.delivery for one in deliveries.log(conn, frozenset({"LK"}), limit=99)]
        assert {(one.channel, one.status, one.address) for one in lines} == {("shared", "failed", "apprise")}
        place.open = True
        world.now += timedelta(hours=1)
        assert pump(world.engine, told(place), world.engine.now()).sent == 1
    assert len(place.posted) == 1


def test_without_the_setting_nothing_is_addressed_to_the_shared_places(late: tuple[World, list[str]]) -> None:
    world, _ = late
    list(played(world.engine, world.engine.now() + timedelta(days=16)))
    pump(world.engine, Settings(smtp_host="127.0.0.1", smtp_port=9), world.engine.now())
    with world.engine.database.reading() as conn:
        assert deliveries.log(conn, frozenset({"LK"}), limit=9) == []


def test_an_address_apprise_does_not_know_stops_the_start_without_showing_it() -> None:
    with pytest.raises(ValidationError, match="address number 2") as refused:
        Settings(apprise="json://127.0.0.1/ secret-word")
    assert "secret-word" not in str(refused.value)


def test_the_setting_without_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.shared.find_spec", lambda _: None)
    with pytest.raises(ValidationError, match=r"khenthuong\[apprise\]"):
        Settings(apprise="json://127.0.0.1/")
