"""Vietnamese text is stored composed, searched without marks, sorted as Vietnamese sorts it."""

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Dictionary order of the tones: level, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def nfc(text: str) -> str:
    """The composed form, in which all text is stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text as it is searched: no marks, no case, `đ` as `d`."""
    # Folding case first can bring out new marks; what is left after dropping them is stable.
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(sign for sign in spread if not unicodedata.combining(sign))
    return bare.replace("đ", "d")


def person_key(name: str) -> str:
    """The key that sorts persons by given name, family name, middle names (tên, họ, đệm).

    ASCII only, so that both databases order it alike.
    """
    words = nfc(name).split()
    if not words:
        return ""
    return "|".join(_word_key(part) for part in (words[-1], words[0], " ".join(words[1:-1])))


def _word_key(text: str) -> str:
    """Letters first; the tones of the syllables break ties, wherever the mark is written (hòa, hoà)."""
    signs = nfc(text.lower())
    letters = "".join(_letter_key(_without_tone(sign)) for sign in signs)
    return letters + "!" + "".join(_tone_key(syllable) for syllable in signs.split())


def _without_tone(sign: str) -> str:
    spread = unicodedata.normalize("NFD", sign)
    return unicodedata.normalize("NFC", "".join(mark for mark in spread if mark not in _TONES))


def _tone_key(syllable: str) -> str:
    return str(max(_TONES.get(mark, 0) for mark in unicodedata.normalize("NFD", syllable)))


def _letter_key(letter: str) -> str:
    if letter == " ":
        return "0"
    place = _ALPHABET.find(letter) if len(letter) == 1 else -1
    return "1" if place < 0 else chr(ord("A") + place)
