"""The minutes of the sessions that voted on the dossiers of a package, one file to each session."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from db import cases
from db.papers import PaperRecord
from states.council.session import Session
from workflow.dossiers.reading import DossierView
from workflow.engine import Engine
from workflow.loading import facts_in
from workflow.packages.format import Member
from workflow.packages.problems import BadPackage, LostPaper
from workflow.packages.shapes import DossierRecord, Manifest
from workflow.papers.minutes_matter import gathered
from workflow.papers.minutes_paper import minutes_paper
from workflow.papers.scans import scan_of
from workflow.papers.word_file import word_file

NAME = "bien-ban"
FILE = f"{NAME}.docx"


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of one session; ``signed`` is the SHA-256 recorded with the last signature, empty before it."""

    session: str
    member: Member
    signed: str


def minutes_of(engine: Engine, conn: Connection, sessions: Sequence[str]) -> list[Minutes]:
    """The minutes of these sessions. Raises LostPaper where signed ones no longer come out as they were signed."""
    records = cases.by_refs(conn, sessions)
    found = []
    for ref in sessions:
        session = facts_in(records[ref])
        assert isinstance(session, Session)
        paper = minutes_paper(gathered(engine, conn, records[ref], session))
        member = Member.of(f"{ref}/{FILE}", word_file(paper))
        if session.sha256 not in ("", member.sha256):
            raise LostPaper(f"{member.name}, {session.sha256}")
        found.append(Minutes(ref, member, session.sha256))
    return found


def minutes_scan(conn: Connection, view: DossierView) -> PaperRecord | None:
    """The scanned minutes of the session on paper that voted, where there are any.

    Raises LostPaper where nobody knows any more which file they are.
    """
    result = view.case.result
    if result is None or not result.scan:
        return None
    found = scan_of(conn, view.entries, "record_result", result.scan)
    if found is None:
        raise LostPaper(f"{view.record.ref}, {NAME}, {result.scan}")
    return found


def scan_name(ref: str, scan: PaperRecord) -> str:
    """What scanned minutes are called in a package."""
    return f"{ref}/{NAME}.{ending_of(scan)}"


def ending_of(paper: PaperRecord) -> str:
    """As "pdf"."""
    return paper.name.rpartition(".")[2].lower()


def check_minutes(manifest: Manifest, dossiers: Sequence[DossierRecord]) -> None:
    """Each session the dossiers name has its minutes, as they were signed; no other has.

    Minutes of a session on paper have the bytes the history names. Raises BadPackage.
    """
    digests = {line.name: line.sha256 for line in manifest.members}
    for one in dossiers:
        scans = {sha256 for name, sha256 in digests.items() if name.startswith(f"{one.ref}/{NAME}.")}
        if scans != ({one.scan} if one.scan else set()):
            raise BadPackage("minutes_missing" if one.scan else "minutes_not_asked", f"{one.ref}/{NAME}")
    voted = {one.session for one in dossiers if one.session}
    told = {line.ref: line.signed for line in manifest.sessions}
    for ref in sorted(voted | told.keys()):
        name = f"{ref}/{FILE}"
        if ref not in voted or len(told) != len(manifest.sessions):
            raise BadPackage("minutes_not_asked", name)
        if ref not in told or name not in digests:
            raise BadPackage("minutes_missing", name)
        if told[ref] not in ("", digests[name]):
            raise BadPackage("minutes_differ", name)
