"""Dossiers in lists: one's work, everything one may see."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BeforeValidator

from db import case_lists
from db.cases import CaseLine, CaseRecord
from db.text import fold
from db.units import Unit, all_units
from states.kinds import kind_of
from states.labels import Lang
from web.access import signed_in, viewer
from web.api.route import ApiRoute
from web.api.shapes import CaseItem, CaseList, Counts, InboxPage, NamedUnit, Seat
from web.cursors import created_place, due_place, next_created, written
from web.site import site
from workflow.fields import Code, Line, PeriodCode
from workflow.inbox import Item, Queue, inbox, items

router = APIRouter(route_class=ApiRoute)

Limit = Annotated[int, Query(ge=1, le=200)]
"""Rows on a page."""
Cursor = Annotated[str | None, Query(max_length=300)]
"""The ``next`` of the page before."""
Given = BeforeValidator(lambda value: value or None)
"""An empty filter is none."""


@router.get("/inbox")
@signed_in
async def own_work(
    request: Request,
    queue: Queue = "todo",
    cursor: Cursor = None,
    limit: Limit = 50,
    all: bool = False,  # noqa: A002 - the address says all
) -> InboxPage:
    """One queue of one's work; ``all=1`` takes what waits for other roles of the same units too."""
    engine, reader = site(request).engine, viewer(request)
    after = created_place(cursor) if queue == "done" else due_place(cursor)
    with engine.database.reading() as conn:
        page = inbox(engine, conn, reader.actor, queue, whole_office=all, after=after, limit=limit)
        units = all_units(conn)
    return InboxPage(
        items=[case_item(row, units, reader.lang) for row in page.items],
        counts=Counts.model_validate(page.counts),
        next=written(page.next),
    )


@router.get("/dossiers")
@signed_in
async def dossiers(
    request: Request,
    station: Annotated[Code | None, Given, Query()] = None,
    unit: Annotated[Code | None, Given, Query()] = None,
    period: Annotated[PeriodCode | None, Given, Query()] = None,
    q: Annotated[Line | None, Given, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> CaseList:
    """Every dossier one may see, newest first; ``q`` needs no diacritics, and each word must occur."""
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        found = case_lists.listed(
            conn,
            reader.scope,
            station=station,
            unit=unit,
            period=period,
            words=fold(q) if q else None,
            after=created_place(cursor),
            limit=limit + 1,
        )
        units = all_units(conn)
    return CaseList(
        items=[case_item(row, units, reader.lang) for row in items(engine, found[:limit])],
        next=next_created(found, limit),
    )


def case_item(row: Item[CaseLine] | Item[CaseRecord], units: Mapping[str, Unit], lang: Lang) -> CaseItem:
    """A row of a list as the API shows it."""
    record, unit, kind = row.record, units[row.record.unit], kind_of(row.record.ref)
    holder = None
    if record.holder_role and record.holder_unit:
        holder = Seat(role=record.holder_role, unit=record.holder_unit)
    return CaseItem(
        ref=record.ref,
        kind=record.category if kind == "dossier" else kind,
        title=record.title,
        unit=NamedUnit.of(unit, lang),
        period=record.period,
        procedure=record.procedure,
        station=record.station,
        label=row.label[lang],
        since=record.entered_at,
        due=record.due_on,
        working_days_left=row.left,
        holder=holder,
    )
