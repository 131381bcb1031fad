"""A package is taken away: the one that went with the letter, else one made now."""

from collections.abc import Sequence
from tempfile import TemporaryFile
from typing import BinaryIO

from states.decide import Actor
from workflow.dossiers import reading
from workflow.engine import Engine
from workflow.packages.make import package_of
from workflow.packages.problems import LostPaper
from workflow.papers.letter_paper import Letter
from workflow.problems import NotFound


def taken(engine: Engine, refs: Sequence[str], actor: Actor, letter: Letter | None = None) -> BinaryIO:
    """The package to read from its beginning; a single dossier's is the one sent, unless a letter is named.

    Raises what ``package_of`` raises.
    """
    sent = _sent(engine, refs[0], actor) if len(refs) == 1 and letter is None else ""
    if sent:
        try:
            return engine.blobs.open(sent)
        except FileNotFoundError:
            raise LostPaper(sent) from None
    draft = package_of(engine, refs, actor, letter)
    held = TemporaryFile()  # noqa: SIM115 - whoever takes it closes it
    draft.write(held)
    held.seek(0)
    return held


def _sent(engine: Engine, ref: str, actor: Actor) -> str:
    with engine.database.reading() as conn:
        view, _ = reading.dossier(engine, conn, ref, actor)
    if view.as_unit:
        raise NotFound
    return view.case.submission.package if view.case.submission else ""
