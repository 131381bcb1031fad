"""The list of reports and registrations."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import duties
from db.units import all_units
from states.labels import Lang, label
from states.periods import Period, PeriodError
from web import cursors
from web.access import signed_in, viewer
from web.case_rows import case_row
from web.dossiers import Asked, units_to_choose
from web.language import language
from web.paging import AT_ONCE, address, plain
from web.rendering import page
from web.site import site
from workflow.engine import Engine
from workflow.inbox import item

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
            period=_canonical(asked.period) or None,
            after=cursors.created_place(after),
            limit=AT_ONCE + 1,
        )
        rows = [case_row(item(engine, record), units, lang) for record in found[:AT_ONCE]]
    last = found[AT_ONCE - 1] if len(found) > AT_ONCE else None
    more = cursors.written((last.created_at, last.id)) if last else None
    narrowed = {"kind": asked.q, "station": asked.station, "unit": asked.unit, "period": asked.period}
    return page(
        request,
        "reports/list.html",
        rows=rows,
        asked=asked,
        narrowed=asked != Asked(),
        kinds=[(name, label("case_kind", name, lang)) for name in KINDS],
        stations=_stations(engine, lang),
        units=units_to_choose(units, reader.scope.units, bool(reader.scope.bodies), lang),
        next_href=address("/reports", **narrowed, after=more) if more else "",
    )


def _stations(engine: Engine, lang: Lang) -> list[tuple[str, str]]:
    """Every station of every version, once, as the newest names it."""
    found: dict[str, str] = {}
    for definition in engine.definitions.values():
        if definition.key in KINDS:
            found |= {name: station.label[lang] for name, station in definition.stations.items()}
    return list(found.items())


def _canonical(period: str) -> str:
    try:
        return str(Period.parse(period)) if period else ""
    except PeriodError:
        return period
