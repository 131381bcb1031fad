"""The cases that change the award register at the API."""

from fastapi import APIRouter, Request

from db import register
from states.kinds import KINDS
from states.register.cases import DECISION_CHANGE, REVOCATION, DecisionChange, Revocation
from web.access import signed_in, viewer
from web.api.acts import begun, of_kind
from web.api.register import resting
from web.api.register_shapes import (
    DecisionChangeAnswer,
    OpinionAnswer,
    RevocationAnswer,
)
from web.api.route import ApiRoute, IdempotencyKey, Ref
from web.api.shapes import Created
from web.api.year import asked_of
from web.api.year_view import common
from web.site import site
from workflow import case_reading
from workflow.dossiers.decision import decision_number
from workflow.dossiers.entries import words_at
from workflow.fields import Prose
from workflow.register import reading as register_reading
from workflow.register.decision_changes import DraftChange
from workflow.register.revocations import ProposeRevocation

CHANGES, REVOCATIONS = KINDS[DECISION_CHANGE].place, KINDS[REVOCATION].place

router = APIRouter(route_class=ApiRoute)


class NewChange(DraftChange):
    """A change of a decision with the reason for it."""

    reason: Prose


class NewRevocation(ProposeRevocation):
    """A revocation with what was found."""

    reason: Prose


@router.post(f"/{CHANGES}", status_code=201)
@signed_in
def draft_change(request: Request, sent: NewChange, key: IdempotencyKey) -> Created:
    """Draft a change of the decision in which a line stands."""
    return begun(request, "draft_change", sent, key)


@router.post(f"/{REVOCATIONS}", status_code=201)
@signed_in
def propose_revocation(request: Request, sent: NewRevocation, key: IdempotencyKey) -> Created:
    """Propose to revoke the award of a line."""
    return begun(request, "propose_revocation", sent, key)


@router.get(f"/{CHANGES}/{{ref}}")
@signed_in
async def change(request: Request, ref: Ref) -> DecisionChangeAnswer:
    """One change of a decision."""
    of_kind(ref, DECISION_CHANGE)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, _ = case_reading.case(engine, conn, ref, reader.actor)
    case = view.case
    assert isinstance(case, DecisionChange)  # its reference says so
    said = words_at(view.entries, case.text_seq)
    return DecisionChangeAnswer(
        **common(view, reader.lang),
        dossier=case.about,
        decision_no=case.decision_no,
        authority=case.authority,
        entries=list(case.entries),
        wrong=said.get("wrong"),
        right=said.get("right"),
        names={row["entry"]: row["name"] for row in said.get("names", ())},
        new_decision_no=decision_number(case.number) if case.number else None,
        document_no=case.letter_no or None,
        done_on=case.done_on,
    )


@router.get(f"/{REVOCATIONS}/{{ref}}")
@signed_in
async def revocation(request: Request, ref: Ref) -> RevocationAnswer:
    """One revocation with the awards to look at again."""
    of_kind(ref, REVOCATION)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, _ = case_reading.case(engine, conn, ref, reader.actor)
        case = view.case
        assert isinstance(case, Revocation)  # its reference says so
        (entry,) = register.by_ids(conn, [case.entry])
        later = register_reading.resting_on_line(conn, entry, reader.actor)
    return RevocationAnswer(
        **common(view, reader.lang),
        dossier=case.about,
        decision_no=case.decision_no,
        authority=case.authority,
        entry=case.entry,
        award=case.award,
        ground=case.category,
        concluded_on=case.concluded_on,
        submit_by=case.submit_by,
        opinion=_opinion(case),
        revocation_no=decision_number(case.number) if case.number else case.answer_no or None,
        revoked_on=case.revoked_on,
        resting=resting(later),
    )


for _kind in (DECISION_CHANGE, REVOCATION):
    router.include_router(asked_of(_kind, KINDS[_kind].place))


def _opinion(case: Revocation) -> OpinionAnswer | None:
    said = case.opinion
    if said is None:
        return None
    return OpinionAnswer(
        session_no=said.session_no,
        date=said.date,
        entitled=said.entitled,
        present=said.present,
        yes=said.for_,
        against=said.against,
        blank=said.blank,
    )
