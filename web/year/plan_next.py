"""The pages on which the next year's plan is drawn up, read over, put into effect."""

import json
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from states import labels
from states.kinds import page_of
from states.labels import Lang
from states.year.plan_differences import ToldDifference, told
from states.year.plan_faults import PlanError
from states.year.plan_file import parse_plan, plan_document, plan_from_document
from states.year.plan_toml import written
from web.access import roles, viewer
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, fresh_key, typed
from web.language import language, say
from web.rendering import page, see_other
from web.site import site
from web.year.plan_forms import faults
from workflow.outcome import Done
from workflow.problems import NotFound
from workflow.year.plan_draft import PlanDraft, drafts, plan_draft, proposal
from workflow.year.plan_year import STANDING_ROLES, WATCHERS, plan_year

LARGEST = 1_000_000
"""Bytes of a plan that is uploaded; the plan of a year has a tenth of it."""
TO_CONFIRM = ("activate", "close_plan", "withdraw")
"""The acts done on the page of the plan itself."""

router = APIRouter(include_in_schema=False)


@router.get("/year/next")
@roles(*STANDING_ROLES)
async def next_year(request: Request) -> Response:
    """Where the next year's plan begins: the drafts there are, else the one plan to draw it up from."""
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        found = plan_year(engine, conn, actor)
        begun = drafts(conn, actor)
    return page(
        request,
        "year/next.html",
        year=found,
        drafts=[(page_of(one.ref), one.ref, one.period, one.title) for one in begun],
        may=any(role in STANDING_ROLES and role.endswith("_officer") for role in viewer(request).roles),
        key=fresh_key(),
        trouble=None,
    )


@router.post("/year/next")
@roles(*STANDING_ROLES)
async def draw_up(request: Request) -> Response:
    """Draw up the next year's plan from the one that has effect."""
    engine, actor, lang = site(request).engine, viewer(request).actor, language(request)
    with engine.database.reading() as conn:
        found = plan_year(engine, conn, actor)
    if found is None:
        raise NotFound
    outcome = attempt(request, "draw_up", "", await request.form(), proposal(found))
    if isinstance(outcome, Done):
        return see_other(request, page_of(outcome.ref), say(lang, "Đã lập dự thảo kế hoạch năm sau."))
    context = {"year": found, "drafts": [], "may": True, "key": fresh_key(), "trouble": outcome}
    return page(request, "year/next.html", status=outcome.status, **context)


@router.get("/plans/{ref}")
@roles(*WATCHERS)
async def plan(request: Request, ref: Ref) -> Response:
    """One plan: what changed against the one before, its items, what can be done with it."""
    return _page(request, _read(request, ref))


@router.get("/plans/{ref}/plan.toml")
@roles(*WATCHERS)
async def as_toml(request: Request, ref: Ref) -> Response:
    """The plan as a file that can be changed and sent back."""
    return _file(written(_read(request, ref).plan), ref, "toml", "application/toml")


@router.get("/plans/{ref}/plan.json")
@roles(*WATCHERS)
async def as_json(request: Request, ref: Ref) -> Response:
    """The same as JSON."""
    text = json.dumps(plan_document(_read(request, ref).plan), ensure_ascii=False, indent=1)
    return _file(text, ref, "json", "application/json")


@router.post("/plans/{ref}/file")
@roles(*STANDING_ROLES)
async def take_file(request: Request, ref: Ref) -> Response:
    """Take a plan that was changed elsewhere, whole; with a fault in it the draft stays as it is."""
    lang, draft, form = language(request), _read(request, ref), await request.form()
    sent = form.get("file")
    name = (sent.filename or "") if isinstance(sent, UploadFile) else ""
    content = await sent.read(LARGEST + 1) if isinstance(sent, UploadFile) else b""
    if not content or len(content) > LARGEST:
        said = say(lang, "Chọn một tệp TOML hoặc JSON, không quá 1 MB.")
        return _page(request, draft, found=[(name or say(lang, "Tệp"), said)])
    try:
        args = {"plan": plan_document(_parsed(content, name))}
    except UnicodeDecodeError:
        return _page(request, draft, found=[(name, say(lang, "Tệp không phải văn bản UTF-8."))])
    except PlanError as error:
        return _page(request, draft, found=faults(error, lang))
    except (ValueError, RecursionError) as wrong:  # also a number or a nesting too long for any plan
        return _page(request, draft, found=[(name, _not_json(wrong, lang))])
    outcome = attempt(request, "revise", ref, form, args)
    if isinstance(outcome, Done):
        return see_other(request, page_of(ref), say(lang, "Đã thay dự thảo bằng tệp %(name)s.", name=name))
    return _page(request, _read(request, ref), trouble=outcome)


