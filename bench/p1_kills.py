"""The real server is killed under load: what it answered is stored, what is stored is whole."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import sqlalchemy as sa

from bench.door import let_in
from bench.promise import Run, Trials
from bench.small_world import a_world, new_dossier
from db import settings as setting_table
from db.blobs import BlobStore
from db.engine import Database
from workflow.audit import verification
from workflow.engine import LOG_SETTING, Engine
from workflow.tokens import create_token

KILLS = 20
CLIENTS = 4
PATIENCE = 60
"""Seconds a server may take to start on a busy machine."""
ROOT = Path(__file__).resolve().parent.parent
_ACKED = sa.text("SELECT key FROM command WHERE outcome = 'ok' AND account_id = 'an'")


@dataclass(slots=True)
class Clients:
    """Programs that open dossiers as fast as they are answered; ``acked`` is what they were told, by key."""

    address: str
    token: str
    acked: dict[str, Any] = field(default_factory=dict)

    def send(self, key: str) -> Any:
        """The answer, or None when there was none."""
        body = json.dumps(new_dossier("PH", "CSTDCS")["args"]).encode()
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        request = Request(f"{self.address}/api/v1/dossiers", body, {**headers, "Idempotency-Key": key})
        try:
            with urlopen(request, timeout=10) as answer:
                return json.loads(answer.read())
        except HTTPError:
            raise
        except (OSError, ValueError):
            return None

    def load(self, name: str) -> int:
        """Send until the server is gone; answers how many were sent."""
        sent = 0
        while True:
            told = self.send(f"{name}-{sent}")
            sent += 1
            if told is None:
                return sent
            self.acked[f"{name}-{sent - 1}"] = told


def real_kills(run: Run, trials: Trials) -> None:
    """Kill, look, start again, ask again; on each database in turn."""
    for kind in run.ground.kinds[: run.times(KILLS)]:
        with run.ground.fresh(kind) as database:
            token = a_city(database, run)
            acked: dict[str, Any] = {}
            for number in range(max(1, run.times(KILLS) // len(run.ground.kinds))):
                with a_server(database.url, run.ground.folder) as (process, address):
                    _asked_again(trials, Clients(address, token), acked, f"{kind} kill {number}")
                    clients = Clients(address, token)
                    _killed(
                        process, clients, f"{kind}-{number}", run.random("kill", kind, number).uniform(0, 1.5)
                    )
                acked |= clients.acked
                _looked_at(trials, database, acked, f"{kind} kill {number}")
            trials.notes.append(f"{kind}: {len(acked)} acts answered before kill -9 of the server")


def a_city(database: Database, run: Run) -> str:
    """The small city in May 2024 by the server's own clock; answers a clerk's token."""
    let_in(a_world(database, run.ground.folder, seed=run.seed))
    engine = Engine(database, BlobStore(run.ground.folder / "blobs")).open()
    engine.set_clock(datetime(2024, 5, 13, 1, tzinfo=UTC))
    return create_token(engine, "an", "load")


@contextmanager
def a_server(url: str, folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The real server on a port of its own, killed at the end; the process with its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    told = {
        "KHENTHUONG_DATABASE": url,
        "KHENTHUONG_DATA": str(folder),
        "KHENTHUONG_WRITES_PER_MINUTE": "1000000",
        "KHENTHUONG_PUBLIC_ORIGIN": "https://khenthuong.example",
    }
    command = [sys.executable, "-m", "cli", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **told}, stdout=subprocess.DEVNULL)
    try:
        _wait_for(process, f"http://127.0.0.1:{port}/healthz")
        yield process, f"http://127.0.0.1:{port}"
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


def _killed(process: subprocess.Popen[bytes], clients: Clients, name: str, seconds: float) -> None:
    with ThreadPoolExecutor(CLIENTS) as threads:
        running = [threads.submit(clients.load, f"{name}-{n}") for n in range(CLIENTS)]
        until = time.monotonic() + PATIENCE
        while not clients.acked and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(seconds)
        process.kill()
        for one in running:
            one.result()


def _looked_at(trials: Trials, database: Database, acked: dict[str, Any], name: str) -> None:
    with database.reading() as conn:
        stored = set(conn.execute(_ACKED).scalars())
    unasked = stored - acked.keys()
    trials.held(acked.keys() <= stored, f"{name}: answered, yet lost: {sorted(acked.keys() - stored)[:3]}")
    kills = 1 + int(name.rpartition(" ")[2])
    trials.held(len(unasked) <= CLIENTS * kills, f"{name}: {len(unasked)} stored that nobody was told of")
    with database.reading() as conn:
        found = verification(conn, setting_table.get(conn, LOG_SETTING) or "")
    trials.held(found.ok, f"{name}: {found.first_bad}")


def _asked_again(trials: Trials, clients: Clients, acked: dict[str, Any], name: str) -> None:
    for key in list(acked)[-10:]:
        told = clients.send(key)
        trials.held(told == acked[key], f"{name}: {key} was answered {acked[key]}, now {told}")
