"""A package is checked before anything of it is believed: its form, its members, the histories inside."""

import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from io import SEEK_END
from typing import BinaryIO, cast
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from workflow.packages.chain import check_dossier
from workflow.packages.format import (
    END,
    LONGEST_NAME,
    MANIFEST,
    PIECE,
    SAFE_NAME,
    Member,
    manifest_of,
    pieces,
    read_manifest,
)
from workflow.packages.minutes import check_minutes
from workflow.packages.problems import BadPackage
from workflow.packages.shapes import DossierRecord, Manifest

ENCRYPTED = 0x1
MOST_MANIFEST = 4 * PIECE
MOST_RECORD = 64 * PIECE
"""Bytes of a dossier or history that are read at once."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a package may be: bytes of the whole, number of members."""

    size: int = 500 * 1024 * 1024
    members: int = 2000


@dataclass(frozen=True, slots=True)
class Checked:
    """A package in which everything held."""

    sha256: str
    size: int
    manifest: Manifest
    dossiers: tuple[DossierRecord, ...]


class Opened:
    """A package whose form was checked, to read its members from."""

    def __init__(self, stream: BinaryIO, packed: ZipFile) -> None:
        """Both stay open as long as this is used."""
        self.stream = stream
        self.packed = packed
        self.names = [entry.filename for entry in packed.infolist()]

    def content(self, name: str, most: int = MOST_RECORD) -> bytes:
        """All bytes of a member. Raises BadPackage where it is longer than this, or damaged."""
        if self.packed.getinfo(name).file_size > most:
            raise BadPackage("member_too_large", name, most=most // PIECE)
        with self.reading(name) as content:
            return content.read()

    @contextmanager
    def reading(self, name: str) -> Iterator[BinaryIO]:
        """A member to read piece by piece. Raises BadPackage where its bytes are damaged."""
        try:
            with self.packed.open(name) as content:
                yield cast(BinaryIO, content)
        except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
            raise BadPackage("damaged", name) from None


@contextmanager
def opened(stream: BinaryIO, limits: Limits) -> Iterator[Opened]:
    """A package whose form is sound: plain members, each once, under names that stay inside.

    Raises BadPackage.
    """
    _check_end(stream, limits)
    try:
        packed = ZipFile(stream)
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        raise BadPackage("not_a_package") from None
    with packed:
        _check_entries(packed.infolist(), limits)
        yield Opened(stream, packed)


def check(stream: BinaryIO, limits: Limits) -> Checked:
    """Check a whole package. Raises BadPackage with the first fault, in the order of its members."""
    with opened(stream, limits) as found:
        manifest = manifest_in(found)
        _check_members(found, manifest)
        dossiers = tuple(check_dossier(found.content, manifest, about) for about in manifest.dossiers)
        check_minutes(manifest, dossiers)
        _check_nothing_else(found, manifest)
    stream.seek(0, SEEK_END)
    return Checked(digest_of(stream), stream.seek(0, SEEK_END), manifest, dossiers)


def manifest_in(found: Opened) -> Manifest:
    """What a package says of itself. Raises BadPackage."""
    if MANIFEST not in found.names:
        raise BadPackage("no_manifest", MANIFEST)
    content = found.content(MANIFEST, MOST_MANIFEST)
    try:
        return Manifest.model_validate(read_manifest(content))
    except (ValueError, TypeError, RecursionError):
        raise BadPackage("manifest_unreadable", MANIFEST) from None


def digest_of(stream: BinaryIO) -> str:
    """The SHA-256 of a whole file."""
    stream.seek(0)
    return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]  # any seekable stream will do


def _check_end(stream: BinaryIO, limits: Limits) -> None:
    """Before the list of members is read at all: its length, from the very end of the file."""
    size = stream.seek(0, SEEK_END)
    if size > limits.size:
        raise BadPackage("too_large", most=limits.size // PIECE)
    if size < END.size:
        raise BadPackage("not_a_package")
    stream.seek(-END.size, SEEK_END)
    signature, disk, start, here, count, length, _, comment = END.unpack(stream.read(END.size))
    if signature != b"PK\x05\x06" or disk or start or here != count or comment:
        raise BadPackage("not_a_package")
    if count > limits.members:
        raise BadPackage("too_many", count=count, most=limits.members)
    if length > count * (46 + 2 * LONGEST_NAME):
        raise BadPackage("not_a_package")


def _check_entries(entries: list[ZipInfo], limits: Limits) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if len(name) > LONGEST_NAME or not SAFE_NAME.fullmatch(name):
            raise BadPackage("unsafe_name", ascii(name[:LONGEST_NAME]))
        if name in seen:
            raise BadPackage("twice", name)
        seen.add(name)
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG):
            raise BadPackage("not_a_file", name)
        if entry.flag_bits & ENCRYPTED:
            raise BadPackage("encrypted", name)
        if entry.compress_type != ZIP_STORED or entry.compress_size != entry.file_size:
            raise BadPackage("compressed", name)
    if sum(entry.file_size for entry in entries) > limits.size:
        raise BadPackage("too_large", most=limits.size // PIECE)


def _check_members(found: Opened, manifest: Manifest) -> None:
    """Each member the manifest lists is there with its bytes; nothing else is."""
    listed = {line.name: line for line in manifest.members}
    for name in sorted(listed.keys() | set(found.names) - {MANIFEST}):
        if name not in found.names:
            raise BadPackage("missing", name)
        if name not in listed:
            raise BadPackage("extra", name)
        with found.reading(name) as content:
            digest = hashlib.sha256()
            while piece := content.read(PIECE):
                digest.update(piece)
        if found.packed.getinfo(name).file_size != listed[name].size:
            raise BadPackage("size_differs", name)
        if digest.hexdigest() != listed[name].sha256:
            raise BadPackage("hash_differs", name)


def _check_nothing_else(found: Opened, manifest: Manifest) -> None:
    """Written anew it must be the same file: no bytes before, between or behind, no other order."""
    members = [
        Member(line.name, line.size, line.sha256, partial(_stream, found, line.name))
        for line in manifest.members
    ]
    about = manifest.model_dump(exclude={"format", "members"}, exclude_unset=True)
    again = hashlib.sha256()
    for piece in pieces(manifest_of(about, members), members):
        again.update(piece)
    if again.hexdigest() != digest_of(found.stream):
        raise BadPackage("not_as_written")


def _stream(found: Opened, name: str) -> BinaryIO:
    return cast(BinaryIO, found.packed.open(name))
