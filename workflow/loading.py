"""A case in the hands of the road: its row, its facts, its definition, its unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy.engine import Connection

from db import cases
from db.case_around import locked
from db.cases import CaseLine, CaseRecord
from db.occurrences import case_of
from db.units import Unit, around
from states.case import Case
from states.decide import Actor
from states.definition import Definition, in_force
from states.document import Document, from_document
from states.dossier import Dossier
from states.facts import Change, Facts
from states.kinds import KINDS
from workflow.acts import ACTS
from workflow.command import Command
from workflow.engine import Engine
from workflow.folded import could_be_a_ref, dossier_in, facts_in
from workflow.problems import Invalid, NotFound, Wrong
from workflow.sight import sees

__all__ = ["Loaded", "among", "could_be_a_ref", "dossier_in", "facts_in", "load", "loaded_for"]
__all__ += ["definition_named", "definition_of", "facts_of", "of_record"]
ONCE = frozenset({"report", "registration", "plan_item", "intake"})
"""The kinds of which a unit has one of a category in a period."""
BEGUN_ALREADY = "begun_already"
"""What is wrong where the one case of its category and period is there."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One case with all its checks need; ``record`` is ``None`` while it is being created.

    ``document`` is the case as its row keeps it; ``units`` are its unit, its body, the offices of that body.
    """

    record: CaseRecord | None
    case: Case
    definition: Definition
    unit: Unit
    document: Document
    units: Mapping[str, Unit]

    @property
    def id(self) -> str | None:
        """The case's id; None while it is being created."""
        return self.record.id if self.record else None

    @property
    def dossier(self) -> Dossier:
        """The case, where it is a dossier."""
        assert isinstance(self.case, Dossier)
        return self.case


def loaded_for(engine: Engine, conn: Connection, command: Command, actor: Actor) -> Loaded:
    """The case a command is about, locked, or a blank one to be created.

    Raises:
        NotFound: absent, or invisible to this person.
        Invalid: a new case of a unit that does not exist, may not have one, or has it already.
    """
    if ACTS[command.act].begins:
        return _blank(engine, conn, command)
    found = locked(conn, command.ref)
    if found is None or not sees(actor, found[0]):
        raise NotFound
    return among(engine, *found)


def load(engine: Engine, conn: Connection, ref: str, actor: Actor, *, kind: str = "") -> Loaded:
    """The case people call ``ref``, of any kind or of one, as this person may know it. Raises NotFound."""
    record = cases.load(conn, ref) if could_be_a_ref(ref) else None
    if record is None or (kind and record.kind != kind) or not sees(actor, record):
        raise NotFound
    return of_record(engine, conn, record)


def of_record(engine: Engine, conn: Connection, record: CaseRecord) -> Loaded:
    """The case behind a row already read."""
    return among(engine, record, around(conn, record.unit))


def among(engine: Engine, record: CaseRecord, units: Mapping[str, Unit]) -> Loaded:
    """The case behind a row already read, as ``of_record``, when its units are known too."""
    document = orjson.loads(record.facts)
    case = from_document(KINDS[record.kind].facts, document)
    return Loaded(record, case, definition_of(engine, record), units[record.unit], document, units)


def _blank(engine: Engine, conn: Connection, command: Command) -> Loaded:
    units, today = around(conn, command.args["unit"]), engine.today()
    unit = units.get(command.args["unit"])
    if unit is None or not unit.holds_on(today):
        raise Invalid(Wrong("unit", "no_such_unit", {}))
    begins = ACTS[command.act].begins
    assert begins is not None  # asked before
    key, case = begins(command.args, unit)
    # A case that goes on from another one keeps its rules; else those of today.
    pinned = engine.definitions.get(key) or in_force(engine.definitions, key=key, day=today)
    if pinned.key in ONCE and (there := _the_one(conn, pinned.key, case)):
        raise Invalid(Wrong("period", BEGUN_ALREADY, {"ref": there.ref}))
    return Loaded(None, case, pinned, unit, {}, units)


def _the_one(conn: Connection, kind: str, case: Case) -> CaseRecord | None:
    """The case that is there already where a unit has only one of its category in a period."""
    return case_of(conn, kind=kind, unit=case.unit, category=case.category, period=case.period)


def definition_of(engine: Engine, record: CaseRecord | CaseLine) -> Definition:
    """The definition a case is decided under: in force today while it is drafted, then the one pinned."""
    pinned = engine.definitions[record.definition]
    if record.station != pinned.initial:
        return pinned
    return engine.in_force(pinned.key)


def definition_named(engine: Engine, name: str) -> Definition:
    """A definition by its name, in force or not. Raises NotFound."""
    found = engine.definitions.get(name)
    if found is None:
        raise NotFound
    return found


def facts_of(
    engine: Engine,
    loaded: Loaded,
    act: str,
    *,
    today: date | None = None,
    args: Mapping[str, Any] | None = None,
    changes: frozenset[Change] = frozenset(),
    by_clock: bool = False,
) -> Facts:
    """What guards and choices may look at for one act, today unless another day is given."""
    return Facts(
        act=act,
        case=loaded.case,
        regime=loaded.definition.regime,
        unit_kind=loaded.unit.kind,
        today=today or engine.today(),
        unit_until=loaded.unit.valid_to,
        args=args,
        changes=changes,
        by_clock=by_clock,
        calendar=engine.calendar,
    )
