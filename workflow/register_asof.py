"""The whole register as it stood on a day: who held what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.trail import FoundEntry
from states.case import Case
from states.deadlines import remaining
from states.decide import Actor
from states.document import Document, from_document, merged
from workflow.auditing import audited, effects_of, histories
from workflow.engine import ZONE, Engine

KEPT = frozenset(
    {
        "unit", "body", "category", "procedure", "period", "station", "station_seq", "version", "definition",
        "entered_at", "at", "holder", "due", "remind", "on_hold", "ref",
    }
)  # fmt: skip
"""The facts a register shows; folding the others would only cost time."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One case as it stood; ``case`` knows its place only, ``left`` counts working days from the day asked."""

    id: str
    title: str
    case: Case
    left: int | None

    @property
    def overdue(self) -> bool:
        """Whether its limit had passed."""
        return self.left is not None and self.left < 0

    @property
    def urgency(self) -> tuple[date, str]:
        """Its place among what waits: the nearest limit first."""
        return self.case.due or date.max, self.id


@dataclass(frozen=True, slots=True)
class Office:
    """How much one unit held, how much of it was overdue or paused."""

    unit: str
    held: int
    overdue: int
    paused: int


@dataclass(frozen=True, slots=True)
class Register:
    """Every open case at a moment by urgency, the offices that held them, how the others had ended."""

    moment: datetime
    standing: tuple[Standing, ...]
    offices: tuple[Office, ...]
    ended: Mapping[str, int]


def register_as_of(engine: Engine, actor: Actor, moment: datetime) -> Register:
    """The register folded from the histories up to a moment (included), as far as its auditor sees it."""
    found = [standing(engine, history, moment) for history in histories(engine, audited(actor), until=moment)]
    open_ = sorted((one for one in found if one.case.holder), key=lambda one: one.urgency)
    ended = Counter(one.case.station for one in found if not one.case.holder)
    return Register(moment, tuple(open_), tuple(_offices(open_)), dict(sorted(ended.items())))


def standing(engine: Engine, history: Iterable[FoundEntry], moment: datetime) -> Standing:
    """One case at the end of what is known of it then."""
    entries = list(history)
    case = from_document(Case, _blank() | fold_kept(map(effects_of, entries)))
    day = moment.astimezone(ZONE).date()
    left = remaining(day, case.due, engine.calendar) if case.due and case.holder else None
    return Standing(entries[0].entry.case_id, entries[0].title, case, left)


def fold_kept(effects: Iterable[Document]) -> Document:
    """The facts a register shows, folded."""
    facts: Document = {}
    for patch in effects:
        facts = merged(facts, {name: change for name, change in patch.items() if name in KEPT})
    return facts


def _blank() -> Document:
    return dict.fromkeys(("unit", "body", "category", "procedure", "period"), "")


def _offices(standing_: Iterable[Standing]) -> Iterator[Office]:
    held: dict[str, list[Standing]] = defaultdict(list)
    for one in standing_:
        if one.case.holder:
            held[one.case.holder.unit].append(one)
    counted = (
        Office(unit, len(of), sum(one.overdue for one in of), sum(one.case.on_hold is not None for one in of))
        for unit, of in held.items()
    )
    yield from sorted(counted, key=lambda office: (-office.overdue, -office.held, office.unit))
