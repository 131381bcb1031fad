"""The small pages on which one act is confirmed."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from states import labels
from states.decide import Weighed
from states.labels import Lang
from states.roles import OFFICE_AT
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.acting import Trouble, attempt
from web.cases.due import due_of
from web.cases.one_act import about_act, done_words, reminded
from web.dossiers import act_forms, paper_list
from web.dossiers.bar import DANGER, href_of
from web.dossiers.proposal_checks import window_words
from web.dossiers.wizard import window_of
from web.language import language, say
from web.rendering import page, see_other
from web.site import site
from workflow.dossiers import reading
from workflow.dossiers.reading import DossierView, NominationView
from workflow.outcome import Done
from workflow.problems import NotFound

FEWEST_LINES = 3
"""Empty lines offered for what is to be completed."""

ActName = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")]

router = APIRouter(include_in_schema=False)


@router.get("/dossiers/{ref}/acts/{act}")
@signed_in
async def act_page(request: Request, ref: Ref, act: ActName) -> Response:
    """What the act will do, what it asks for, or every reason why it cannot be done now."""
    view, weighed = _read(request, ref, act)
    elsewhere = href_of(ref, view.case.station, act)
    if weighed and not elsewhere.endswith(f"/acts/{act}"):
        return RedirectResponse(elsewhere, 303)
    if act not in act_forms.SIMPLE:
        raise NotFound
    return _page(request, view, act, weighed)


@router.post("/dossiers/{ref}/acts/{act}")
@signed_in
async def take_act(request: Request, ref: Ref, act: ActName) -> Response:
    """Do it, or show the same page with all that was typed."""
    if act not in act_forms.SIMPLE:
        raise NotFound
    form = await request.form()
    if "more_lines" in form:
        view, weighed = _read(request, ref, act)
        return _page(request, view, act, weighed, form=form, lines=FEWEST_LINES)
    outcome = attempt(request, act, ref, form, act_forms.args_of(act, form))
    if isinstance(outcome, Done):
        return see_other(request, f"/dossiers/{ref}", done_words(request, act, outcome.ref))
    view, weighed = _read(request, ref, act)
    return _page(request, view, act, weighed, form=form, trouble=outcome)


def _read(request: Request, ref: str, act: str) -> tuple[DossierView, Weighed | None]:
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = reading.dossier(engine, conn, ref, actor)
        weighed = reading.acts(engine, loaded, actor)
    return view, next((w for w in weighed if w.act == act), None)


def _page(
    request: Request,
    view: DossierView,
    act: str,
    weighed: Weighed | None,
    *,
    form: Mapping[str, Any] | None = None,
    trouble: Trouble | None = None,
    lines: int = 1,
) -> Response:
    lang, sent = language(request), form or {}
    items = act_forms.items_of(sent)
    return page(
        request,
        "dossiers/act.html",
        status=trouble.status if trouble else 200,
        **about_act(view, act, weighed, sent, trouble, lang),
        due=None if view.record.final else due_of(view.case, view.left, lang),
        points=[*_points(request, view, act, lang), *reminded(act, weighed, lang)],
        figures=(),
        fields=act_forms.fields_of(act),
        version=view.record.version,
        with_items=act == "request_completion",
        things=act_forms.things(view, lang),
        items=items + [act_forms.Item()] * (lines if items else FEWEST_LINES),
        parting=[n for n in view.nominations if n.facts.stands] if act == "part" else [],
        parted=act_forms.picked(sent),
        danger=act in DANGER,
    )


def _points(request: Request, view: DossierView, act: str, lang: Lang) -> list[str]:
    """What the person should know before confirming."""
    case = view.case
    found = []
    if act == "submit":
        if window := window_of(request, view.unit, case.category, case.period):
            found.append(window_words(window, lang))
        absent = [paper.label for paper in paper_list.missing(view, lang) if not paper.blocks]
        if absent:
            found.append(say(lang, "Giấy tờ nên có mà chưa có: %(papers)s.", papers="; ".join(absent)))
        found.append(say(lang, "Sau khi trình, đơn vị chỉ sửa được những mục được yêu cầu bổ sung."))
    if act in ("forward", "decline") and case.station in OFFICE_AT:
        found += _judged(view, OFFICE_AT[case.station], lang)
    if act == "resubmit" and case.completion:
        left = sum(not flag.answered for flag in case.completion.flags.values())
        if left:
            found.append(say(lang, "Còn %(n)s mục chưa bổ sung; vẫn trình lại được.", n=left))
    if act == "request_completion":
        found.append(say(lang, "Mỗi cơ quan chỉ được yêu cầu bổ sung một lần với mỗi hồ sơ."))
    if act == "put_on_agenda":
        found.append(say(lang, "Chỉ dùng cho phiên họp giấy tổ chức ở nơi khác."))
    if act == "withdraw":
        found.append(say(lang, "Hồ sơ đã rút không mở lại được; muốn đề nghị nữa phải lập hồ sơ mới."))
    return found


def _judged(view: DossierView, office: str, lang: Lang) -> list[str]:
    """What the office recommends as a number, what it lowers or declines by name."""
    found = []
    for code in ("recommended", "lower_award", "declined"):
        names = [n.name for n in view.nominations if n.facts.stands and _said(n, office) == code]
        if names:
            whom = str(len(names)) if code == "recommended" else ", ".join(names)
            found.append(f"{labels.label('verdict', code, lang)}: {whom}.")
    return found


def _said(nomination: NominationView, office: str) -> str:
    opinion = nomination.opinions.get(office)
    return opinion.verdict if opinion else ""
