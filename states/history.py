"""The sealed form of a history entry: its exact bytes, its place in the chain, what it commits to."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from states.document import Document, canonical, merged

VERSION = 1
"""Of the body's layout. The bytes below are frozen: a change needs a new version beside this one."""


class Body(NamedTuple):
    """What one entry says; nothing in it is personal, texts are only committed to.

    ``prev`` and the commitments are SHA-256 in hex, times RFC 3339 in UTC with six digits, ``files`` the
    SHA-256 and type of papers the act brought in, ``effects`` a merge patch (RFC 7396) over the folded facts.
    """

    log: str
    kind: str
    case: str
    seq: int
    prev: str
    at: str
    nominal_at: str
    actor: str
    on_behalf_of: str
    role: str
    unit: str
    act: str
    row: str
    from_: str
    to: str
    definition: str
    effects: Mapping[str, Any]
    reason_c: str
    data_c: str
    files: tuple[Mapping[str, str], ...]
    req: str

    def sealed(self) -> bytes:
        """The canonical bytes that are stored and hashed."""
        fields = self._asdict()
        fields["from"] = fields.pop("from_")
        return canonical({**fields, "v": VERSION}).encode()


@lru_cache(maxsize=16)  # an act asks for its own several times
def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with six digits: one spelling for one moment."""
    return f"{moment.astimezone(UTC).isoformat(timespec='microseconds').removesuffix('+00:00')}Z"


def genesis(log: str, kind: str, case: str) -> str:
    """The hash before the first entry; made of the case so that chains cannot be grafted."""
    return hashlib.sha256(f"kt-genesis/1\n{log}\n{kind}\n{case}".encode()).hexdigest()


def seal(prev: str, body: bytes) -> str:
    """The hash of an entry after the entry hashed ``prev``."""
    return hashlib.sha256(b"\x02kt-entry/1\n" + bytes.fromhex(prev) + body).hexdigest()


def commitment(salt: bytes, name: str, text: str) -> str:
    """A salted promise of a text that is kept apart; without the salt it tells nothing about the text."""
    return hashlib.sha256(b"\x03" + salt + f"{name}\n{text}".encode()).hexdigest()


def read(body: bytes) -> Document:
    """The entry behind stored bytes.

    Raises:
        ValueError: the bytes are not an entry.
    """
    document = json.loads(body.decode())
    if not isinstance(document, dict) or document.get("v") != VERSION:
        raise ValueError("not a history entry of a known version")
    return document


def fold(effects: Iterable[Mapping[str, Any]]) -> Document:
    """The facts a history amounts to. Never asks a guard, a definition or a clock, so old histories still fold."""
    facts: Document = {}
    for patch in effects:
        facts = merged(facts, patch)
    return facts
