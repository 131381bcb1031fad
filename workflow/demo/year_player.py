"""The demo's year of duties played act by act: the plan takes effect, the clock opens what it brings, units answer."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db import occurrences
from db.cases import CaseRecord
from states.roles import PSEUDO_ROLES
from states.year.duty import Duty
from states.year.duty_forms import form_of
from states.year.plan_file import plan_document
from workflow.clock.sweep import sweep
from workflow.command import checked
from workflow.demo.people import Cast
from workflow.demo.world import demo_world
from workflow.demo.year import DemoPlan, YearStep, story_of
from workflow.engine import Engine
from workflow.loading import definition_of, facts_in
from workflow.step import perform


@dataclass(slots=True)
class YearPlayer:
    """Plays the year of one demo on an engine whose clock somebody else moves."""

    engine: Engine
    cast: Cast
    year: int

    def issue(self, issued: DemoPlan) -> None:
        """A plan is drawn up and takes effect; what it opens that day opens."""
        plan = plan_document(issued.plan)
        args = {"unit": issued.unit, "year": self.year, "title": issued.title, "plan": plan}
        key = f"demo-plan-{issued.unit}"
        drawn = perform(self.engine, checked("draw_up", key=key, args=args), self.cast[issued.by].actor)
        command = checked(
            "activate",
            key=f"{key}-activate",
            ref=drawn.ref,
            version=drawn.version,
            reason=issued.reason,
            args={"effective_from": issued.on.isoformat()},
        )
        perform(self.engine, command, self.cast[issued.head].actor)
        sweep(self.engine)

    def play(self, step: YearStep) -> None:
        """Perform one act on the case it is about."""
        with self.engine.database.reading() as conn:
            record = occurrences.case_of(
                conn, kind=step.kind, unit=step.unit, category=step.category, period=step.period
            )
        assert record is not None, step
        command = checked(
            step.act,
            key=f"demo-{step.kind}-{record.ref}-{record.version}",
            ref=record.ref,
            version=record.version,
            args=self._args(step, record),
            **({"reason": step.options["reason"]} if "reason" in step.options else {}),
        )
        perform(self.engine, command, self.cast[self._login(step, record)].actor)

    def _args(self, step: YearStep, record: CaseRecord) -> dict[str, Any]:
        if step.act == "save":
            return _filled_in(record, story_of(self.year)["texts"])
        given = {name: value for name, value in step.options.items() if name != "reason"}
        if "due" in given:
            day, month = given["due"].split("/")
            given["due"] = f"{self.year}-{month}-{day}"
        return given

    def _login(self, step: YearStep, record: CaseRecord) -> str:
        rows = definition_of(self.engine, record).rows(record.station, step.act)
        role = next(role for role in rows[0].by if role not in PSEUDO_ROLES)
        holders = demo_world(self.year).holders(role, record.unit)
        return holders[_draw(record.unit) % len(holders)].login


def _draw(text: str) -> int:
    """A number that is the same for the same text everywhere."""
    return zlib.crc32(text.encode())


def _filled_in(record: CaseRecord, texts: Mapping[str, str]) -> dict[str, Any]:
    """Figures that hold together: parts are never more than their whole."""
    assert isinstance(facts_in(record), Duty)
    form, drawn = form_of(record.category), _draw(f"{record.unit}{record.category}")
    figures: dict[str, int] = {}
    whole = 20 + drawn % 60
    for place, one in enumerate(form.figures):
        figures[one.name] = whole if one.name == "members" else whole * (drawn >> place) % (7 + place)
    if "individuals_commended" in figures:
        figures["individuals_commended"] = 4 + drawn % 9
        figures["direct_workers"] = drawn % 4
        figures["thematic"] = min(figures["thematic"], figures["movements"])
    return {"figures": figures, "text": {name: texts[name] for name in form.sections}}
