"""A package for the province is put together from what was recorded."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from tempfile import TemporaryFile
from typing import Any, BinaryIO

from sqlalchemy.engine import Connection

from db import history
from db.papers import CasePaper, PaperRecord
from states.awards import PAPERS
from states.decide import Actor
from states.document import canonical
from states.dossier import sessions_of
from workflow.auditing.exports import json_line
from workflow.dossiers import reading
from workflow.engine import Engine
from workflow.packages.format import Member, manifest_of, pieces
from workflow.packages.minutes import ending_of, minutes_of, minutes_scan, scan_name
from workflow.packages.problems import LostPaper, MixedBodies, NotGoing
from workflow.papers.letter_paper import Letter, letter_of, letter_paper, list_paper
from workflow.papers.matter import Matter
from workflow.papers.official_paper import OfficialPaper
from workflow.papers.official_papers import UPWARD
from workflow.papers.record_papers import opinions_paper, result_paper
from workflow.papers.word_file import word_file
from workflow.problems import NotFound


@dataclass(frozen=True, slots=True)
class Going:
    """One dossier of a package with its history, with the scan of the minutes where a session on paper voted."""

    matter: Matter
    entries: Sequence[history.Entry]
    scan: PaperRecord | None


@dataclass(frozen=True, slots=True)
class Package:
    """A package ready to be written, in pieces."""

    manifest: Member
    members: tuple[Member, ...]

    def write(self, out: BinaryIO) -> None:
        """Write it."""
        for piece in pieces(self.manifest, self.members):
            out.write(piece)


def package_of(engine: Engine, refs: Sequence[str], actor: Actor, letter: Letter | None = None) -> Package:
    """The package of these dossiers under one letter: the one that was sent, or as a draft.

    Raises:
        NotFound: one of them is not for this person, or is read only as its unit's.
        LostPaper: the bytes of a paper are gone, or are others than were recorded.
        NotGoing: one of them is not on its way to the province.
        MixedBodies: they are not of one body.
    """
    with engine.database.reading() as conn:
        found = [_read(engine, conn, ref, actor) for ref in dict.fromkeys(refs)]
        matters = [one.matter for one in found]
        if len({matter.view.case.body for matter in matters}) > 1:
            raise MixedBodies
        minutes = minutes_of(engine, conn, sessions_of(matter.view.case for matter in matters))
    letter = letter or letter_of(matters[0])
    members = list(_shared(matters, letter, engine.today()))
    members += [one.member for one in minutes]
    for one in found:
        members += _of_dossier(engine, one)
    about = {
        "origin": {"log": engine.log, "body": matters[0].committee},
        "letter": {"no": letter.number, "date": letter.day.isoformat() if letter.day else ""},
        "dossiers": [_about(one) for one in found],
        "sessions": [{"ref": one.session, "signed": one.signed} for one in minutes],
    }
    return Package(manifest_of(about, members), tuple(members))


def kept(engine: Engine, package: Package, limit: int) -> tuple[str, int]:
    """Lay the package into the blob store; answers its (SHA-256, size). Raises TooLarge above ``limit`` bytes."""
    with TemporaryFile() as held:
        package.write(held)
        held.seek(0)
        return engine.blobs.put(held, limit)


def _read(engine: Engine, conn: Connection, ref: str, actor: Actor) -> Going:
    view, loaded = reading.dossier(engine, conn, ref, actor)
    if view.as_unit:
        raise NotFound
    if view.case.station not in UPWARD:
        raise NotGoing(ref)
    entries = [entry for entry, _, _ in history.of_case(conn, view.record.id)]
    return Going(Matter.of(view, loaded), entries, minutes_scan(conn, view))


def _shared(matters: Sequence[Matter], letter: Letter, today: date) -> Iterator[Member]:
    yield _word("to-trinh.docx", letter_paper(matters, letter, today=today))
    yield _word("danh-sach.docx", list_paper(matters))


def _of_dossier(engine: Engine, one: Going) -> Iterator[Member]:
    matter, ref = one.matter, one.matter.ref
    placed = {_member_name(ref, place, paper): paper for place, paper in enumerate(_current(matter), 1)}
    yield _word(f"{ref}/ket-qua-hoi-dong.docx", result_paper(matter))
    yield _word(f"{ref}/tham-dinh.docx", opinions_paper(matter))
    yield Member.of(f"{ref}/dossier.json", canonical(_document(matter, placed)).encode())
    yield Member.of(f"{ref}/history.jsonl", "".join(json_line(ref, entry) for entry in one.entries).encode())
    if one.scan:
        yield _file(engine, scan_name(ref, one.scan), one.scan)
    yield from (_file(engine, name, placed_.paper) for name, placed_ in placed.items())


def _file(engine: Engine, name: str, paper: PaperRecord) -> Member:
    if not engine.blobs.check(paper.sha256):
        raise LostPaper(f"{name}, {paper.name}, {paper.sha256}")
    return Member(name, paper.size, paper.sha256, partial(engine.blobs.open, paper.sha256))


def _current(matter: Matter) -> list[CasePaper]:
    """The papers that count, not those they replaced, in the order of the list of kinds."""
    order = {code: place for place, code in enumerate(PAPERS)}
    placed = (one for one in matter.view.papers if one.replaced_by is None)
    return sorted(placed, key=lambda one: (order.get(one.type, len(order)), one.attached_at, one.paper.id))


def _member_name(ref: str, place: int, placed: CasePaper) -> str:
    return f"{ref}/papers/{place:03d}-{placed.type}.{ending_of(placed.paper)}"


def _word(name: str, paper: OfficialPaper) -> Member:
    return Member.of(name, word_file(paper))


def _about(one: Going) -> Mapping[str, Any]:
    record = one.matter.view.record
    return {"ref": record.ref, "case": record.id, "entries": len(one.entries), "head": one.entries[-1].hash}


def _document(matter: Matter, placed: Mapping[str, CasePaper]) -> Mapping[str, Any]:
    """The dossier for programs: its facts as its history folds to them, the words that go with them."""
    view = matter.view
    return {
        "ref": view.record.ref,
        "title": view.record.title,
        "unit": view.unit.name_vi,
        "body": matter.committee,
        "definition": view.definition.name,
        "facts": json.loads(view.record.facts),
        "nominations": [
            {
                "id": one.id,
                "position": one.facts.position,
                "award": one.facts.award,
                "subject": {"type": one.facts.subject_type, "name": one.name, "title": one.title},
                "achievement": one.achievement,
                "council": one.facts.council,
                "opinions": {
                    office: {"verdict": opinion.verdict, "reason": opinion.reason}
                    for office, opinion in one.opinions.items()
                },
            }
            for one in view.nominations
        ],
        "papers": [
            {
                "member": name,
                "type": one.type,
                "nomination": one.nomination_id or "",
                "name": one.paper.name,
                "sha256": one.paper.sha256,
            }
            for name, one in placed.items()
        ],
    }
