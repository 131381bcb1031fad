"""A station's limit as a timer row, for the clock to find."""

from db import timers
from db.cases import CaseRecord
from db.timers import TimerRecord
from workflow.passage import Passage


def rearm(passage: Passage, record: CaseRecord) -> None:
    """Stop the timer of the stay before and arm the one of this stay, where its limit or its stay changed."""
    old = passage.loaded.record
    if old and (old.due_on, old.station_seq) == (record.due_on, record.station_seq):
        return
    if old:
        timers.stop(passage.conn, record.id, "held" if passage.command.act == "hold" else "cancelled")
    if record.due_on:
        id_ = passage.engine.source.new_id()
        timers.arm(passage.conn, TimerRecord(id_, record.id, record.station_seq, "due", 0, record.due_on))
