"""The pages of a change of a decision, of a revocation."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import register
from db.units import all_units
from states import labels
from states.labels import Lang
from states.register.cases import DecisionChange, Revocation
from web.access import signed_in, viewer
from web.api.route import Ref
from web.award_names import award_name
from web.cases.head import head
from web.language import language
from web.register.words import authority_name, line_of
from web.rendering import page
from web.site import site
from workflow import case_reading
from workflow.case_reading import CaseView
from workflow.dossiers import reading
from workflow.dossiers.decision import decision_number
from workflow.dossiers.entries import entry_at, words_at
from workflow.register import reading as register_reading

router = APIRouter(include_in_schema=False)


@router.get("/decision-changes/{ref}")
@signed_in
async def decision_change(request: Request, ref: Ref) -> Response:
    """What is wrong, how it should read, which lines it concerns, what can be done."""
    return _shown(request, ref, "decision-changes", "register/decision_change.html")


@router.get("/revocations/{ref}")
@signed_in
async def revocation(request: Request, ref: Ref) -> Response:
    """The ground, the council's opinion, what was decided, the awards to look at again."""
    return _shown(request, ref, "revocations", "register/revocation.html")


def _shown(request: Request, ref: str, place: str, template: str) -> Response:
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = case_reading.case(engine, conn, ref, actor, place)
        weighed = reading.acts(engine, loaded, actor)
        units = all_units(conn)
        case = view.case
        assert isinstance(case, DecisionChange | Revocation)  # these have their pages here
        found = register_reading.lines_about(conn, case)
        more = _of_change(view, case, lang) if isinstance(case, DecisionChange) else {}
        if isinstance(case, Revocation):
            (entry,) = register.by_ids(conn, [case.entry])
            resting = register_reading.resting_on_line(conn, entry, actor)
            more = _of_revocation(view, case, lang)
            more["resting"] = [(line_of(one, units, lang), rule) for one, rule in resting]
        shared = head(engine, conn, view, weighed, units, lang)
    return page(
        request,
        template,
        **shared,
        **more,
        rows=[line_of(one, units, lang) for one in found],
        authority=authority_name(case.authority, lang),
        extensions=view.said("extend"),
        number=decision_number(case.number) if case.number else "",
    )


def _of_change(view: CaseView, case: DecisionChange, lang: Lang) -> dict[str, Any]:
    """The words of the draft as last revised; none once they were erased."""
    said = words_at(view.entries, case.text_seq)
    return {
        "said": said,
        "names": {row["entry"]: row["name"] for row in said.get("names", ())},
        "category": labels.label("change_category", case.category, lang),
        "reason": next((one.reason for one in view.entries if one.act == "draft_change"), ""),
        "returned": next(iter(view.said("return_change")), None)
        if view.record.station == "change_revision"
        else None,
    }


def _of_revocation(view: CaseView, case: Revocation, lang: Lang) -> dict[str, Any]:
    """What was found, by which document; what was answered."""
    entry = entry_at(view.entries, case.text_seq)
    answered = next((one for one in view.entries if one.act == "record_revocation"), None)
    return {
        "ground": labels.label("ground", case.category, lang),
        "document": entry.args.get("document", "") if entry else "",
        "reason": entry.reason if entry else "",
        "award": award_name(case.award, lang),
        "kept": next(iter(view.said("refuse_revocation")), None),
        "answer_note": answered.args.get("note", "") if answered else "",
        "opinion": case.opinion,
    }
