"""The rungs of a station's limit as timer rows, one armed at a time, for the clock to find."""

from datetime import date, timedelta

from sqlalchemy.engine import Connection

from db import timers
from db.cases import CaseRecord
from db.timers import TimerRecord
from db.together import asked_once
from states.calendar.recount import RECOUNT
from states.calendar.working_days import Calendar
from states.case import Case
from states.checking.ladders import TELLS
from states.definition import Definition
from states.ladders import DatedRung, Ladder, ahead, all_rungs, shipped_ladders
from workflow.loading import facts_in
from workflow.passage import Passage

REMINDER = "reminder"
"""The name of the one timer of a stay that has no limit."""
RESTARTS = frozenset({"extend", "hold", "release"})
"""Acts that set the clock anew though the case stays where it is."""


def ladder_at(definition: Definition, station: str) -> Ladder | None:
    """The ladder of a station's limit; ``None`` where it has none."""
    limit = definition.stations[station].limit
    return shipped_ladders()[limit.ladder] if limit and limit.ladder else None


def dated_rungs(
    conn: Connection, record: CaseRecord, calendar: Calendar, ladder: Ladder
) -> tuple[DatedRung, ...]:
    """The rungs of a case's limit, none where nothing is due.

    A transaction keeps to one calendar, so it works each ladder out once.
    """
    if record.due_on is None:
        return ()
    receiver = facts_in(record).receiver if ladder.asks_receiver else ""
    asked = (record.due_on, calendar, ladder, record.holder_role or "", receiver)
    return asked_once(
        conn, ("rungs", record.due_on, ladder.name, *asked[3:]), lambda: tuple(all_rungs(*asked))
    )


def waits_at(definition: Definition, station: str) -> bool:
    """Whether a case may wait at a station without end, its holder reminded now and then by the clock."""
    limit = definition.stations[station].limit
    told = any("clock" in row.by for row in definition.rows(station, TELLS))
    return limit is not None and limit.waits is not None and told


def rearm(passage: Passage, record: CaseRecord, case: Case) -> None:
    """Arm the rung after one that was climbed; where the limit or the stay changed, its first one still ahead."""
    old, act, today = passage.loaded.record, passage.command.act, passage.facts.today
    if act == TELLS:
        _arm(passage, record, case, since=date.min, above=int(passage.args["rung"]))
        return
    same = old and (old.due_on, old.station_seq) == (record.due_on, record.station_seq)
    if same and act not in RESTARTS:
        return
    if act == RECOUNT:
        _arm_again(passage, record, case)
        return
    if old:
        timers.stop(passage.conn, record.id, "held" if act == "hold" else "cancelled")
    if act == "extend":
        timers.start_over(passage.conn, record.id)
    # What was told today is not told again: neither after a hold nor where the same limit runs on.
    told = act == "release" or (old is not None and _same_limit(passage, old, record))
    _arm(passage, record, case, since=today + timedelta(days=1) if told else today)


def _arm_again(passage: Passage, record: CaseRecord, case: Case) -> None:
    """The rung that was armed gets its new day: what was climbed is climbed, what is ahead stays ahead."""
    armed = timers.armed_at(passage.conn, record.id, record.station_seq)
    timers.stop(passage.conn, record.id, "cancelled")
    if armed and armed.name != REMINDER:
        _arm(passage, record, case, since=date.min, above=armed.step - 1)


def _same_limit(passage: Passage, old: CaseRecord, record: CaseRecord) -> bool:
    ladders = [ladder_at(passage.loaded.definition, one.station) for one in (old, record)]
    return old.due_on is not None and old.due_on == record.due_on and ladders[0] == ladders[1]


def _arm(passage: Passage, record: CaseRecord, case: Case, *, since: date, above: int = -1) -> None:
    ladder = ladder_at(passage.loaded.definition, record.station)
    if ladder is None:
        _arm_reminder(passage, record, case)
        return
    every = dated_rungs(passage.conn, record, passage.calendar, ladder)
    following = ahead(every, since=since, above=above)
    if following:
        id_ = passage.engine.source.new_id()
        stay = (record.id, record.station_seq, ladder.name)
        timers.put(passage.conn, TimerRecord(id_, *stay, following.step, following.day))


def _arm_reminder(passage: Passage, record: CaseRecord, case: Case) -> None:
    if case.remind and not case.on_hold and waits_at(passage.loaded.definition, record.station):
        id_ = passage.engine.source.new_id()
        timers.put(passage.conn, TimerRecord(id_, record.id, record.station_seq, REMINDER, 0, case.remind))
