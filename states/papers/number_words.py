"""Figures in words, as minutes give them beside the digits."""

from typing import Final

from states.labels import Lang

LARGEST: Final = 9_999

_VI: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_EN: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *(
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ),
)
_EN_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def in_words(number: int, lang: Lang) -> str:
    """A whole number from 0 to 9,999 in words. Raises ValueError beyond these.

    Vietnamese says "mốt" and "lăm" after tens, "linh" for a skipped ten, "không trăm" for a skipped hundred.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not between 0 and {LARGEST}")
    return _vietnamese(number) if lang == "vi" else _english(number)


def _vietnamese(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    hundreds, below = divmod(rest, 100)
    said = [f"{_VI[thousands]} nghìn"] if thousands else []
    if hundreds or (thousands and below):
        said.append(f"{_VI[hundreds]} trăm")
    if below or not said:
        said.append(_vietnamese_tens(below, after_hundred=bool(said)))
    return " ".join(said)


def _vietnamese_tens(number: int, *, after_hundred: bool) -> str:
    tens, ones = divmod(number, 10)
    if not tens:
        return f"linh {_VI[ones]}" if after_hundred else _VI[ones]
    said = "mười" if tens == 1 else f"{_VI[tens]} mươi"
    if not ones:
        return said
    if ones == 5:
        return f"{said} lăm"
    return f"{said} mốt" if ones == 1 and tens > 1 else f"{said} {_VI[ones]}"


def _english(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    hundreds, below = divmod(rest, 100)
    said = [f"{_EN[thousands]} thousand"] if thousands else []
    if hundreds:
        said.append(f"{_EN[hundreds]} hundred")
    if below or not said:
        said += ["and", _english_tens(below)] if said else [_english_tens(below)]
    return " ".join(said)


def _english_tens(number: int) -> str:
    if number < len(_EN):
        return _EN[number]
    tens, ones = divmod(number, 10)
    return f"{_EN_TENS[tens]}-{_EN[ones]}" if ones else _EN_TENS[tens]
