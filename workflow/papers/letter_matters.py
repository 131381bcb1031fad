"""The dossiers that went to the province under the letter of one of them."""

import sys
from collections.abc import Sequence

from sqlalchemy.engine import Connection

from states.decide import Actor
from workflow.dossiers import reading
from workflow.engine import Engine
from workflow.packages.check import Limits, manifest_in, opened
from workflow.packages.problems import BadPackage
from workflow.papers.matter import Matter
from workflow.problems import NotFound

OURS = Limits(sys.maxsize, sys.maxsize)
"""What was made here is as large as it is."""


def under_letter(engine: Engine, conn: Connection, matter: Matter, actor: Actor) -> Sequence[Matter]:
    """All dossiers of its letter, in the order of their package; it alone where no package says of others."""
    sent = matter.view.case.submission
    if sent is None or not sent.package:
        return (matter,)
    found = (_matter(engine, conn, ref, actor) for ref in refs_in(engine, sent.package))
    return [one for one in found if one and one.view.case.submission == sent] or (matter,)


def refs_in(engine: Engine, sha256: str) -> list[str]:
    """The dossiers in a package that was made here; none where there is no such package."""
    try:
        with engine.blobs.open(sha256) as stream, opened(stream, OURS) as found:
            return [one.ref for one in manifest_in(found).dossiers]
    except (FileNotFoundError, BadPackage):
        return []


def _matter(engine: Engine, conn: Connection, ref: str, actor: Actor) -> Matter | None:
    try:
        return Matter.of(*reading.dossier(engine, conn, ref, actor))
    except NotFound:
        return None
