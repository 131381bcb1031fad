"""The bytes of the history are frozen: what was sealed once is sealed so for ever."""

import json
import re
import unicodedata
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from builders import NOMINEES, PEOPLE, World, a_dossier, completion_asked
from hypothesis import given, settings, strategies as st

from states.document import difference, merged
from states.history import Body, commitment, fold, genesis, instant, read, seal

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    Path(__file__).with_name("data").joinpath("history_vectors.json").read_text("utf-8")
)


def body_of(vector: dict[str, Any]) -> Body:
    """The input beside a frozen output."""
    return Body(**{**vector["body"], "files": tuple(vector["body"]["files"])})


def test_there_are_enough_frozen_entries_and_they_are_vietnamese() -> None:
    assert len(VECTORS["entries"]) >= 20
    assert sum(not vector["bytes"].isascii() for vector in VECTORS["entries"]) >= 8


@pytest.mark.parametrize("vector", VECTORS["entries"], ids=lambda vector: vector["name"])
def test_an_entry_is_sealed_byte_for_byte_as_it_was(vector: dict[str, Any]) -> None:
    sealed = body_of(vector).sealed()
    assert sealed.decode() == vector["bytes"]
    assert seal(vector["body"]["prev"], sealed) == vector["hash"]
    assert read(sealed)["seq"] == vector["body"]["seq"]


def test_the_frozen_entries_are_one_chain_from_its_genesis() -> None:
    first = VECTORS["entries"][0]["body"]
    prev = genesis(first["log"], first["kind"], first["case"])
    for vector in VECTORS["entries"]:
        assert vector["body"]["prev"] == prev
        prev = vector["hash"]


@pytest.mark.parametrize("vector", VECTORS["genesis"], ids=str)
def test_a_chain_begins_with_its_log_and_its_case(vector: dict[str, str]) -> None:
    assert genesis(vector["log"], vector["kind"], vector["case"]) == vector["hash"]


@pytest.mark.parametrize("vector", VECTORS["commitments"], ids=str)
def test_a_commitment_is_made_of_salt_name_and_text(vector: dict[str, str]) -> None:
    made = commitment(bytes.fromhex(vector["salt"]), vector["name"], vector["text"])
    assert made == vector["commitment"]


@pytest.mark.parametrize("vector", VECTORS["instants"], ids=str)
def test_one_moment_has_one_spelling(vector: dict[str, str]) -> None:
    assert instant(datetime.fromisoformat(vector["moment"])) == vector["written"]


@pytest.mark.parametrize("stored", [b"", b"[]", b"{}", b'{"v":2}', b'{"v":"1"}', b"\xff", b"null", b'{"v":1'])
def test_what_is_no_entry_is_not_read_as_one(stored: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the type is all the promise there is
        read(stored)


PLAIN = st.recursive(
    st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8),
    lambda inner: st.dictionaries(st.text(max_size=4), inner, max_size=4) | st.lists(inner, max_size=3),
    max_leaves=12,
)
DOCUMENT = st.dictionaries(st.text(max_size=4), PLAIN, max_size=5)


@settings(max_examples=60)
@given(before=DOCUMENT, after=DOCUMENT)
def test_a_difference_turns_the_one_into_the_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    patched = merged(before, difference(before, after))
    assert without_emptied(patched) == without_emptied(after)


def without_emptied(value: Any) -> Any:
    """Empty objects left out, as facts leave them out too."""
    if not isinstance(value, dict):
        return value
    inner = {key: without_emptied(item) for key, item in value.items()}
    return {key: item for key, item in inner.items() if item != {}}


@settings(max_examples=60)
@given(effects=DOCUMENT)
def test_sealed_text_is_composed_and_reads_back(effects: dict[str, Any]) -> None:
    vector = VECTORS["entries"][0]
    sealed = Body(**{**vector["body"], "files": (), "effects": effects}).sealed()
    assert unicodedata.is_normalized("NFC", sealed.decode())
    assert seal("00" * 32, sealed) == seal("00" * 32, Body(**{**read_back(sealed), "files": ()}).sealed())


def read_back(sealed: bytes) -> dict[str, Any]:
    """The fields of a body from its bytes."""
    document = read(sealed)
    document["from_"] = document.pop("from")
    document.pop("v")
    return document


SECRETS = (
    "Hoàn thành xuất sắc",
    "Thiếu số liệu",
    "Ghi rõ số liệu",
    "Vì thế",
    "12/TB-TTr",
    "denunciation-letter",
)


def test_nothing_personal_is_in_the_sealed_bytes(world: World) -> None:
    for station in ("submitted_to_province", "awarded", "declined"):
        a_dossier(world, station, unit="T1" if station == "awarded" else "")
    held = a_dossier(world, "home_affairs_review")
    completion_asked(world, held)
    world.do("son", "hold", held, cause="denunciation", document="12/TB-TTr")
    with world.engine.database.reading() as conn:
        sealed = b"\n".join(conn.execute(sa.text("SELECT body FROM history")).scalars()).decode()
        words = "\n".join(conn.execute(sa.text("SELECT body FROM payload")).scalars())
    names = [name for name, _, _ in PEOPLE.values()] + list(NOMINEES)
    for text in (*names, *SECRETS, "Đề nghị khen thưởng"):
        assert text not in sealed
    assert sum(text in words for text in (*names, *SECRETS)) > 10  # they are in the words beside it
    assert not re.search("[àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹ]", sealed)


def test_the_row_is_the_fold_of_its_history(world: World) -> None:
    ref = a_dossier(world, "awarded", unit="T1", awards=("CSTDCS", "LDTT"))
    folded = fold(read(entry.body)["effects"] for entry in world.entries(ref))
    assert folded == json.loads(world.record(ref).facts)
