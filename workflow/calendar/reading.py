"""The corrections of the calendar as anybody signed in may read them, with what each moved for whom they may see."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import cases, corrections, occurrences
from db.cases import CaseRecord
from states.calendar.calendar_case import CALENDAR_DAY, CalendarDay
from states.decide import Actor, Weighed
from states.definition import START
from workflow.dossiers.entries import EntryView, entries_of
from workflow.dossiers.reading import acts
from workflow.engine import Engine
from workflow.loading import facts_in, of_record
from workflow.problems import NotFound
from workflow.sight import sees


@dataclass(frozen=True, slots=True)
class Moved:
    """A limit that was recounted."""

    ref: str
    before: date
    after: date


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction: what was done with it, what this reader may do, the limits it moved.

    ``moved`` are those of cases the reader sees, ``unseen`` counts the others.
    """

    record: CaseRecord
    case: CalendarDay
    entries: tuple[EntryView, ...]
    acts: tuple[Weighed, ...]
    moved: tuple[Moved, ...]
    unseen: int


def corrections_of(engine: Engine, conn: Connection, actor: Actor, year: int) -> list[Correction]:
    """The corrections of days of a year, the newest first."""
    found = [record for record in corrections.everything(conn) if record.period == str(year)]
    return [_read(engine, conn, record, actor) for record in reversed(found)]


def year_of(conn: Connection, ref: str) -> str:
    """The year of the day a correction is about. Raises NotFound."""
    record = cases.load(conn, ref)
    if record is None or record.kind != CALENDAR_DAY:
        raise NotFound
    return record.period


def seat_to_propose(engine: Engine, actor: Actor) -> str:
    """The unit for which this person may propose a correction today; empty for everybody else."""
    definition = engine.in_force(CALENDAR_DAY)
    by = {role for row in definition.rows(START, "propose_day") for role in row.by}
    return next((grant.unit for grant in actor.grants if grant.role in by), "")


def _read(engine: Engine, conn: Connection, record: CaseRecord, actor: Actor) -> Correction:
    case = facts_in(record)
    assert isinstance(case, CalendarDay)
    visible = sees(actor, record)
    possible = acts(engine, of_record(engine, conn, record), actor) if visible and not record.final else ()
    entries = tuple(entries_of(engine, conn, record, as_unit=False))
    moved, unseen = _moved(conn, record, actor)
    return Correction(record, case, entries, possible, moved, unseen)


def _moved(conn: Connection, record: CaseRecord, actor: Actor) -> tuple[tuple[Moved, ...], int]:
    fired = [one for one in occurrences.of_plan(conn, record.id) if one.status == "fired" and one.case_id]
    known = cases.by_ids(conn, [str(one.case_id) for one in fired])
    moved = []
    for one in fired:
        touched, args = known[str(one.case_id)], json.loads(one.args)
        if sees(actor, touched):
            days = (date.fromisoformat(args[name]) for name in ("before", "after"))
            moved.append(Moved(touched.ref, *days))
    return tuple(moved), len(fired) - len(moved)
