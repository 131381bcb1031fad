"""P13: clock jumps of up to 500 days make nothing happen early or twice, nothing is lost once they are put right."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random
from typing import Any

import sqlalchemy as sa

from bench.mutants import planted
from bench.promise import Promise, Run, Trials
from bench.wrong_clock import Installation, Model, founded
from db.schema import METADATA
from states.checking.ladders import TELLS
from workflow.clock import guard as clock_guard

HISTORIES, ON_POSTGRESQL, OF_CONTROL = 3_000, 0.1, 12
STEPS, JUMP = 6, (10, 500)
"""Steps of one history; a jump is of so many days, either way."""


def harness(run: Run, trials: Trials) -> None:
    """Most histories on SQLite, a tenth on PostgreSQL."""
    for kind in run.ground.kinds:
        share = ON_POSTGRESQL if kind == "postgresql" else 1 - ON_POSTGRESQL * (len(run.ground.kinds) - 1)
        _lived(run, trials, kind, run.times(round(HISTORIES * share)))


def believing(run: Run, trials: Trials) -> None:
    """The same under a guard that believes every clock."""
    with planted(clock_guard, "watch", lambda *_: None):
        _lived(run, trials, "sqlite", OF_CONTROL)


def _lived(run: Run, trials: Trials, kind: str, histories: int) -> None:
    done: Counter[str] = Counter()
    with founded(run.ground, kind) as model:
        for number in range(histories):
            chance, here = run.random("history", kind, number), model.anew()
            for _ in range(STEPS):
                done[_step(here, chance)] += 1
            _put_right(here)
            faults = [*here.early, *_faults(here, model)]
            trials.held(not faults, f"{kind}, history {number}: {faults[:3]}")
    told = ", ".join(f"{times} × {name}" for name, times in sorted(done.items()))
    trials.notes.append(f"{kind}: {histories} histories: {told}")


def _step(here: Installation, chance: Random) -> str:
    """Something that happens to a server or its clock."""
    step = chance.choice(("runs", "runs", "rests", "jumps", "jumps", "is put right", "is released"))
    clock = here.clock
    if step == "runs":
        for _ in range(chance.randint(1, 4)):
            _passed(here, timedelta(hours=chance.randint(6, 96)))
    elif step == "rests":
        clock.true += timedelta(hours=chance.randint(1, 900))
        _begun(here)
    elif step == "jumps":
        clock.wrong = timedelta(days=chance.randint(*JUMP) * chance.choice((1, -1)))
        if chance.random() < 0.4:
            _begun(here)
        else:
            _passed(here, timedelta(minutes=chance.randint(1, 60)))
    elif step == "is released":
        # Whoever releases a clock has looked at it: it is right, or at worst behind.
        clock.wrong = min(clock.wrong, timedelta())
        here.released()
        here.swept(timedelta(seconds=30))
    else:
        clock.wrong = timedelta()
        _passed(here, timedelta(seconds=30))
    return step


def _passed(here: Installation, elapsed: timedelta) -> None:
    here.clock.true += elapsed
    here.swept(elapsed)


def _begun(here: Installation) -> None:
    """The program begins; what it cannot tell from rest is the guard's known limit, so the clock is right then."""
    if here.could_be_rest():
        here.clock.wrong = timedelta()
    here.swept(None)


def _put_right(here: Installation) -> None:
    """The clock is right again, an operator says so, everything that waited happens."""
    here.clock.wrong = timedelta()
    if here.swept(timedelta(seconds=30)).halt:
        here.released()
    while here.swept(timedelta(seconds=30)).fired:
        pass


@dataclass(frozen=True, slots=True)
class Written:
    """An entry with what its case is about."""

    case: str
    act: str
    about: tuple[str, str, str]
    body: dict[str, Any]
    rung: int | None

    @property
    def nominal(self) -> datetime:
        """When it should have been written."""
        return datetime.fromisoformat(self.body["nominal_at"])


def _faults(here: Installation, model: Model) -> Iterator[str]:
    today, entries = here.clock.day(), list(_entries(here))
    happened = Counter((one.act, *one.about, one.nominal) for one in entries)
    for one in model.expected:
        times = happened[one.act, one.item, one.unit or "NV", one.period, one.moment]
        if times != (one.nominal <= today):
            yield f"{one.schedule} {one.period} happened {times} times"
    early = [one.act for one in entries if one.nominal > here.clock.true]
    if early:
        yield f"too early: {early}"
    told = Counter(_rungs(entries))
    yield from (f"{rung} climbed {times} times" for rung, times in told.items() if times > 1)
    yield from (f"{one} is still to be done" for one in _left(here, today))


def _rungs(entries: list[Written]) -> Iterator[tuple[str, int, int, datetime | None]]:
    """Each rung that was climbed, with its case and stay; a reminder of what waits without end, with its day."""
    for case, written in groupby(entries, lambda one: one.case):
        stay, reminded = 0, None
        for one in written:
            if one.body["from"] != one.body["to"]:
                stay = one.body["seq"]
            if one.act == TELLS and one.rung is not None:
                yield case, stay, one.rung, one.nominal if reminded else None
            reminded = one.body["effects"].get("remind", reminded)


def _left(here: Installation, today: date) -> list[str]:
    """What is due but did not happen."""
    occurrence, timer = METADATA.tables["occurrence"], METADATA.tables["timer"]
    waits = sa.select(occurrence.c.schedule).where(
        occurrence.c.status == "due", occurrence.c.nominal_on <= today
    )
    armed = sa.select(timer.c.id).where(timer.c.status == "armed", timer.c.due_on <= today)
    with here.engine.database.reading() as conn:
        return [*conn.execute(waits).scalars(), *conn.execute(armed).scalars()]


def _entries(here: Installation) -> Iterator[Written]:
    """All that was written, case by case in order."""
    history, case, payload = (METADATA.tables[name] for name in ("history", "cases", "payload"))
    wanted = sa.select(
        history.c.case_id, history.c.act, case.c.category, case.c.unit, case.c.period, history.c.body
    ).add_columns(payload.c.body.label("words"))
    joined = wanted.join(case, case.c.id == history.c.case_id).join(
        payload, payload.c.history_id == history.c.id
    )
    with here.engine.database.reading() as conn:
        for row in conn.execute(joined.order_by(history.c.case_id, history.c.seq)):
            rung = json.loads(row.words)["args"].get("rung")
            about = (row.category, row.unit, row.period)
            yield Written(row.case_id, row.act, about, json.loads(row.body), rung)


PROMISE = Promise(
    "P13",
    "clock jumps make nothing happen early, twice or never",
    harness,
    {"a guard that believes every clock": believing},
)
