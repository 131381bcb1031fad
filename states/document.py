"""Frozen dataclasses written as canonical JSON: the one form in which facts are stored, compared, hashed."""

import dataclasses
import json
import types
import unicodedata
from collections.abc import Callable, Hashable, Mapping
from datetime import date, datetime
from functools import cache, partial
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Document = dict[str, Any]
Reader = Callable[[Any], Any]


def canonical(value: Any) -> str:
    """The only JSON spelling of a document: sorted keys, no blanks, NFC text, no floats (RFC 8785 subset)."""
    return spelled(normal(value))


def spelled(document: Any) -> str:
    """``canonical`` of what was read from canonical JSON, where nothing is left to be made normal."""
    return _SPELLER.encode(document)


# Made once: ``json.dumps`` makes one at every call that asks for more than its defaults.
_SPELLER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def normal(value: Any) -> Any:
    """The same document with NFC text and plain containers; ``TypeError`` for what has no single spelling."""
    kind = type(value)
    # The four kinds nearly everything is of, told at one look.
    if kind is str and value.isascii():
        return value
    if kind is dict:
        return {normal(key): normal(item) for key, item in value.items()}
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if isinstance(value, dict | Mapping):  # a dict is told sooner than any other mapping
        return {normal(key): normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [normal(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def to_document(value: Any) -> Any:
    """A dataclass as nested dicts; what is ``None``, ``False`` or empty is left out, so absence has one form."""
    if value is None or isinstance(value, str | int):
        return value
    names = _names(type(value))  # type: ignore[arg-type]  # classes are hashable, mypy is not told so
    if names is not None:
        pairs = ((name, to_document(getattr(value, name))) for name in names)
        return {name: item for name, item in pairs if not _absent(item)}
    if isinstance(value, Mapping):
        return {key: to_document(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_document(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def rewritten(value: Any, before: Any, document: Mapping[str, Any]) -> Document:
    """``to_document`` made normal, of what became of ``before``, which was read from ``document``.

    What is the very same in both is taken from there as it stands.
    """
    now: Document = {}
    for name in _names(type(value)) or ():  # type: ignore[arg-type]  # classes are hashable, mypy is not told so
        part = getattr(value, name)
        if part is getattr(before, name):
            if name in document:
                now[name] = document[name]
        elif not _absent(item := to_document(part)):
            now[name] = normal(item)
    return now


@cache
def _names(kind: Hashable) -> tuple[str, ...] | None:
    """The fields of a dataclass; ``None`` for any other type."""
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple(field.name for field in dataclasses.fields(kind))


def _absent(item: Any) -> bool:
    return item is None or item is False or (isinstance(item, str | dict | list) and not item)


def from_document(kind: type[T], document: Mapping[str, Any]) -> T:
    """The dataclass a document was written from; fields the document leaves out take their defaults."""
    fields = _fields(kind)  # type: ignore[arg-type]  # classes are hashable, a type variable does not say so
    values = {name: item if (read := fields[name]) is None else read(item) for name, item in document.items()}
    return kind(**values)


@cache
def _fields(kind: Hashable) -> dict[str, Reader | None]:
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


@cache
def _reader(kind: Any) -> Reader | None:
    """What turns plain JSON into a value of a type; ``None`` where JSON is that value already."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _reader(next(k for k in inside if k is not type(None)))
    if origin is dict:
        return _dict_of(_reader(inside[1]))
    if origin is tuple:
        return _tuple_of(_reader(inside[0]))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return partial(from_document, kind)
    return date.fromisoformat if kind is date else None


def _dict_of(read: Reader | None) -> Reader:
    return dict if read is None else lambda item: {key: read(part) for key, part in item.items()}


def _tuple_of(read: Reader | None) -> Reader:
    return tuple if read is None else lambda item: tuple(map(read, item))


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Document:
    """The merge patch (RFC 7396) that turns ``before`` into ``after``; documents hold no nulls of their own."""
    patch: Document = {key: None for key in before if key not in after}
    for key, new in after.items():
        old = before.get(key)
        if old is new:
            continue
        if isinstance(old, dict) and isinstance(new, dict):
            if changed := difference(old, new):
                patch[key] = changed
        elif key not in before or old != new:
            patch[key] = new
    return patch


def merged(before: Mapping[str, Any], patch: Mapping[str, Any]) -> Document:
    """``before`` with a merge patch applied (RFC 7396)."""
    result = dict(before)
    for key, change in patch.items():
        if change is None:
            result.pop(key, None)
        elif isinstance(change, dict):
            inner = result.get(key)
            result[key] = merged(inner if isinstance(inner, dict) else {}, change)
        else:
            result[key] = change
    return result


def absorb(facts: Document, patch: Mapping[str, Any]) -> None:
    """``merged`` into ``facts`` themselves, for who folds many histories; lists are shared, never changed."""
    for key, change in patch.items():
        if change is None:
            facts.pop(key, None)
        elif isinstance(change, dict):
            inner = facts.get(key)
            if not isinstance(inner, dict):
                inner = facts[key] = {}
            absorb(inner, change)
        else:
            facts[key] = change
