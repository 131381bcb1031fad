"""A unit changes its dossier while it drafts it, or completes what was asked for."""

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from web.access import signed_in
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, typed
from web.cases.whereabouts import back_to
from web.dossiers.act_page import Opened, not_here, opened
from web.dossiers.drafting import args_of
from web.dossiers.proposal import Proposal, from_dossier, from_form, merged
from web.dossiers.proposal_checks import Ground, checked
from web.dossiers.wizard import forget, ground_of, kept_form, part, window_of, wizard
from web.language import language, say
from web.rendering import see_other

router = APIRouter(prefix="/dossiers/{ref}/edit", include_in_schema=False)


@router.get("")
@signed_in
async def edit(request: Request, ref: Ref) -> Response:
    """The saved proposal, or what this person typed over it and did not save."""
    desk = opened(request, ref, "amend")
    if desk.weighed is None:
        return not_here(request, desk)
    saved = from_dossier(desk.view)
    kept = kept_form(request, ref)
    if kept is None or desk.reasons:
        return _wizard(request, desk, saved)
    return _wizard(request, desk, _typed(desk, saved, kept[0]), left=kept[1])


@router.post("")
@signed_in
async def amend(request: Request, ref: Ref) -> Response:
    """Save the changes, or do what else the pressed button says."""
    form, desk = await request.form(), opened(request, ref, "amend")
    proposal, does = _typed(desk, from_dossier(desk.view), from_form(form)), typed(form, "do")
    version = typed(form, "version")
    if does == "rows" and _drafting(desk):
        return _wizard(request, desk, proposal.with_room(), version=version)
    if does.startswith("remove:") and _drafting(desk):
        place = int(does[7:]) if does[7:].isdecimal() else 0
        return _wizard(request, desk, proposal.without(place), version=version)
    if does == "check":
        return _wizard(request, desk, proposal, version=version)
    if does == "split" and _drafting(desk):
        return _split(request, desk, form, proposal)
    done = attempt(request, "amend", ref, form, _changes(proposal))
    if isinstance(done, Trouble):
        return _wizard(request, desk, proposal, done, version=version)
    forget(request, ref)
    said = say(language(request), "Đã lưu thay đổi của hồ sơ %(ref)s.", ref=ref)
    return back_to(request, ref, said)


@router.post("/checks")
@signed_in
async def checks(request: Request, ref: Ref) -> Response:
    """The findings on what stands in the form now."""
    desk = opened(request, ref, "amend")
    proposal = _typed(desk, from_dossier(desk.view), from_form(await request.form()))
    return part(request, "checks", proposal, _ground(request, desk), drafting=_drafting(desk))


def _changes(proposal: Proposal) -> dict[str, Any]:
    title = {"title": proposal.title} if proposal.title_open else {}
    return {**title, "nominations": proposal.nominations}


def _drafting(desk: Opened) -> bool:
    return desk.view.case.completion is None


def _typed(desk: Opened, saved: Proposal, sent: Proposal) -> Proposal:
    """What was typed, as far as this dossier is open for it."""
    if _drafting(desk):
        return replace(saved, title=sent.title, rows=sent.rows)
    return merged(saved, sent)


def _split(request: Request, desk: Opened, form: FormData, proposal: Proposal) -> Response:
    """The larger group stays, the other becomes a dossier of its own."""
    groups = sorted(checked(proposal, _ground(request, desk)).parted, key=len, reverse=True)
    stays, goes = groups if len(groups) > 1 else ([place for place, _ in proposal.written], [])
    ref, version = desk.ref, typed(form, "version")
    done = attempt(request, "amend", ref, form, _changes(proposal.only(stays)))
    if isinstance(done, Trouble):
        return _wizard(request, desk, proposal, done, version=version)
    forget(request, ref)
    if not goes:
        return see_other(request, f"/dossiers/{ref}")
    moved = proposal.only(goes)
    moved = replace(moved, rows=tuple(replace(row, id="") for row in moved.rows))
    new = attempt(request, "create", "", dict(form) | {"key": f"{typed(form, 'key')}-new"}, args_of(moved))
    if isinstance(new, Trouble):
        return _wizard(request, opened(request, ref, "amend"), proposal, new)
    said = say(language(request), "Đã tách %(n)s trường hợp sang hồ sơ %(ref)s.", n=len(goes), ref=new.ref)
    return see_other(request, f"/dossiers/{new.ref}", said)


def _ground(request: Request, desk: Opened) -> Ground:
    papers = frozenset(p.type for p in desk.view.case.papers.values())
    unit, regime = desk.view.unit, desk.view.definition.regime
    case, href = desk.view.case, f"/dossiers/{desk.ref}/papers"
    window = window_of(request, unit, case.category, case.period) if _drafting(desk) else None
    return ground_of(request, unit.kind, regime, papers=papers, papers_href=href, window=window)


def _wizard(
    request: Request, desk: Opened, proposal: Proposal, trouble: Trouble | None = None, **more: Any
) -> Response:
    refused = bool(desk.reasons) and trouble is None
    return wizard(
        request,
        proposal.locked() if refused else proposal,
        _ground(request, desk),
        trouble,
        view=desk.view,
        ref=desk.ref,
        units=[desk.view.unit],
        here=f"/dossiers/{desk.ref}/edit",
        form_name=desk.ref,
        drafting=_drafting(desk) and not refused,
        begun=(),
        **{
            "version": desk.view.record.version,
            "reasons": () if trouble else desk.reasons,
            "flags": desk.view.flags,
            **{name: value for name, value in more.items() if value != ""},
        },
    )
