"""Every sentence of the pages exists in Vietnamese and English."""

import re
import string
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from web.language import FOLDER, preferred, say

WEB = Path(__file__).parents[1] / "web"
KINDS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "say": (2,)}
OPTIONS = {"**.html": {"extensions": "jinja2.ext.i18n", "silent": "false"}}
PLACES = re.compile(r"%\((\w+)\)s")


@cache
def _said() -> frozenset[str]:
    found = extract_from_dir(WEB, KINDS, OPTIONS, KEYWORDS)
    return frozenset(text for _, _, text, _, _ in found if isinstance(text, str))


def _entries() -> list[tuple[str, str, str]]:
    return [
        (path.name, str(entry.id), str(entry.string))
        for path in sorted(FOLDER.glob("*.po"))
        for entry in read_po(path.read_bytes().splitlines(keepends=True), locale="en")
        if entry.id
    ]


def test_every_sentence_of_the_pages_has_an_english_one() -> None:
    translated = {vietnamese for _, vietnamese, english in _entries() if english}
    assert "Đăng nhập" in _said()
    assert sorted(_said() - translated) == []


def test_no_translation_is_left_over() -> None:
    assert sorted({vietnamese for _, vietnamese, _ in _entries()} - _said()) == []


def test_no_sentence_is_translated_twice() -> None:
    found = Counter(vietnamese for _, vietnamese, _ in _entries())
    assert [text for text, times in found.items() if times > 1] == []


def test_both_languages_fill_in_the_same_facts() -> None:
    uneven = [vi for _, vi, en in _entries() if set(PLACES.findall(vi)) != set(PLACES.findall(en))]
    assert uneven == []


def test_english_is_not_the_vietnamese_again() -> None:
    marked = set("àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
    words = (en.replace("Khen Thưởng", "") for _, _, en in _entries())
    assert [en for en in words if marked & set(en.lower())] == []


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "vi"),
        ("*", "vi"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en;q=0.4,vi;q=0.5", "vi"),
        ("vi;q=0.1, en;q=0.2", "en"),
        ("fr", "vi"),
        ("en;q=nonsense", "vi"),
    ],
)
def test_english_is_spoken_only_to_those_who_prefer_it(header: str, lang: str) -> None:
    assert preferred(header) == lang


def test_a_sentence_of_our_own_is_filled_in_either_language() -> None:
    assert say("vi", "%(n)s ngày", n=30) == "30 ngày"
    assert say("en", "%(n)s ngày", n=30) == "30 days"


def test_no_sentence_is_put_together_from_pieces() -> None:
    half = [vi for _, vi, _ in _entries() if vi[:1] in string.whitespace or vi[-1:] in string.whitespace]
    assert half == []
