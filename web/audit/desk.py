"""The auditors' desk: everything that was done or tried, found by what they ask."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import all_units
from web import cursors
from web.access import roles, viewer
from web.audit import search as audit_search
from web.audit.filters import complaints, filters
from web.language import language
from web.paging import AT_ONCE, address
from web.rendering import page
from web.site import site
from workflow.auditing.reach import audited
from workflow.auditing.search import Asked, searched

RECENT = 5
"""Refused attempts shown beside the search."""

router = APIRouter(include_in_schema=False)


@router.get("/audit")
@roles("auditor")
async def audit(request: Request, after: str | None = None) -> Response:
    """The search over all histories, what was refused lately beside it."""
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    found, scope = filters(request), audited(actor)
    place = cursors.created_place(after)
    with engine.database.reading() as conn:
        units = all_units(conn)
        events = searched(engine, conn, actor, found.asked, after=place, limit=AT_ONCE + 1)
        refused = searched(engine, conn, actor, Asked(outcome="refused"), limit=RECENT)
    more = cursors.next_place(events, AT_ONCE, lambda last: (last.at, last.id))
    return page(
        request,
        "audit/audit.html",
        status=422 if found.wrong else 200,
        desk="/audit",
        values=found.values,
        wrong=complaints(found, lang),
        narrowed=bool(found.narrowed),
        lines=audit_search.lines(events[:AT_ONCE], lang, engine.today()),
        refused=audit_search.lines(refused, lang, engine.today()),
        acts=audit_search.act_words(lang),
        outcomes=audit_search.outcome_words(lang),
        units=audit_search.unit_words(units.values(), scope.bodies, lang),
        jsonl=address("/audit/export.jsonl", **found.narrowed),
        xes=address("/audit/export.xes", **found.narrowed),
        next_href=address("/audit", **found.narrowed, after=more) if more else "",
    )
