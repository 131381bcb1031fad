"""One dossier: opened, read, acted on, its history."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from web.access import signed_in, viewer
from web.api.acts import begun
from web.api.dossier_shapes import DossierAnswer
from web.api.dossier_view import act_offers, dossier_answer, history_page
from web.api.lists import Limit
from web.api.route import ApiRoute, IdempotencyKey, Ref
from web.api.shapes import ActOffers, Created, HistoryPage
from web.site import site
from workflow.auditing.asof import moment_named
from workflow.dossiers import reading
from workflow.dossiers.drafting import Create
from workflow.dossiers.entries import entries_of
from workflow.loading import load
from workflow.sight import only_as_its_unit

router = APIRouter(route_class=ApiRoute, prefix="/dossiers")


@router.post("", status_code=201)
@signed_in
def create(request: Request, sent: Create, key: IdempotencyKey) -> Created:
    """Open a dossier of one's unit."""
    return begun(request, "create", sent, key)


@router.get("/{ref}")
@signed_in
async def one(request: Request, ref: Ref) -> DossierAnswer:
    """The dossier with its nominations, papers, verdicts, holds, due date."""
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, _ = reading.dossier(engine, conn, ref, reader.actor)
    return dossier_answer(view, reader.lang)


@router.get("/{ref}/acts")
@signed_in
async def acts(request: Request, ref: Ref) -> ActOffers:
    """Every act of the dossier's station for the caller: allowed, or every reason why not."""
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, loaded = reading.dossier(engine, conn, ref, reader.actor)
        offered = reading.acts(engine, loaded, reader.actor)
    return act_offers(view, offered, reader.lang)


@router.get("/{ref}/history")
@signed_in
async def history(
    request: Request,
    ref: Ref,
    as_of: Annotated[str | None, Query(max_length=40)] = None,
    cursor: Annotated[int, Query(ge=0)] = 0,
    limit: Limit = 200,
) -> HistoryPage:
    """The entries up to a moment (a date means its end in Vietnam) with what they fold to."""
    engine, reader = site(request).engine, viewer(request)
    until = moment_named(as_of) if as_of else None
    with engine.database.reading() as conn:
        loaded = load(engine, conn, ref, reader.actor, kind="dossier")
        record = loaded.record
        assert record is not None  # loaded by reference
        as_unit = only_as_its_unit(reader.actor, record)
        entries = list(entries_of(engine, conn, record, as_unit=as_unit, until=until))
        then = reading.state_as_of(conn, record, until) if until else loaded.dossier
    return history_page(entries, then, reader.lang, after=cursor, limit=limit)
