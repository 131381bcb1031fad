"""The items of the year's plan at the API."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from states.labels import Lang
from web.access import signed_in, viewer
from web.api.acts import of_kind
from web.api.lists import Cursor, Limit
from web.api.route import ApiRoute, Ref
from web.api.year import Year, asked_of, listing
from web.api.year_shapes import Needed, PlanItemAnswer, YearList
from web.api.year_view import common
from web.site import site
from workflow.year import item_reading
from workflow.year.item_reading import Before, ItemView

KIND, PLACE = "plan_item", "plan-items"
router = APIRouter(route_class=ApiRoute)


@router.get(f"/{PLACE}")
@signed_in
async def plan_items(
    request: Request,
    year: Year = None,
    quarter: Annotated[int | None, Query(ge=1, le=4)] = None,
    cursor: Cursor = None,
    limit: Limit = 200,
) -> YearList:
    """The items of a year or of one of its quarters; a quarter without a year is of this year."""
    wanted = year or site(request).engine.today().year
    if quarter is not None:
        return listing(request, KIND, period=f"{wanted}Q{quarter}", cursor=cursor, limit=limit)
    return listing(request, KIND, year=year, cursor=cursor, limit=limit)


@router.get(f"/{PLACE}/{{ref}}")
@signed_in
async def one(request: Request, ref: Ref) -> PlanItemAnswer:
    """One item with the plan's words, its days, what comes first."""
    of_kind(ref, KIND)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, _ = item_reading.item(engine, conn, ref, reader.actor)
    return item_answer(view, reader.lang)


router.include_router(asked_of(KIND, PLACE))


def item_answer(view: ItemView, lang: Lang) -> PlanItemAnswer:
    """The answer for an item as this person may read it."""
    facts = view.facts
    return PlanItemAnswer(
        **common(view.of, lang),
        deadline=facts.deadline,
        late=facts.late,
        section=view.said.section if view.said else None,
        text=view.said.text[lang] if view.said else view.of.record.title,
        opens=facts.opens,
        if_any=facts.if_any,
        document_no=facts.document_no or None,
        ended_on=facts.ended_on,
        depends_on=[_needed(one, lang) for one in view.before],
    )


def _needed(one: Before, lang: Lang) -> Needed:
    return Needed(
        item=one.item.id,
        text=one.item.text[lang],
        ref=one.record.ref if one.record else None,
        station=one.record.station if one.record else None,
        label=one.label[lang] if one.label else None,
        done=one.done,
        owed=one.owed,
    )
