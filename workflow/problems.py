"""Why a command did not happen: every answer a door may have to give, without its words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Wrong:
    """One field that cannot be taken as it is: where it stands, the kind of mistake, the figures behind it."""

    field: str
    type: str
    facts: Mapping[str, Any]


class Problem(Exception):
    """A command that changed nothing."""


class Invalid(Problem):
    """The form itself is wrong; nothing of it was kept."""

    def __init__(self, *fields: Wrong) -> None:
        super().__init__(", ".join(f"{f.field}: {f.type}" for f in fields))
        self.fields = fields


class NotFound(Problem):
    """There is no such thing for this person: absent and invisible are one answer."""


class KeyReused(Problem):
    """The idempotency key was used for another command."""


class Refused(Problem):
    """The rules say no; every reason is here, as codes with figures."""

    def __init__(self, reasons: list[Mapping[str, Any]]) -> None:
        super().__init__(", ".join(str(r["code"]) for r in reasons))
        self.reasons = reasons


class ChangedMeanwhile(Problem):
    """Someone else acted after this person last looked; says who, when, and how it stands now."""

    def __init__(self, *, by: str, at: str, station: str, version: int) -> None:
        super().__init__(f"{by} acted at {at}; now {station}, version {version}")
        self.by, self.at, self.station, self.version = by, at, station, version
