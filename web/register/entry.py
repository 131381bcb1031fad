"""One line of the register: its decision, its bonus, what was changed, what rests on it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from db.units import all_units
from states import labels
from web.access import signed_in, viewer
from web.award_names import award_name
from web.cases.rows import period_name
from web.language import language
from web.register.words import authority_name, line_of
from web.rendering import page
from web.site import site
from workflow.auditing import views
from workflow.register import reading as register_reading

EntryId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,120}$")]

router = APIRouter(include_in_schema=False)


@router.get("/register/{entry}")
@signed_in
async def register_entry(request: Request, entry: EntryId) -> Response:
    """Everything the reader may know of one award; the look is noted as one at its dossier."""
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view = register_reading.entry_view(engine, conn, entry, actor)
        units = all_units(conn)
    found = view.entry
    views.dossier_viewed(engine, actor, found.ref, "page", request.state.request_id)
    return page(
        request,
        "register/entry.html",
        line=line_of(found, units, lang),
        award=award_name(found.award, lang),
        period=period_name(found.period, lang),
        authority=authority_name(found.authority, lang),
        dossier=view.dossier,
        before=line_of(view.line_before, units, lang) if view.line_before else None,
        after=line_of(view.line_after, units, lang) if view.line_after else None,
        changes=[
            (
                one.record.ref,
                one.record.title,
                labels.label("station", one.record.station, lang),
                one.record.station,
            )
            for one in view.changes
        ],
        others=[line_of(one, units, lang) for one in view.others],
        resting=[(line_of(one, units, lang), rule) for one, rule in view.resting],
        begins=view.begins,
        stands=found.stands,
        decided_here=found.decided_here,
    )
