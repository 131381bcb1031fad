"""The chairman signs the award decision on a page that names everything."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from states.awards import AWARDS
from states.labels import label
from states.roles import OFFICE_AT
from web.access import signed_in
from web.act_page import Opened, act_page, not_here, opened
from web.acting import Trouble, attempt, filled, typed
from web.language import language, say
from web.rendering import see_other
from web.site import site
from web.whereabouts import whereabouts
from workflow.decision import decision_number
from workflow.reading import NominationView

router = APIRouter(include_in_schema=False)


@router.get("/dossiers/{ref}/decision")
@signed_in
async def decision(request: Request, ref: str) -> Response:
    """Everything the decision would say."""
    desk = opened(request, ref, "award")
    return _decision(request, desk, list(desk.view.case.electable()))


@router.post("/dossiers/{ref}/decision")
@signed_in
async def award(request: Request, ref: str) -> Response:
    """Sign for those named."""
    form, lang = await request.form(), language(request)
    named = [value for value in form.getlist("nomination") if isinstance(value, str)]
    others = typed(form, "others_reason")
    done = attempt(request, "award", ref, form, {"nominations": named, **filled({"others_reason": others})})
    desk = opened(request, ref, "award")
    if isinstance(done, Trouble):
        return _decision(request, desk, named, done, others, typed(form, "version"))
    signed = desk.view.case.decision
    number = decision_number(signed.number) if signed else ""
    said = say(lang, "Đã ký quyết định %(number)s, khen %(n)s trường hợp.", number=number, n=len(named))
    return see_other(request, f"/dossiers/{ref}", f"{said} {whereabouts(request, ref)}")


def _decision(
    request: Request,
    desk: Opened,
    named: list[str],
    trouble: Trouble | None = None,
    others_reason: str = "",
    version: str = "",
) -> Response:
    if desk.view.case.station in OFFICE_AT:
        return not_here(request, desk)
    electable = desk.view.case.electable()
    rows = [n for n in desk.view.nominations if n.facts.stands]
    return act_page(
        request,
        "decision/decision.html",
        desk,
        trouble,
        version=version or desk.view.record.version,
        rows=[n for n in rows if n.id in electable],
        others=[n for n in rows if n.id not in electable],
        named=named,
        others_reason=others_reason,
        awards=AWARDS,
        year=site(request).engine.today().year,
        opinions={n.id: last_opinion(n, language(request)) for n in rows},
    )


def last_opinion(nomination: NominationView, lang: str) -> str:
    """The verdict of the office that let the nomination go last, in words."""
    said = list(nomination.opinions.values())
    return label("verdict", said[-1].verdict, "vi" if lang == "vi" else "en") if said else ""
