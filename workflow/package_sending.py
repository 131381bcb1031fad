"""The package that goes to the province with a letter."""

import logging
from collections.abc import Mapping

from pydantic import ValidationError

from db.blobs import TooLarge
from states.decide import Actor
from workflow import reading
from workflow.command import wrongs
from workflow.decision import SubmitUpward
from workflow.engine import Engine
from workflow.letter_paper import Letter
from workflow.loading import load
from workflow.package_check import Limits
from workflow.package_make import kept, package_of
from workflow.package_problems import LostPaper
from workflow.problems import Invalid, Wrong

log = logging.getLogger("khenthuong.packages")


def package_to_send(
    engine: Engine, actor: Actor, ref: str, version: int | None, args: Mapping[str, str], limits: Limits
) -> str:
    """The SHA-256 of the package for this letter: the one it was sent with, or one made now for sending.

    Empty where nothing may be sent, or where the bytes of a paper are gone, which the server's log tells: the
    letter may go all the same, on paper. Raises NotFound.
    """
    try:
        letter = letter_named(args)
    except Invalid:
        return ""
    with engine.database.reading() as conn:
        view, loaded = reading.dossier(engine, conn, ref, actor)
    sent = view.case.submission
    if sent and (sent.letter_no, sent.date) == (letter.number, letter.day):
        return sent.package
    allowed = any(w.act == "submit_upward" and w.allowed for w in reading.acts(engine, loaded, actor))
    if not allowed or version != view.case.version:
        return ""
    try:
        return made(engine, actor, ref, letter, limits)[0]
    except (LostPaper, TooLarge) as lost:
        log.error("no package was made for %s: %s", ref, lost)
        return ""


def letter_named(args: Mapping[str, object]) -> Letter:
    """The letter as a form names it. Raises Invalid."""
    try:
        form = SubmitUpward.model_validate(args)
    except ValidationError as error:
        raise Invalid(*wrongs(error)) from None
    return Letter(form.letter_no, form.date)


def made(engine: Engine, actor: Actor, ref: str, letter: Letter, limits: Limits) -> tuple[str, int]:
    """Make a package, lay it into the blob store; answers its (SHA-256, size).

    Raises NotFound, LostPaper, TooLarge.
    """
    return kept(engine, package_of(engine, [ref], actor, letter), limits.size)


def refuse_unknown(engine: Engine, actor: Actor, ref: str, sha256: str) -> None:
    """Raises Invalid for a package that was never made here, NotFound where the dossier is not for this person."""
    with engine.database.reading() as conn:
        load(engine, conn, ref, actor)
    try:
        engine.blobs.open(sha256).close()
    except FileNotFoundError:
        raise Invalid(Wrong("package", "no_such_file", {})) from None
