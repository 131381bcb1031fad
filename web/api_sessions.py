"""The council with its sessions at the API."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from web.access import signed_in, viewer
from web.api_acts import of_kind
from web.api_lists import Cursor, Given, Limit
from web.api_route import ApiRoute, IdempotencyKey, Ref
from web.api_session_shapes import AgendaOfSession, CouncilAnswer, RoundsOfSession, SessionAnswer
from web.api_session_view import agenda_answer, council_answer, rounds_answer, session_answer
from web.api_shapes import ActOffers, Created, HistoryPage
from web.api_year import After, AsOf, entries, listing, offers
from web.api_year_shapes import YearList
from web.site import site
from workflow import council_reading, session_reading
from workflow.command import checked
from workflow.councils import Establish
from workflow.fields import Code, Form, PeriodCode
from workflow.session_reading import SessionView
from workflow.sessions import DraftSession
from workflow.step import perform

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
    return _begun(request, "draft_session", sent, key)


@router.get("/sessions/{ref}")
@signed_in
async def session(request: Request, ref: Ref) -> SessionAnswer:
    """One session with its members, their attendance and interests, its minutes."""
    return session_answer(_view(request, ref), viewer(request).lang)


@router.get("/sessions/{ref}/acts")
@signed_in
async def session_acts(request: Request, ref: Ref) -> ActOffers:
    """Every act of the session's station for the caller: allowed, or every reason why not."""
    return offers(request, SESSION, ref)


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


@router.get("/sessions/{ref}/history")
@signed_in
async def session_history(
    request: Request, ref: Ref, as_of: AsOf = None, cursor: After = 0, limit: Limit = 200
) -> HistoryPage:
    """The session's entries up to a moment with what they fold to."""
    return entries(request, SESSION, ref, as_of, cursor, limit)


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
    return _begun(request, "establish", sent, key)


@router.get("/councils/{ref}")
@signed_in
async def council(request: Request, ref: Ref) -> CouncilAnswer:
    """One council with everybody who ever sat on it, its rules by award."""
    of_kind(ref, COUNCIL)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, _ = council_reading.council(engine, conn, ref, reader.actor)
    return council_answer(view, reader.lang)


@router.get("/councils/{ref}/acts")
@signed_in
async def council_acts(request: Request, ref: Ref) -> ActOffers:
    """Every act of the council's station for the caller."""
    return offers(request, COUNCIL, ref)


@router.get("/councils/{ref}/history")
@signed_in
async def council_history(
    request: Request, ref: Ref, as_of: AsOf = None, cursor: After = 0, limit: Limit = 200
) -> HistoryPage:
    """The council's entries up to a moment."""
    return entries(request, COUNCIL, ref, as_of, cursor, limit)


def _view(request: Request, ref: str) -> SessionView:
    of_kind(ref, SESSION)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        return session_reading.session(engine, conn, ref, reader.actor)[0]


def _begun(request: Request, act: str, sent: Form, key: str) -> Created:
    args = sent.model_dump(mode="json", by_alias=True, exclude_unset=True)
    command = checked(act, key=key, args=args, request_id=request.state.request_id)
    done = perform(site(request).engine, command, viewer(request).actor)
    return Created(ref=done.ref, station=done.station, version=done.version, definition=done.definition)
