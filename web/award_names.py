"""What awards are called."""

import re

from states.awards import AWARDS
from states.labels import Lang

_QUOTED = re.compile(r"[^“]*“([^”]+)”")


def award_name(code: str, lang: Lang) -> str:
    """An award's name; the bare code of one that left the catalogue."""
    award = AWARDS.get(code)
    return award.name(lang) if award else code


def award_short(code: str, lang: Lang) -> str:
    """The name without the words around its quotes: “Lao động tiên tiến” is known to be a title."""
    name = award_name(code, lang)
    quoted = _QUOTED.fullmatch(name)
    return quoted[1] if quoted else name
