"""The pages of the plan of a year, of its items, of its intake windows."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import all_units
from states.labels import Lang, label
from states.year.plan_case import Intake
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.head import head
from web.cases.rows import kind_name
from web.language import language
from web.rendering import page
from web.site import site
from workflow import case_reading
from workflow.dossiers import reading
from workflow.year import item_reading
from workflow.year.item_reading import ItemView

router = APIRouter(include_in_schema=False)


@router.get("/plan-items/{ref}")
@signed_in
async def plan_item(request: Request, ref: Ref) -> Response:
    """The plan's words, the days, what comes first, what can be done."""
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        item, loaded = item_reading.item(engine, conn, ref, actor)
        weighed = reading.acts(engine, loaded, actor)
        shared = head(engine, conn, item.of, weighed, all_units(conn), lang)
    ends = [e for e in item.of.entries if e.act in ("finish", "none_arose", "drop")]
    return page(
        request,
        "plan_items/item.html",
        **shared,
        item=item,
        end=ends[-1] if ends and item.of.record.final else None,
        **_parties(item, lang),
    )


def _parties(item: ItemView, lang: Lang) -> dict[str, Any]:
    """Who does it, who drafts it, who receives it, as the plan names them."""
    said = item.said
    rows = {
        "actor": said.actor if said else (),
        "drafter": (said.drafter,) if said and said.drafter else (),
        "recipient": said.recipient if said else (),
    }
    return {
        name: ", ".join(label("party", party, lang) for party in parties) for name, parties in rows.items()
    }


@router.get("/intakes/{ref}")
@signed_in
async def intake(request: Request, ref: Ref) -> Response:
    """The window with its days, what can be done, what happened."""
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = case_reading.case(engine, conn, ref, actor, "intakes")
        weighed = reading.acts(engine, loaded, actor)
        shared = head(engine, conn, view, weighed, all_units(conn), lang)
    facts = view.case
    assert isinstance(facts, Intake)
    return page(
        request,
        "plan_items/intake.html",
        **shared,
        facts=facts,
        kind=kind_name(facts.kind, lang),
        extensions=view.said("extend"),
    )
