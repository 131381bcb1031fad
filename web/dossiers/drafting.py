"""A unit drafts a new dossier."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from db.units import Unit, all_units
from web.access import roles, viewer
from web.cases.acting import Trouble, attempt, typed
from web.cases.whereabouts import papers_left, whereabouts
from web.dossiers.proposal import Proposal, from_form
from web.dossiers.proposal_checks import Ground, checked
from web.dossiers.wizard import forget, ground_of, kept_form, part, window_of, wizard
from web.language import language, say
from web.rendering import see_other
from web.site import site

SCRATCH = "new"
"""The name under which the form of a dossier not yet begun is kept."""

router = APIRouter(prefix="/dossiers/new", include_in_schema=False)


@router.get("")
@roles("unit_clerk")
async def new(request: Request) -> Response:
    """An empty form, or the one this person left."""
    kept = kept_form(request, SCRATCH)
    if kept is None:
        return _wizard(request, Proposal(unit=_own(request)[0].id).with_room())
    return _wizard(request, kept[0], left=kept[1])


@router.post("")
@roles("unit_clerk")
async def create(request: Request) -> Response:
    """Begin the dossier, or do what else the pressed button says; without scripts the page comes back whole."""
    form = await request.form()
    proposal, does = from_form(form), typed(form, "do")
    if does == "rows":
        return _wizard(request, proposal.with_room())
    if does.startswith("remove:"):
        return _wizard(request, proposal.without(int(does[7:]) if does[7:].isdecimal() else 0))
    if does == "check":
        return _wizard(request, proposal)
    if does == "split":
        return _split(request, form, proposal)
    done = attempt(request, "create", "", form, args_of(proposal))
    if isinstance(done, Trouble):
        return _wizard(request, proposal, done)
    forget(request, SCRATCH)
    said = say(language(request), "Đã lưu hồ sơ %(ref)s. Bước tiếp theo: giấy tờ.", ref=done.ref)
    said = f"{said} {papers_left(request, done.ref)} {whereabouts(request, done.ref)}"
    return see_other(request, f"/dossiers/{done.ref}/papers", said)


@router.post("/checks")
@roles("unit_clerk")
async def checks(request: Request) -> Response:
    """The findings on what stands in the form now."""
    proposal = from_form(await request.form())
    return part(request, "checks", proposal, _ground(request, proposal), drafting=True)


@router.post("/rows")
@roles("unit_clerk")
async def rows(request: Request) -> Response:
    """The list with the awards that suit the kind and unit chosen now."""
    proposal = from_form(await request.form())
    return part(request, "rows", proposal, _ground(request, proposal), here="/dossiers/new", drafting=True)


def args_of(proposal: Proposal) -> dict[str, Any]:
    """The act's arguments; what is empty is left for the act to miss."""
    whole = {"unit": proposal.unit, "kind": proposal.kind, "period": proposal.period, "title": proposal.title}
    return {name: value for name, value in whole.items() if value} | {"nominations": proposal.nominations}


def _split(request: Request, form: FormData, proposal: Proposal) -> Response:
    """One dossier for each way; each has its own key, so that pressing twice begins nothing twice."""
    groups = checked(proposal, _ground(request, proposal)).parted
    begun: list[str] = []
    for number, places in enumerate(groups or [[place for place, _ in proposal.written]]):
        sent = dict(form) | {"key": f"{typed(form, 'key')}-{number}"}
        done = attempt(request, "create", "", sent, args_of(proposal.only(places)))
        if isinstance(done, Trouble):
            return _wizard(request, proposal.only(places), done, begun=begun)
        begun.append(done.ref)
    forget(request, SCRATCH)
    said = say(
        language(request),
        "Đã lập mỗi cấp một hồ sơ: %(refs)s.",
        refs=", ".join(begun),
    )
    return see_other(request, "/dossiers", said)


def _own(request: Request) -> list[Unit]:
    """The units this person drafts for."""
    mine = {grant.unit for grant in viewer(request).grants if grant.role == "unit_clerk"}
    with site(request).engine.database.reading() as conn:
        return [unit for id_, unit in all_units(conn).items() if id_ in mine]


def _ground(request: Request, proposal: Proposal) -> Ground:
    units = _own(request)
    unit = next((unit for unit in units if unit.id == proposal.unit), units[0])
    window = window_of(request, unit, proposal.kind, proposal.period)
    return ground_of(request, unit.kind, site(request).engine.in_force("dossier").regime, window=window)


def _wizard(request: Request, proposal: Proposal, trouble: Trouble | None = None, **more: Any) -> Response:
    return wizard(
        request,
        proposal,
        _ground(request, proposal),
        trouble,
        units=_own(request),
        here="/dossiers/new",
        form_name=SCRATCH,
        drafting=True,
        version="",
        **{"begun": (), **more},
    )
