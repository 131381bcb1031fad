"""What a council's vote says is said in Vietnamese and English, figures in words included."""

import pytest

from states.council.seats import SEAT_ROLES
from states.council.vote_rules import BALLOTS, OPINIONS, RECUSALS
from states.labels import LANGS, Lang, label, validation, words
from states.papers.number_words import in_words

CODES = {
    "hand_does_not_count": {},
    "hand_missing": {},
    "hand_unreadable": {},
    "more_than_entitled": {"took_part": 10, "entitled": 9},
    "named_twice": {},
    "negative_votes": {},
    "not_in_round": {},
    "paper_only": {},
    "quorum_range": {},
    "room_does_not_add_up": {"total": 8, "present": 7},
    "share_range": {},
    "share_unreachable": {},
    "tellers_differ": {"first": 12, "second": 11},
    "votes_missing": {"missing": 1},
    "written_does_not_add_up": {"total": 1, "written": 2},
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", CODES)
def test_every_fault_has_its_sentence(code: str, lang: Lang) -> None:
    said = validation(code, CODES[code], lang)
    assert said != label("validation", "other", lang)
    assert all(str(figure) in said for figure in CODES[code].values())


def test_no_code_of_a_fault_begins_with_another() -> None:
    assert [(a, b) for a in CODES for b in words()["validation"] if a != b and b.startswith(a)] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("group", "codes"),
    [("ballot", BALLOTS), ("recusal", RECUSALS), ("opinions", OPINIONS), ("seat_role", SEAT_ROLES)],
)
def test_every_setting_of_a_council_has_a_word(group: str, codes: tuple[str, ...], lang: Lang) -> None:
    assert all(label(group, code, lang) for code in codes)


@pytest.mark.parametrize(
    ("number", "vi", "en"),
    [
        (0, "không", "zero"),
        (1, "một", "one"),
        (5, "năm", "five"),
        (10, "mười", "ten"),
        (11, "mười một", "eleven"),
        (15, "mười lăm", "fifteen"),
        (20, "hai mươi", "twenty"),
        (21, "hai mươi mốt", "twenty-one"),
        (24, "hai mươi bốn", "twenty-four"),
        (55, "năm mươi lăm", "fifty-five"),
        (100, "một trăm", "one hundred"),
        (101, "một trăm linh một", "one hundred and one"),
        (105, "một trăm linh năm", "one hundred and five"),
        (110, "một trăm mười", "one hundred and ten"),
        (115, "một trăm mười lăm", "one hundred and fifteen"),
        (121, "một trăm hai mươi mốt", "one hundred and twenty-one"),
        (999, "chín trăm chín mươi chín", "nine hundred and ninety-nine"),
        (1000, "một nghìn", "one thousand"),
        (1005, "một nghìn không trăm linh năm", "one thousand and five"),
        (1050, "một nghìn không trăm năm mươi", "one thousand and fifty"),
        (1100, "một nghìn một trăm", "one thousand one hundred"),
        (2024, "hai nghìn không trăm hai mươi bốn", "two thousand and twenty-four"),
        (9999, "chín nghìn chín trăm chín mươi chín", "nine thousand nine hundred and ninety-nine"),
    ],
)
def test_minutes_give_figures_in_words(number: int, vi: str, en: str) -> None:
    assert (in_words(number, "vi"), in_words(number, "en")) == (vi, en)


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_figures_sound_the_same(lang: Lang) -> None:
    assert len({in_words(number, lang) for number in range(10_000)}) == 10_000


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_figure_beyond_the_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="between"):
        in_words(number, "vi")
