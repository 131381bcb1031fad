"""What units owe at the API: reports, registrations."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from states.labels import Lang
from web.access import signed_in, viewer
from web.api_acts import of_kind
from web.api_lists import Cursor, Given, Limit
from web.api_route import ApiRoute, Ref
from web.api_shapes import ActOffers, HistoryPage
from web.api_year import After, AsOf, entries, listing, offers
from web.api_year_shapes import DutyAnswer, FigureAnswer, SectionAnswer, VersionAnswer, YearList
from web.api_year_view import common, said
from web.site import site
from workflow import duty_reading
from workflow.duty_reading import DutyView, Version
from workflow.fields import Code, PeriodCode

router = APIRouter(route_class=ApiRoute)

Unit = Annotated[Code | None, Given, Query()]
Station = Annotated[Code | None, Given, Query()]
PeriodAsked = Annotated[PeriodCode | None, Given, Query()]


@router.get("/reports")
@signed_in
async def reports(
    request: Request,
    unit: Unit = None,
    period: PeriodAsked = None,
    station: Station = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> YearList:
    """Every report one may see, newest first."""
    return listing(request, "report", unit=unit, period=period, station=station, cursor=cursor, limit=limit)


@router.get("/registrations")
@signed_in
async def registrations(
    request: Request,
    unit: Unit = None,
    period: PeriodAsked = None,
    station: Station = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> YearList:
    """Every registration one may see, newest first."""
    return listing(
        request, "registration", unit=unit, period=period, station=station, cursor=cursor, limit=limit
    )


@router.get("/reports/{ref}")
@signed_in
async def report(request: Request, ref: Ref) -> DutyAnswer:
    """One report with its figures, texts, versions, why it was returned."""
    return _one(request, "report", ref)


@router.get("/registrations/{ref}")
@signed_in
async def registration(request: Request, ref: Ref) -> DutyAnswer:
    """One registration, as a report."""
    return _one(request, "registration", ref)


@router.get("/reports/{ref}/acts")
@signed_in
async def report_acts(request: Request, ref: Ref) -> ActOffers:
    """Every act of the report's station for the caller: allowed, or every reason why not."""
    return offers(request, "report", ref)


@router.get("/registrations/{ref}/acts")
@signed_in
async def registration_acts(request: Request, ref: Ref) -> ActOffers:
    """Every act of the registration's station for the caller."""
    return offers(request, "registration", ref)


@router.get("/reports/{ref}/history")
@signed_in
async def report_history(
    request: Request, ref: Ref, as_of: AsOf = None, cursor: After = 0, limit: Limit = 200
) -> HistoryPage:
    """The report's entries up to a moment with what they fold to."""
    return entries(request, "report", ref, as_of, cursor, limit)


@router.get("/registrations/{ref}/history")
@signed_in
async def registration_history(
    request: Request, ref: Ref, as_of: AsOf = None, cursor: After = 0, limit: Limit = 200
) -> HistoryPage:
    """The registration's entries up to a moment."""
    return entries(request, "registration", ref, as_of, cursor, limit)


def _one(request: Request, kind: str, ref: str) -> DutyAnswer:
    of_kind(ref, kind)
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view, _ = duty_reading.duty(engine, conn, ref, reader.actor)
    return duty_answer(view, reader.lang)


def duty_answer(view: DutyView, lang: Lang) -> DutyAnswer:
    """The answer for a report or registration as this person may read it."""
    facts = view.duty
    return DutyAnswer(
        **common(view.of, lang),
        deadline=facts.deadline,
        late=facts.late,
        city_deadline=facts.city_deadline,
        via=facts.via or None,
        office=facts.office,
        pack=facts.pack or None,
        sent_on=facts.sent_on,
        figures=[
            FigureAnswer(
                name=figure.name,
                label=figure.label[lang],
                required=figure.required,
                value=facts.figures.get(figure.name),
                before=view.before.get(figure.name),
            )
            for figure in view.form.figures
        ],
        text=[
            SectionAnswer(name=name, label=words[lang], text=view.text.get(name, ""))
            for name, words in view.form.sections.items()
        ],
        versions=[_version(version) for version in view.versions],
        returned=said(view.returned),
        excused=said(view.excused),
    )


def _version(version: Version) -> VersionAnswer:
    return VersionAnswer(
        seq=version.seq,
        at=version.at,
        by=version.by,
        figures=dict(version.figures),
        text=dict(version.text),
    )
