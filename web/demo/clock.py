"""The demonstration's clock is moved by hand."""

import asyncio
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from states.periods import Period
from web.access import signed_in
from web.demo.days import days
from web.errors import fields
from web.language import language, say
from web.rendering import dmy, fragment, page, see_other
from web.site import Site, site
from workflow.clock.guard import held_since, mark_as
from workflow.demo.moves import Move
from workflow.demo.moving import days_on, morning_of, next_deadline, next_quarter, year_end
from workflow.engine import Engine
from workflow.problems import Invalid, NotFound, Wrong

By = Literal["day", "week", "deadline", "quarter", "year", "date", "release"]
SHORT = 1.5
"""Seconds a short move is waited for; of a longer one the page shows how far it is."""
FARTHEST = timedelta(days=2 * 366)
"""How far the clock is moved at once; nobody has written plans for later years."""

router = APIRouter(include_in_schema=False)


@router.get("/demo/clock")
@signed_in
async def clock(request: Request) -> Response:
    """What the clock shows, how far it can be moved, what the last move brought."""
    return _shown(request, _demo(request))


@router.get("/demo/clock/progress")
@signed_in
async def progress(request: Request) -> Response:
    """How far the move is; once it is over the whole page is asked for."""
    move = _demo(request).mover.under_way
    if move is None:
        return HTMLResponse("", headers={"HX-Redirect": "/demo/clock"})
    return fragment(request, "demo/clock.html", "progress", move=_seen(move))


@router.post("/demo/clock")
@signed_in
async def move(request: Request, by: Annotated[By, Form()], to: Annotated[str, Form()] = "") -> Response:
    """Let the clock move, day by day, by itself; nobody is signed out by it."""
    here = _demo(request)
    if here.mover.under_way:
        return _refused(request)
    try:
        target = _target(here.engine, by, to)
    except Invalid as problem:
        return _shown(request, here, to, problem)
    if by == "release":
        mark_as(here.engine, target)
    begun = here.mover.start(target)
    if begun is None:
        return _refused(request)
    await asyncio.to_thread(begun.over.wait, SHORT)
    return see_other(request, "/demo/clock")


def _shown(request: Request, here: Site, asked: str = "", problem: Invalid | None = None) -> Response:
    engine, last, lang = here.engine, here.mover.last, language(request)
    following, today = next_deadline(engine), engine.today()
    with engine.database.reading() as conn:
        held = held_since(conn)
    return page(
        request,
        "demo/clock.html",
        status=422 if problem else 200,
        now=engine.now(),
        following=dmy(following),
        quarter=Period.containing("quarter", today).next().label(lang),
        year_end=dmy(year_end(engine)),
        first=(today + timedelta(days=1)).isoformat(),
        farthest=(today + FARTHEST).isoformat(),
        asked=asked,
        error=fields(problem.fields, lang)[0]["message"] if problem else "",
        held=held,
        move=_seen(last) if last else None,
        days=days(last.fired, lang) if last and last.over.is_set() else [],
    )


def _refused(request: Request) -> Response:
    said = say(language(request), "Đồng hồ đang được đẩy. Hãy chờ xong rồi đẩy tiếp.")
    return see_other(request, "/demo/clock", said, "warning")


def _target(engine: Engine, by: By, to: str) -> datetime:
    match by:
        case "deadline":
            return next_deadline(engine) or engine.now()
        case "quarter":
            return next_quarter(engine)
        case "year":
            return year_end(engine)
        case "date":
            return morning_of(_day(engine, to))
        case "release":
            return engine.now()
    return days_on(engine, 1 if by == "day" else 7)


def _day(engine: Engine, to: str) -> date:
    """The day asked for. Raises Invalid for none, for one that is not ahead, for one too far ahead."""
    today = engine.today()
    try:
        day = date.fromisoformat(to)
    except ValueError:
        raise Invalid(Wrong("to", "date_from_datetime_parsing", {})) from None
    first, last = today + timedelta(days=1), today + FARTHEST
    if not first <= day <= last:
        raise Invalid(Wrong("to", "day_ahead", {"first": dmy(first), "last": dmy(last)}))
    return day


def _demo(request: Request) -> Site:
    """The site, where it is a demonstration; elsewhere this page does not exist."""
    here = site(request)
    if not here.settings.demo:
        raise NotFound
    return here


def _seen(move: Move) -> dict[str, object]:
    """A move as the page shows it."""
    return {
        "over": move.over.is_set(),
        "broke": move.broke,
        "percent": move.percent,
        "at": dmy(move.at),
        "to": dmy(move.to),
        "count": len(move.fired),
        "mails": move.mails,
        "failed": move.failed,
    }
