"""The list of what units owe: reports, registrations."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import duties
from db.units import all_units
from states.labels import label
from web import cursors
from web.access import signed_in, viewer
from web.cases.list_filters import Asked, stations_to_choose, units_to_choose
from web.cases.rows import case_row
from web.language import language
from web.paging import AT_ONCE, address, plain
from web.rendering import page
from web.site import site
from workflow.inbox import items

KINDS = ("report", "registration")

router = APIRouter(include_in_schema=False)


@router.get("/reports")
@signed_in
async def reports(
    request: Request,
    kind: str = "",
    station: str = "",
    unit: str = "",
    period: str = "",
    after: str | None = None,
) -> Response:
    """Every report and registration the reader may see, newest first."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    asked = Asked(plain(kind), plain(station), plain(unit), plain(period))
    with engine.database.reading() as conn:
        units = all_units(conn)
        found = duties.listed(
            conn,
            reader.scope,
            KINDS if asked.q not in KINDS else (asked.q,),
            station=asked.station or None,
            unit=asked.unit or None,
            period=asked.as_kept,
            after=cursors.created_place(after),
            limit=AT_ONCE + 1,
        )
        rows = [case_row(row, units, lang) for row in items(engine, found[:AT_ONCE])]
    more = cursors.next_created(found, AT_ONCE)
    narrowed = {"kind": asked.q, "station": asked.station, "unit": asked.unit, "period": asked.period}
    return page(
        request,
        "reports/list.html",
        rows=rows,
        asked=asked,
        narrowed=asked != Asked(),
        kinds=[(name, label("case_kind", name, lang)) for name in KINDS],
        stations=stations_to_choose(engine, KINDS, lang),
        units=units_to_choose(units, reader.scope.units, bool(reader.scope.bodies), lang),
        next_href=address("/reports", **narrowed, after=more) if more else "",
    )
