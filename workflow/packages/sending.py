"""The package that goes to the province with a letter, of one dossier or of all that stand under it."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from db.blobs import TooLarge
from states.decide import Actor
from states.document import canonical
from workflow.batches.orders import Wanted
from workflow.command import wrongs
from workflow.dossiers import reading
from workflow.dossiers.decision import SubmitUpward
from workflow.engine import Engine
from workflow.loading import load
from workflow.packages.check import Limits
from workflow.packages.make import kept, package_of
from workflow.packages.problems import LostPaper, NotGoing, TooManyFiles
from workflow.papers.letter_matters import refs_in
from workflow.papers.letter_paper import Letter
from workflow.problems import Invalid, Wrong

DIGEST = re.compile(r"[0-9a-f]{64}")
"""Whatever else is named as a package is refused with the form of its item."""

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
    return _made_if_possible(engine, actor, [ref], letter, limits)


def with_packages(
    engine: Engine, actor: Actor, wanted: Sequence[Wanted], bodies: Mapping[str, str], limits: Limits
) -> list[Wanted]:
    """The same order with one package for all dossiers of a letter; ``bodies`` has the body of each that is to go.

    Nothing is added where the letter is named wrongly, or where no package can be made.
    """
    under: dict[tuple[str, str], list[Wanted]] = {}
    for one in wanted:
        if one.ref in bodies:
            under.setdefault((bodies[one.ref], canonical(one.args)), []).append(one)
    made_for = {
        one.ref: sha256
        for together in under.values()
        if (sha256 := _together(engine, actor, together, limits))
        for one in together
    }
    return [
        replace(one, args={**one.args, "package": made_for[one.ref]}) if one.ref in made_for else one
        for one in wanted
    ]


def _together(engine: Engine, actor: Actor, wanted: Sequence[Wanted], limits: Limits) -> str:
    try:
        letter = letter_named(wanted[0].args)
    except Invalid:
        return ""
    return _made_if_possible(engine, actor, [one.ref for one in wanted], letter, limits)


def _made_if_possible(
    engine: Engine, actor: Actor, refs: Sequence[str], letter: Letter, limits: Limits
) -> str:
    try:
        return made(engine, actor, refs, letter, limits)[0]
    except (LostPaper, NotGoing, TooLarge, TooManyFiles) as why:
        log.error("no package was made for %s: %r", ", ".join(refs), why)
        return ""


def letter_named(args: Mapping[str, object]) -> Letter:
    """The letter as a form names it. Raises Invalid."""
    try:
        form = SubmitUpward.model_validate(args)
    except ValidationError as error:
        raise Invalid(*wrongs(error)) from None
    return Letter(form.letter_no, form.date)


def made(
    engine: Engine, actor: Actor, refs: Sequence[str], letter: Letter, limits: Limits
) -> tuple[str, int]:
    """Make one package of these dossiers, lay it into the blob store; answers its (SHA-256, size).

    Raises what ``package_of`` raises, TooLarge or TooManyFiles where whoever receives it would refuse it.
    """
    package = package_of(engine, refs, actor, letter)
    if len(package.members) >= limits.members:  # the manifest is one more
        raise TooManyFiles(len(package.members))
    return kept(engine, package, limits.size)


def refuse_unknown(engine: Engine, actor: Actor, ref: str, sha256: str) -> None:
    """Raises Invalid for a package that was not made for it, NotFound where the dossier is not for this person."""
    with engine.database.reading() as conn:
        load(engine, conn, ref, actor)
    if ref not in refs_in(engine, sha256):
        raise Invalid(Wrong("package", "no_such_file", {}))


def refuse_unknown_among(engine: Engine, wanted: Sequence[Wanted]) -> None:
    """Raises Invalid for each item of an order whose package was not made for it."""
    named = [one.args.get("package") for one in wanted]
    known = {
        name: refs_in(engine, name) for name in named if isinstance(name, str) and DIGEST.fullmatch(name)
    }
    wrong = [
        Wrong(f"items.{place}.package", "no_such_file", {})
        for place, (one, name) in enumerate(zip(wanted, named, strict=True))
        if isinstance(name, str) and one.ref not in known.get(name, (one.ref,))
    ]
    if wrong:
        raise Invalid(*wrong)
