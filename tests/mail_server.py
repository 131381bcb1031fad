"""A real mail server that can be told to misbehave."""

import asyncio
import email
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Post:
    """What the server took; ``moods`` are what it does with the next mails, in order, then it takes every one.

    A mood is an answer such as "451 later", or hang, or vanish (takes the mail, dies before it says so).
    """

    moods: list[str] = field(default_factory=list)
    taken: list[EmailMessage] = field(default_factory=list)
    port: int = 0
    let_go: threading.Event = field(default_factory=threading.Event)

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer who may be written to."""
        if self.moods and self.moods[0].startswith("rcpt "):
            return self.moods.pop(0).removeprefix("rcpt ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """Take a mail, or do what the mood says."""
        mood = self.moods.pop(0) if self.moods else ""
        if mood == "hang":
            await asyncio.to_thread(self.let_go.wait, 20)
        if mood in ("", "vanish"):
            read = email.message_from_bytes(envelope.content, policy=default)
            assert isinstance(read, EmailMessage)
            self.taken.append(read)
        if mood == "vanish":
            server.transport.abort()
        return mood if mood[:1].isdigit() else "250 OK"


@contextmanager
def a_mail_server(*moods: str) -> Iterator[Post]:
    """The server on a free port for as long as this lasts."""
    post = Post(list(moods))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        post.port = probe.getsockname()[1]
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        post.let_go.set()
        controller.stop()
