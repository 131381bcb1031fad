"""The words users read, in either language."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Final, Literal

from states.awards import AUTHORITIES, AWARDS, PAPERS
from states.named import Named

Lang = Literal["vi", "en"]
Words = Mapping[Lang, str]
Facts = Mapping[str, object]
Names = Mapping[str, str]

LANGS: Final[tuple[Lang, ...]] = ("vi", "en")
FOLDER: Final = Path(__file__).with_name("words")
NO_NAMES: Final[Names] = MappingProxyType({})
# The group a fact's codes are labelled from; every other key is a number, a date or plain text.
GROUP_OF_FACT: Final = {
    "act": "act",
    "station": "station",
    "needs": "role",
    "has": "role",
    "did": "hand",
    "office": "office",
    "route": "route",
    "subject_type": "subject_type",
}
CATALOGUE_OF_FACT: Final[Mapping[str, Mapping[str, Named]]] = {
    "awards": AWARDS,
    "papers": PAPERS,
    "deciders": AUTHORITIES,
}
FACT_BEHIND: Final = {"whom": "nominations"}
DATES: Final = frozenset({"date", "today", "due"})
ALTERNATIVES: Final = frozenset({"needs"})


@cache
def words() -> Mapping[str, Mapping[str, Words]]:
    """Every group of words that ships with the program, by group, code and language."""
    groups: dict[str, dict[str, Words]] = {}
    for path in sorted(FOLDER.glob("*.toml")):
        found = tomllib.loads(unicodedata.normalize("NFC", path.read_text(encoding="utf-8")))
        for group, codes in found.items():
            if twice := groups.setdefault(group, {}).keys() & codes.keys():
                raise ValueError(f"{path.name} names {sorted(twice)} of {group} a second time")
            groups[group].update(codes)
    return MappingProxyType(groups)


def label(group: str, code: str, lang: Lang) -> str:
    """The word for a code. Raises KeyError when the group or the code has none."""
    return words()[group][code][lang]


def field(name: str, lang: Lang) -> str:
    """The name of a field as a form shows it. Raises KeyError."""
    return label("field", name, lang)


def field_path(path: str, lang: Lang) -> str:
    """Where in a form something stands: `votes.0.for` is "Votes, row 1, For"; unknown parts stay."""
    return ", ".join(_part(part, lang) for part in path.split("."))


def problem(code: str, lang: Lang, kind: str = "") -> str:
    """The title of a problem answer about a case of this kind. Raises KeyError."""
    return _of_kind(label("problem", code, lang), lang, kind)


def problem_hint(code: str, lang: Lang, kind: str = "") -> str:
    """What to do about a problem answer. Raises KeyError."""
    return _of_kind(label("problem_hint", code, lang), lang, kind)


def case_word(kind: str, lang: Lang) -> str:
    """What a case of this kind is called in the middle of a sentence; a dossier where its kind is not known."""
    group = words()["case_word"]
    return group.get(kind, group["dossier"])[lang]


def _of_kind(text: str, lang: Lang, kind: str) -> str:
    said = text.replace("{case}", case_word(kind, lang))
    return said[:1].upper() + said[1:]


def hint(code: str, lang: Lang, kind: str) -> str:
    """What to do about a reason. Raises KeyError for an unknown reason."""
    return _of_kind(label("reason_hint", code, lang), lang, kind)


def sentence(code: str, lang: Lang, facts: Facts, names: Names = NO_NAMES, *, kind: str = "") -> str:
    """A reason as a sentence with its facts in words, about a case of this kind.

    `names` gives the names the reader may see by id; without them nominations are only counted.
    A code without a word stands as it is. Raises KeyError for an unknown reason or a missing fact.
    """
    text = _of_kind(label("reason", code, lang), lang, kind)
    keys = {key for _, key, _, _ in Formatter().parse(text) if key}
    said = text.format_map({key: _spoken(key, facts[FACT_BEHIND.get(key, key)], lang, names) for key in keys})
    return said[:1].upper() + said[1:]


def validation(error_type: str, ctx: Facts, lang: Lang) -> str:
    """What is wrong with a field, by the type of a Pydantic error.

    An error that carries its own `vi` and `en` speaks for itself; an unknown type gets general words.
    """
    own = getattr(ctx.get("error"), lang, None)
    if isinstance(own, str):
        return own[:1].upper() + own[1:]
    group = words()["validation"]
    text = group.get(error_type, group["other"])[lang]
    keys = {key for _, key, _, _ in Formatter().parse(text) if key}
    if not keys <= ctx.keys():
        return group["other"][lang]
    return text.format_map({key: _spoken(key, ctx[key], lang, NO_NAMES) for key in keys})


def _part(part: str, lang: Lang) -> str:
    if part.isdecimal():
        return label("row", "row", lang).format(place=int(part) + 1)
    return _field_or_paper(part, lang)


def _spoken(key: str, value: object, lang: Lang, names: Names) -> str:
    if key == "whom":
        known = _known(_listed(value), names)
        return f": {_joined(known, key, lang)}" if known else ""
    if key == "nominations":
        return _nominations(_listed(value), lang, names)
    if key == "groups":
        return "; ".join(_group(each, lang, names) for each in _listed(value))
    if isinstance(value, Sequence | Set) and not isinstance(value, str):
        return _joined([_word(key, each, lang) for each in value], key, lang)
    return _word(key, value, lang)


def _word(key: str, value: object, lang: Lang) -> str:
    code = str(value)
    if key == "expected":  # Pydantic joins the values with an English word
        return code.replace(" or ", f" {label('join', 'or', lang)} ")
    if key == "fields":
        return _field_or_paper(code, lang)
    if key in CATALOGUE_OF_FACT:
        return _catalogued(CATALOGUE_OF_FACT[key].get(code), code, lang)
    if key in GROUP_OF_FACT:
        return words()[GROUP_OF_FACT[key]].get(code, {"vi": code, "en": code})[lang]
    return date.fromisoformat(code).strftime("%d/%m/%Y") if key in DATES else code


def _field_or_paper(name: str, lang: Lang) -> str:
    found = words()["field"].get(name)
    return found[lang] if found else _catalogued(PAPERS.get(name) or AWARDS.get(name), name, lang)


def _catalogued(thing: Named | None, code: str, lang: Lang) -> str:
    return thing.name(lang) if thing else code


def _joined(said: Sequence[str], key: str, lang: Lang) -> str:
    if not said:
        nothing = words()["nothing"]
        return nothing.get(key, nothing["other"])[lang]
    said = list(dict.fromkeys(said))
    if len(said) == 1:
        return said[0]
    last = label("join", "or" if key in ALTERNATIVES else "and", lang)
    return f"{', '.join(said[:-1])} {last} {said[-1]}"


def _nominations(ids: Sequence[object], lang: Lang, names: Names) -> str:
    if known := _known(ids, names):
        return _joined(known, "nominations", lang)
    return label("count", ("none", "one", "many")[min(len(ids), 2)], lang).format(count=len(ids))


def _known(ids: Sequence[object], names: Names) -> list[str]:
    known = [names[str(each)] for each in ids if str(each) in names]
    return known if len(known) == len(ids) else []


def _group(group: object, lang: Lang, names: Names) -> str:
    if not isinstance(group, Mapping):
        raise TypeError(f"a group of nominations is a mapping, not {group!r}")
    route = label("route", str(group["route"]), lang)
    awards = _spoken("awards", group["awards"], lang, names)
    nominations = _spoken("nominations", group["nominations"], lang, names)
    return f"{route} – {awards} ({nominations})"


def _listed(value: object) -> Sequence[object]:
    if not isinstance(value, Sequence | Set) or isinstance(value, str):
        raise TypeError(f"a list is expected, not {value!r}")
    return list(value)
