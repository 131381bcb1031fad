"""How names are found and sorted."""

import unicodedata

import pytest
from hypothesis import given, strategies as st

from db.text import fold, nfc, person_key

VIETNAMESE = st.text(st.sampled_from(" aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắễựỵĐÂƯ"), max_size=20)
# Each in the order a Vietnamese dictionary or class register has it.
PERSONS = ["Hồ An", "Trần Văn An", "Lê Văn Ân", "Đỗ Bình", "Lê Thị Dung", "Lê Văn Dung", "Bùi Đức"]
LETTERS = ["An", "Ăn", "Ân", "Ấn", "Dương", "Đặng", "Ích", "Oanh", "Ôn", "Ơn", "Uy", "Ước", "Yến"]
TONES = ["Hoa Hoa", "Hoa Hòa", "Hoa Hỏa", "Hoa Hoá", "Hoa Hoàng"]


@pytest.mark.parametrize(
    ("written", "searched"),
    [("Đặng Thị Ước", "dang thi uoc"), ("Thử nghiệm", "thu nghiem"), ("PHƯỜNG YÊN ĐỖ", "phuong yen do")],
)
def test_words_are_found_without_their_marks(written: str, searched: str) -> None:
    assert fold(written) == searched


@given(st.text())
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_how_a_keyboard_composes_letters_makes_no_difference(text: str) -> None:
    spread = unicodedata.normalize("NFD", text)
    assert nfc(spread) == nfc(text)
    assert fold(spread) == fold(text)
    assert person_key(spread) == person_key(text)


@given(st.permutations(PERSONS))
def test_persons_are_sorted_by_given_name_then_family_name_then_middle_names(names: list[str]) -> None:
    assert sorted(names, key=person_key) == PERSONS


@given(st.permutations(LETTERS))
def test_letters_are_sorted_as_the_vietnamese_alphabet_has_them(names: list[str]) -> None:
    assert sorted(names, key=person_key) == LETTERS


@given(st.permutations(TONES))
def test_a_tone_decides_only_between_names_with_the_same_letters(names: list[str]) -> None:
    assert sorted(names, key=person_key) == TONES


def test_where_the_tone_mark_is_written_makes_no_difference() -> None:
    assert person_key("Lê Thuý Hòa") == person_key("Lê Thúy Hoà")


@given(st.text())
def test_the_sorting_key_is_the_same_order_for_every_database(name: str) -> None:
    assert person_key(name).isascii()


def test_nobody_sorts_before_anybody() -> None:
    assert person_key("  ") == "" < person_key("An")
