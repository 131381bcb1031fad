"""The form of a package: uncompressed members in a fixed order behind a manifest, the same bytes every time."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from struct import Struct
from typing import Any, BinaryIO
from zlib import crc32

from states.document import canonical

FORMAT = "kt-package/1"
MANIFEST = "manifest.json"
_PART = r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*"
SAFE_NAME = re.compile(rf"{_PART}(?:/{_PART}){{0,3}}")
"""Plain letters only: what a file was called before is told inside."""
LONGEST_NAME = 150
PIECE = 1 << 20
LOCAL = Struct("<4s5H3L2H")
CENTRAL = Struct("<4sH5H3L2H3H2L")
END = Struct("<4s4H2LH")
"""The record a zip ends with: signature, two disk numbers, two counts, size and place of its list, comment."""
PLAIN_ZIP = 10
MADE_BY = 3 << 8 | PLAIN_ZIP
REGULAR = 0o100644 << 16
FIRST_DAY = 1 << 5 | 1
"""1 January 1980 as a zip writes it: packages are equal whenever they are made."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a package: its name within, the size and SHA-256 of its bytes, how to read them."""

    name: str
    size: int
    sha256: str
    open: Callable[[], BinaryIO]

    @classmethod
    def of(cls, name: str, content: bytes) -> "Member":
        """A member made here."""
        return cls(name, len(content), hashlib.sha256(content).hexdigest(), lambda: BytesIO(content))

    @property
    def listed(self) -> Mapping[str, Any]:
        """Its line of the manifest."""
        return {"name": self.name, "size": self.size, "sha256": self.sha256}


def manifest_of(about: Mapping[str, Any], members: Iterable[Member]) -> Member:
    """The manifest: what the package is about, every other member by name."""
    lines = sorted((dict(one.listed) for one in members), key=lambda line: line["name"])
    return Member.of(MANIFEST, canonical({**about, "format": FORMAT, "members": lines}).encode())


def pieces(manifest: Member, members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of a package: the manifest, then the members by name, then the list a zip ends with.

    Written here, not by a library, so that no release of one changes the bytes. Raises FileNotFoundError
    where the bytes of a member are gone.
    """
    place, listed = 0, b""
    ordered = (manifest, *sorted(members, key=lambda one: one.name))
    for member in ordered:
        name, common = member.name.encode("ascii"), _common(member)
        listed += CENTRAL.pack(b"PK\x01\x02", MADE_BY, *common, 0, 0, 0, REGULAR, place) + name
        yield LOCAL.pack(b"PK\x03\x04", *common) + name
        yield from _content(member)
        place += LOCAL.size + len(name) + member.size
    yield listed
    yield END.pack(b"PK\x05\x06", 0, 0, len(ordered), len(ordered), len(listed), place, 0)


def _common(member: Member) -> tuple[int, ...]:
    """Version, flags, method, time, day, checksum, both sizes, length of the name, of what is extra."""
    checksum = 0
    for piece in _content(member):
        checksum = crc32(piece, checksum)
    return (PLAIN_ZIP, 0, 0, 0, FIRST_DAY, checksum, member.size, member.size, len(member.name), 0)


def _content(member: Member) -> Iterator[bytes]:
    with member.open() as content:
        while piece := content.read(PIECE):
            yield piece


def read_manifest(content: bytes) -> dict[str, Any]:
    """What a manifest says.

    Raises ValueError, TypeError or RecursionError for anything but a manifest of this form in its one spelling.
    """
    found = json.loads(content.decode())
    if not isinstance(found, dict) or found.get("format") != FORMAT or canonical(found).encode() != content:
        raise ValueError("not a manifest of this form")
    return found
