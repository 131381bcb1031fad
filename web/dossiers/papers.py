"""Papers are brought to a dossier, taken out of it, fetched."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from db.papers import PaperRecord
from states.awards import PAPERS
from states.kinds import page_of
from states.labels import Lang
from web.access import signed_in, viewer
from web.api import papers as api_papers
from web.api.route import Id, Ref
from web.cases.acting import Trouble, attempt, fresh_key, tried, typed
from web.cases.whereabouts import papers_left, whereabouts
from web.dossiers import act_forms, paper_list
from web.language import language, say
from web.rendering import page, see_other
from web.site import site
from workflow.dossiers import reading
from workflow.dossiers.reading import DossierView
from workflow.papers.uploads import LARGEST, take_in
from workflow.problems import Invalid, Wrong

router = APIRouter(include_in_schema=False)
router.add_api_route("/papers/{paper_id}", api_papers.fetch, methods=["GET"], response_model=None)


@router.get("/dossiers/{ref}/papers")
@signed_in
async def papers_page(request: Request, ref: Ref) -> Response:
    """What there is, what is missing, one more to bring."""
    return _page(request, ref, {})


@router.post("/dossiers/{ref}/papers")
@signed_in
async def bring(request: Request, ref: Ref) -> Response:
    """Take a file in and put it in its place; the one that was there is kept as replaced."""
    form = await request.form()
    place = {"type": typed(form, "type"), "nomination": typed(form, "nomination")}
    kept = tried(request, ref, lambda: _kept(request, form.get("file"), place["type"]))
    if isinstance(kept, Trouble):
        return _page(request, ref, form, kept)
    row = {name: value for name, value in {"paper": kept.id, **place}.items() if value}
    outcome = attempt(request, "amend", ref, form, {"papers": [row]})
    if isinstance(outcome, Trouble):
        return _page(request, ref, form, outcome)
    said = say(language(request), "Đã nhận %(name)s.", name=kept.name)
    said = f"{said} {papers_left(request, ref)} {whereabouts(request, ref)}"
    return see_other(request, f"/dossiers/{ref}/papers", said)


@router.post("/dossiers/{ref}/papers/{paper_id}/remove")
@signed_in
async def remove(request: Request, ref: Ref, paper_id: Id) -> Response:
    """Take a paper out; its bytes stay, because the history names them."""
    form = await request.form()
    outcome = attempt(request, "amend", ref, form, {"papers_removed": [paper_id]})
    if isinstance(outcome, Trouble):
        return _page(request, ref, form, outcome)
    return see_other(request, f"/dossiers/{ref}/papers", say(language(request), "Đã bỏ giấy tờ khỏi hồ sơ."))


def _kept(request: Request, file: object, paper_type: str) -> PaperRecord:
    if not isinstance(file, UploadFile) or not file.filename:
        raise Invalid(Wrong("file", "missing", {}))
    engine = site(request).engine
    return take_in(engine, viewer(request), file.file, name=file.filename, paper_type=paper_type)


def _page(request: Request, ref: str, form: Mapping[str, Any], trouble: Trouble | None = None) -> Response:
    engine, lang = site(request).engine, language(request)
    trouble = trouble and replace(trouble, fields=_by_control(trouble))
    with engine.database.reading() as conn:
        view, loaded = reading.dossier(engine, conn, ref, viewer(request).actor)
        weighed = reading.acts(engine, loaded, viewer(request).actor)
    return page(
        request,
        "dossiers/papers.html",
        status=trouble.status if trouble else 200,
        view=view,
        ref=ref,
        here=page_of(ref),
        papers=paper_list.papers(view, lang),
        missing=paper_list.missing(view, lang),
        kinds=_kinds(view, lang),
        values={name: typed(form, name) for name in ("type", "nomination")},
        may_amend=any(w.act == "amend" and w.allowed for w in weighed),
        drafting=view.record.station == "drafting",
        largest=LARGEST // 1024 // 1024,
        trouble=trouble,
        wrong=trouble.fields if trouble else {},
        key=fresh_key(),
    )


def _by_control(trouble: Trouble) -> dict[str, str]:
    """The messages by the control of this page they are about: ``papers.0.type`` is the field ``type``."""
    return {path.rpartition(".")[2]: message for path, message in trouble.fields.items()}


def _kinds(view: DossierView, lang: Lang) -> list[tuple[str, str]]:
    """Every kind of paper, those this dossier is likely to carry first."""
    likely = [
        code.removeprefix("paper:") for code, _ in act_forms.things(view, lang) if code.startswith("paper:")
    ]
    return [(code, paper_list.paper_name(code, lang)) for code in dict.fromkeys((*likely, *PAPERS))]
