"""The demos' places as data: units, accounts, people to propose."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from states.roles import UNIT_ROLES

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit of the demo while it existed; its place in the file is its position."""

    id: str
    kind: str
    body: str
    valid_from: date
    valid_to: date | None
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
class DemoCouncil:
    """How the councils of a demo vote: `scarce` is what a nomination gets that does not pass."""

    members: int
    present: int
    written: int
    scarce: int


@dataclass(frozen=True, slots=True)
class DemoWorld:
    """Everything there is in one demo; grants hold as long as their unit, or past its end."""

    units: tuple[DemoUnit, ...]
    council: DemoCouncil
    accounts: tuple[DemoAccount, ...]
    people: Mapping[str, tuple[DemoPerson, ...]]

    def unit(self, id_: str) -> DemoUnit:
        """The unit of an id. Raises StopIteration where there is none."""
        return next(unit for unit in self.units if unit.id == id_)

    def holders(self, role: str, unit: str) -> list[DemoAccount]:
        """Who holds a role for a unit: in it, or anywhere under its body for a role above units."""
        body = self.unit(unit).body
        return [
            account
            for account in self.accounts
            for held, where in account.grants
            if held == role and (where == unit if role in UNIT_ROLES else self.unit(where).body == body)
        ]


@cache
def demo_world(year: int) -> DemoWorld:
    """The demo of a year; people are grouped by the kind of unit that proposes them, or as residents."""
    found = parsed(f"world_{year}.toml")
    body = found["units"][0]["id"]
    return DemoWorld(
        units=tuple(
            DemoUnit(**{"body": body, "valid_from": found["valid_from"], "valid_to": None, **row})
            for row in found["units"]
        ),
        council=DemoCouncil(**found["council"]),
        accounts=tuple(_account(row) for row in found["accounts"]),
        people={
            kind: tuple(DemoPerson(**row) for row in rows) for kind, rows in parsed("names.toml").items()
        },
    )


def _account(row: Mapping[str, Any]) -> DemoAccount:
    grants = tuple((grant["role"], grant["unit"]) for grant in row["grants"])
    return DemoAccount(row["login"], row["name"], row.get("person", row["login"]), grants)


def parsed(name: str) -> dict[str, Any]:
    """One of the demo's files."""
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
