"""What the lists, acts, histories of the year's cases have in common at the API."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Query, Request

from db import duties
from db.cases import CaseRecord
from db.units import Unit, all_units
from states.labels import Lang
from web.access import viewer
from web.api_acts import of_kind
from web.api_dossier_view import act_offers, history_page
from web.api_lists import case_item
from web.api_shapes import ActOffers, HistoryPage
from web.api_year_shapes import YearItem, YearList
from web.cursors import created_place, written
from web.site import site
from workflow import case_reading, reading
from workflow.asof import moment_named
from workflow.inbox import Item, items

AsOf = Annotated[str | None, Query(max_length=40)]
"""A moment or a day, which means its end in Vietnam."""
After = Annotated[int, Query(ge=0)]
"""The seq after which to go on."""
Year = Annotated[int | None, Query(ge=2000, le=2100)]


def listing(
    request: Request,
    kind: str,
    *,
    unit: str | None = None,
    period: str | None = None,
    year: int | None = None,
    station: str | None = None,
    cursor: str | None,
    limit: int,
) -> YearList:
    """One page of what the caller sees of one kind, newest first."""
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        found = duties.listed(
            conn,
            reader.scope,
            (kind,),
            unit=unit,
            period=period,
            year=year,
            station=station,
            after=created_place(cursor),
            limit=limit + 1,
        )
        units = all_units(conn)
    last = found[limit - 1] if len(found) > limit else None
    return YearList(
        items=[_item(row, units, reader.lang) for row in items(engine, found[:limit])],
        next=written((last.created_at, last.id) if last else None),
    )


def offers(request: Request, kind: str, ref: str) -> ActOffers:
    """Every act of the station for the caller. Raises NotFound."""
    of_kind(ref, kind)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, loaded = case_reading.case(engine, conn, ref, reader.actor)
        return act_offers(view, reading.acts(engine, loaded, reader.actor), reader.lang)


def entries(request: Request, kind: str, ref: str, as_of: str | None, cursor: int, limit: int) -> HistoryPage:
    """The entries up to a moment with what they fold to. Raises NotFound, Invalid on ``as_of``."""
    of_kind(ref, kind)
    engine, reader = site(request).engine, viewer(request)
    until = moment_named(as_of) if as_of else None
    with engine.database.reading() as conn:
        view, _ = case_reading.case(engine, conn, ref, reader.actor)
        then = case_reading.state_as_of(conn, view, until) if until else view.case
    told = [entry for entry in view.entries if until is None or entry.at <= until]
    return history_page(told, then, reader.lang, after=cursor, limit=limit)


def _item(row: Item[CaseRecord], units: Mapping[str, Unit], lang: Lang) -> YearItem:
    shown = case_item(row, units, lang)
    return YearItem(**shown.model_dump(), category=row.record.category)
