"""A correction of the calendar reaches every limit it moves: each case is recounted by an act of its own."""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import cases, corrections, history, occurrences, timers
from db.cases import CaseRecord
from db.history import Recorded
from db.occurrences import OccurrenceRecord
from states.calendar_case import CalendarDay
from states.history import instant
from states.ladders import all_rungs
from states.recount import RECOUNT, Happened, recounted, running
from workflow.command import Command, checked
from workflow.engine import ZONE, Engine
from workflow.fired import Fired
from workflow.loading import definition_of, facts_in
from workflow.problems import Problem
from workflow.step import Claim, perform_claimed
from workflow.timers import REMINDER, ladder_at

SPREAD = "spread_day"
FIRST = -1
"""Limits are recounted before anything else of the day they are recounted on."""

log = logging.getLogger("khenthuong.clock")


def spread(engine: Engine) -> Iterator[Fired | str]:
    """List what every correction that was applied or revoked since may move; what could not be is given by its id."""
    with engine.database.reading() as conn:
        waiting = [one for one in corrections.everything(conn) if one.station in ("applied", "revoking")]
    for record in waiting:
        try:
            if done := _spread(engine, record.id):
                yield done
        except (Problem, sa.exc.DBAPIError, AssertionError, RuntimeError, LookupError):
            # The rest of the day must not wait for one correction.
            log.exception("the correction %s was not spread", record.ref)
            yield record.id


def _spread(engine: Engine, id_: str) -> Fired | None:
    done = perform_claimed(engine, lambda conn: _claimed(engine, conn, id_))
    return Fired(done.ref, SPREAD, 0, engine.today(), "", done.station) if done else None


def _claimed(engine: Engine, conn: Connection, id_: str) -> Claim | None:
    """The correction's own act, with a row for each case it may move, all in one transaction."""
    record = cases.free(conn, id_)
    if record is None or not definition_of(engine, record).rows(record.station, SPREAD):
        return None
    case = facts_in(record)
    assert isinstance(case, CalendarDay)
    assert case.day is not None  # it was proposed with one
    decided = datetime.fromisoformat(case.revoked_at or case.applied_at).astimezone(ZONE).date()
    rows = (_row(record, case, one, decided) for one in corrections.touched(conn, case.day))
    occurrences.arrange(conn, list(rows))
    command = checked(SPREAD, key=f"spread:{id_}:{record.version}", ref=record.ref, version=record.version)
    return Claim(command, datetime.combine(decided, time(), ZONE))


def _row(record: CaseRecord, case: CalendarDay, touched: str, decided: date) -> OccurrenceRecord:
    return OccurrenceRecord(
        schedule=f"{record.body}/{RECOUNT}:{touched}",
        period=f"{record.ref}/revoked" if case.revoked_at else record.ref,
        plan=record.id,
        act=RECOUNT,
        nominal_on=decided,
        place=FIRST,
        args=json.dumps({"case": touched, "correction": record.ref}),
    )


def recount(engine: Engine, conn: Connection, one: OccurrenceRecord) -> Command | None:
    """The act that moves a limit, or nothing: its day stays, another process is at it, or the case has moved on.

    What is asked is where the limit ends by the calendar of now, so that asking twice moves nothing twice.
    """
    asked = json.loads(one.args)
    record = cases.free(conn, asked["case"])
    if record is None:
        return None
    day = _target(engine, conn, record)
    if day is None or day == record.due_on:
        _remind_on_time(engine, conn, record)
        occurrences.settle(conn, one, status="void", case_id=record.id)
        return None
    moved = {"before": str(record.due_on), "after": str(day)}
    occurrences.settle(conn, one, args=json.dumps({**asked, **moved}), case_id=record.id)
    return checked(
        RECOUNT,
        key=f"occurrence:{one.schedule}:{one.period}",
        ref=record.ref,
        version=record.version,
        args={"correction": asked["correction"], **moved},
    )


def _target(engine: Engine, conn: Connection, record: CaseRecord) -> date | None:
    definition = definition_of(engine, record)
    limit = definition.stations[record.station].limit
    if record.final or record.due_on is None or limit is None or not definition.rows(record.station, RECOUNT):
        return None
    found = running(_happened(history.of_case(conn, record.id)), record.station_seq, limit)
    return recounted(found, record.due_on, engine.corrections) if found else None


def _happened(entries: Iterable[Recorded]) -> Iterator[Happened]:
    for entry, _, _ in entries:
        effects = json.loads(entry.body)["effects"]
        day = entry.at.astimezone(ZONE).date()
        yield Happened(seq=entry.seq, act=entry.act, at=instant(entry.at), day=day, effects=effects)


def _remind_on_time(engine: Engine, conn: Connection, record: CaseRecord) -> None:
    """Where the end stays, a rung counted in working days from it may still have another day."""
    ladder = ladder_at(definition_of(engine, record), record.station) if not record.final else None
    armed = timers.armed_at(conn, record.id, record.station_seq)
    if ladder is None or armed is None or armed.name == REMINDER or record.due_on is None:
        return
    for rung in all_rungs(record.due_on, engine.calendar, ladder):
        if rung.step == armed.step and rung.day != armed.due_on:
            timers.put(conn, replace(armed, due_on=rung.day))
