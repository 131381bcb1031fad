"""A plain document becomes the dataclass it describes, or the list of what does not fit."""

import dataclasses
import unicodedata
from collections.abc import Hashable, Mapping
from datetime import date, datetime
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from states.definition import Words
from states.year.plan_faults import ISO_DAY, PlanFault, fault

NAMED_BY: Final = ("id", "item")
"""The field an entry of a list is called by in the place of a fault."""
CODE_OF_WORD: Final[Mapping[str, str]] = {
    "actor": "unknown_party",
    "drafter": "unknown_party",
    "recipient": "unknown_party",
    "via": "unknown_party",
}
FORMS: Final[Mapping[type, str]] = {str: "not_text", int: "not_a_number", bool: "not_yes_or_no"}


def read(kind: type[Any], value: object, place: str, faults: list[PlanFault]) -> Any:
    """The value of a type at a place; what does not fit is added to ``faults``, then the answer means nothing."""
    if dataclasses.is_dataclass(kind):
        return _record(kind, value, place, faults)
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return read(next(one for one in inside if one is not type(None)), value, place, faults)
    if origin is tuple:
        return _list(inside[0], value, place, faults)
    if origin is Literal:
        return _word(inside, value, place, faults)
    return _date(value, place, faults) if kind is date else _plain(kind, value, place, faults)


def _record(kind: type[Any], value: object, place: str, faults: list[PlanFault]) -> Any:
    if not isinstance(value, Mapping):
        return faults.append(fault(place, "not_a_table"))
    if kind is Words:
        return _both_languages(value, place, faults)
    hints = _hints(kind)  # type: ignore[arg-type]  # classes are hashable, mypy is not told so
    before = len(faults)
    faults += _unknown(value, tuple(hints), place)
    for field in dataclasses.fields(kind):
        if field.default is dataclasses.MISSING and field.name not in value:
            faults.append(fault(_at(place, field.name), "missing"))
    known = [name for name in hints if name in value]
    read_values = {name: read(hints[name], value[name], _at(place, name), faults) for name in known}
    return kind(**read_values) if len(faults) == before else None


def _unknown(value: Mapping[Any, Any], known: tuple[str, ...], place: str) -> list[PlanFault]:
    strangers = [str(name) for name in value if name not in known]
    return [fault(_at(place, name), "unknown_field", known=", ".join(known)) for name in strangers]


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _both_languages(value: Mapping[Any, Any], place: str, faults: list[PlanFault]) -> Words | None:
    before = len(faults)
    faults += _unknown(value, ("vi", "en"), place)
    said = {lang: _plain(str, value.get(lang, ""), _at(place, lang), faults) for lang in ("vi", "en")}
    for lang, text in said.items():
        if text is not None and not text.strip():
            faults.append(fault(_at(place, lang), f"no_{lang}"))
    return Words(**said) if len(faults) == before else None


def _list(kind: Any, value: object, place: str, faults: list[PlanFault]) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        faults.append(fault(place, "not_a_list"))
        return ()
    return tuple(
        read(kind, one, _place_of(one, number, place), faults) for number, one in enumerate(value, 1)
    )


def _place_of(one: object, number: int, place: str) -> str:
    names = (one.get(key) for key in NAMED_BY) if isinstance(one, Mapping) else ()
    return _at(place, next((name for name in names if isinstance(name, str) and name), str(number)))


def _word(known: tuple[Any, ...], value: object, place: str, faults: list[PlanFault]) -> object:
    if value in known:
        return value
    field = next((part for part in reversed(place.split(".")) if not part.isdecimal()), "")
    code = CODE_OF_WORD.get(field, "unknown_word")
    faults.append(fault(place, code, name=str(value), known=", ".join(map(str, known))))
    return None


def _date(value: object, place: str, faults: list[PlanFault]) -> date | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and ISO_DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    faults.append(fault(place, "no_such_date", name=str(value)))
    return None


def _plain(kind: type[Any], value: object, place: str, faults: list[PlanFault]) -> Any:
    if type(value) is not kind:
        faults.append(fault(place, FORMS[kind], name=str(value)))
        return None
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
