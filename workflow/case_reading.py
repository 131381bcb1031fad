"""A case of any kind as one person may read it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy.engine import Connection

from db.cases import CaseRecord
from db.units import Unit
from states.case import Case
from states.decide import Actor
from states.definition import Definition
from states.document import canonical, from_document, to_document
from states.history import fold
from states.kinds import KINDS, kind_of
from states.year.duty import Duty
from workflow.dossiers import reading
from workflow.dossiers.entries import EntryView, entries_of
from workflow.dossiers.reading import DossierView
from workflow.engine import Engine
from workflow.loading import Loaded, load
from workflow.problems import NotFound
from workflow.sight import of_its_unit, only_as_its_unit

NOBODY: Mapping[str, str] = MappingProxyType({})
FILLED_IN = frozenset({"figures", "text_seq", "saved_seq"})
"""What saving a report changes besides where it stands."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody gave as the reason of an act, with when; ``due`` where the act moved the last day."""

    reason: str
    by: str
    role: str
    entry: EntryView
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CaseView:
    """What every page shows of a case that is no dossier; ``left`` in working days.

    ``as_sent``: the reader is not of its unit, so what was filled in since the last sending is left out of all of it.
    """

    record: CaseRecord
    case: Case
    unit: Unit
    definition: Definition
    as_unit: bool
    as_sent: bool
    entries: tuple[EntryView, ...]
    left: int | None

    @property
    def names(self) -> Mapping[str, str]:
        """Nobody is proposed here, so sentences name nobody."""
        return NOBODY

    def said(self, *acts: str) -> tuple[Said, ...]:
        """The reasons given for these acts, the newest first; its unit reads them as everybody does."""
        return tuple(_said(entry) for entry in reversed(self.entries) if entry.act in acts)


AnyView = DossierView | CaseView


def case(
    engine: Engine, conn: Connection, ref: str, actor: Actor, place: str = ""
) -> tuple[CaseView, Loaded]:
    """One case that is no dossier, of any kind or of those whose pages stand at ``place``. Raises NotFound."""
    kind = kind_of(ref)
    if kind in ("", "dossier") or (place and KINDS[kind].place != place):
        raise NotFound
    loaded = load(engine, conn, ref, actor, kind=kind)
    record, facts = loaded.record, loaded.case
    assert record is not None  # loaded by reference
    as_unit = only_as_its_unit(actor, record)
    as_sent = isinstance(loaded.case, Duty) and not of_its_unit(actor, record)
    entries = tuple(entries_of(engine, conn, record, as_unit=as_unit))
    if as_sent:
        entries = _as_sent(entries)
        facts = from_document(KINDS[kind].facts, fold(entry.effects for entry in entries))
        record = record._replace(facts=canonical(to_document(facts)))
    return CaseView(
        record=record,
        case=facts,
        unit=loaded.unit,
        definition=loaded.definition,
        as_unit=as_unit,
        as_sent=as_sent,
        entries=entries,
        left=reading.days_left(engine, record),
    ), loaded


def state_as_of(conn: Connection, view: CaseView, moment: datetime) -> Case | None:
    """The facts as they were at a moment, as far as this reader may know them; None before the first entry."""
    if not view.as_sent:
        return reading.state_as_of(conn, view.record, moment)
    facts = fold(entry.effects for entry in view.entries if entry.at <= moment)
    return from_document(KINDS[view.record.kind].facts, facts) if facts else None


def _as_sent(entries: tuple[EntryView, ...]) -> tuple[EntryView, ...]:
    """What a unit filled in since it last sent its report is its own until it sends it: figures as well as words."""
    last = max((entry.seq for entry in entries if entry.act == "send"), default=0)
    return tuple(_emptied(one) if one.act == "save" and one.seq > last else one for one in entries)


def _emptied(entry: EntryView) -> EntryView:
    kept = {name: value for name, value in entry.effects.items() if name not in FILLED_IN}
    return replace(entry, args={}, effects=kept)


def of_any_kind(engine: Engine, conn: Connection, ref: str, actor: Actor) -> tuple[AnyView, Loaded]:
    """One case, whatever it is about, as this person may read it. Raises NotFound."""
    if kind_of(ref) in ("", "dossier"):
        return reading.dossier(engine, conn, ref, actor)
    return case(engine, conn, ref, actor)


def _said(entry: EntryView) -> Said:
    due = entry.args.get("due")
    return Said(entry.reason, entry.actor, entry.role, entry, date.fromisoformat(due) if due else None)
