"""Notices become mails, in text beside HTML."""

import tomllib
import unicodedata
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notifications.shared import SHARED
from states.labels import LANGS, Lang, Words

ROOM = Path(__file__).parent
_SPACE = uuid.UUID("5b0c8a52-6f0e-5c37-9b1d-0d6a4c1f7e21")


@dataclass(frozen=True, slots=True)
class Item:
    """One notice in a mail; `moved` is empty while the case is where the notice says, `group` is what it is about."""

    subject: str
    text: str
    moved: str
    href: str
    anchor: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who a mail is from, who it goes to, under which id, when, in which language."""

    sender: str
    to: str
    message_id: str
    at: datetime
    lang: Lang


def message_id(delivery_id: str, host: str) -> str:
    """The one Message-ID a delivery ever has, so that a mail that comes twice is known by it."""
    return f"<{uuid.uuid5(_SPACE, delivery_id)}@{host}>"


def mail(envelope: Envelope, items: Sequence[Item], *, account_href: str) -> EmailMessage:
    """The mail with these notices, one or a day's digest. Raises ValueError for a line break in a header."""
    lang = envelope.lang
    subject = items[0].subject if len(items) == 1 else word("mail", "digest_subject", lang, n=len(items))
    words = {name: said[lang] for name, said in wording()["mail"].items()}
    facts = {"items": items, "words": words, "lang": lang, "subject": subject, "account_href": account_href}
    message = EmailMessage(SMTP)
    message["From"] = envelope.sender
    message["To"] = envelope.to
    message["Subject"] = subject
    message["Date"] = envelope.at
    message["Message-ID"] = envelope.message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(TEMPLATES.get_template("mail.txt.jinja").render(facts).lstrip())
    message.add_alternative(TEMPLATES.get_template("mail.html.jinja").render(facts), subtype="html")
    # Written before, it would move into the first part.
    message["Content-Language"] = lang
    return message


def for_everybody(refs: Sequence[str], *, late: int, message_id: str, origin: str) -> EmailMessage:
    """How many limits are near, how many are over, of which cases: for a place where many read, in both languages."""
    message, counted = EmailMessage(SMTP), {"n": len(refs), "late": late}
    message["To"] = SHARED
    message["Subject"] = " · ".join(word("shared", "subject", lang, **counted) for lang in LANGS)
    message["Message-ID"] = message_id
    said = [word("shared", "text", lang, **counted) for lang in LANGS]
    message.set_content("\n".join([*said, ", ".join(refs), origin]))
    return message


def word(group: str, name: str, lang: Lang, **facts: object) -> str:
    """One sentence of mails and calendars, its facts filled in."""
    return wording()[group][name][lang].format(**facts)


@cache
def wording() -> Mapping[str, Mapping[str, Words]]:
    """Every sentence of mails and calendars, in both languages."""
    text = (ROOM / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(unicodedata.normalize("NFC", text))


def _is_html(name: str | None) -> bool:
    return bool(name and name.endswith(".html.jinja"))


TEMPLATES = Environment(
    loader=FileSystemLoader(ROOM / "templates"),
    autoescape=_is_html,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
