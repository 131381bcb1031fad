"""A mail server that misbehaves by chance: it refuses, hangs, hangs up, takes a mail without saying so, is away."""

import asyncio
import email
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.policy import default
from random import Random
from typing import Any

from aiosmtpd.controller import Controller

MOODS = {"kind": 12, "busy": 1, "later": 1, "hangs": 0.5, "hangs up": 1, "vanishes": 2, "unwell": 1}
"""What becomes of a mail, with how often; it is taken by a kind server, or one that vanishes before it says so."""
HANGS = 1.0
"""Seconds the server says nothing for."""


@dataclass(slots=True)
class FlakyPost:
    """What was taken: how often each Message-ID came for each address."""

    chance: Random
    port: int
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    let_go: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take the address, or another time."""
        if self.chance.random() < 0.05:
            return "450 greylisted"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail, or do what comes to mind."""
        mood = self.chance.choices(list(MOODS), list(MOODS.values()))[0]
        if mood == "hangs":
            await asyncio.to_thread(self.let_go.wait, HANGS)
        if mood in ("kind", "vanishes"):
            read = email.message_from_bytes(envelope.content, policy=default)
            self.taken[str(read["To"]), str(read["Message-ID"])] += 1
        if mood in ("vanishes", "hangs up"):
            server.transport.abort()
        return {"busy": "421 busy", "later": "451 later", "unwell": "452 full"}.get(mood, "250 OK")


@dataclass(slots=True)
class Office:
    """The server with its door, which may be shut for a while."""

    post: FlakyPost
    controller: "_Door"

    def shut(self) -> None:
        """Nobody answers any more, and whoever is still speaking is cut off."""
        for guest in self.controller.met:
            if guest.transport:
                self.controller.loop.call_soon_threadsafe(guest.transport.abort)
        self.controller.stop()

    def reopen(self) -> None:
        """The same server at the same place."""
        self.controller = _opened(self.post)


def flaky_post(chance: Random) -> FlakyPost:
    """One that has a free port, at which nobody answers before it is ``opened``."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return FlakyPost(chance, probe.getsockname()[1])


@contextmanager
def opened(post: FlakyPost) -> Iterator[Office]:
    """Open for as long as this lasts; a process started from here meanwhile would keep the door open."""
    office = Office(post, _opened(post))
    try:
        yield office
    finally:
        post.let_go.set()
        office.shut()


class _Door(Controller):
    """A door that knows who came in."""

    def __init__(self, post: FlakyPost) -> None:
        self.met: list[Any] = []
        super().__init__(post, hostname="127.0.0.1", port=post.port)

    def factory(self) -> Any:
        """One more guest."""
        self.met.append(super().factory())  # type: ignore[no-untyped-call]  # the library tells no types
        return self.met[-1]


def _opened(post: FlakyPost) -> _Door:
    door = _Door(post)
    door.start()
    return door
