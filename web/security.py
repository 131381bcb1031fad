"""What every answer carries, whatever happened."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
TWO_YEARS = "max-age=63072000"
VARY = "HX-Request, Accept-Language, Cookie"
LARGEST_BODY = 1_000_000
WRAPPING = 65_536
"""What multipart puts around a file, at most."""
LARGEST_UPLOAD = 25 * 1024 * 1024 + WRAPPING

log = logging.getLogger("khenthuong.web")


class Envelope:
    """Puts the headers on every answer, names every request, stops bodies too large, catches what broke."""

    def __init__(
        self,
        app: ASGIApp,
        secure: bool,
        broken: Callable[[Request, str], Response],
        largest: Mapping[str, int],
    ) -> None:
        """``broken`` answers a request that failed, given the incident's number.

        ``largest`` are the bytes a file may have at the addresses that take larger ones than usual.
        """
        self.app, self.broken, self.largest = app, broken, largest
        told = HEADERS | ({"Strict-Transport-Security": TWO_YEARS} if secure else {})
        self.headers = [(name.lower().encode(), value.encode()) for name, value in told.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = secrets.token_hex(8)
        scope.setdefault("state", {})["request_id"] = number
        answered = False

        async def sealed(message: Message) -> None:
            nonlocal answered
            if message["type"] == "http.response.start":
                answered = True
                self._add(scope, message, number)
            await send(message)

        try:
            await self.app(scope, _measured(scope, receive, self.largest), sealed)
        # The outermost layer: whatever any code below may raise, the reader gets a number, the log the rest.
        # Narrower would let the server answer in its own words, without the headers.
        except Exception:
            log.exception("incident %s at %s %s", number, scope["method"], scope["path"])
            if answered:
                raise
            await self.broken(Request(scope), number)(scope, receive, sealed)

    def _add(self, scope: Scope, message: Message, number: str) -> None:
        """Put the headers beside those the answer has already, which win."""
        had = message["headers"]
        names = {name for name, _ in had}
        added = [(b"x-request-id", number.encode()), *(one for one in self.headers if one[0] not in names)]
        message["headers"] = [*had, *added]
        if not scope["path"].startswith("/static/"):
            MutableHeaders(scope=message).add_vary_header(VARY)


def _measured(scope: Scope, receive: Receive, larger: Mapping[str, int]) -> Callable[[], Awaitable[Message]]:
    """The same body, cut off with 413 once it is larger than its kind may be."""
    headers, size = Headers(scope=scope), 0
    multipart = headers.get("content-type", "").startswith("multipart/form-data")
    usual = LARGEST_UPLOAD if multipart else LARGEST_BODY
    largest = larger[scope["path"]] + WRAPPING if multipart and scope["path"] in larger else usual
    told = headers.get("content-length", "")

    async def measured() -> Message:
        nonlocal size
        if told.isdecimal() and int(told) > largest:
            raise HTTPException(413)
        message = await receive()
        size += len(message.get("body", b""))
        if size > largest:
            raise HTTPException(413)
        return message

    return measured
