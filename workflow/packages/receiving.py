"""A package of another installation is checked, then kept with everything in it."""

from contextlib import suppress
from dataclasses import dataclass
from typing import BinaryIO

from db import packages
from db.packages import ReceivedMember, ReceivedPackage
from states.decide import Actor
from states.document import canonical
from states.roles import Role
from workflow.engine import Engine
from workflow.packages.check import MOST_RECORD, Limits, check, opened
from workflow.packages.format import MANIFEST
from workflow.packages.problems import BadPackage, Fault
from workflow.packages.shapes import DossierRecord, Manifest
from workflow.problems import NotFound

RECEIVERS = frozenset(
    {
        *(Role.registrar, Role.home_affairs_officer, Role.home_affairs_head),
        *(Role.culture_social_officer, Role.culture_social_head, Role.chairman),
    }
)
"""Who takes packages in and reads them."""
PACKERS = RECEIVERS - {Role.registrar}
"""Who takes the package of a dossier away, to send it."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a package that was brought; ``new`` is false where it was here already."""

    package: ReceivedPackage
    new: bool


@dataclass(frozen=True, slots=True)
class ReceivedView:
    """A received package as its page shows it; everything in it held when it came."""

    package: ReceivedPackage
    by: str
    manifest: Manifest
    members: tuple[ReceivedMember, ...]
    dossiers: tuple[DossierRecord, ...]


def bodies_of(actor: Actor) -> frozenset[str]:
    """The bodies for which a person receives packages."""
    return frozenset(grant.body for grant in actor.grants if grant.role in RECEIVERS)


def receive(engine: Engine, stream: BinaryIO, limits: Limits, actor: Actor | None = None) -> Received:
    """Check a package, keep it for the body of who brings it; nothing changes where it is here already.

    Raises:
        BadPackage: with the first thing that does not hold; nothing is kept.
        NotFound: this person receives no packages.
    """
    body = _body(actor)
    found = check(stream, limits)
    with engine.database.reading() as conn:
        known = packages.same(conn, found.sha256, body)
    if known:
        return Received(known, new=False)
    package = ReceivedPackage(
        id=engine.source.new_id(),
        sha256=found.sha256,
        size=found.size,
        origin=found.manifest.origin.log,
        sender=found.manifest.origin.body,
        manifest=canonical(found.manifest.model_dump()),
        body=body,
        account_id=actor.account if actor else None,
        received_at=engine.now(),
    )
    inside = _laid_down(engine, stream, limits, package.id)
    with engine.database.transaction() as conn:
        new = packages.keep(conn, package, inside)
        kept = packages.same(conn, found.sha256, body)
    assert kept is not None  # by this or by who was faster
    return Received(kept, new=new)


def received(engine: Engine, actor: Actor, package_id: str) -> ReceivedView:
    """One package as it was checked when it came. Raises NotFound."""
    with engine.database.reading() as conn:
        found = packages.find(conn, bodies_of(actor), package_id)
        if found is None:
            raise NotFound
        members = tuple(packages.members(conn, package_id))
    package, by = found
    return ReceivedView(
        package=package,
        by=by,
        manifest=Manifest.model_validate_json(package.manifest),
        members=members,
        dossiers=tuple(_dossiers(engine, members)),
    )


def package(engine: Engine, actor: Actor, package_id: str) -> ReceivedPackage:
    """One package as it was kept. Raises NotFound."""
    with engine.database.reading() as conn:
        found = packages.find(conn, bodies_of(actor), package_id)
    if found is None:
        raise NotFound
    return found[0]


def fault_now(engine: Engine, package: ReceivedPackage, limits: Limits) -> Fault | None:
    """What is wrong with the bytes that were kept, all of them read once more; ``None`` where everything holds."""
    try:
        with engine.blobs.open(package.sha256) as stream:
            again = check(stream, Limits(max(limits.size, package.size), limits.members))
    except FileNotFoundError:
        return Fault("damaged")
    except BadPackage as bad:
        return bad.fault
    return None if again.sha256 == package.sha256 else Fault("other_digest", "", {"found": again.sha256})


def content(engine: Engine, sha256: str) -> BinaryIO:
    """The bytes of a package or of a file of one. Raises NotFound where they are gone."""
    try:
        return engine.blobs.open(sha256)
    except FileNotFoundError:
        raise NotFound from None


def member(engine: Engine, actor: Actor, package_id: str, name: str) -> ReceivedMember:
    """One file of a package. Raises NotFound."""
    with engine.database.reading() as conn:
        if packages.find(conn, bodies_of(actor), package_id) is None:
            raise NotFound
        found = next((one for one in packages.members(conn, package_id) if one.name == name), None)
    if found is None:
        raise NotFound
    return found


def _body(actor: Actor | None) -> str:
    if actor is None:
        return ""
    bodies = sorted(bodies_of(actor))
    if not bodies:
        raise NotFound
    return bodies[0]


def _laid_down(engine: Engine, stream: BinaryIO, limits: Limits, package_id: str) -> list[ReceivedMember]:
    """The package itself, then each of its members, in the blob store."""
    stream.seek(0)
    engine.blobs.put(stream, limits.size)
    inside = []
    with opened(stream, limits) as found:
        for name in found.names:
            if name == MANIFEST:
                continue
            with found.reading(name) as content:
                sha256, size = engine.blobs.put(content, limits.size)
            inside.append(ReceivedMember(package_id, name, size, sha256))
    return inside


def _dossiers(engine: Engine, members: tuple[ReceivedMember, ...]) -> list[DossierRecord]:
    found = []
    for one in members:
        if one.name.endswith("/dossier.json") and one.size <= MOST_RECORD:
            with suppress(FileNotFoundError, ValueError), engine.blobs.open(one.sha256) as held:
                found.append(DossierRecord.model_validate_json(held.read()))
    return found
