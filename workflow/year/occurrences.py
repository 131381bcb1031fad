"""What the plans in effect bring is written down as occurrences, before it happens."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy.engine import Connection

from db import cases, occurrences, units
from db.cases import CaseRecord
from db.occurrences import OccurrenceRecord
from db.units import Unit, offices_of
from states.calendar.working_days import Calendar
from states.document import canonical
from states.periods import Period
from states.year.duty_forms import form_of
from states.year.occurrences import ORDER, Member, Occurrence, occurrences as brought
from states.year.plan import Plan
from states.year.plan_case import YearPlan
from states.year.plan_days import opening
from states.year.plan_file import plan_from_document
from workflow.engine import Arranged, Engine
from workflow.loading import facts_in

STANDING = ("home_affairs", "culture_social")
"""The office that looks after the plan: Home Affairs in a city, Culture and Society in a commune since 1 July 2025."""


def arrange(engine: Engine) -> None:
    """Write what the plans in effect bring: when one or the calendar changes, when units come or go (once a day).

    Of two plans of a year the later one counts.
    """
    seen, today = engine.arranged, engine.today()
    with engine.database.reading() as conn:
        versions = cases.plan_versions(conn)
        if seen and (seen.day, seen.versions, seen.corrected) == (today, versions, engine.corrected):
            return
        everyone = tuple(units.all_units(conn).values()) if versions else ()
    known = (versions, everyone, engine.corrected)
    if seen is None or (seen.versions, seen.units, seen.corrected) != known:
        with engine.database.transaction() as conn:
            _arrange(engine, conn, cases.plans_in_effect(conn), everyone)
    engine.arranged = Arranged(today, *known)


def plan_in(record: CaseRecord) -> tuple[Plan, YearPlan]:
    """The plan of a case, with the case's facts."""
    case = facts_in(record)
    assert isinstance(case, YearPlan)
    return _plan_read(record.facts), case


@lru_cache(maxsize=8)
def _plan_read(facts: str) -> Plan:
    """The plan in a case's facts; kept, because reading one takes longer than all a page of the year asks for."""
    return plan_from_document(json.loads(facts)["plan"])


def _arrange(
    engine: Engine, conn: Connection, records: Iterable[CaseRecord], everyone: Iterable[Unit]
) -> None:
    latest: dict[tuple[str, str], CaseRecord] = {}
    for record in sorted(records, key=lambda one: (one.entered_at, one.id)):
        latest[record.body, record.period] = record
    occurrences.clear_all_but(conn, [record.id for record in latest.values()])
    for record in latest.values():
        ours = {unit.id: unit for unit in everyone if unit.body == record.body}
        occurrences.arrange(conn, rows_of(record, ours, engine.calendar))


def rows_of(record: CaseRecord, units_: Mapping[str, Unit], calendar: Calendar) -> list[OccurrenceRecord]:
    """Everything one plan brings to the units of its body, as rows."""
    plan, case = plan_in(record)
    assert case.effective_from is not None  # it is in effect
    members = [
        Member(id=u.id, kind=u.kind, valid_from=u.valid_from, valid_to=u.valid_to) for u in units_.values()
    ]
    found = brought(plan, effective=case.effective_from, units=members, calendar=calendar)
    seats = offices_of(units_.values(), record.body)
    return [_row(one, plan, record, units_, seats, case.effective_from) for one in found]


def _row(
    one: Occurrence,
    plan: Plan,
    record: CaseRecord,
    units_: Mapping[str, Unit],
    seats: Mapping[str, str],
    effective: date,
) -> OccurrenceRecord:
    return OccurrenceRecord(
        schedule=f"{record.body}/{one.schedule}",
        period=one.period,
        plan=record.id,
        act=one.act,
        nominal_on=one.nominal,
        place=ORDER[one.act],
        args=canonical(_args(one, plan, units_, seats, record.body, effective)),
    )


def _args(
    one: Occurrence,
    plan: Plan,
    units_: Mapping[str, Unit],
    seats: Mapping[str, str],
    body: str,
    effective: date,
) -> dict[str, Any]:
    """What the act begins with; of a case that is there already, how to find it."""
    office = next((name for name in STANDING if f"{name}_office" in seats), "")
    unit = seats.get(f"{office}_office", body)
    if one.act in ("open", "mark_overdue"):
        return {"kind": "plan_item", "unit": unit, "category": one.item, "period": one.period}
    if one.act == "close_intake":
        return {"kind": "intake", "unit": unit, "category": one.item, "period": one.period}
    if one.act == "plan":
        item = plan.item(one.item)
        opens = max(opening(item, plan) or effective, effective)
        said = {"unit": unit, "item": item.id, "title": item.text.vi, "if_any": item.if_any}
        return {**said, "period": one.period, "opens": str(opens), "deadline": str(one.due)}
    if one.act == "open_intake":
        campaign = plan.campaign(one.item)
        said = {"unit": unit, "intake": campaign.id, "title": campaign.name.vi, "kind": campaign.kind}
        closing = {"deadline": str(campaign.closes)} if campaign.closes else {}
        return {**said, "period": one.period, "opens": str(one.nominal), **closing}
    duty = plan.duties_of(one.item)[0]
    gathers = units_[one.unit].kind == "school" and "education_office" in seats
    return {
        "definition": duty.definition,
        "unit": one.unit,
        "duty": one.item,
        "period": one.period,
        "title": _owed_as(one),
        "deadline": str(one.due),
        "city_deadline": str(one.city_due),
        "via": "education" if gathers else "",
        "office": office or STANDING[0],
    }


def _owed_as(one: Occurrence) -> str:
    """What a duty is called on a desk: its form with its period, rather than the sentence of the plan."""
    period = Period.parse(one.period).label("vi")
    return f"{form_of(one.item).title.vi} {period[:1].lower()}{period[1:]}"
