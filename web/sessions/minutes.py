"""The minutes of a session on screen, as a Word file, with the form for the words around their figures."""

import hashlib
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from states.decide import Weighed
from states.kinds import page_of
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, fresh_key, typed
from web.cases.one_act import done_words
from web.language import language
from web.papers.official import drawn
from web.rendering import page, see_other
from web.site import site
from workflow.council import session_reading
from workflow.council.session_reading import SessionView
from workflow.dossiers import reading
from workflow.outcome import Done
from workflow.papers.minutes_matter import OPENED_IN, MinutesMatter, gathered
from workflow.papers.minutes_paper import minutes_paper
from workflow.papers.official_paper import OfficialPaper
from workflow.papers.word_file import MEDIA, word_file
from workflow.problems import NotFound

PARTS = ("opening", "discussion", "proposals", "closing")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes of a session as this reader may read them, with what may be done to them."""

    view: SessionView
    weighed: tuple[Weighed, ...]
    matter: MinutesMatter
    paper: OfficialPaper

    @property
    def may(self) -> frozenset[str]:
        """The acts this reader can perform now."""
        return frozenset(one.act for one in self.weighed if one.allowed)


@router.get("/sessions/{ref}/minutes.docx")
@signed_in
def word(request: Request, ref: Ref) -> Response:
    """The minutes as a Word file; once both have signed, the very bytes whose hash was recorded."""
    made = _minutes(request, ref)
    headers = {"Content-Disposition": f'attachment; filename="{ref}-bien-ban.docx"'}
    return Response(word_file(made.paper), media_type=MEDIA, headers=headers)


@router.get("/sessions/{ref}/minutes")
@signed_in
async def on_screen(request: Request, ref: Ref) -> Response:
    """The same sheet as a page; beside it the form, for who may write now."""
    return _page(request, ref)


@router.post("/sessions/{ref}/minutes")
@signed_in
async def write(request: Request, ref: Ref) -> Response:
    """Keep the words; the figures are nobody's to type."""
    form = await request.form()
    text = {name: typed(form, name) for name in PARTS}
    outcome = attempt(request, "write_minutes", ref, form, {"text": text})
    if isinstance(outcome, Done):
        return see_other(request, f"{page_of(ref)}/minutes", done_words(request, "write_minutes", ref))
    return _page(request, ref, form, outcome)


def _minutes(request: Request, ref: str) -> Minutes:
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = session_reading.session(engine, conn, ref, actor)
        if view.session.station not in OPENED_IN:
            raise NotFound
        matter = gathered(engine, conn, view.of.record, view.session)
        weighed = reading.acts(engine, loaded, actor)
    return Minutes(view, weighed, matter, minutes_paper(matter))


def _page(
    request: Request, ref: str, form: FormData | None = None, trouble: Trouble | None = None
) -> Response:
    made, lang = _minutes(request, ref), language(request)
    view = made.view
    recorded = view.session.sha256
    text = {name: typed(form, name) if form else made.matter.text.get(name, "") for name in PARTS}
    return page(
        request,
        "sessions/minutes.html",
        status=trouble.status if trouble else 200,
        session=view,
        ref=ref,
        here=page_of(ref),
        station_label=view.of.definition.stations[view.session.station].label[lang],
        may=made.may,
        text=text,
        recorded=recorded,
        unchanged=bool(recorded) and hashlib.sha256(word_file(made.paper)).hexdigest() == recorded,
        trouble=trouble,
        wrong=trouble.fields if trouble else {},
        version=(typed(form, "version") if form else "") or view.of.record.version,
        key=fresh_key(),
        **drawn(made.paper),
    )
