"""What is due by the calendar happens: each occurrence goes down the one road, once, under its nominal day."""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import cases, occurrences
from db.case_record import CaseRecord
from db.occurrences import OccurrenceRecord
from db.together import Together
from states.calendar.recount import RECOUNT
from workflow.acts import ACTS
from workflow.calendar.recounting import recount
from workflow.clock.fired import Fired
from workflow.command import Command, checked
from workflow.engine import ZONE, Engine
from workflow.loading import BEGUN_ALREADY, definition_of
from workflow.outcome import Done
from workflow.problems import Invalid, Problem
from workflow.step import Claim, perform_claimed, perform_together

AT_ONCE = 200
LAPSE_PLACE = 100
"""Drafts lapse after everything else of the day their window closes on."""
FAILURES = (Problem, sa.exc.DBAPIError, AssertionError, RuntimeError, LookupError)
"""What keeps one thing from happening, whatever the others do."""

log = logging.getLogger("khenthuong.clock")


def occur(engine: Engine) -> Iterator[Fired | OccurrenceRecord]:
    """Let everything happen that is due, in its order; what could not is given as the row that is still due."""
    today, after = engine.today(), None
    while True:
        with engine.database.reading() as conn:
            found = occurrences.due(conn, today, after=after, limit=AT_ONCE)
        for begins, grouped in groupby(found, lambda one: ACTS[one.act].begins is not None):
            some = list(grouped)
            yield from _begin_together(engine, some) if begins else _one_by_one(engine, some)
        if not found:
            return
        after = found[-1].key


def _begin_together(engine: Engine, some: list[OccurrenceRecord]) -> Iterator[Fired | OccurrenceRecord]:
    """What begins cases of its own happens in one transaction; where one of them cannot, each by itself."""
    free: list[OccurrenceRecord] = []

    def claims(conn: Connection, _here: Together) -> Iterator[Claim]:
        # All are taken before any begins: then nobody waits in a circle for the numbers they are given.
        free.extend(one for one in some if occurrences.fire(conn, one, engine.now()))
        return (_claim(one, _begun(one)) for one in free)

    try:
        done = perform_together(engine, claims)
    except FAILURES:
        yield from _one_by_one(engine, some)
    else:
        yield from map(_fired, free, done)


def _one_by_one(engine: Engine, some: Iterable[OccurrenceRecord]) -> Iterator[Fired | OccurrenceRecord]:
    for one in some:
        try:
            if fired := _fire(engine, one):
                yield fired
        except FAILURES:
            # One thing that cannot happen must not keep the rest of the year waiting.
            log.exception("the occurrence %s of %s did not happen", one.schedule, one.period)
            yield one


def _fire(engine: Engine, one: OccurrenceRecord) -> Fired | None:
    try:
        done = perform_claimed(engine, lambda conn: _claimed(engine, conn, one))
    except Invalid as wrong:
        if not (there := next((f for f in wrong.fields if f.type == BEGUN_ALREADY), None)):
            raise
        _leave(engine, one, there.facts["ref"])
        return None
    return _fired(one, done) if done else None


def _fired(one: OccurrenceRecord, done: Done) -> Fired:
    return Fired(done.ref, one.act, 0, one.nominal_on, "", done.station)


def _leave(engine: Engine, one: OccurrenceRecord, ref: str) -> None:
    """What it would begin was begun already, by another plan or by hand: nothing more comes of it."""
    with engine.database.transaction() as conn:
        record = cases.load(conn, ref)
        occurrences.settle(conn, one, status="void", case_id=record.id if record else None)


def _claimed(engine: Engine, conn: Connection, one: OccurrenceRecord) -> Claim | None:
    """What is to be done, the row spent; ``None`` where somebody else did it or there is nothing left to do."""
    command = _found(engine, conn, one)
    if command is None or not occurrences.fire(conn, one, engine.now()):
        return None
    if one.act == "close_intake":
        _let_drafts_lapse(conn, one, json.loads(one.args), command.ref)
    return _claim(one, command)


def _claim(one: OccurrenceRecord, command: Command) -> Claim:
    return Claim(command, datetime.combine(one.nominal_on, time(), ZONE))


def _found(engine: Engine, conn: Connection, one: OccurrenceRecord) -> Command | None:
    if one.act == RECOUNT:
        return recount(engine, conn, one)
    return _begun(one) if ACTS[one.act].begins else _moved(engine, conn, one)


def _key(one: OccurrenceRecord) -> str:
    return f"occurrence:{one.schedule}:{one.period}"


def _begun(one: OccurrenceRecord) -> Command:
    return checked(one.act, key=_key(one), args=json.loads(one.args))


def _moved(engine: Engine, conn: Connection, one: OccurrenceRecord) -> Command | None:
    """The act on a case that is there already; a case that has moved on needs it no more."""
    record = _case(conn, json.loads(one.args))
    if record is None or not definition_of(engine, record).rows(record.station, one.act):
        occurrences.settle(conn, one, status="void", case_id=record.id if record else None)
        return None
    if one.act in ("mark_overdue", "close_intake") and record.due_on and record.due_on >= engine.today():
        # Somebody gave it more time.
        occurrences.settle(conn, one, nominal_on=record.due_on + timedelta(days=1))
        return None
    return checked(one.act, key=_key(one), ref=record.ref, version=record.version)


def _case(conn: Connection, args: dict[str, Any]) -> CaseRecord | None:
    return cases.by_id(conn, args["case"]) if "case" in args else occurrences.case_of(conn, **args, lock=True)


def _let_drafts_lapse(conn: Connection, one: OccurrenceRecord, args: dict[str, Any], ref: str) -> None:
    """Each draft of the window's kind and period that is there when it closes is closed by an act of its own."""
    window = cases.load(conn, ref)
    assert window is not None  # it was just found
    kind = json.loads(window.facts)["kind"]
    body = one.schedule.partition("/")[0]
    drafts = occurrences.drafts_of(conn, body=body, category=kind, period=args["period"])
    lapses = (
        replace(
            one,
            schedule=f"{body}/lapse:{draft}",
            act="lapse",
            place=LAPSE_PLACE,
            args=json.dumps({"case": draft}),
        )
        for draft in drafts
    )
    occurrences.arrange(conn, list(lapses))


def next_day(engine: Engine, after: date) -> date | None:
    """The next day on which something happens by the calendar."""
    with engine.database.reading() as conn:
        return occurrences.next_day(conn, after)
