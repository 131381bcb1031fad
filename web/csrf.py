"""A form is only taken from our own pages."""

import secrets
from urllib.parse import urlsplit

from fastapi import Request

from workflow.problems import Problem

MOST_FIELDS = 10_000
"""A list of a thousand nominations has some seven cells a line; the size of a body is limited before."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class FormExpired(Problem):
    """The form is not of this browser's present session, or comes from another site."""


async def refuse_foreign(request: Request, public_origin: str, token: str | None) -> None:
    """Raises FormExpired unless the page is ours and, with somebody signed in, carries their token.

    The token stands in the form's field ``csrf`` or in the header ``X-CSRF-Token``.
    """
    own = {public_origin, f"{request.url.scheme}://{request.headers.get('host', '')}".lower()}
    if _origin(request) not in own:
        raise FormExpired
    if token is not None and not secrets.compare_digest((await _sent(request)).encode(), token.encode()):
        raise FormExpired


def _origin(request: Request) -> str:
    named = request.headers.get("origin")
    if named is not None:
        return named.lower()
    referer = urlsplit(request.headers.get("referer", ""))
    return f"{referer.scheme}://{referer.netloc}".lower()


async def _sent(request: Request) -> str:
    header = request.headers.get("x-csrf-token")
    if header is not None:
        return header
    if not request.headers.get("content-type", "").startswith(FORMS):
        return ""
    field = (await request.form(max_fields=MOST_FIELDS)).get("csrf", "")
    return field if isinstance(field, str) else ""
