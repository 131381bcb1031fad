"""The decision by which a case of the register was settled, on screen, as a Word file too."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from states.kinds import KINDS, page_of
from states.labels import label
from states.register.cases import DECISION_CHANGE, REVOCATION
from web.access import signed_in, viewer
from web.api.route import Ref
from web.language import language, say
from web.papers.official import drawn
from web.rendering import page
from web.site import site
from workflow import case_reading
from workflow.papers.change_paper import ChangeMatter, change_paper
from workflow.papers.word_file import MEDIA, word_file
from workflow.problems import NotFound

router = APIRouter(include_in_schema=False)


def _papers_of(place: str) -> None:
    """The two addresses of the paper of a kind."""

    @router.get(f"/{place}/{{ref}}/decision.docx", name=f"{place}_word")
    @signed_in
    def word(request: Request, ref: Ref) -> Response:
        headers = {"Content-Disposition": f'attachment; filename="{ref}-quyet-dinh.docx"'}
        made = change_paper(_matter(request, ref, place))
        return Response(word_file(made), media_type=MEDIA, headers=headers)

    @router.get(f"/{place}/{{ref}}/decision", name=f"{place}_paper")
    @signed_in
    async def on_screen(request: Request, ref: Ref) -> Response:
        matter, lang = _matter(request, ref, place), language(request)
        return page(
            request,
            "papers/official.html",
            ref=ref,
            changed=(),
            above=("/register", say(lang, "Sổ khen thưởng")),
            here=page_of(ref),
            title=matter.view.record.title,
            name=label("official_paper", "decision", lang),
            word=f"{page_of(ref)}/decision.docx",
            **drawn(change_paper(matter)),
        )


for _kind in (DECISION_CHANGE, REVOCATION):
    _papers_of(KINDS[_kind].place)


def _matter(request: Request, ref: str, place: str) -> ChangeMatter:
    engine = site(request).engine
    with engine.database.reading() as conn:
        view, _ = case_reading.case(engine, conn, ref, viewer(request).actor, place)
        matter = ChangeMatter.of(conn, view)
    if matter is None:
        raise NotFound
    return matter
