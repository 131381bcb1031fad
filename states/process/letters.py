"""How wide a text will be on screen, well enough to lay texts out before any browser sees them."""

import unicodedata

# Hundredths of an em in Be Vietnam Pro 600, the wider of the two weights; diacritics add nothing.
_WIDTHS = {
    letter: width
    for width, letters in {
        23: " \u00a0",
        29: "lIji",
        33: ".:,;'|!",
        45: "f1rt()",
        53: "Jzs/",
        60: "kvnxy7uh–",
        66: "-ecLEFgS8ao2bpqZ",
        70: "PT35d069RBYK",
        75: "4HVNUXAC",
        83: "DGQO",
        89: "Mwm",
        104: "W",
    }.items()
    for letter in letters
}


def width(text: str, size: float) -> float:
    """The width in pixels of ``text`` set in ``size`` pixels; unknown letters count as wide ones."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = (letter for letter in plain if not unicodedata.combining(letter))
    return sum(_WIDTHS.get(letter, 90) for letter in letters) * size / 100


def wrapped(text: str, *, room: float, size: float) -> tuple[str, ...]:
    """The text broken at plain blanks into lines of at most ``room`` pixels; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and width(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)
