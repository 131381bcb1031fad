"""Papers keep their bytes and their place."""

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from memory_rows import NOON, a_case, given_cases, given_person

from db import papers
from db.blobs import BlobStore, TooLarge
from db.cases import Scope
from db.engine import Database

PAPER = papers.PaperRecord("p1", "a" * 64, "tờ trình.pdf", 4, "application/pdf", "TO_TRINH", "clerk", NOON)


@given(content=st.binary(max_size=3000))
def test_a_file_is_found_by_the_digest_of_its_bytes(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    store = BlobStore(tmp_path_factory.getbasetemp() / "found")
    sha256, size = store.put(io.BytesIO(content), limit=3000)
    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), len(content))
    with store.open(sha256) as file:
        assert file.read() == content
    assert store.check(sha256)


def test_a_file_at_the_limit_is_kept_and_one_above_it_leaves_nothing(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    with pytest.raises(TooLarge, match="larger than 4 bytes"):
        store.put(io.BytesIO(b"12345"), limit=4)
    assert list((tmp_path / "blobs").rglob("*")) == []
    assert store.put(io.BytesIO(b"1234"), limit=4)[1] == 4


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    assert store.put(io.BytesIO(b"same"), limit=9) == store.put(io.BytesIO(b"same"), limit=9)
    assert len([path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]) == 1


def test_a_file_that_was_tampered_with_or_lost_is_noticed(tmp_path: Path) -> None:
    store = BlobStore(tmp_path / "blobs")
    sha256, _ = store.put(io.BytesIO(b"signed"), limit=9)
    [path] = (path for path in (tmp_path / "blobs").rglob("*") if path.is_file())
    path.write_bytes(b"forged")
    assert not store.check(sha256)
    path.unlink()
    assert not store.check(sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63])
def test_what_is_no_digest_names_no_file(tmp_path: Path, name: str) -> None:
    store = BlobStore(tmp_path / "blobs")
    with pytest.raises(FileNotFoundError):
        store.open(name)
    assert not store.check(name)


def test_a_newer_paper_takes_the_place_of_the_one_before(database: Database) -> None:
    newer, other = replace(PAPER, id="p2"), replace(PAPER, id="p3")
    with database.transaction() as conn:
        given_person(conn, "clerk")
        given_cases(conn, a_case("c1"))
        for paper in (PAPER, newer, other):
            papers.insert(conn, paper)
            nomination = "n1" if paper is other else None
            papers.attach(
                conn,
                case_id="c1",
                paper_id=paper.id,
                paper_type="TO_TRINH",
                nomination_id=nomination,
                at=NOON,
            )
    with database.transaction() as conn:
        places = {
            (place.paper, place.nomination_id, place.replaced_by) for place in papers.of_case(conn, "c1")
        }
        assert places == {(PAPER, None, "p2"), (newer, None, None), (other, "n1", None)}
        papers.attach(conn, case_id="c1", paper_id="p1", paper_type="TO_TRINH", nomination_id=None, at=NOON)
        now = {place.paper.id: place.replaced_by for place in papers.of_case(conn, "c1")}
        papers.detach(conn, case_id="c1", paper_id="p1")
        left = [place.paper.id for place in papers.of_case(conn, "c1") if place.replaced_by is None]
        assert papers.find(conn, "p1") == PAPER
    assert now == {"p1": None, "p2": "p1", "p3": None}
    assert left == ["p3"]


def test_a_paper_is_seen_by_those_who_see_a_case_it_belongs_to(database: Database) -> None:
    with database.transaction() as conn:
        given_person(conn, "clerk")
        given_cases(conn, a_case("c1"))
        papers.insert(conn, PAPER)
        assert papers.find(conn, "p1") == PAPER
        assert papers.find(conn, "p2") is None
        assert not papers.seen_in_a_case(conn, Scope(units=frozenset({"ward"})), "p1")
        papers.attach(conn, case_id="c1", paper_id="p1", paper_type="TO_TRINH", nomination_id=None, at=NOON)
        assert papers.seen_in_a_case(conn, Scope(units=frozenset({"ward"})), "p1")
        assert not papers.seen_in_a_case(conn, Scope(units=frozenset({"school"})), "p1")
