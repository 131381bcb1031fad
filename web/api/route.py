"""The API reads its bodies strictly."""

import json
import re
from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Header, Path, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response

from workflow.problems import Invalid, NotFound, Problem, Wrong

MOST_COMPLAINTS = 50
LONGEST_PLACE = 200

Ref = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,40}$")]
"""What people call a dossier; anything that never was a reference is not found."""
Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,80}$")]
"""An id this system gave out."""
IdempotencyKey = Annotated[
    str, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[!-~]+$")
]
"""Chosen by the caller, once per command: the same key with the same body is answered the same."""


class Unreadable(ValueError):
    """The body is JSON that two readers could understand differently, or none."""


class ApiRoute(APIRoute):
    """A route whose every wrong field is named as its caller wrote it."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind a strict reader."""
        handle = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            read = _StrictRequest(request.scope, request.receive)
            try:
                return await handle(read)
            except RequestValidationError as error:
                raise _problem(error, read) from None

        return strictly


class _StrictRequest(Request):
    async def json(self) -> Any:
        """The body; one that cannot be read is empty until everything before it was checked."""
        try:
            return read_json(await self.body())
        except Unreadable:
            self.state.unreadable = True
            return {}


def read_json(body: bytes) -> Any:
    """JSON without NaN, repeated names, half characters or endless nesting. Raises Unreadable."""
    try:
        value = json.loads(body.decode(), object_pairs_hook=_once, parse_constant=_refuse)
        # Half a surrogate pair is text no database stores; it also finds what is nested too deep.
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Unreadable from None
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable
    return found


def _refuse(_constant: str) -> None:
    raise Unreadable


def _problem(error: RequestValidationError, request: Request) -> Problem:
    if getattr(request.state, "unreadable", False):
        return Invalid(Wrong("body", "json_invalid", {}))
    found = error.errors()
    if any(one["loc"][0] == "path" for one in found):
        return NotFound()
    return Invalid(*(Wrong(_place(e["loc"]), e["type"], e.get("ctx", {})) for e in found[:MOST_COMPLAINTS]))


def _place(loc: tuple[str | int, ...]) -> str:
    """``("body", "args", "votes", 0, "for")`` is ``votes.0.for``: as the engine itself names it."""
    parts = [str(part) for part in loc[1:]]
    if parts[:1] == ["args"] and len(parts) > 1:
        parts = parts[1:]
    return re.sub(r"[^\x20-\U0010ffff]", "?", ".".join(parts))[:LONGEST_PLACE] or "body"
