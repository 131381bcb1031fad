"""The award catalogue, read once from its TOML file."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from states.award_shapes import (
    REGIMES,
    UNIT_KINDS,
    Authority,
    Award,
    Basis,
    Condition,
    Council,
    Decider,
    Kind,
    Multiplier,
    PaperType,
    Route,
    VoteRule,
)

FILE = Path(__file__).with_name("awards.toml")

Row = Mapping[str, Any]


class CatalogueError(ValueError):
    """The catalogue file contradicts itself; nothing may start on it."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything in the file, by code."""

    awards: Mapping[str, Award]
    kinds: Mapping[str, Kind]
    papers: Mapping[str, PaperType]
    authorities: Mapping[str, Authority]
    council: Council
    papers_required: Mapping[str, tuple[str, ...]]
    routes: Mapping[tuple[str, str, str], Route]


@cache
def catalogue() -> Catalogue:
    """The catalogue that ships with the program.

    Raises CatalogueError when a route is missing or named twice.
    """
    with FILE.open("rb") as file:
        return read(tomllib.load(file))


def read(data: Row) -> Catalogue:
    """Turn the parsed file into a catalogue, refusing a route table with gaps or doubles."""
    awards = {row["code"]: _award(row) for row in data["award"]}
    return Catalogue(
        awards=MappingProxyType(awards),
        kinds=MappingProxyType({row["code"]: Kind(**row) for row in data["kind"]}),
        papers=MappingProxyType({row["code"]: PaperType(**row) for row in data["paper"]}),
        authorities=MappingProxyType(
            {row["code"]: Authority(**{"valid_to": None, **row}) for row in data["authority"]}
        ),
        council=_council(data["council"]),
        papers_required=MappingProxyType(
            {key: tuple(codes) for key, codes in data["papers_required"].items()}
        ),
        routes=MappingProxyType(_routes(data["route"], awards)),
    )


def _award(row: Row) -> Award:
    plain = {
        key: row[key] for key in ("code", "name_vi", "name_en", "list", "subject", "level", "law_article")
    }
    return Award(
        **plain,
        confidence=row["confidence"],
        deciders=tuple(
            Decider(each["regime"], each["authority"], each["confidence"], _unit_kinds(each))
            for each in row["deciders"]
        ),
        multipliers=MappingProxyType(
            {
                each["regime"]: Multiplier(**{**each, "value": Decimal(each["value"])})
                for each in row["multipliers"]
            }
        ),
        docs=tuple(row["docs"]),
        docs_simplified=tuple(row.get("docs_simplified", ())),
        vote=VoteRule(**row["vote"]) if "vote" in row else None,
        any_of=row.get("any_of", False),
        conditions=tuple(_condition(each) for each in row["condition"]),
    )


def _condition(row: Row) -> Condition:
    regimes = tuple(row.get("regimes", REGIMES))
    return Condition(**{"subject": "any", "local": False, **row, "regimes": regimes})


def _council(row: Row) -> Council:
    quorum, share = row["quorum"], row["share"]
    vote = VoteRule(share["percent"], share["confidence"], share["source"])
    return Council(
        quorum_numerator=quorum["numerator"],
        quorum_denominator=quorum["denominator"],
        vote=vote,
        ballot=row["ballot"]["value"],
        written=row["written"]["value"],
        recusal=row["recusal"]["value"],
        quorum_basis=_basis(quorum),
        ballot_basis=_basis(row["ballot"]),
        written_basis=_basis(row["written"]),
        recusal_basis=_basis(row["recusal"]),
    )


def _basis(row: Row) -> Basis:
    return Basis(row["confidence"], row["source"])


def _unit_kinds(row: Row) -> frozenset[str]:
    return frozenset(row.get("units", UNIT_KINDS)) - frozenset(row.get("except_units", ()))


def _routes(rows: list[Row], awards: Mapping[str, Award]) -> dict[tuple[str, str, str], Route]:
    table: dict[tuple[str, str, str], Route] = {}
    for row in rows:
        for cell in _cells(row):
            if cell in table:
                raise CatalogueError(f"route named twice: {cell}")
            table[cell] = _route(row, awards, cell)
    missing = {(a, u, r) for a in awards for u in UNIT_KINDS for r in REGIMES} - table.keys()
    if missing:
        raise CatalogueError(f"no route for {sorted(missing)}")
    return table


def _cells(row: Row) -> Iterator[tuple[str, str, str]]:
    return ((a, u, r) for a in row["awards"] for u in _unit_kinds(row) for r in row["regimes"])


def _route(row: Row, awards: Mapping[str, Award], cell: tuple[str, str, str]) -> Route:
    code, unit_kind, regime = cell
    deciders = [d for d in awards[code].deciders if d.regime == regime and unit_kind in d.unit_kinds]
    named = [row["decider"]] if "decider" in row else [d.authority for d in deciders]
    if len(named) != 1:
        raise CatalogueError(f"{cell} needs one decider, has {named}")
    return Route(row["kind"], named[0], row["basis"], row["confidence"])
