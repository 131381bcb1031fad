"""What units owe at the API: reports, registrations."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from states.labels import Lang
from web.access import signed_in, viewer
from web.api.acts import of_kind
from web.api.lists import Cursor, Given, Limit
from web.api.route import ApiRoute, Ref
from web.api.year import asked_of, listing
from web.api.year_shapes import DutyAnswer, FigureAnswer, SectionAnswer, VersionAnswer, YearList
from web.api.year_view import common, said
from web.site import site
from workflow.fields import Code, PeriodCode
from workflow.year import duty_reading
from workflow.year.duty_reading import DutyView, Version

router = APIRouter(route_class=ApiRoute)

Unit = Annotated[Code | None, Given, Query()]
Station = Annotated[Code | None, Given, Query()]
PeriodAsked = Annotated[PeriodCode | None, Given, Query()]


def _many(kind: str, place: str) -> None:
    """The list of one kind of duty; the route carries its own name into the API's document."""

    @router.get(f"/{place}", name=place, description=f"Every {kind} one may see, newest first.")
    @signed_in
    async def listed(
        request: Request,
        unit: Unit = None,
        period: PeriodAsked = None,
        station: Station = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> YearList:
        return listing(request, kind, unit=unit, period=period, station=station, cursor=cursor, limit=limit)


def _single(kind: str, place: str) -> None:
    """What one may ask of one duty: itself, its acts, its history."""

    @router.get(
        f"/{place}/{{ref}}",
        name=kind,
        description=f"One {kind} with its figures, texts, versions, why it was returned.",
    )
    @signed_in
    async def one(request: Request, ref: Ref) -> DutyAnswer:
        return _one(request, kind, ref)

    router.include_router(asked_of(kind, place))


for _kind, _place in (("report", "reports"), ("registration", "registrations")):
    _many(_kind, _place)
    _single(_kind, _place)


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
