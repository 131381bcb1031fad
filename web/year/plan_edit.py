"""The pages on which one item of a plan in the making is changed, added, dropped."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from states.kinds import page_of
from states.labels import Lang
from states.year.plan_edit import with_item, without_item
from states.year.plan_faults import PlanError
from states.year.plan_file import plan_document, plan_from_document
from web.access import roles, viewer
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, fresh_key
from web.language import language, say
from web.rendering import page, see_other
from web.site import site
from web.year.plan_forms import changed_item, faults, filled_form, new_item, options, typed_form
from workflow.outcome import Done
from workflow.problems import NotFound
from workflow.year.plan_draft import PlanDraft, plan_draft
from workflow.year.plan_year import STANDING_ROLES

router = APIRouter(include_in_schema=False)


@router.get("/plans/{ref}/items/{item}")
@roles(*STANDING_ROLES)
async def edit(request: Request, ref: Ref, item: str) -> Response:
    """The form of one item; ``new`` is an item nobody had before."""
    draft = _read(request, ref)
    return _page(request, draft, item, filled_form(_item(draft, item)))


@router.post("/plans/{ref}/items/{item}")
@roles(*STANDING_ROLES)
async def save(request: Request, ref: Ref, item: str) -> Response:
    """Save the plan with the item changed, added or dropped; with a fault nothing is saved, all typed is kept."""
    draft, form, lang = _read(request, ref), await request.form(), language(request)
    old, values = _item(draft, item), typed_form(form)
    plan = plan_document(draft.plan)
    if "drop" in form and old:
        changed = without_item(plan, item)
    elif old:
        changed = with_item(plan, changed_item(old, values), place=item)
    else:
        changed = with_item(plan, new_item(values))
    try:
        args = {"plan": plan_document(plan_from_document(changed))}
    except PlanError as error:
        return _page(request, draft, item, values, found=faults(error, lang))
    outcome = attempt(request, "revise", ref, form, args)
    if isinstance(outcome, Done):
        return see_other(request, page_of(ref), _said(old, values, "drop" in form, lang))
    return _page(request, draft, item, values, trouble=outcome)


def _said(old: dict[str, Any], values: dict[str, str], dropped: bool, lang: Lang) -> str:
    id_ = old.get("id") or values["id"]
    if dropped:
        return say(lang, "Đã bỏ %(id)s khỏi dự thảo.", id=id_)
    return say(lang, "Đã lưu %(id)s.", id=id_)


def _read(request: Request, ref: str) -> PlanDraft:
    engine = site(request).engine
    with engine.database.reading() as conn:
        draft = plan_draft(engine, conn, ref, viewer(request).actor)
    if "revise" not in draft.acts:
        raise NotFound
    return draft


def _item(draft: PlanDraft, id_: str) -> dict[str, Any]:
    if id_ == "new":
        return {}
    found = next((one for one in plan_document(draft.plan)["items"] if one["id"] == id_), None)
    if found is None:
        raise NotFound
    return dict(found)


def _page(
    request: Request,
    draft: PlanDraft,
    item: str,
    values: dict[str, str],
    *,
    found: list[tuple[str, str]] | None = None,
    trouble: Trouble | None = None,
) -> Response:
    return page(
        request,
        "year/item.html",
        status=422 if found else (trouble.status if trouble else 200),
        draft=draft,
        ref=draft.record.ref,
        item=item,
        values=values,
        options=options(language(request)),
        faults=found or [],
        trouble=trouble,
        key=fresh_key(),
    )
