"""The JSON API, version 1."""

from typing import Any

from fastapi import APIRouter, Request

from states.kinds import KINDS
from states.register.cases import DECISION_CHANGE, REVOCATION
from web.access import roles, signed_in, viewer
from web.api import (
    batches as api_batches,
    definitions as api_definitions,
    dossiers as api_dossiers,
    lists as api_lists,
    packages as api_packages,
    papers as api_papers,
    plan_items as api_plan_items,
    register as api_register,
    register_cases as api_register_cases,
    reports as api_reports,
    sessions as api_sessions,
)
from web.api.acts import acts_of, of_the_year
from web.api.route import ApiRoute
from web.api.shapes import Me, ProblemAnswer, Seat, VerificationAnswer
from web.site import site
from workflow.auditing import verification

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemAnswer, "description": said}
    for status, said in {
        401: "Nobody is signed in",
        404: "There is no such thing for this person",
        409: "The rules refuse it, or the dossier changed meanwhile",
        422: "A field cannot be taken, or the key was used for something else",
        429: "Too many requests",
    }.items()
}

router = APIRouter(prefix="/api/v1", route_class=ApiRoute, responses=PROBLEMS)


@router.get("/me")
@signed_in
async def me(request: Request) -> Me:
    """Who is asking, with today's roles."""
    reader = viewer(request)
    seats = [Seat(role=grant.role, unit=grant.unit) for grant in reader.grants]
    return Me(login=reader.login, name=reader.name, roles=seats)


@router.get("/verify")
@roles("auditor")
def verify(request: Request) -> VerificationAnswer:
    """Check every chain, every commitment, every row against its history."""
    return VerificationAnswer.of(verification.verify(site(request).engine))


for _part in (
    *(api_lists, api_dossiers, api_papers, api_packages, api_batches),
    *(api_definitions, api_reports, api_plan_items),
    *(api_register, api_register_cases, api_sessions),
):
    router.include_router(_part.router)
router.include_router(acts_of("dossier", "dossiers", KINDS["dossier"].acts - {"create"}))
for _kind, _place in (
    ("report", "reports"),
    ("registration", "registrations"),
    ("plan_item", "plan-items"),
    *((kind, KINDS[kind].place) for kind in (DECISION_CHANGE, REVOCATION, "session", "council")),
):
    router.include_router(acts_of(_kind, _place, of_the_year(_kind)))
