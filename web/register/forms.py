"""The forms on which a change of a decision or a revocation begins."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import register
from db.units import all_units
from states import labels
from states.document import Document
from states.kinds import page_of
from states.register.cases import DECISION_CHANGE, REVOCATION, DecisionChange
from states.register.line import RegisterEntry
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, filled, fresh_key, typed
from web.cases.one_act import done_words
from web.language import language, say
from web.register.entry import EntryId
from web.register.words import line_of
from web.rendering import page, see_other
from web.site import site
from workflow import case_reading
from workflow.dossiers.entries import words_at
from workflow.problems import NotFound
from workflow.register import reading as register_reading
from workflow.register.revocations import GROUNDS

CATEGORIES = ("replace", "correct")
NAMED = "name:"
"""A field of this beginning holds the name of the line it goes on with."""

router = APIRouter(include_in_schema=False)


@router.get("/register/{entry}/change")
@signed_in
async def change_form(request: Request, entry: EntryId) -> Response:
    """What is wrong with a decision, how it should read."""
    return _change(request, entry)


@router.post("/register/{entry}/change")
@signed_in
async def draft_change(request: Request, entry: EntryId) -> Response:
    """Draft the change, or show the form as it was typed."""
    form = await request.form()
    seat = _view(request, entry).begins.get(DECISION_CHANGE, "")
    said = {name: typed(form, name) for name in ("category", "title", "wrong", "right")}
    args = filled({"unit": seat, "entry": entry, **said}) | _names(form, request, entry)
    return _begun(request, "draft_change", entry, form, args) or _change(request, entry)


@router.get("/register/{entry}/revoke")
@signed_in
async def revocation_form(request: Request, entry: EntryId) -> Response:
    """On which ground an award is to be revoked."""
    return _revocation(request, entry)


@router.post("/register/{entry}/revoke")
@signed_in
async def propose_revocation(request: Request, entry: EntryId) -> Response:
    """Propose the revocation, or show the form as it was typed."""
    form = await request.form()
    seat = _view(request, entry).begins.get(REVOCATION, "")
    said = {name: typed(form, name) for name in ("title", "ground", "document", "concluded_on")}
    args = filled({"unit": seat, "entry": entry, **said})
    return _begun(request, "propose_revocation", entry, form, args) or _revocation(request, entry)


@router.get("/decision-changes/{ref}/acts/revise_change")
@signed_in
async def revision_form(request: Request, ref: Ref) -> Response:
    """The draft as it is, to be revised."""
    return _revision(request, ref)


@router.post("/decision-changes/{ref}/acts/revise_change")
@signed_in
async def revise_change(request: Request, ref: Ref) -> Response:
    """Revise the draft, or show the form as it was typed."""
    form, case = await request.form(), _case(request, ref)
    args: Document = filled({name: typed(form, name) for name in ("wrong", "right")})
    done = attempt(request, "revise_change", ref, form, args | _names(form, request, case.entries[0]))
    if isinstance(done, Trouble):
        return _revision(request, ref, form, done)
    return see_other(request, page_of(ref), done_words(request, "revise_change", ref))


def _begun(
    request: Request, act: str, entry: str, form: Mapping[str, Any], args: Document
) -> Response | None:
    outcome = attempt(request, act, "", form, args)
    if isinstance(outcome, Trouble):
        show = _change if act == "draft_change" else _revocation
        return show(request, entry, form, outcome)
    return see_other(request, page_of(outcome.ref), done_words(request, act, outcome.ref))


def _view(request: Request, entry: str) -> register_reading.EntryView:
    engine = site(request).engine
    with engine.database.reading() as conn:
        return register_reading.entry_view(engine, conn, entry, viewer(request).actor)


def _lines(request: Request, entry: str) -> list[RegisterEntry]:
    with site(request).engine.database.reading() as conn:
        return [line for line in register.of_decision(conn, entry) if line.stands]


def _names(form: Mapping[str, Any], request: Request, entry: str) -> Document:
    """The names that were typed otherwise than the register has them."""
    known = {line.id: line.name for line in _lines(request, entry)}
    given = {id_: typed(form, f"{NAMED}{id_}") for id_ in known}
    rows = [{"entry": id_, "name": name} for id_, name in given.items() if name and name != known[id_]]
    return {"names": rows} if rows else {}


def _change(
    request: Request, entry: str, form: Mapping[str, Any] | None = None, trouble: Trouble | None = None
) -> Response:
    view, lang, sent = _view(request, entry), language(request), form or {}
    number = view.entry.decision_no
    title = typed(sent, "title") or say(lang, "Sửa Quyết định số %(number)s", number=number)
    return _form(
        request,
        "register/change.html",
        view.entry,
        sent,
        trouble,
        title=title,
        lines=_lines(request, entry),
        action=f"/register/{entry}/change",
        category=typed(sent, "category") or CATEGORIES[0],
        categories=[(code, labels.label("change_category", code, lang)) for code in CATEGORIES],
        may=bool(view.begins.get(DECISION_CHANGE)),
        revising=None,
    )


def _revocation(
    request: Request, entry: str, form: Mapping[str, Any] | None = None, trouble: Trouble | None = None
) -> Response:
    view, lang, sent = _view(request, entry), language(request), form or {}
    # No name in it: titles travel by mail, names stay here.
    number = view.entry.decision_no
    title = typed(sent, "title") or say(
        lang, "Hủy bỏ khen thưởng theo Quyết định số %(number)s", number=number
    )
    with site(request).engine.database.reading() as conn:
        units = all_units(conn)
    return _form(
        request,
        "register/revoke.html",
        view.entry,
        sent,
        trouble,
        title=title,
        grounds=[(code, labels.label("ground", code, lang)) for code in GROUNDS],
        may=bool(view.begins.get(REVOCATION)),
        resting=[(line_of(one, units, lang), rule) for one, rule in view.resting],
    )


def _revision(
    request: Request, ref: str, form: Mapping[str, Any] | None = None, trouble: Trouble | None = None
) -> Response:
    case, lang = _case(request, ref), language(request)
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        view, _ = case_reading.case(engine, conn, ref, actor, "decision-changes")
    said = words_at(view.entries, case.text_seq)
    named = {f"{NAMED}{row['entry']}": row["name"] for row in said.get("names", ())}
    sent = form or {"wrong": said.get("wrong", ""), "right": said.get("right", ""), **named}
    lines = _lines(request, case.entries[0])
    return _form(
        request,
        "register/change.html",
        lines[0] if lines else _gone(),
        sent,
        trouble,
        title=view.record.title,
        lines=lines,
        action=f"/decision-changes/{ref}/acts/revise_change",
        category=case.category,
        categories=[(code, labels.label("change_category", code, lang)) for code in CATEGORIES],
        may=True,
        revising=ref,
        version=typed(sent, "version") or view.record.version,
    )


def _gone() -> RegisterEntry:
    raise NotFound


def _case(request: Request, ref: str) -> DecisionChange:
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        view, _ = case_reading.case(engine, conn, ref, actor, "decision-changes")
    assert isinstance(view.case, DecisionChange)  # its reference says so
    return view.case


def _form(
    request: Request,
    template: str,
    entry: RegisterEntry,
    sent: Mapping[str, Any],
    trouble: Trouble | None,
    **more: Any,
) -> Response:
    return page(
        request,
        template,
        status=trouble.status if trouble else 200,
        **{"version": "", **more},
        entry=entry,
        here=f"/register/{entry.id}",
        values={name: typed(sent, name) for name in sent},
        wrong=trouble.fields if trouble else {},
        trouble=trouble,
        key=fresh_key(),
    )
