"""The mails a demonstration did not send."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.access import signed_in
from web.rendering import page
from web.site import site
from workflow.mailing import MAIL
from workflow.problems import NotFound

NAME = re.compile(r"[0-9a-f-]{36}")
AT_ONCE = 100

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
async def mails(request: Request) -> Response:
    """The newest mails, newest first."""
    files = [(path.stat().st_mtime_ns, path) for path in _folder(request).glob("*.eml")]
    newest = [path for _, path in sorted(files, reverse=True)[:AT_ONCE]]
    return page(request, "notices/demo_mails.html", mails=[_read(path) for path in newest])


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
