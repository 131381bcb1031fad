"""What awaits a chairman's signature, each case with what should be known before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import case_lists, cases, units as unit_table
from db.case_record import CaseRecord
from db.units import Unit
from states.case import Case
from states.decide import Actor
from states.document import Document
from states.dossier import Dossier, Nomination, sessions_of
from states.facts import Unmet
from states.roles import Role
from states.warnings import going, warnings_of
from workflow.dossiers import reading
from workflow.engine import Engine
from workflow.loading import Loaded, among
from workflow.sight import scope_of, sees

SIGNED_AT: Mapping[str, str] = {"awaiting_decision": "award", "awaiting_submission": "submit_upward"}
"""The act by which a dossier is signed at a station."""
MOST = 500
"""How many cases are laid before a chairman at a time, the most urgent first; also how many one batch takes."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """A case that awaits the reader's signature.

    ``act`` is empty for what is signed on its own page alone; ``against`` is every reason why it cannot be signed.
    """

    record: CaseRecord
    case: Case
    unit: Unit
    act: str = ""
    nominations: Mapping[str, Nomination] | None = None
    warnings: tuple[Unmet, ...] = ()
    against: tuple[Unmet, ...] = ()
    left: int | None = None

    @property
    def ref(self) -> str:
        """What people call the case."""
        return self.record.ref

    @property
    def ready(self) -> bool:
        """Whether it can be signed together with others."""
        return bool(self.act and self.nominations and not self.against)

    @property
    def args(self) -> Document:
        """What a signature says by itself: every nomination that passed is awarded."""
        return {"nominations": list(self.nominations or ())} if self.act == "award" else {}


def awaiting(engine: Engine, conn: Connection, actor: Actor) -> list[Awaited]:
    """Everything that awaits this person as a chairman, of whatever kind, the most urgent first."""
    holders = [(grant.unit, str(grant.role)) for grant in actor.grants if grant.role == Role.chairman]
    if not holders:
        return []
    lines = case_lists.queue(conn, scope_of(actor), holders, limit=MOST)
    records = cases.by_ids(conn, [line.id for line in lines])
    units = unit_table.by_ids(conn, {line.unit for line in lines})
    found = [among(engine, records[line.id], units) for line in lines]
    unsigned = unsigned_sessions(conn, [one.case for one in found])
    return [_awaited(engine, one, actor, unsigned) for one in found]


def chosen(engine: Engine, conn: Connection, actor: Actor, refs: Sequence[str]) -> dict[str, Awaited]:
    """Those of these cases that the person may see, as they stand now."""
    records = cases.by_refs(conn, refs)
    units = unit_table.by_ids(conn, {record.unit for record in records.values()})
    seen = [ref for ref in refs if ref in records and sees(actor, records[ref])]
    found = {ref: among(engine, records[ref], units) for ref in seen}
    unsigned = unsigned_sessions(conn, [one.case for one in found.values()])
    return {ref: _awaited(engine, one, actor, unsigned) for ref, one in found.items()}


def unsigned_sessions(conn: Connection, found: Iterable[Case]) -> frozenset[str]:
    """The sessions that voted on some of these dossiers whose minutes are not signed yet."""
    sessions = sessions_of(one for one in found if isinstance(one, Dossier))
    held = cases.by_refs(conn, sessions) if sessions else {}
    return frozenset(ref for ref, record in held.items() if record.station != "minutes_signed")


def warned(case: Case, act: str, *, today: date, unsigned: frozenset[str]) -> tuple[Unmet, ...]:
    """What should be known before this act on this case; only dossiers are warned of."""
    if not isinstance(case, Dossier) or SIGNED_AT.get(case.station) != act:
        return ()
    return tuple(warnings_of(case, act, today=today, unsigned=unsigned))


def _awaited(engine: Engine, loaded: Loaded, actor: Actor, unsigned: frozenset[str]) -> Awaited:
    record, case = loaded.record, loaded.case
    assert record is not None  # read from its row
    left = reading.days_left(engine, record)
    act = SIGNED_AT.get(case.station, "") if isinstance(case, Dossier) else ""
    if not act or not isinstance(case, Dossier):
        return Awaited(record, case, loaded.unit, left=left)
    weighed = next(one for one in reading.acts(engine, loaded, actor) if one.act == act)
    signed = going(case, act)
    warnings = warned(case, act, today=engine.today(), unsigned=unsigned)
    return Awaited(record, case, loaded.unit, act, signed, warnings, weighed.reasons, left)
