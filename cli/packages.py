"""Packages of dossiers from the command line: made, verified, taken in."""

import json
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Annotated, BinaryIO, NoReturn

import typer

from cli.root import engine_of, opened, person, settings_from_environment
from cli.speech import REFUSED, UNVERIFIED, USAGE, In, Json, Language, Speech
from states.decide import CLOCK
from workflow.engine import ZONE
from workflow.packages.check import check, digest_of
from workflow.packages.limits import limits_of
from workflow.packages.problems import BadPackage, Fault, LostPaper, MixedBodies, NotGoing
from workflow.packages.receiving import receive
from workflow.packages.sending import letter_named
from workflow.packages.taking import taken

app = typer.Typer(no_args_is_help=True, help="Packages for another installation")
File = Annotated[Path, typer.Argument(help="The package, a zip file")]


@app.command("make")
def make(
    refs: Annotated[list[str], typer.Argument(metavar="REF...", help="Dossiers that go under one letter")],
    out: Annotated[Path, typer.Option(help="Where to write it")],
    login: Annotated[str | None, typer.Option("--as", help="The login of who makes it")] = None,
    letter: Annotated[str, typer.Option(help="The letter's number, such as 15/TTr-UBND")] = "",
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The letter's day")] = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Write the package of dossiers: letter, list, vote, opinions, papers, histories, manifest."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, speech.refusing():
        actor = person(engine, login, speech) if login else CLOCK
        given = {"letter_no": letter, "date": date.date().isoformat() if date else ""}
        named = letter_named(given) if letter or date else None
        try:
            package = taken(engine, refs, actor, named)
        except MixedBodies:
            speech.stop(REFUSED, speech.word("mixed_bodies"))
        except NotGoing as found:
            speech.stop(REFUSED, speech.word("not_going", ref=found))
        except LostPaper as lost:
            speech.stop(REFUSED, speech.word("paper_lost", why=lost))
        with package:
            sha256, size = _written(package, out, speech)
    document = {"path": str(out), "sha256": sha256, "size": size}
    speech.answer(document, [speech.word("package_made", **document)])


@app.command("verify")
def verify(
    file: File,
    sha256: Annotated[str, typer.Option(help="The SHA-256 its sender recorded")] = "",
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Check every member, every history inside; exit 3 naming the first that does not hold."""
    speech = Speech.of(lang, as_json)
    limits = limits_of(settings_from_environment(speech))
    with _reading(file, speech) as stream:
        try:
            found = check(stream, limits)
        except BadPackage as bad:
            _refuse(bad.fault, speech)
    if sha256 and sha256.lower() != found.sha256:
        _refuse(Fault("other_digest", "", {"found": found.sha256}), speech)
    refs = [one.ref for one in found.manifest.dossiers]
    members = len(found.manifest.members) + 1
    document = {"ok": True, "sha256": found.sha256, "refs": refs, "members": members}
    said = speech.word("package_ok", sha256=found.sha256, refs=", ".join(refs), members=members)
    speech.answer(document, [said])


@app.command("import")
def take_in(
    file: File,
    login: Annotated[str | None, typer.Option("--as", help="The login of who receives it")] = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Verify a package, keep it as received; the same one again changes nothing."""
    speech = Speech.of(lang, as_json)
    settings = settings_from_environment(speech)
    with engine_of(settings, speech) as engine, speech.refusing(), _reading(file, speech) as stream:
        actor = person(engine, login, speech) if login else None
        try:
            done = receive(engine, stream, limits_of(settings), actor)
        except BadPackage as bad:
            _refuse(bad.fault, speech)
    at = done.package.received_at.astimezone(ZONE)
    document = {
        "id": done.package.id,
        "new": done.new,
        "sha256": done.package.sha256,
        "received_at": at.isoformat(),
    }
    said = "package_kept" if done.new else "package_known"
    facts = {
        "sender": done.package.sender,
        "refs": ", ".join(_refs(done.package.manifest)),
        "at": f"{at:%d/%m/%Y %H:%M}",
    }
    speech.answer(document, [speech.word(said, **facts)])


def _written(package: BinaryIO, out: Path, speech: Speech) -> tuple[str, int]:
    """Write the file, answer its (SHA-256, size)."""
    try:
        with out.open("wb") as stream:
            copyfileobj(package, stream)
            return digest_of(package), stream.tell()
    except OSError as error:
        speech.stop(USAGE, speech.word("no_file", path=out, why=error.strerror))


def _refs(manifest: str) -> list[str]:
    return [one["ref"] for one in json.loads(manifest)["dossiers"]]


def _reading(file: Path, speech: Speech) -> BinaryIO:
    try:
        return file.open("rb")
    except OSError as error:
        speech.stop(USAGE, speech.word("no_file", path=file, why=error.strerror))


def _refuse(fault: Fault, speech: Speech) -> NoReturn:
    """Say what is wrong, end with the code of a failed verification."""
    said = fault.said(speech.lang)
    if speech.as_json:
        speech.answer({"ok": False, "code": fault.code, "member": fault.member, "detail": said}, [])
        raise typer.Exit(UNVERIFIED)
    speech.stop(UNVERIFIED, speech.word("package_bad", said=said))
