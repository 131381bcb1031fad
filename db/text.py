"""Vietnamese text is stored composed, searched without marks, sorted as Vietnamese sorts it."""

import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# Dictionary order of the tones: level, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


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
    """Letters first; tones break ties only."""
    signs = [_sign_key(sign) for sign in nfc(text.lower())]
    return "".join(letter for letter, _ in signs) + "!" + "".join(tone for _, tone in signs)


def _sign_key(sign: str) -> tuple[str, str]:
    spread = unicodedata.normalize("NFD", sign)
    tone = next((mark for mark in spread if mark in _TONES), "")
    letter = unicodedata.normalize("NFC", "".join(mark for mark in spread if mark not in _TONES))
    return _letter_key(letter), str(_TONES[tone])


def _letter_key(letter: str) -> str:
    if letter == " ":
        return "0"
    place = _ALPHABET.find(letter) if len(letter) == 1 else -1
    return "1" if place < 0 else chr(ord("A") + place)
