"""Packages for tests: made of real dossiers whose papers have bytes, then taken apart and put together anew."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pytest
import sqlalchemy as sa
from builders import World, a_dossier

from db.blobs import BlobStore
from db.engine import Database
from db.schema import METADATA
from states.document import canonical
from workflow.engine import Engine
from workflow.packages.check import Limits, check
from workflow.packages.format import MANIFEST, Member, manifest_of, pieces
from workflow.packages.make import package_of
from workflow.packages.problems import BadPackage
from workflow.papers.letter_paper import Letter

LETTER = Letter("15/TTr-UBND", date(2024, 5, 21))


def with_files(world: World) -> World:
    """The same city, where every uploaded paper has its bytes."""
    paper = METADATA.tables["paper"]
    with world.engine.database.transaction() as conn:
        ids = list(conn.execute(sa.select(paper.c.id)).scalars())
        conn.execute(sa.update(paper).values(size=sa.func.length(paper.c.id)))
    for id_ in ids:
        world.engine.blobs.put(BytesIO(id_.encode()), 1000)
    return world


def a_package(world: World, *refs: str, who: str = "hung", letter: Letter | None = LETTER) -> bytes:
    """The bytes of the package of these dossiers; of one that awaits submission unless named."""
    named = refs or (a_dossier(world, "awaiting_submission", awards=("CSTD_TINH", "TTLDXS")),)
    held = BytesIO()
    package_of(world.engine, named, world.people[who], letter).write(held)
    return held.getvalue()


def an_installation(database: Database, folder: Path) -> Engine:
    """Another installation, empty."""
    return Engine(database, BlobStore(folder / "others")).open()


@dataclass(slots=True)
class Taken:
    """A package taken apart, to be changed and packed again."""

    members: dict[str, bytes]
    manifest: dict[str, Any]

    @classmethod
    def of(cls, package: bytes) -> "Taken":
        """Every member of a package by name."""
        with ZipFile(BytesIO(package)) as packed:
            found = {name: packed.read(name) for name in packed.namelist()}
        return cls(found, json.loads(found.pop(MANIFEST)))

    def packed(self) -> bytes:
        """Packed with the manifest as it is: what was changed shows."""
        manifest = Member.of(MANIFEST, canonical(self.manifest).encode())
        return self._written(manifest)

    def listed_anew(self) -> bytes:
        """Packed with every digest of the manifest made anew: what was changed shows only inside."""
        about = {name: value for name, value in self.manifest.items() if name not in ("format", "members")}
        return self._written(manifest_of(about, self._members()))

    def change(self, name: str, done: Callable[[Any], None]) -> None:
        """Change a JSON member."""
        document = json.loads(self.members[name])
        done(document)
        self.members[name] = canonical(document).encode()

    def named(self, ending: str) -> str:
        """The first member whose name ends so."""
        return next(name for name in sorted(self.members) if name.endswith(ending))

    def _members(self) -> list[Member]:
        return [Member.of(name, content) for name, content in self.members.items()]

    def _written(self, manifest: Member) -> bytes:
        return b"".join(pieces(manifest, self._members()))


def fault(content: bytes, limits: Limits = Limits()) -> tuple[str, str]:  # noqa: B008 - limits never change
    """What is wrong with a package, and which member."""
    with pytest.raises(BadPackage) as bad:
        check(BytesIO(content), limits)
    assert bad.value.fault.said("vi") != bad.value.fault.said("en")
    return bad.value.fault.code, bad.value.fault.member


def zipped(members: Mapping[str, bytes], **how: Any) -> bytes:
    """Any zip, by the library's own hand."""
    held = BytesIO()
    with ZipFile(held, "w", how.pop("compression", ZIP_STORED)) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return held.getvalue()


def digest(content: bytes) -> str:
    """Its SHA-256."""
    return hashlib.sha256(content).hexdigest()
