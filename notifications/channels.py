"""The ways a mail leaves the house."""

import os
import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol


class NotSent(Exception):
    """A mail did not leave; the text is the server's word.

    `for_good`: this mail will never be taken. `nobody_there`: no other mail will be taken now either.
    """

    def __init__(self, said: str, *, for_good: bool = False, nobody_there: bool = False) -> None:
        super().__init__(said)
        self.for_good = for_good
        self.nobody_there = nobody_there


class Channel(Protocol):
    """A way out."""

    def send(self, message: EmailMessage) -> str:
        """Send one mail to its To; returns what the other side said. Raises NotSent."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server; `timeout` in seconds holds for each answer of it."""

    host: str
    port: int
    starttls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 20

    def send(self, message: EmailMessage) -> str:
        """Hand one mail over. Raises NotSent."""
        try:
            server = self._entered()
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(_said(error), nobody_there=True) from error
        try:
            server.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as error:
            raise NotSent(_said(error), for_good=_code(error) >= 500) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(_said(error), nobody_there=True) from error
        finally:
            # The mail's fate is known; how the server says goodbye must not change it.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()
        return "250"

    def _entered(self) -> smtplib.SMTP:
        server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
        try:
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server


@dataclass(frozen=True, slots=True)
class Folder:
    """Mails are kept as files, one by Message-ID, for a demonstration that must not write to anybody."""

    path: Path

    def send(self, message: EmailMessage) -> str:
        """Keep one mail; the same Message-ID takes the same place. Raises NotSent when the disk does not take it."""
        name = str(message["Message-ID"]).strip("<>").partition("@")[0]
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            new = self.path / f"{name}.new"
            new.write_bytes(message.as_bytes())
            os.replace(new, self.path / f"{name}.eml")
        except OSError as error:
            raise NotSent(_said(error), nobody_there=True) from error
        return "kept"


def _code(error: smtplib.SMTPException) -> int:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return min(code for code, _ in error.recipients.values())
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0


def _said(error: Exception) -> str:
    """The last word of the other side, on one short line."""
    code: int = 0
    text: bytes | str = b""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, text = error.smtp_code, error.smtp_error
    said = f"{code} {_decoded(text)}" if code else f"{type(error).__name__}: {error}"
    return " ".join(said.replace("\0", " ").split())[:300]


def _decoded(text: bytes | str) -> str:
    return text.decode("utf-8", "replace") if isinstance(text, bytes) else text
