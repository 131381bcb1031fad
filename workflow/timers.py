"""The rungs of a station's limit as timer rows, one armed at a time, for the clock to find."""

from datetime import date, timedelta

from db import timers
from db.cases import CaseRecord
from db.timers import TimerRecord
from states.check_ladders import TELLS
from states.definition import Definition
from states.ladders import Ladder, rungs, shipped_ladders
from workflow.passage import Passage


def ladder_at(definition: Definition, station: str) -> Ladder | None:
    """The ladder of a station's limit; ``None`` where it has none."""
    limit = definition.stations[station].limit
    return shipped_ladders()[limit.ladder] if limit and limit.ladder else None


def rearm(passage: Passage, record: CaseRecord) -> None:
    """Arm the rung after one that was climbed; where the limit or the stay changed, its first one still ahead."""
    old, act, today = passage.loaded.record, passage.command.act, passage.facts.today
    if act == TELLS:
        _arm(passage, record, since=date.min, above=int(passage.args["rung"]))
        return
    if old and (old.due_on, old.station_seq) == (record.due_on, record.station_seq):
        return
    if old:
        timers.stop(passage.conn, record.id, "held" if act == "hold" else "cancelled")
    if act == "extend":
        timers.start_over(passage.conn, record.id)
    # What was told on the day of the hold is not told again on the day of the release.
    _arm(passage, record, since=today + timedelta(days=1) if act == "release" else today)


def _arm(passage: Passage, record: CaseRecord, *, since: date, above: int = -1) -> None:
    ladder = ladder_at(passage.loaded.definition, record.station)
    if ladder is None or record.due_on is None:
        return
    ahead = rungs(record.due_on, passage.engine.calendar, ladder, since=since)
    following = next((one for one in ahead if one.step > above), None)
    if following:
        id_ = passage.engine.source.new_id()
        stay = (record.id, record.station_seq, ladder.name)
        timers.put(passage.conn, TimerRecord(id_, *stay, following.step, following.day))
