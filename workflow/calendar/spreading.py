"""What a correction of the calendar may move is listed with it, in its own transaction."""

import json

from db import corrections, occurrences
from db.cases import CaseRecord
from db.occurrences import OccurrenceRecord
from states.calendar.calendar_case import CalendarDay
from states.calendar.recount import RECOUNT
from states.case import Case
from workflow.calendar.days import CORRECTING
from workflow.passage import Passage

FIRST = -1
"""Limits are recounted before anything else of the day they are recounted on."""


def spread(passage: Passage, record: CaseRecord, case: Case) -> None:
    """Let the clock look once at each open case whose limit ends on the corrected day or later."""
    if passage.command.act not in CORRECTING:
        return
    assert isinstance(case, CalendarDay)
    assert case.day is not None  # it was proposed with one
    rows = [_row(passage, record, case, touched) for touched in corrections.touched(passage.conn, case.day)]
    occurrences.arrange(passage.conn, rows)


def _row(passage: Passage, record: CaseRecord, case: CalendarDay, touched: str) -> OccurrenceRecord:
    return OccurrenceRecord(
        schedule=f"{record.body}/{RECOUNT}:{touched}",
        period=f"{record.ref}/revoked" if case.revoked_at else record.ref,
        plan=record.id,
        act=RECOUNT,
        nominal_on=passage.day,
        place=FIRST,
        args=json.dumps({"case": touched, "correction": record.ref}),
    )