@router.post("/plans/{ref}/{act}")
@roles(*STANDING_ROLES)
async def take_act(request: Request, ref: Ref, act: str) -> Response:
    """Put the plan into effect, close it, or withdraw the draft."""
    if act not in TO_CONFIRM:
        raise NotFound
    _read(request, ref)
    form, lang = await request.form(), language(request)
    args = {"effective_from": typed(form, "effective_from")} if act == "activate" else {}
    outcome = attempt(request, act, ref, form, args)
    if isinstance(outcome, Done):
        said = say(lang, "Đã %(told)s (%(ref)s).", told=labels.label("told", act, lang), ref=ref)
        return see_other(request, page_of(ref), said)
    typed_in = {name: typed(form, name) for name in ("effective_from", "reason")}
    return _page(request, _read(request, ref), trouble=outcome, act=act, values=typed_in)


def _read(request: Request, ref: str) -> PlanDraft:
    engine = site(request).engine
    with engine.database.reading() as conn:
        return plan_draft(engine, conn, ref, viewer(request).actor)


def _page(
    request: Request,
    draft: PlanDraft,
    *,
    found: list[tuple[str, str]] | None = None,
    trouble: Trouble | None = None,
    act: str = "",
    values: dict[str, str] | None = None,
) -> Response:
    lang = language(request)
    return page(
        request,
        "year/plan.html",
        status=422 if found else (trouble.status if trouble else 200),
        draft=draft,
        ref=draft.record.ref,
        station_label=labels.label("station", draft.record.station, lang),
        changes=_changes(draft, lang),
        items=[(item, _when(item, lang)) for item in draft.plan.items],
        faults=found or [],
        trouble=trouble,
        act=act,
        values=values or {},
        key=fresh_key(),
    )


def _changes(draft: PlanDraft, lang: Lang) -> list[tuple[str, list[ToldDifference]]]:
    """What changed, entry by entry."""
    said = [told(one, lang) for one in draft.differences]
    return [(where, list(group)) for where, group in groupby(said, key=lambda one: one.where)]


def _when(item: Any, lang: Lang) -> str:
    """When an item is to be done, as the plan says it."""
    if item.due is not None:
        return f"{item.due.named:%d/%m/%Y}"
    if item.window is not None:
        return f"{item.window.first:%d/%m} – {item.window.last:%d/%m/%Y}"
    return say(lang, "Quý %(n)s", n=item.quarter) if item.quarter else say(lang, "cả năm")


def _parsed(content: bytes, name: str) -> Any:
    text = content.decode("utf-8-sig")
    as_one_object = name.lower().endswith(".json") or text.lstrip().startswith("{")
    if not as_one_object:
        return parse_plan(text)
    document = json.loads(text)
    json.dumps(document, ensure_ascii=False).encode()  # half a letter, as in \\ud800, is no text
    return plan_from_document(document)


def _not_json(wrong: Exception, lang: Lang) -> str:
    if not isinstance(wrong, json.JSONDecodeError):
        return say(lang, "Tệp không đúng cách viết JSON.")
    at = {"line": wrong.lineno, "column": wrong.colno}
    return say(lang, "Dòng %(line)s, cột %(column)s không đúng cách viết JSON.", **at)


def _file(text: str, ref: str, ending: str, media: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{ref}.{ending}"'}
    return Response(text, media_type=f"{media}; charset=utf-8", headers=headers)
