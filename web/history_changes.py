"""What one entry of the history changed, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from states import labels
from states.history import fold
from states.labels import Lang
from web.award_names import award_name
from web.dossier_papers import paper_name
from web.language import say
from workflow.decision import decision_number
from workflow.reading import DossierView

Leaf = tuple[tuple[str, ...], object]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; empty where it was or became nothing."""

    what: str
    old: str
    new: str


GROUPS = {"verdict": "verdict", "outcome": "outcome", "council": "council_outcome", "station": "station"}
"""Leaves whose values are codes of a group of words."""
AWARDS = frozenset({"award", "asked"})
DAYS = frozenset({"due", "remind", "date"})


def changes(view: DossierView, seq: int, lang: Lang) -> list[Change]:
    """What entry ``seq`` changed; nothing for readers who are not shown the facts behind the sentences."""
    before = dict(_leaves(fold(e.effects for e in view.entries if e.seq < seq)))
    after = dict(_leaves(fold(e.effects for e in view.entries if e.seq <= seq)))
    paths = [path for path in {**before, **after} if before.get(path) != after.get(path)]
    said = ((_what(path, view, lang), path) for path in paths)
    return [
        Change(what, _value(path, before.get(path), lang), _value(path, after.get(path), lang))
        for what, path in said
        if what
    ]


def _leaves(facts: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[Leaf]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name), value


def _what(path: tuple[str, ...], view: DossierView, lang: Lang) -> str:
    """The thing a path is about; empty for bookkeeping no officer reads."""
    plain = {
        ("station",): say(lang, "Bước"),
        ("holder", "role"): say(lang, "Người giữ"),
        ("due",): labels.field("due", lang),
        ("remind",): say(lang, "Nhắc lại"),
        ("on_hold", "cause"): labels.field("cause", lang),
        ("decision", "number"): labels.field("decision_no", lang),
    }
    match path:
        case ("nominations", id_, *rest):
            about = _of_nomination(rest, lang)
            return f"{view.names.get(id_, id_)}, {about}" if about else ""
        case ("papers", _, "type"):
            return labels.field("paper", lang)
        case ("agenda" | "submission" | "decision", "session_no" | "letter_no" | "date" as leaf):
            return labels.field(leaf, lang)
    return plain.get(path, "")


def _of_nomination(path: list[str], lang: Lang) -> str:
    match path:
        case ["opinions", office, "verdict" | "award" as leaf]:
            return f"{labels.label('office_short', office, lang)}: {labels.field(leaf, lang).lower()}"
        case ["award" | "outcome" | "decision_no" as leaf]:
            return labels.field(leaf, lang).lower()
        case ["council"]:
            return say(lang, "Hội đồng")
    return ""


def _value(path: tuple[str, ...], value: object, lang: Lang) -> str:
    if value is None or value == "":
        return ""
    leaf = path[-1]
    if leaf in GROUPS:
        return labels.label(GROUPS[leaf], str(value), lang)
    if leaf in AWARDS:
        return award_name(str(value), lang)
    if leaf in DAYS:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    if leaf == "number" and isinstance(value, int):
        return decision_number(value)
    if leaf == "type":
        return paper_name(str(value), lang)
    return labels.label(leaf, str(value), lang) if leaf in ("role", "cause") else str(value)
