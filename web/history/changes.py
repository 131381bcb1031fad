"""What one entry of the history changed, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.units import Unit
from states import labels
from states.document import merged
from states.labels import Lang
from web.award_names import award_name
from web.cases.rows import named_kind, period_name
from web.dossiers.paper_list import paper_name
from web.history.words import after
from web.language import say
from workflow.case_reading import AnyView
from workflow.dossiers.decision import decision_number

Path = tuple[str, ...]
Leaf = tuple[Path, object]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; empty where it was or became nothing."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Whose changes are told: the dossier, the units by id, the language."""

    view: AnyView
    places: Mapping[str, Unit]
    lang: Lang


GROUPS = {
    "verdict": "verdict", "outcome": "outcome", "council": "council_outcome", "station": "station",
    "role": "role", "cause": "cause",
}  # fmt: skip
"""Leaves whose values are codes of a group of words."""
AWARDS = frozenset({"award", "asked"})
DAYS = frozenset(
    {
        "due",
        "remind",
        "date",
        "deadline",
        "city_deadline",
        "opens",
        "ended_on",
        "effective_from",
        "concluded_on",
        "submit_by",
    }
)
COUNTED = frozenset({"entitled", "present", "written"})
PLAIN = frozenset(
    {
        *("title", "due", "unit", "period", "ref"),
        *("deadline", "city_deadline", "opens", "document_no", "pack", "effective_from"),
        *("concluded_on", "submit_by", "decision_no"),
    }
)
OF_NOMINATION = frozenset({"award", "outcome", "decision_no", "name", "role_title", "achievement"})


def changes(view: AnyView, seq: int, places: Mapping[str, Unit], lang: Lang) -> list[Change]:
    """What entry ``seq`` changed; nothing for readers who are not shown the facts behind the sentences."""
    return changes_by_entry(view, places, lang).get(seq, [])


def changes_by_entry(view: AnyView, places: Mapping[str, Unit], lang: Lang) -> dict[int, list[Change]]:
    """What every entry changed, by its seq; said in words, without the bookkeeping no officer reads."""
    reader = Reader(view, places, lang)
    facts: dict[str, Any] = {}
    words: dict[Path, str] = {}
    before: dict[Path, object] = {}
    found = {}
    for entry in view.entries:
        facts, words = merged(facts, entry.effects), after(words, entry)
        now: dict[Path, object] = {**dict(_leaves(facts)), **words}
        found[entry.seq] = list(_between(before, now, reader))
        before = now
    return found


def _between(before: Mapping[Path, object], now: Mapping[Path, object], reader: Reader) -> Iterator[Change]:
    for path in {**before, **now}:
        old, new = before.get(path), now.get(path)
        what = _what(path, reader.view, reader.lang) if (old or "") != (new or "") else ""
        if what:
            yield Change(what, _value(path, old, reader), _value(path, new, reader))


def _leaves(facts: Mapping[str, Any], path: Path = ()) -> Iterator[Leaf]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, (*path, name))
        else:
            yield (*path, name), value


def _what(path: Path, view: AnyView, lang: Lang) -> str:
    """The thing a path is about; empty for bookkeeping no officer reads."""
    match path:
        case ("nominations", id_, *rest):
            about = _of_nomination(rest, lang)
            return f"{view.names.get(id_, id_)}, {about}" if about else ""
        case ("result", "votes", id_, "for_" | "against" | "blank" as leaf):
            return f"{view.names.get(id_, id_)}, {labels.field(leaf.rstrip('_'), lang).lower()}"
        case ("completion", "flags", _, "field" | "paper"):
            return labels.field("items", lang)
        case ("papers", _, "type"):
            return labels.field("paper", lang)
        case ("agenda" | "submission" | "decision", "session_no" | "letter_no" | "date" | "package" as leaf):
            return labels.field(leaf, lang)
        case ("decisions", award, "number"):
            return f"{labels.field('decision_no', lang)}, {award_name(award, lang)}"
        case ("figures", name):
            return labels.field_path(name, lang)
        case ("result", leaf) if leaf in COUNTED:
            return labels.field(leaf, lang)
        case (leaf,) if leaf in PLAIN:
            return labels.field(leaf, lang)
    return _named(path, lang)


def _named(path: Path, lang: Lang) -> str:
    words = {
        ("station",): say(lang, "Bước"),
        ("holder", "role"): say(lang, "Người giữ"),
        ("holder", "unit"): say(lang, "Nơi giữ"),
        ("remind",): say(lang, "Nhắc lại"),
        ("category",): labels.field("kind", lang),
        ("definition",): say(lang, "Quy trình"),
        ("on_hold", "cause"): labels.field("cause", lang),
        ("decision", "number"): labels.field("decision_no", lang),
        ("number",): labels.field("decision_no", lang),
    }
    return words.get(path, "")


def _of_nomination(path: list[str], lang: Lang) -> str:
    match path:
        case ["opinions", office, "verdict" | "award" as leaf]:
            return f"{labels.label('office_short', office, lang)}: {labels.field(leaf, lang).lower()}"
        case ["reason", office] if office:
            return f"{labels.label('office_short', office, lang)}: {labels.field('reason', lang).lower()}"
        case [leaf] if leaf in OF_NOMINATION:
            return labels.field(leaf, lang).lower()
        case ["council"]:
            return say(lang, "Hội đồng")
    return ""


def _value(path: Path, value: object, reader: Reader) -> str:
    if value is None or value == "":
        return ""
    text, leaf, lang = str(value), path[-1], reader.lang
    if leaf == "number" and isinstance(value, int):
        return decision_number(value)
    if path[0] == "completion" and leaf == "field":
        return labels.field(text, lang)
    if leaf == "unit" and text in reader.places:
        return reader.places[text].name(lang)
    if leaf == "category":
        return named_kind(reader.view.record.ref, text, lang)
    return labels.label(GROUPS[leaf], text, lang) if leaf in GROUPS else _spelled(leaf, text, lang)


def _spelled(leaf: str, text: str, lang: Lang) -> str:
    if leaf in AWARDS:
        return award_name(text, lang)
    if leaf in DAYS:
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    if leaf in ("type", "paper"):
        return paper_name(text, lang)
    return period_name(text, lang) if leaf == "period" else text
