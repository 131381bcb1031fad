"""The mails a demonstration did not send."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from web.access import signed_in
from web.paging import address
from web.rendering import page
from web.site import site
from workflow.mailing import MAIL
from workflow.problems import NotFound

NAME = re.compile(r"[0-9a-f-]{36}")
HEADERS = BytesHeaderParser(policy=default)
AT_ONCE = 100
Skip = Annotated[int, Query(ge=0, le=1_000_000)]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """One mail as the page shows it; both bodies are shown as their source."""

    name: str
    subject: str
    to: str
    at_text: str
    message_id: str
    text: str
    html: str


@router.get("/demo/mail")
@signed_in
async def mails(request: Request, to: str = "", skip: Skip = 0) -> Response:
    """The mails, newest first; all of them, or those to one address."""
    files = [(path.stat().st_mtime_ns, path) for path in _folder(request).glob("*.eml")]
    newest = [path for _, path in sorted(files, reverse=True)]
    wanted = [path for path in newest if _addressee(path) == to] if to else newest
    more = skip + AT_ONCE if len(wanted) > skip + AT_ONCE else None
    return page(
        request,
        "notices/demo_mails.html",
        mails=[_read(path) for path in wanted[skip : skip + AT_ONCE]],
        to=to,
        count=len(wanted),
        next_href=address("/demo/mail", to=to, skip=str(more)) if more else "",
    )


@router.get("/demo/mail/{name}")
@signed_in
async def mail(request: Request, name: str) -> Response:
    """One mail, as text and as the HTML it is made of."""
    path = _folder(request) / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    return page(request, "notices/demo_mail.html", mail=_read(path))


def _folder(request: Request) -> Path:
    """Where a demonstration keeps its mails; anywhere else these pages do not exist."""
    settings = site(request).settings
    if not settings.demo:
        raise NotFound
    return settings.data / MAIL


def _addressee(path: Path) -> str:
    """Whom a mail is for, without reading its bodies."""
    with path.open("rb") as file:
        return str(HEADERS.parse(file)["To"])


def _read(path: Path) -> Kept:
    message = message_from_bytes(path.read_bytes(), policy=default)
    at = message["Date"].datetime
    return Kept(
        name=path.stem,
        subject=str(message["Subject"]),
        to=str(message["To"]),
        at_text=f"{at:%d/%m/%Y %H:%M}",
        message_id=str(message["Message-ID"]),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part else ""
