"""A package brings the minutes of each session that voted on its dossiers, once, as they were signed."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from builders import World, a_dossier, a_world
from builders_council import a_council, a_scan, opened, ready, session, voted
from builders_packages import Taken, a_package, an_installation, fault, with_files
from databases import a_sqlite_copy
from docx import Document

from db.engine import Database
from db.schema import METADATA
from workflow.batches.signing import chosen
from workflow.packages.check import Limits, check
from workflow.packages.problems import LostPaper
from workflow.packages.receiving import receive
from workflow.problems import Invalid

REF = "PH-2024-0001"
MINUTES = f"{REF}/bien-ban.docx"


def met(world: World, *, signed: bool = True) -> list[str]:
    """Two dossiers that one session passed on their way to the province."""
    a_council(world)
    refs = [ready(world, unit=unit, awards=("CSTD_TINH",)) for unit in ("P1", "P2")]
    opened(world, *refs)
    for ref in refs:
        voted(world, REF, ref)
    world.do("chau", "close_session", REF)
    if signed:
        sign(world)
    return refs


def sign(world: World) -> None:
    """The minutes are written, both sign them."""
    world.do("yen", "write_minutes", REF, text={"opening": "Khai mạc."})
    world.do("yen", "sign_minutes", REF)
    world.do("chau", "sign_minutes", REF)


@pytest.fixture(scope="module")
def package(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The package of two dossiers of one session whose minutes are signed."""
    with a_sqlite_copy(sqlite_template) as database:
        world = with_files(a_world(database, tmp_path_factory.mktemp("sender")))
        return a_package(world, *met(world))


def test_the_signed_minutes_go_once_beside_each_excerpt(sqlite_world: World) -> None:
    refs = met(sqlite_world)
    content = a_package(with_files(sqlite_world), *refs)
    members = Taken.of(content).members
    assert [name for name in members if name.endswith("bien-ban.docx")] == [MINUTES]
    assert {f"{ref}/ket-qua-hoi-dong.docx" for ref in refs} < members.keys()
    sealed = session(sqlite_world, REF).sha256
    assert hashlib.sha256(members[MINUTES]).hexdigest() == sealed
    (line,) = check(BytesIO(content), Limits()).manifest.sessions
    assert (line.ref, line.signed) == (REF, sealed)
    document: Any = Document(BytesIO(members[MINUTES]))
    assert any(paragraph.text == "Khai mạc." for paragraph in document.paragraphs)


def test_minutes_nobody_signed_yet_go_as_such(sqlite_world: World) -> None:
    found = check(BytesIO(a_package(with_files(sqlite_world), *met(sqlite_world, signed=False))), Limits())
    assert [(line.ref, line.signed) for line in found.manifest.sessions] == [(REF, "")]
    assert MINUTES in {line.name for line in found.manifest.members}


def test_who_signs_the_letter_is_warned_of_minutes_nobody_signed_yet(sqlite_world: World) -> None:
    refs, chairman = met(sqlite_world, signed=False), sqlite_world.people["hung"]

    def told() -> set[str]:
        with sqlite_world.engine.database.reading() as conn:
            found = chosen(sqlite_world.engine, conn, chairman, refs)
        return {warning.code for one in found.values() for warning in one.warnings}

    assert "minutes_unsigned" in told()
    sign(sqlite_world)
    assert "minutes_unsigned" not in told()


def test_another_installation_takes_the_minutes_in(
    package: bytes, sqlite_database: Database, tmp_path: Path
) -> None:
    other = an_installation(sqlite_database, tmp_path)
    kept = receive(other, BytesIO(package), Limits()).package
    with other.blobs.open(hashlib.sha256(Taken.of(package).members[MINUTES]).hexdigest()) as held:
        assert held.read() == Taken.of(package).members[MINUTES]
    assert f'"ref":"{REF}"' in kept.manifest


def test_a_package_without_them_is_refused_by_their_name(package: bytes) -> None:
    taken = Taken.of(package)
    del taken.members[MINUTES]
    assert fault(taken.packed()) == ("missing", MINUTES)
    assert fault(taken.listed_anew()) == ("minutes_missing", MINUTES)
    taken.manifest["sessions"] = []
    assert fault(taken.listed_anew()) == ("minutes_missing", MINUTES)


def test_other_minutes_than_the_signed_are_refused(package: bytes) -> None:
    taken = Taken.of(package)
    taken.members[MINUTES] = taken.members[MINUTES] + b" "
    assert fault(taken.packed()) == ("size_differs", MINUTES)
    assert fault(taken.listed_anew()) == ("minutes_differ", MINUTES)


def test_minutes_of_a_session_that_voted_on_none_of_them_are_refused(package: bytes) -> None:
    taken = Taken.of(package)
    taken.members["PH-2024-0002/bien-ban.docx"] = b"others"
    taken.manifest["sessions"].append({"ref": "PH-2024-0002", "signed": ""})
    assert fault(taken.listed_anew()) == ("minutes_not_asked", "PH-2024-0002/bien-ban.docx")
    taken = Taken.of(package)
    taken.manifest["sessions"] *= 2
    assert fault(taken.listed_anew()) == ("minutes_not_asked", MINUTES)


def scanned(world: World) -> str:
    """A dossier that a session on paper passed, whose minutes the secretary scanned."""
    ref = a_dossier(world, "council_vote", awards=("CSTD_TINH",))
    (id_,) = world.ids(ref)
    votes = [{"nomination": id_, "for": 9, "against": 0, "blank": 0}]
    figures = {"entitled": 9, "present": 9, "written": 0, "votes": votes}
    world.do("yen", "record_result", ref, **figures, scan=a_scan(world, "yen"))
    world.do("yen", "record_result", ref, **figures)
    world.do("chau", "confirm_result", ref)
    return ref


def test_the_scanned_minutes_of_a_session_on_paper_go_with_its_dossier(sqlite_world: World) -> None:
    ref = scanned(sqlite_world)
    taken = Taken.of(a_package(with_files(sqlite_world), ref))
    name = f"{ref}/bien-ban.pdf"
    result = sqlite_world.case(ref).result
    assert result
    assert hashlib.sha256(taken.members[name]).hexdigest() == result.scan
    assert check(BytesIO(taken.packed()), Limits()).manifest.sessions == []
    scan = taken.members.pop(name)
    assert fault(taken.listed_anew()) == ("minutes_missing", f"{ref}/bien-ban")
    taken.members[name] = scan + b" "
    assert fault(taken.listed_anew()) == ("minutes_missing", f"{ref}/bien-ban")


def test_nobodys_scan_but_ones_own_is_taken(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "council_vote", awards=("CSTD_TINH",))
    votes = [{"nomination": sqlite_world.ids(ref)[0], "for": 9, "against": 0, "blank": 0}]
    strange = {"votes": votes, "scan": a_scan(sqlite_world, "quang")}
    with pytest.raises(Invalid) as wrong:
        sqlite_world.do("yen", "record_result", ref, entitled=9, present=9, written=0, **strange)
    assert [(one.field, one.type) for one in wrong.value.fields] == [("scan", "no_such_file")]


def test_signed_minutes_that_read_otherwise_now_stop_the_making(sqlite_world: World) -> None:
    refs = met(sqlite_world)
    person = METADATA.tables["person"]
    with sqlite_world.engine.database.transaction() as conn:
        conn.execute(sa.update(person).where(person.c.id == "yen").values(name="Trịnh Hải Yến Nhi"))
    with pytest.raises(LostPaper, match=MINUTES):
        a_package(with_files(sqlite_world), *refs)
