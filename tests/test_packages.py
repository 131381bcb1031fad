"""A package of dossiers: whole, the same every time, and whatever is done to it, the first bad member is named."""

import json
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from builders import World, a_dossier, a_world
from builders_packages import LETTER, Taken, a_package, an_installation, digest, fault, with_files, zipped
from databases import a_sqlite_copy
from docx import Document
from hypothesis import given, settings, strategies as st

from db import packages
from db.engine import Database
from workflow.packages.check import Limits, check
from workflow.packages.format import MANIFEST
from workflow.packages.make import package_of
from workflow.packages.problems import BadPackage, LostPaper
from workflow.packages.receiving import fault_now, receive, received
from workflow.problems import NotFound

REF = "HS-2024-0001"
DOSSIER = f"{REF}/dossier.json"


@pytest.fixture(scope="module")
def package(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The package of one dossier, under its letter."""
    with a_sqlite_copy(sqlite_template) as database:
        return a_package(with_files(a_world(database, tmp_path_factory.mktemp("sender"))))


def test_a_package_holds_letter_list_vote_opinions_papers_history_and_is_whole(world: World) -> None:
    content = a_package(with_files(world))
    found = check(BytesIO(content), Limits())
    assert (found.sha256, found.size) == (digest(content), len(content))
    with ZipFile(BytesIO(content)) as packed:
        assert packed.namelist() == [
            MANIFEST,
            DOSSIER,
            f"{REF}/history.jsonl",
            f"{REF}/ket-qua-hoi-dong.docx",
            f"{REF}/papers/001-TO_TRINH.pdf",
            f"{REF}/papers/002-BIEN_BAN.pdf",
            f"{REF}/tham-dinh.docx",
            "danh-sach.docx",
            "to-trinh.docx",
        ]
        letter = Document(BytesIO(packed.read("to-trinh.docx")))
        assert letter.tables[0].rows[0].cells[0].paragraphs[-1].text == "Số: 15/TTr-UBND"
    (dossier,) = found.dossiers
    assert [n.subject.name for n in dossier.nominations] == ["Vòng Nhịt Mùi", "H'Bia Niê"]
    (about,) = found.manifest.dossiers
    assert (about.head, about.entries) == (world.entries(REF)[-1].hash, len(world.entries(REF)))
    assert found.manifest.letter.model_dump() == {"no": "15/TTr-UBND", "date": "2024-05-21"}


def test_the_same_facts_make_the_same_bytes(sqlite_world: World) -> None:
    first = a_package(with_files(sqlite_world))
    assert a_package(sqlite_world, REF) == first
    assert a_package(sqlite_world, REF, letter=None) != first


def test_several_dossiers_go_under_one_letter(sqlite_world: World) -> None:
    world = with_files(sqlite_world)
    refs = [a_dossier(world, "awaiting_submission", unit=unit) for unit in ("P1", "P2")]
    found = check(BytesIO(a_package(world, *refs)), Limits())
    assert [one.ref for one in found.manifest.dossiers] == refs
    assert [one.unit for one in found.dossiers] == ["Phường Hoa Mai", "Phường Suối Đá"]


def test_nothing_is_packed_for_who_may_not_read_it_as_an_office(sqlite_world: World) -> None:
    world = with_files(sqlite_world)
    ref = a_dossier(world, "awaiting_submission")
    for login in ("lan", "tam"):
        with pytest.raises(NotFound):
            package_of(world.engine, [ref], world.people[login])


def test_a_paper_whose_bytes_are_gone_stops_the_making(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "awaiting_submission")
    with pytest.raises(LostPaper, match=r"TO_TRINH\.pdf"):
        package_of(sqlite_world.engine, [ref], sqlite_world.people["hung"])


def done_to(package: bytes, done: Callable[[Taken], None]) -> Taken:
    """A package taken apart after somebody did something to it."""
    taken = Taken.of(package)
    done(taken)
    return taken


def left_listed(done: Callable[[Taken], None]) -> Callable[[bytes], bytes]:
    """What is done to a package without touching its list."""
    return lambda package: done_to(package, done).packed()


def listed_anew(done: Callable[[Taken], None]) -> Callable[[bytes], bytes]:
    """What is done to a package whose list then says so."""
    return lambda package: done_to(package, done).listed_anew()


def of_the_dossier(done: Callable[[Any], None]) -> Callable[[bytes], bytes]:
    """What is done to the document of the dossier, the list saying so."""
    return listed_anew(lambda taken: taken.change(DOSSIER, done))


@left_listed
def altered(taken: Taken) -> None:
    name = taken.named("TO_TRINH.pdf")
    taken.members[name] = taken.members[name].replace(b"lan", b"tam")


@left_listed
def longer(taken: Taken) -> None:
    taken.members["to-trinh.docx"] += b" "


@left_listed
def without(taken: Taken) -> None:
    del taken.members[taken.named("BIEN_BAN.pdf")]


@left_listed
def one_more(taken: Taken) -> None:
    taken.members[f"{REF}/papers/003-KHAC.pdf"] = b"%PDF"


@listed_anew
def a_paper_less(taken: Taken) -> None:
    del taken.members[taken.named("BIEN_BAN.pdf")]


@listed_anew
def a_paper_swapped(taken: Taken) -> None:
    taken.members[taken.named("BIEN_BAN.pdf")] = b"%PDF other"


@of_the_dossier
def another_award(dossier: Any) -> None:
    nominations = dossier["facts"]["nominations"]
    next(iter(nominations.values()))["award"] = "CSTDTQ"


@of_the_dossier
def another_award_in_words(dossier: Any) -> None:
    dossier["nominations"][0]["award"] = "CSTDTQ"


@of_the_dossier
def one_nominee_twice(dossier: Any) -> None:
    dossier["nominations"] *= 2


@of_the_dossier
def another_type_of_paper(dossier: Any) -> None:
    dossier["papers"][0]["type"] = "SANG_KIEN"


@of_the_dossier
def an_unknown_field(dossier: Any) -> None:
    dossier["more"] = 1


@listed_anew
def a_date_that_is_none(taken: Taken) -> None:
    taken.manifest["letter"]["date"] = "2024-02-31"


@listed_anew
def an_entry_less(taken: Taken) -> None:
    lines = taken.members[f"{REF}/history.jsonl"].splitlines(keepends=True)
    taken.members[f"{REF}/history.jsonl"] = b"".join(lines[:2] + lines[3:])


@listed_anew
def the_last_entry_less(taken: Taken) -> None:
    lines = taken.members[f"{REF}/history.jsonl"].splitlines(keepends=True)
    taken.members[f"{REF}/history.jsonl"] = b"".join(lines[:-1])


@listed_anew
def another_actor(taken: Taken) -> None:
    name = f"{REF}/history.jsonl"
    taken.members[name] = taken.members[name].replace(b'\\"actor\\":\\"minh\\"', b'\\"actor\\":\\"lan\\"')


@listed_anew
def not_lines(taken: Taken) -> None:
    taken.members[f"{REF}/history.jsonl"] = b"[" * 100_000


@listed_anew
def another_origin(taken: Taken) -> None:
    taken.manifest["origin"]["log"] = "elsewhere"


@listed_anew
def another_head(taken: Taken) -> None:
    taken.manifest["dossiers"][0]["head"] = "0" * 64


@listed_anew
def no_dossier(taken: Taken) -> None:
    taken.members[DOSSIER] = b"[]"


@listed_anew
def dossier_left_out(taken: Taken) -> None:
    del taken.members[DOSSIER]


@listed_anew
def nobody_told_of(taken: Taken) -> None:
    taken.manifest["dossiers"] = []


@left_listed
def another_form(taken: Taken) -> None:
    taken.manifest["format"] = "kt-package/9"


def manifest_left_out(package: bytes) -> bytes:
    return zipped(Taken.of(package).members)


def damaged(package: bytes) -> bytes:
    place = package.rindex(b"lan-TO_TRINH")
    return package[:place] + b"LAN" + package[place + 3 :]


TAMPERED: list[tuple[Callable[[bytes], bytes], str, str]] = [
    (altered, "hash_differs", f"{REF}/papers/001-TO_TRINH.pdf"),
    (longer, "size_differs", "to-trinh.docx"),
    (without, "missing", f"{REF}/papers/002-BIEN_BAN.pdf"),
    (one_more, "extra", f"{REF}/papers/003-KHAC.pdf"),
    (a_paper_less, "paper_missing", f"{REF}/papers/002-BIEN_BAN.pdf"),
    (a_paper_swapped, "paper_missing", f"{REF}/papers/002-BIEN_BAN.pdf"),
    (another_award, "facts_differ", DOSSIER),
    (another_award_in_words, "facts_differ", DOSSIER),
    (one_nominee_twice, "facts_differ", DOSSIER),
    (another_type_of_paper, "paper_missing", f"{REF}/papers/001-TO_TRINH.pdf"),
    (an_unknown_field, "dossier_unreadable", DOSSIER),
    (a_date_that_is_none, "manifest_unreadable", MANIFEST),
    (an_entry_less, "history_broken", f"{REF}/history.jsonl"),
    (the_last_entry_less, "head_differs", f"{REF}/history.jsonl"),
    (another_actor, "history_broken", f"{REF}/history.jsonl"),
    (not_lines, "history_broken", f"{REF}/history.jsonl"),
    (another_origin, "history_broken", f"{REF}/history.jsonl"),
    (another_head, "head_differs", f"{REF}/history.jsonl"),
    (no_dossier, "dossier_unreadable", DOSSIER),
    (dossier_left_out, "missing", DOSSIER),
    (nobody_told_of, "manifest_unreadable", MANIFEST),
    (another_form, "manifest_unreadable", MANIFEST),
    (manifest_left_out, "no_manifest", MANIFEST),
    (damaged, "damaged", f"{REF}/papers/001-TO_TRINH.pdf"),
    (lambda package: package[:-10], "not_a_package", ""),
    (lambda package: package + b"\n", "not_a_package", ""),
    (lambda package: b"MZ" + package, "not_as_written", ""),
    (lambda _: b"", "not_a_package", ""),
    (lambda _: b"%PDF-1.7" * 100, "not_a_package", ""),
    (lambda _: zipped({"a.txt": b"0" * 5000}, compression=ZIP_DEFLATED), "compressed", "a.txt"),
    (lambda _: zipped({"../etc/passwd": b"x"}), "unsafe_name", "'../etc/passwd'"),
    (lambda _: zipped({"/etc/passwd": b"x"}), "unsafe_name", "'/etc/passwd'"),
    (lambda _: zipped({"C:\\x": b"x"}), "unsafe_name", "'C:\\\\x'"),
    (lambda _: zipped({"thư.docx": b"x"}), "unsafe_name", "'th\\u01b0.docx'"),
    (lambda _: zipped({"folder/": b""}), "unsafe_name", "'folder/'"),
]


@pytest.mark.parametrize(
    ("tamper", "code", "member"), TAMPERED, ids=[f"{n}-{code}" for n, (_, code, _) in enumerate(TAMPERED)]
)
def test_whatever_is_done_to_a_package_the_first_bad_member_is_named(
    package: bytes, tamper: Callable[[bytes], bytes], code: str, member: str
) -> None:
    assert fault(tamper(package)) == (code, member)


def test_a_name_that_occurs_twice_is_refused() -> None:
    content = zipped({"a.txt": b"1", "b.txt": b"2"})
    assert fault(content.replace(b"b.txt", b"a.txt")) == ("twice", "a.txt")


def test_a_link_is_no_member() -> None:
    held, link = BytesIO(), ZipInfo("link")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    with ZipFile(held, "w") as packed:
        packed.writestr(link, b"/etc/passwd")
    assert fault(held.getvalue()) == ("not_a_file", "link")


def test_an_encrypted_member_is_refused(package: bytes) -> None:
    listed = package.rindex(b"manifest.json") - 46
    encrypted = package[: listed + 8] + b"\x01" + package[listed + 9 :]
    assert fault(encrypted) == ("encrypted", MANIFEST)


def test_a_name_in_no_known_spelling_is_refused() -> None:
    content = zipped({"abc": b"x"})
    listed = content.index(b"PK\x01\x02")
    flagged = content[: listed + 8] + struct.pack("<H", 0x800) + content[listed + 10 :]
    assert fault(flagged.replace(b"abc", b"\xff\xfe\xfd")) == ("not_a_package", "")


def test_too_large_and_too_many_are_refused_before_anything_is_read(package: bytes) -> None:
    assert fault(package, Limits(members=3)) == ("too_many", "")
    assert fault(package, Limits(size=1000)) == ("too_large", "")
    told = package[:-14] + struct.pack("<2H", 60_000, 60_000) + package[-10:]
    assert fault(told) == ("too_many", "")


@settings(max_examples=60)
@given(data=st.data())
def test_no_changed_byte_goes_unnoticed(package: bytes, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(package) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != package[place]))
    code, _ = fault(package[:place] + bytes([other]) + package[place + 1 :])
    assert code


def test_a_package_is_taken_in_by_a_second_empty_installation_once(
    database: Database, package: bytes, tmp_path: Path
) -> None:
    other = an_installation(database, tmp_path)
    first = receive(other, BytesIO(package), Limits())
    again = receive(other, BytesIO(package), Limits())
    assert (first.new, again.new, again.package) == (True, False, first.package)
    with database.reading() as conn:
        inside = packages.members(conn, first.package.id)
        ((kept, by),) = packages.listed(conn, frozenset(), limit=9)
    assert (kept, by) == (first.package, "")
    assert kept.sha256 == digest(package)
    assert {one.name for one in inside} == set(Taken.of(package).members)
    for one in (kept.sha256, *(one.sha256 for one in inside)):
        assert other.blobs.check(one)
    with other.blobs.open(kept.sha256) as stream:
        assert stream.read() == package


def test_nothing_of_a_bad_package_is_kept(database: Database, package: bytes, tmp_path: Path) -> None:
    other = an_installation(database, tmp_path)
    with pytest.raises(BadPackage):
        receive(other, BytesIO(altered(package)), Limits())
    with database.reading() as conn:
        assert packages.listed(conn, frozenset(), limit=9) == []
    assert [p for p in (tmp_path / "others").rglob("*") if p.is_file()] == []


def test_a_received_package_belongs_to_the_body_of_who_took_it_in(
    world: World, package: bytes, tmp_path: Path
) -> None:
    done = receive(world.engine, BytesIO(package), Limits(), world.people["ly"])
    view = received(world.engine, world.people["son"], done.package.id)
    assert (view.package.body, view.by) == ("LK", "Hồ Hương Ly")
    assert fault_now(world.engine, view.package, Limits()) is None
    assert [one.ref for one in view.dossiers] == [REF]
    for login in ("lan", "khoa"):
        with pytest.raises(NotFound):
            received(world.engine, world.people[login], done.package.id)
        with pytest.raises(NotFound):
            receive(world.engine, BytesIO(package), Limits(), world.people[login])


def test_a_received_package_whose_bytes_changed_says_so(
    sqlite_world: World, package: bytes, tmp_path: Path
) -> None:
    done = receive(sqlite_world.engine, BytesIO(package), Limits(), sqlite_world.people["ly"])
    file = tmp_path / "blobs" / done.package.sha256[:2] / done.package.sha256
    file.write_bytes(altered(package))
    found = fault_now(sqlite_world.engine, done.package, Limits())
    assert found is not None
    assert (found.code, found.member) == ("hash_differs", f"{REF}/papers/001-TO_TRINH.pdf")


def test_the_letter_of_a_sent_dossier_is_the_one_that_was_sent(sqlite_world: World) -> None:
    world = with_files(sqlite_world)
    ref = a_dossier(world, "submitted_to_province")
    found = check(BytesIO(a_package(world, ref, letter=None)), Limits())
    assert found.manifest.letter.no == LETTER.number
    assert json.loads(Taken.of(a_package(world, ref)).members[f"{ref}/dossier.json"])["ref"] == ref
