"""The list of the council's sessions, where its secretary drafts one."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import duties
from db.units import all_units
from states.kinds import page_of
from web import cursors
from web.access import roles, signed_in, viewer
from web.cases.acting import Trouble, attempt, filled, fresh_key, typed
from web.cases.rows import CaseRow, case_row
from web.language import language
from web.paging import AT_ONCE, address
from web.rendering import page, see_other
from web.site import site
from workflow.council.council_reading import CouncilView, of_body
from workflow.folded import facts_in
from workflow.inbox import items

FIELDS = ("title", "period", "date", "begins_at", "place")
OVER = frozenset({"minutes_signed", "cancelled"})

router = APIRouter(include_in_schema=False)


@router.get("/sessions")
@signed_in
async def sessions(request: Request, after: str | None = None) -> Response:
    """The sessions one may see: those to come, then those past, with the council they belong to."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    with engine.database.reading() as conn:
        units = all_units(conn)
        place = cursors.created_place(after)
        found = duties.listed(conn, reader.scope, ("session",), after=place, limit=AT_ONCE + 1)
        shown = [
            (case_row(row, units, lang), getattr(facts_in(row.record), "day", None))
            for row in items(engine, found[:AT_ONCE])
        ]
        held = [of_body(engine, conn, body, reader.actor) for body in sorted(reader.scope.bodies)]
    more = cursors.next_created(found, AT_ONCE)
    return page(
        request,
        "sessions/list.html",
        coming=sorted((one for one in shown if not _over(one[0])), key=lambda one: str(one[1])),
        past=[one for one in shown if _over(one[0])],
        councils=[one for one in held if one],
        today=engine.today(),
        may_draft="council_secretary" in reader.roles,
        next_href=address("/sessions", after=more) if more else "",
    )


def _over(row: CaseRow) -> bool:
    return row.station in OVER


@router.get("/sessions/new")
@roles("council_secretary")
async def new(request: Request) -> Response:
    """The form of a session that is to be drafted."""
    return _form(request, {})


@router.post("/sessions/new")
@roles("council_secretary")
async def draft(request: Request) -> Response:
    """Draft it, or show the form with all that was typed."""
    form = await request.form()
    args = filled({name: typed(form, name) for name in FIELDS}) | {"unit": seat_of_secretary(request)}
    outcome = attempt(request, "draft_session", "", form, args)
    if isinstance(outcome, Trouble):
        return _form(request, {name: typed(form, name) for name in FIELDS}, outcome)
    return see_other(request, page_of(outcome.ref))


def seat_of_secretary(request: Request) -> str:
    """The unit whose secretary is asking."""
    return next((g.unit for g in viewer(request).grants if g.role == "council_secretary"), "")


def _form(request: Request, values: dict[str, str], trouble: Trouble | None = None) -> Response:
    engine, actor = site(request).engine, viewer(request).actor
    body = next((g.body for g in viewer(request).grants if g.role == "council_secretary"), "")
    with engine.database.reading() as conn:
        council: CouncilView | None = of_body(engine, conn, body, actor)
    shown: dict[str, Any] = {"begins_at": "14:00"} | values
    return page(
        request,
        "sessions/new.html",
        status=trouble.status if trouble else 200,
        values=shown,
        council=council,
        here="/sessions/new",
        trouble=trouble,
        wrong=trouble.fields if trouble else {},
        key=fresh_key(),
    )
