"""The council with its sessions at the API."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from web.access import signed_in, viewer
from web.api.acts import begun, of_kind
from web.api.lists import Cursor, Given, Limit
from web.api.route import ApiRoute, IdempotencyKey, Ref
from web.api.session_shapes import AgendaOfSession, CouncilAnswer, RoundsOfSession, SessionAnswer
from web.api.session_view import agenda_answer, council_answer, rounds_answer, session_answer
from web.api.shapes import Created
from web.api.year import asked_of, listing
from web.api.year_shapes import YearList
from web.site import site
from workflow.council import council_reading, session_reading
from workflow.council.councils import Establish
from workflow.council.session_reading import SessionView
from workflow.council.sessions import DraftSession
from workflow.fields import Code, PeriodCode

SESSION, COUNCIL = "session", "council"
Station = Annotated[Code | None, Given, Query()]
PeriodAsked = Annotated[PeriodCode | None, Given, Query()]

router = APIRouter(route_class=ApiRoute)


@router.get("/sessions")
@signed_in
async def sessions(
    request: Request,
    period: PeriodAsked = None,
    station: Station = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> YearList:
    """Every session one may see, newest first."""
    return listing(request, SESSION, period=period, station=station, cursor=cursor, limit=limit)


@router.post("/sessions", status_code=201)
@signed_in
def draft(request: Request, sent: DraftSession, key: IdempotencyKey) -> Created:
    """Draft a session of the council."""
    return begun(request, "draft_session", sent, key)


@router.get("/sessions/{ref}")
@signed_in
async def session(request: Request, ref: Ref) -> SessionAnswer:
    """One session with its members, their attendance and interests, its minutes."""
    return session_answer(_view(request, ref), viewer(request).lang)


@router.get("/sessions/{ref}/agenda")
@signed_in
async def agenda(request: Request, ref: Ref) -> AgendaOfSession:
    """The dossiers of a session in their order, with the last word on every nomination."""
    return agenda_answer(_view(request, ref), viewer(request).lang)


@router.get("/sessions/{ref}/rounds")
@signed_in
async def rounds(request: Request, ref: Ref) -> RoundsOfSession:
    """Every round of a session with its rules; of an open one only what the caller may know."""
    return rounds_answer(_view(request, ref))


@router.get("/councils")
@signed_in
async def councils(
    request: Request, station: Station = None, cursor: Cursor = None, limit: Limit = 50
) -> YearList:
    """Every council one may see, newest first."""
    return listing(request, COUNCIL, station=station, cursor=cursor, limit=limit)


@router.post("/councils", status_code=201)
@signed_in
def establish(request: Request, sent: Establish, key: IdempotencyKey) -> Created:
    """Establish a council with its first members."""
    return begun(request, "establish", sent, key)


@router.get("/councils/{ref}")
@signed_in
async def council(request: Request, ref: Ref) -> CouncilAnswer:
    """One council with everybody who ever sat on it, its rules by award."""
    of_kind(ref, COUNCIL)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, _ = council_reading.council(engine, conn, ref, reader.actor)
    return council_answer(view, reader.lang)


for _kind, _place in ((SESSION, "sessions"), (COUNCIL, "councils")):
    router.include_router(asked_of(_kind, _place))


def _view(request: Request, ref: str) -> SessionView:
    of_kind(ref, SESSION)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        return session_reading.session(engine, conn, ref, reader.actor)[0]
