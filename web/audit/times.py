"""How long each station takes, where dossiers wait."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import all_units
from states import labels
from web.access import roles, viewer
from web.audit.filters import complaints, filters
from web.audit.register import Row, names_of, row
from web.cases.due import working_days
from web.language import language
from web.rendering import page
from web.site import site
from workflow.auditing.times import times

AT_FIRST = 10
"""Offices shown before the others are asked for."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One dossier with how long it has been where it is."""

    row: Row
    days: str


@router.get("/audit/times")
@roles("auditor")
def times_page(request: Request) -> Response:
    """Finished stays between two days, what waits now; not async, because it reads many histories."""
    engine, lang = site(request).engine, language(request)
    found = filters(request)
    today = engine.today()
    since = found.asked.since or date(today.year, 1, 1)
    until = found.asked.until or max(today, since)
    took = times(engine, viewer(request).actor, since, until)
    with engine.database.reading() as conn:
        units = all_units(conn)
    short = names_of(units, lang)
    return page(
        request,
        "audit/times.html",
        status=422 if found.wrong else 200,
        desk="/audit/times",
        wrong=complaints(found, lang),
        values={
            "from": found.values["from"] or since.isoformat(),
            "to": found.values["to"] or until.isoformat(),
        },
        since=since,
        until=until,
        most=AT_FIRST,
        stations=[(pace, labels.label("station", pace.name, lang)) for pace in took.stations],
        offices=[(pace, short.get(pace.name, pace.name)) for pace in took.offices],
        longest=[
            Waiting(row(one.standing, units, engine, lang), working_days(one.waited, lang))
            for one in took.longest
        ],
    )
