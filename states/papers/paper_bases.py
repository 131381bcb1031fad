"""The laws an official paper cites, by its day."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("paper_bases.toml")


@dataclass(frozen=True, slots=True)
class Basis:
    """One law or decree as it is cited, with the papers that cite it, between its days of effect (included)."""

    text: str
    source: str
    papers: tuple[str, ...]
    confidence: str
    first: date = date.min
    last: date = date.max


@cache
def all_bases() -> tuple[Basis, ...]:
    """Every basis that ships with the program, in the order papers cite them."""
    found = tomllib.loads(FILE.read_text("utf-8"))["basis"]
    return tuple(
        Basis(
            row["text"],
            row["source"],
            tuple(row["papers"]),
            row["confidence"],
            row.get("from", date.min),
            row.get("to", date.max),
        )
        for row in found
    )


def bases(paper: str, day: date) -> tuple[Basis, ...]:
    """What a paper of this kind cites when it is issued on a day."""
    return tuple(one for one in all_bases() if paper in one.papers and one.first <= day <= one.last)
