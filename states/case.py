"""The facts every case has, whatever it is about: whose it is, where it stands, whose turn it is, until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, Protocol, Self

from states.document import from_document


@dataclass(frozen=True, slots=True)
class Hold:
    """Why nothing may happen; ``left`` are the working days that remained when the clock stopped."""

    cause: str
    seq: int
    left: int | None = None


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose turn it is: a role in a unit."""

    role: str
    unit: str


class Pause(Protocol):
    """Something another office's clock stands still for; ``left`` are the working days it had left."""

    @property
    def left(self) -> int | None:
        """Working days, negative when overdue; ``None`` where nothing was due."""


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case stands; each kind of case adds what its own rules ask about.

    ``category`` is what it is one of: a kind of commendation, a duty, an item of the plan.
    """

    unit: str
    body: str
    category: str
    procedure: str
    period: str
    station: str = "start"
    station_seq: int = 0
    version: int = 0
    definition: str = ""
    entered_at: str = ""
    at: str = ""
    holder: Holder | None = None
    due: date | None = None
    remind: date | None = None
    office_acted: bool = False
    on_hold: Hold | None = None
    hands: dict[str, tuple[str, ...]] = field(default_factory=dict)
    opened_to: tuple[str, ...] = ()
    ref: str = ""

    @property
    def pause(self) -> Pause | None:
        """What this case waits for with another clock standing still; nothing, unless its kind says so."""
        return None

    @property
    def receiver(self) -> str:
        """The office that receives it next, for ladders that tell its head; nobody, unless its kind says so."""
        return ""

    def extended(self, day: date) -> Self:
        """The case with its last day moved; where nothing is due, the day of the next reminder."""
        return replace(self, due=day) if self.due else replace(self, remind=day)


_COMMON = frozenset(one.name for one in fields(Case))


def place_of(facts: Mapping[str, Any]) -> Case:
    """What a case of any kind has in common with every other, from its folded facts."""
    return from_document(Case, {name: value for name, value in facts.items() if name in _COMMON})
