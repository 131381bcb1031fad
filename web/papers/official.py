"""Official papers of a dossier on screen, as Word files too."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from db import register
from states import labels
from web.access import signed_in, viewer
from web.api.route import Ref
from web.language import language, say
from web.rendering import page
from web.site import site
from workflow.dossiers import reading
from workflow.dossiers.decision import decision_number
from workflow.dossiers.reading import DossierView
from workflow.papers.letter_matters import under_letter
from workflow.papers.matter import Matter
from workflow.papers.official_paper import MOTTO, SEEN_TO, STATE, Article, OfficialPaper, Section, Table
from workflow.papers.official_papers import made, offered
from workflow.papers.word_file import MEDIA, word_file

PaperName = Annotated[str, Path(pattern=r"^[a-z]{1,20}(-[0-9]{1,9})?$")]

UNDER_LETTER = frozenset({"letter", "list"})
"""The papers that speak of every dossier of one letter."""

router = APIRouter(include_in_schema=False)


@router.get("/dossiers/{ref}/official/{name}.docx")
@signed_in
def word(request: Request, ref: Ref, name: PaperName) -> Response:
    """The paper as a Word file."""
    _, paper = _made(request, ref, name)
    kind, _, number = name.partition("-")
    called = f"{ref}-{FILE_NAMES[kind]}{number and '-'}{number}.docx"
    headers = {"Content-Disposition": f'attachment; filename="{called}"'}
    return Response(word_file(paper), media_type=MEDIA, headers=headers)


@router.get("/dossiers/{ref}/official/{name}")
@signed_in
async def on_screen(request: Request, ref: Ref, name: PaperName) -> Response:
    """The same paper as a page that prints as it would from Word."""
    (view, paper), lang = _made(request, ref, name), language(request)
    return page(
        request,
        "papers/official.html",
        ref=ref,
        above=("/dossiers", say(lang, "Hồ sơ")),
        here=f"/dossiers/{ref}",
        changed=_changed(request, view, paper) if name.startswith("decision") else (),
        title=view.record.title,
        name=_called(view, name, lang),
        word=f"/dossiers/{ref}/official/{name}.docx",
        **drawn(paper),
    )


def _changed(request: Request, view: DossierView, paper: OfficialPaper) -> list[tuple[str, str]]:
    """What became of the decision since: replaced, corrected or an award of it revoked, by which case."""
    with site(request).engine.database.reading() as conn:
        lines = register.of_case(conn, view.record.id)
    number = decision_number(int(paper.heading.number))
    touched = {line.changed_by: line.status for line in lines if line.decision_no == number}
    lang = language(request)
    return [(labels.label("register_status", status, lang), by) for by, status in touched.items() if by]


FILE_NAMES = {
    "decision": "quyet-dinh",
    "letter": "to-trinh",
    "list": "danh-sach",
    "result": "ket-qua-hoi-dong",
    "opinions": "tham-dinh",
}
"""What a file of each paper is called after the reference."""


def drawn(paper: OfficialPaper) -> dict[str, Any]:
    """What ``papers/official.html`` needs to draw a paper."""
    kinds = {"article": Article, "section": Section, "table": Table}
    return {
        "paper": paper,
        "state": STATE,
        "motto": MOTTO,
        "seen_to": SEEN_TO,
        "is_a": lambda block, kind: isinstance(block, kinds[kind]),
        "shares": lambda table: [round(100 * width / sum(table.widths)) for width in table.widths],
    }


def links(view: DossierView, lang: labels.Lang) -> list[tuple[str, str]]:
    """The papers a page of the dossier offers: the name of each, its address."""
    ref = view.record.ref
    return [(_called(view, name, lang), f"/dossiers/{ref}/official/{name}") for name in offered(view)]


def _called(view: DossierView, name: str, lang: labels.Lang) -> str:
    """The result of a session here is an excerpt of its minutes; one of several decisions has its number."""
    agenda, signed = view.case.agenda, view.case.signed
    if name.startswith("decision") and len(signed) > 1:
        number = int(name.partition("-")[2] or signed[0].number)
        return f"{labels.label('official_paper', 'decision', lang)} {decision_number(number)}"
    excerpt = name == "result" and agenda is not None and agenda.session
    return labels.label("official_paper", "excerpt" if excerpt else name, lang)


def _made(request: Request, ref: str, name: str) -> tuple[DossierView, OfficialPaper]:
    engine = site(request).engine
    with engine.database.reading() as conn:
        actor = viewer(request).actor
        matter = Matter.of(*reading.dossier(engine, conn, ref, actor))
        under = under_letter(engine, conn, matter, actor) if name in UNDER_LETTER else ()
    return matter.view, made(matter, name, engine.today(), under)
