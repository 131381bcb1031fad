"""A case of any kind as one person may read it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy.engine import Connection

from db.cases import CaseRecord
from db.units import Unit
from states.case import Case
from states.decide import Actor
from states.definition import Definition
from states.kinds import KINDS, kind_of
from workflow import reading
from workflow.engine import Engine
from workflow.entries import EntryView, entries_of
from workflow.loading import Loaded, load
from workflow.problems import NotFound
from workflow.reading import DossierView
from workflow.sight import only_as_its_unit

NOBODY: Mapping[str, str] = MappingProxyType({})


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
    """What every page shows of a case that is no dossier; ``left`` in working days."""

    record: CaseRecord
    case: Case
    unit: Unit
    definition: Definition
    as_unit: bool
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
    record = loaded.record
    assert record is not None  # loaded by reference
    as_unit = only_as_its_unit(actor, record)
    return CaseView(
        record=record,
        case=loaded.case,
        unit=loaded.unit,
        definition=loaded.definition,
        as_unit=as_unit,
        entries=tuple(entries_of(engine, conn, record, as_unit=as_unit)),
        left=reading.days_left(engine, record),
    ), loaded


def of_any_kind(engine: Engine, conn: Connection, ref: str, actor: Actor) -> tuple[AnyView, Loaded]:
    """One case, whatever it is about, as this person may read it. Raises NotFound."""
    if kind_of(ref) in ("", "dossier"):
        return reading.dossier(engine, conn, ref, actor)
    return case(engine, conn, ref, actor)


def _said(entry: EntryView) -> Said:
    due = entry.args.get("due")
    return Said(entry.reason, entry.actor, entry.role, entry, date.fromisoformat(due) if due else None)
