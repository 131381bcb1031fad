"""A real server of the small city with programs that ask it for more than it can answer."""

import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from threading import Event
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from bench.door import ORIGIN, PLENTY, let_in
from bench.forked import fork
from bench.small_world import a_world, new_dossier
from db.blobs import BlobStore
from db.engine import Database
from web.app import create_app
from workflow.engine import Engine
from workflow.people.tokens import create_token
from workflow.settings import Settings

CLIENTS = 4
PATIENCE = 180
"""Seconds a server may take to start, or to answer, on a busy machine."""
ROOT = Path(__file__).resolve().parent.parent
Order = tuple[str, dict[str, Any]]
"""Where something is sent, with its body."""
CREATE: Order = ("dossiers", new_dossier("PH", "CSTDCS")["args"])
Server = tuple[Callable[[], None], str]
"""What kills it at once, with its address."""


@dataclass(slots=True)
class Clients:
    """Programs that open and amend dossiers as fast as they are answered; they remember what they were told, by key."""

    address: str
    token: str
    enough: int = 1
    sent: dict[str, Order] = field(default_factory=dict)
    acked: dict[str, Any] = field(default_factory=dict)
    had_enough: Event = field(default_factory=Event)

    def send(self, key: str, order: Order = CREATE) -> Any:
        """The answer, a text where it was refused, which nothing here deserves, or None when there was none."""
        path, body = order
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        written = json.dumps(body).encode()
        request = Request(f"{self.address}/api/v1/{path}", written, {**headers, "Idempotency-Key": key})
        try:
            with urlopen(request, timeout=PATIENCE) as answer:
                return json.loads(answer.read())
        except HTTPError as refusal:
            with refusal:
                return f"refused with {refusal.code}"
        except (OSError, HTTPException, ValueError):
            return None

    def load(self, name: str) -> None:
        """Send until the server is gone."""
        order = CREATE
        for number in itertools.count():
            key = f"{name}-{number}"
            self.sent[key] = order
            told = self.send(key, order)
            if not isinstance(told, dict):
                return
            self.acked[key] = told
            if len(self.acked) >= self.enough:
                self.had_enough.set()
            amend = (f"dossiers/{told['ref']}/acts/amend", {"version": 1, "args": {"title": f"Sửa {key}"}})
            order = CREATE if order[0] != "dossiers" else amend

    def press(self, name: str, kill: Callable[[], None], seconds: float) -> bool:
        """All of them at once until enough was answered, then the kill; False when too little was answered."""
        with ThreadPoolExecutor(CLIENTS) as threads:
            running = [threads.submit(self.load, f"{name}-{n}") for n in range(CLIENTS)]
            enough = self.had_enough.wait(PATIENCE)
            time.sleep(seconds)
            kill()
            for one in running:
                one.result()
        return enough


@dataclass(frozen=True, slots=True)
class City:
    """The small city in May 2024 by the server's own clock; an application ready to be served, a clerk's token."""

    app: FastAPI
    engine: Engine
    folder: Path
    token: str


def a_city(database: Database, folder: Path, seed: object) -> City:
    """One in this database."""
    let_in(a_world(database, folder, seed=seed))
    engine = Engine(database, BlobStore(folder / "blobs")).open()
    engine.set_clock(datetime(2024, 5, 13, 1, tzinfo=UTC))
    settings = Settings(public_origin=ORIGIN, writes_per_minute=PLENTY, reads_per_minute=PLENTY)
    city = City(create_app(engine, settings), engine, folder, create_token(engine, "an", "load"))
    _loaded(city)
    return city


def _loaded(city: City) -> None:
    """One dossier opened, so that a server forked from here has compiled every statement of its road."""
    headers = {"Authorization": f"Bearer {city.token}", "Idempotency-Key": "first"}
    path, body = CREATE
    with TestClient(city.app, base_url=ORIGIN) as client:
        client.post(f"/api/v1/{path}", json=body, headers=headers).raise_for_status()


@contextmanager
def served(city: City, database: Callable[[str], Database] | None = None) -> Iterator[Server]:
    """A server in a process of its own that has everything loaded already, killed at the end."""
    # Nothing open crosses the fork.
    city.engine.database.close()
    listening = socket.create_server(("127.0.0.1", 0), backlog=64)
    port = listening.getsockname()[1]
    # Loaded here once rather than in each child.
    config = uvicorn.Config(city.app, log_level="warning", access_log=False)
    config.load()
    config.get_loop_factory()
    child = fork()
    if child == 0:
        _serve(city, config, database, listening)
    listening.close()

    def kill() -> None:
        os.kill(child, signal.SIGKILL)

    try:
        yield kill, f"http://127.0.0.1:{port}"
    finally:
        kill()
        os.waitpid(child, 0)


def _serve(
    city: City,
    config: uvicorn.Config,
    database: Callable[[str], Database] | None,
    listening: socket.socket,
) -> NoReturn:
    try:
        if database:
            city.engine.database = database(city.engine.database.url)
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        os._exit(1)


@contextmanager
def started(city: City) -> Iterator[Server]:
    """The server as `khenthuong serve` starts it, on a port of its own, killed at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {
        "KHENTHUONG_DATABASE": city.engine.database.url,
        "KHENTHUONG_DATA": str(city.folder),
        "KHENTHUONG_WRITES_PER_MINUTE": str(PLENTY),
        "KHENTHUONG_PUBLIC_ORIGIN": ORIGIN,
    }
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/healthz")
        yield process.kill, f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _wait_for(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")
