"""The inbox over the network: one worker, thirty-two browsers, people who are signed in."""

import asyncio
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bench.durable import databases
from bench.ground import environment
from bench.measure import Line, line, p95
from bench.million import OFFICERS, filled
from db import grants, people, settings
from db.blobs import BlobStore
from db.engine import Database
from db.sign_ins import SignIn, insert_sign_in
from workflow.engine import Engine, real_now
from workflow.people.identity import IDLE, digest

BENCH = "web"
T = TypeVar("T")
CLIENTS = 32
ROUNDS = 3
SECONDS = 3.0
COMMITS = 5
"""A second, while somebody works: whatever is committed, every answer is asked anew."""
TODAY = datetime(2024, 6, 3, 1, tzinfo=UTC)
"""The day on the business clock: some of the work is late, some is not."""


@dataclass(slots=True)
class Server:
    """A server process with what it used once it has ended."""

    port: int
    process: subprocess.Popen[bytes]
    rss_mb: float = 0.0


@dataclass(slots=True)
class Load:
    """What the clients saw: milliseconds of every answer, over so many seconds."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times) / self.seconds


def measured(kind: str, dossiers: int) -> Iterator[Line]:
    """Requests a second, the time 95 of 100 stay below, both also while somebody commits; the size of the page."""
    with databases(kind, "million") as (database,), tempfile.TemporaryDirectory() as folder:
        filled(database, dossiers)
        cookies = _signed_in(database, Path(folder))
        env = environment(None if kind == "sqlite" else database.url) | {
            "dossiers": dossiers,
            "clients": CLIENTS,
        }
        database.close()
        with _product(database.url, Path(folder)) as ours:
            page = _run(_page(ours.port, cookies[0]))
            stored = Path(folder) / "page.html"
            stored.write_bytes(page)
            with _from_memory(stored) as floor:
                seen, least = _in_turns(ours, floor, cookies)
                with _committing(database.url):
                    busy = _among_commits(ours, cookies)
    assert page.count(b'class="ref"') >= 50, "the page must show fifty rows"
    told = partial(line, BENCH, database=kind, env=env, runs=len(seen.times), rss_mb=ours.rss_mb)
    yield told("inbox of 50 rows", ours=seen.rate, floor=least.rate, unit="requests/s")
    yield told("inbox of 50 rows, p95", ours=p95(seen.times), floor=p95(least.times), unit="ms")
    among = f"inbox of 50 rows, {COMMITS} commits/s"
    yield told(among, ours=busy.rate, floor=None, unit="requests/s", runs=len(busy.times))
    yield told(f"{among}, p95", ours=p95(busy.times), floor=None, unit="ms", runs=len(busy.times))
    yield told("inbox of 50 rows, size", ours=len(page) / 1000, floor=None, unit="kB")


def _signed_in(database: Database, folder: Path) -> list[str]:
    """The cookies of the officers of one office, each with a session of their own."""
    Engine(database, BlobStore(folder / "blobs")).open().set_clock(TODAY)
    now, cookies = real_now(), []
    with database.transaction() as conn:
        for number in range(OFFICERS):
            id_, secret = f"kien0-{number}", secrets.token_urlsafe(32)
            people.insert_person(conn, people.Person(id_, "Lương Trung Kiên"))
            people.insert_account(conn, people.Account(id_, id_, id_, "", None, now))
            grants.insert(
                conn,
                grant_id=id_,
                account_id=id_,
                role="home_affairs_officer",
                unit="NV0",
                valid_from=date(2000, 1, 1),
            )
            session = SignIn(digest(secret), id_, "csrf", now, now, now + IDLE, None, "bench")
            insert_sign_in(conn, session)
            cookies.append(f"sid={secret}")
    return cookies


def _run(work: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: whoever measures may have a loop of theirs running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def _in_turns(ours: Server, floor: Server, cookies: list[str]) -> tuple[Load, Load]:
    seen, least = Load(), Load()
    _run(_loaded(ours.port, cookies, Load(), SECONDS / 2))  # caches and statements get warm
    for _ in range(ROUNDS):
        _run(_loaded(ours.port, cookies, seen, SECONDS))
        _run(_loaded(floor.port, cookies, least, SECONDS))
    return seen, least


def _among_commits(ours: Server, cookies: list[str]) -> Load:
    busy = Load()
    for _ in range(ROUNDS):
        _run(_loaded(ours.port, cookies, busy, SECONDS))
    return busy


@contextmanager
def _committing(url: str) -> Iterator[None]:
    """Somebody commits again and again, in another process than the server's."""
    database, done = Database(url), threading.Event()

    def commit() -> None:
        while not done.wait(1 / COMMITS):
            with database.transaction() as conn:
                settings.put(conn, "bench", secrets.token_hex(4))

    with ThreadPoolExecutor(1) as thread:
        work = thread.submit(commit)
        try:
            yield
        finally:
            done.set()
            work.result()
            database.close()


async def _loaded(port: int, cookies: list[str], load: Load, seconds: float) -> None:
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_client(port, cookies[n % len(cookies)], load, until) for n in range(CLIENTS)))
    load.seconds += time.perf_counter() - began


async def _client(port: int, cookie: str, load: Load, until: float) -> None:
    """One browser that asks again as soon as it was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while (asked := time.perf_counter()) < until:
        await _answer(reader, writer, cookie)
        load.times.append((time.perf_counter() - asked) * 1000)
    writer.close()


async def _page(port: int, cookie: str) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    page = await _answer(reader, writer, cookie)
    writer.close()
    return page


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, cookie: str) -> bytes:
    writer.write(f"GET /inbox HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    assert head.startswith(b"http/1.1 200"), head
    return await reader.readexactly(int(head.partition(b"content-length: ")[2].split(b"\r\n")[0]))


@contextmanager
def _product(url: str, folder: Path) -> Iterator[Server]:
    """The product itself, started as people start it; nobody is slowed down for asking often."""
    told = {"DATABASE": url, "DATA": str(folder), "READS_PER_MINUTE": str(10**9)}
    environ = os.environ | {f"KHENTHUONG_{name}": value for name, value in told.items()}
    with _serving("-m", "cli", "serve", "--port", environ=environ) as server:
        yield server


@contextmanager
def _from_memory(page: Path) -> Iterator[Server]:
    with _serving("-m", "bench.served", str(page), environ=dict(os.environ)) as server:
        yield server


@contextmanager
def _serving(*command: str, environ: dict[str, str]) -> Iterator[Server]:
    """A server on a free port, which comes last in its command; its memory is known afterwards."""
    port = _free_port()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *command, str(port)], env=environ, stdout=quiet, stderr=quiet)
    server = Server(port, process)
    try:
        _await_door(server)
        yield server
    finally:
        server.rss_mb = _peak_of(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait()


def _peak_of(pid: int) -> float:
    """The largest memory of a running process, in megabytes; 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(words.split()[1]) / 1024 for words in lines if words.startswith("VmHWM")), 0.0)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _await_door(server: Server) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", server.port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not open its door")
