"""What the lists, acts, histories of the year's cases have in common at the API."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request

from db import duties
from db.cases import CaseRecord
from db.units import Unit, all_units
from states.labels import Lang
from web.access import signed_in, viewer
from web.api.acts import of_kind
from web.api.dossier_view import act_offers, history_page
from web.api.lists import Limit, case_item
from web.api.route import ApiRoute, Ref
from web.api.shapes import ActOffers, HistoryPage
from web.api.year_shapes import YearItem, YearList
from web.cursors import created_place, next_created
from web.site import site
from workflow import case_reading
from workflow.auditing.asof import moment_named
from workflow.dossiers import reading
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
    return YearList(
        items=[_item(row, units, reader.lang) for row in items(engine, found[:limit])],
        next=next_created(found, limit),
    )


def asked_of(kind: str, place: str) -> APIRouter:
    """What one may ask of any case of a kind: its acts, its history; the routes carry its name into the document."""
    router, words = APIRouter(route_class=ApiRoute, prefix=f"/{place}/{{ref}}"), kind.replace("_", " ")
    offered = f"Every act of the {words}'s station for the caller: allowed, or every reason why not."

    @router.get("/acts", name=f"{kind}_acts", description=offered)
    @signed_in
    async def acts(request: Request, ref: Ref) -> ActOffers:
        return _offers(request, kind, ref)

    recorded = f"The {words}'s entries up to a moment with what they fold to."

    @router.get("/history", name=f"{kind}_history", description=recorded)
    @signed_in
    async def history(
        request: Request, ref: Ref, as_of: AsOf = None, cursor: After = 0, limit: Limit = 200
    ) -> HistoryPage:
        return _entries(request, kind, ref, as_of, cursor, limit)

    return router


def _offers(request: Request, kind: str, ref: str) -> ActOffers:
    of_kind(ref, kind)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, loaded = case_reading.case(engine, conn, ref, reader.actor)
        return act_offers(view, reading.acts(engine, loaded, reader.actor), reader.lang)


def _entries(
    request: Request, kind: str, ref: str, as_of: str | None, cursor: int, limit: int
) -> HistoryPage:
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
