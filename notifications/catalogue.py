"""Which step is told in which notice, in which words."""

import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db.cases import CaseRecord
from db.units import Unit
from notifications.letters import word
from states.labels import Lang, Words, label

FOLDER = Path(__file__).with_name("templates")
FACTS = frozenset({"ref", "title", "unit", "who", "station", "due", "limit"})
"""What a notice may speak of; everything else stays in the dossier."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice in one language, ready to be read."""

    subject: str
    text: str


FOLDED = {"report": "duty", "registration": "duty"}
"""Kinds of case that are told of in the words of another."""


def notice_of(act: str, kind: str) -> str:
    """The notice that tells of an act on a kind of case; every act that tells anybody has one of its name."""
    return f"{FOLDED.get(kind, kind)}/{act}"


def worded(notice: str, lang: Lang, facts: Mapping[str, str]) -> Notice:
    """The notice with its facts, which are plain text. Raises KeyError for an unknown notice or a missing fact."""
    parts = templates()[notice]
    subject, text = (parts[name][lang].format_map(facts) for name in ("subject", "text"))
    return Notice(subject, f"{text[:1].upper()}{text[1:]}")


def facts_of(
    record: CaseRecord, unit: Unit, *, seq: int, who: str, station: str, left: int | None, lang: Lang
) -> Mapping[str, str]:
    """What a notice of one history entry may speak of; `who` is a person on the pages, a role in mails.

    `left` are the working days its limit has left, fewer than none once it is over.
    """
    return {
        "ref": record.ref,
        "title": record.title,
        "unit": unit.name(lang),
        "who": who,
        "station": label("station", station, lang),
        "due": _due(record, seq, lang),
        "limit": _limit(record, seq, left, lang),
    }


@cache
def templates() -> Mapping[str, Mapping[str, Words]]:
    """Every notice by name: its subject with its text, in both languages."""
    found: dict[str, Mapping[str, Words]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
        found |= {f"{path.stem}/{act}": parts for act, parts in table.items()}
    return found


def _due(record: CaseRecord, seq: int, lang: Lang) -> str:
    """The limit while the notice still tells of the station the dossier is at."""
    if record.due_on is None or seq < record.station_seq:
        return word("due", "elsewhere", lang)
    return word("due", "on", lang, day=f"{record.due_on:%d/%m/%Y}")


def _limit(record: CaseRecord, seq: int, left: int | None, lang: Lang) -> str:
    """The same, with how far away its end is."""
    if record.due_on is None or seq < record.station_seq or left is None:
        return word("due", "open", lang)
    said = "last_day" if left == 0 else "left" if left > 0 else "over"
    form = f"{said}_one" if abs(left) == 1 else said
    return word("due", form, lang, day=f"{record.due_on:%d/%m/%Y}", n=abs(left))
