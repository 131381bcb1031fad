"""Calendars as other programs read them, after RFC 5545."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LINE = 75
"""Octets of one line, RFC 5545 section 3.1."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that falls on a whole day; `stamp` is when it was written down."""

    uid: str
    day: date
    stamp: datetime
    summary: str
    url: str


def calendar(name: str, events: Iterable[Event]) -> bytes:
    """The calendar file: CRLF, folded, UTF-8."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Khen Thuong//Deadlines//VI", "CALSCALE:GREGORIAN"]
    head += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT4H"]
    body = [line for event in events for line in _lines(event)]
    return b"".join(folded(line) for line in [*head, *body, "END:VCALENDAR"])


def escaped(text: str) -> str:
    """Text as a value, RFC 5545 section 3.3.11; control characters, which it has no way to write, are left out."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\r\n", "\n")
    lines = plain.replace("\r", "\n").replace("\n", "\\n").replace("\t", " ")
    return "".join(sign for sign in lines if sign >= " " and sign != "\x7f")


def folded(line: str) -> bytes:
    """A content line in pieces of at most 75 octets; no letter is cut in two."""
    pieces: list[bytes] = []
    piece = b""
    for sign in line:
        octets = sign.encode()
        # The blank that begins a continuation counts too.
        if len(piece) + len(octets) > LINE - bool(pieces):
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"


def _lines(event: Event) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{event.stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(event.summary)}",
        f"URL:{event.url}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
