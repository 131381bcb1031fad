"""The page of a session of the council: its agenda, the votes of one item, its members."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response, StreamingResponse
from starlette.datastructures import FormData

from states.kinds import page_of
from states.labels import label
from web.access import signed_in, viewer
from web.api.papers import sent_as_file
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, fresh_key, tried, typed
from web.cases.scans import scan_sent
from web.council.fairness import Out, figures as figures_of
from web.language import language, say
from web.rendering import fragment, page, see_other
from web.sessions import agenda as session_agenda, round as session_round
from web.sessions.acts import back_to
from web.sessions.bar import may_type, to_type
from web.sessions.desk import context, panel
from web.sessions.forms import minutes_text
from web.sessions.hands import figures_typed, hands_of
from web.sessions.parts import quorum_of
from web.site import site
from workflow.council import session_reading
from workflow.council.session_reading import SessionView
from workflow.council.session_rounds import SCAN
from workflow.dossiers import reading
from workflow.outcome import Done
from workflow.papers.scans import scan_of
from workflow.problems import NotFound

RoundNo = Annotated[str, Path(pattern=r"^[0-9]{1,4}$")]

router = APIRouter(include_in_schema=False)


@router.get("/sessions/{ref}")
@signed_in
async def session(request: Request, ref: Ref, out: Out, item: str = "") -> Response:
    """The session as it stands now; ``out`` is left out of its figures for a try."""
    return _page(request, ref, item, out=out)


@router.post("/sessions/{ref}/agenda")
@signed_in
async def set_agenda(request: Request, ref: Ref) -> Response:
    """Move a dossier, take one off, add those that were ticked."""
    form = await request.form()
    wanted = session_agenda.rearranged(form)
    return _done(request, ref, "set_agenda", form, {"dossiers": wanted}, quiet=True)


@router.post("/sessions/{ref}/attendance")
@signed_in
async def mark(request: Request, ref: Ref) -> Response:
    """Note how one member stands to the session from now on."""
    form = await request.form()
    args = {name: typed(form, name) for name in ("seat", "attendance")}
    return _done(request, ref, "mark_attendance", form, args)


@router.post("/sessions/{ref}/totals")
@signed_in
async def enter_totals(request: Request, ref: Ref) -> Response:
    """Take what one teller counted; a scan that came along is kept even where the figures are refused."""
    form = await request.form()
    args = _counted(request, ref, form)
    scan = tried(request, ref, lambda: scan_sent(request, form, SCAN))
    if isinstance(scan, Trouble):
        return _page(request, ref, "", form, scan)
    return _done(request, ref, "enter_totals", form, args | ({"scan": scan} if scan else {}), scan=scan)


@router.post("/sessions/{ref}/count")
@signed_in
async def count(request: Request, ref: Ref) -> Response:
    """Count what stands in the form so far; nothing is kept."""
    form, lang = await request.form(), language(request)
    if "hx-request" not in request.headers:
        return _page(request, ref, "", form)
    view = _view(request, ref)
    shown = panel(view, "", figures_typed(form, view.session), lang)
    held = shown.open if shown else None
    return fragment(request, "sessions/_count.html", "counted", held=held)


@router.get("/sessions/{ref}/live")
@signed_in
async def live(request: Request, ref: Ref, version: int = 0) -> Response:
    """What others did since the page was loaded; nothing to swap in where they did nothing."""
    view = _view(request, ref)
    if view.of.record.version == version:
        return Response(status_code=204)
    facts = view.session
    return fragment(
        request,
        "sessions/_live.html",
        "live",
        quorum=quorum_of(facts) if facts.roll and facts.day else None,
        here=page_of(ref),
        changed=True,
        version=view.of.record.version,
        station=facts.station,
    )


@router.get("/sessions/{ref}/rounds/{no}/scan")
@signed_in
async def scan(request: Request, ref: Ref, no: RoundNo) -> StreamingResponse:
    """The tellers' own minutes of a round, scanned."""
    engine = site(request).engine
    with engine.database.reading() as conn:
        view, _ = session_reading.session(engine, conn, ref, viewer(request).actor)
        one = view.session.rounds.get(no)
        found = scan_of(conn, view.of.entries, "enter_totals", one.scan) if one and one.scan else None
    if found is None:
        raise NotFound
    return sent_as_file(engine, found)


def _view(request: Request, ref: str) -> SessionView:
    engine = site(request).engine
    with engine.database.reading() as conn:
        return session_reading.session(engine, conn, ref, viewer(request).actor)[0]


def _counted(request: Request, ref: str, form: FormData) -> dict[str, Any]:
    found = _view(request, ref).session.open_round
    if found and found[1].ballot == "hands":
        return {"hands": hands_of(form, found[1])}
    return {"totals": session_round.args_of(form)}


def _done(
    request: Request,
    ref: str,
    act: str,
    form: FormData,
    args: Mapping[str, Any],
    *,
    quiet: bool = False,
    scan: str = "",
) -> Response:
    """Carry an act of the page out; refused, the same page with all that was typed."""
    outcome = attempt(request, act, ref, form, args)
    if isinstance(outcome, Done):
        lang = language(request)
        said = say(lang, "Đã %(told)s (%(ref)s).", ref=ref, told=label("told", act, lang))
        said = "" if quiet else said
        return see_other(request, back_to(ref, form), said)
    return _page(request, ref, typed(form, "dossier"), form, outcome, scan)


def _page(
    request: Request,
    ref: str,
    item: str,
    form: FormData | None = None,
    trouble: Trouble | None = None,
    scan: str = "",
    out: Sequence[str] = (),
) -> Response:
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = session_reading.session(engine, conn, ref, actor)
        weighed = reading.acts(engine, loaded, actor)
        figures = figures_typed(form, view.session) if form else None
        shown = context(engine, conn, view, weighed, item, figures or None, lang)
        may_order = any(one.act == "set_agenda" and one.allowed for one in weighed)
        fairness = figures_of(conn, view, out, lang)
        waiting = session_agenda.campaigns(conn, view.session, lang) if may_order else []
    found = view.session.open_round
    return page(
        request,
        "sessions/session.html",
        status=trouble.status if trouble else 200,
        **shown,
        waiting=waiting,
        fairness=fairness,
        types="enter_totals" in shown["may"] and may_type(view.session, actor.person),
        to_do=to_type(view, found[1], lang) if found else "",
        tellers=len(found[1].totals) if found else 0,
        mine_typed=found is not None and actor.person in found[1].totals,
        typed_by=_tellers(view),
        scan_kept=scan or (typed(form, "scan_kept") if form else ""),
        sent=form or {},
        trouble=trouble,
        wrong=trouble.fields if trouble else {},
        version=(typed(form, "version") if form else "") or view.of.record.version,
        key=fresh_key(),
        minutes_text=minutes_text(view),
    )


def _tellers(view: SessionView) -> list[str]:
    found = view.session.open_round
    return [view.names.get(who, "") for who in found[1].totals] if found else []
