"""The sentences of official papers, which are in Vietnamese because they are legal texts."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("words.toml")


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(FILE.read_text("utf-8"))
    return found


def said(code: str, **facts: object) -> str:
    """A sentence by its place in the file, as ``decision.article_1``, filled in. Raises KeyError."""
    group, _, name = code.rpartition(".")
    text: str = (_words()[group] if group else _words())[name]
    return text.format(**facts)


def listed(code: str) -> tuple[str, ...]:
    """Several sentences kept under one place. Raises KeyError."""
    group, _, name = code.rpartition(".")
    found: Sequence[str] = _words()[group][name]
    return tuple(found)
