"""The demo's city as data: units, accounts, people to propose."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit of the demo; its body is always the city, and its place in the file is its position."""

    id: str
    kind: str
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A way to sign in; `person` is the same for all accounts of one human being."""

    login: str
    name: str
    person: str
    grants: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone a unit may propose, with the post they hold there."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """The whole city; grants and units hold from `valid_from`."""

    city: str
    valid_from: date
    units: tuple[DemoUnit, ...]
    accounts: tuple[DemoAccount, ...]
    people: Mapping[str, tuple[DemoPerson, ...]]


@cache
def demo_world() -> DemoWorld:
    """The demo's city; people are grouped by the kind of unit that proposes them, or as residents."""
    found = _parsed("demo_world.toml")
    units = tuple(DemoUnit(**row) for row in found["units"])
    return DemoWorld(
        city=next(unit.id for unit in units if unit.kind == "city"),
        valid_from=found["valid_from"],
        units=units,
        accounts=tuple(_account(row) for row in found["accounts"]),
        people={
            kind: tuple(DemoPerson(**row) for row in rows)
            for kind, rows in _parsed("demo_names.toml").items()
        },
    )


def _account(row: Mapping[str, Any]) -> DemoAccount:
    grants = tuple((grant["role"], grant["unit"]) for grant in row["grants"])
    return DemoAccount(row["login"], row["name"], row.get("person", row["login"]), grants)


def _parsed(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
