"""The clock recounts one limit after a correction of the calendar."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.engine import Connection

from db import cases, history, occurrences, timers
from db.cases import CaseRecord
from db.history import Recorded
from db.occurrences import OccurrenceRecord
from states.calendar.recount import RECOUNT, Happened, recounted, running
from states.history import instant
from workflow.command import Command, checked
from workflow.engine import ZONE, Engine
from workflow.loading import definition_of
from workflow.timers import REMINDER, dated_rungs, ladder_at


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
    if ladder is None or armed is None or armed.name == REMINDER:
        return
    for rung in dated_rungs(conn, record, engine.calendar, ladder):
        if rung.step == armed.step and rung.day != armed.due_on:
            timers.put(conn, armed._replace(due_on=rung.day))
