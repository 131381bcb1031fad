"""The award register at the API."""

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from db.register import Wanted
from db.text import fold
from db.units import Unit, all_units
from states.labels import Lang
from states.register.dependents import Rests
from states.register.line import RegisterEntry
from web.access import signed_in, viewer
from web.api.lists import Cursor, Given, Limit
from web.api.register_shapes import (
    RegisterEntryAnswer,
    RegisterItem,
    RegisterPage,
    RegisterTotals,
    RestingAnswer,
)
from web.api.route import ApiRoute
from web.api.shapes import NamedUnit
from web.award_names import award_name
from web.cursors import day_place, written
from web.site import site
from workflow.auditing import views
from workflow.fields import Code, Line
from workflow.register import reading as register_reading

EntryId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,120}$")]

router = APIRouter(route_class=ApiRoute)


@router.get("/register")
@signed_in
async def lines(
    request: Request,
    q: Annotated[Line | None, Given, Query()] = None,
    year: Annotated[int | None, Given, Query(ge=1990, le=2100)] = None,
    award: Annotated[Code | None, Given, Query()] = None,
    unit: Annotated[Code | None, Given, Query()] = None,
    status: Annotated[Code | None, Given, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> RegisterPage:
    """Every award one may see, newest first; ``q`` needs no diacritics, and each word must occur."""
    reader, after = viewer(request), day_place(cursor)
    wanted = Wanted(year, award, unit, status, fold(q) if q else None)
    with site(request).engine.database.reading() as conn:
        found = register_reading.listing(conn, reader.scope, wanted, after=after, limit=limit)
        units = all_units(conn)
    return RegisterPage(
        items=[_item(line, units, reader.lang) for line in found.lines],
        totals=RegisterTotals(
            lines=found.totals.lines,
            in_force=found.totals.standing,
            bonus=found.totals.bonus,
            unknown=found.totals.unknown,
        ),
        next=written(found.more),
    )


@router.get("/register/{entry}")
@signed_in
async def line(request: Request, entry: EntryId) -> RegisterEntryAnswer:
    """One award; the look is noted as one at its dossier."""
    engine, reader = site(request).engine, viewer(request)
    with engine.database.reading() as conn:
        view = register_reading.entry_view(engine, conn, entry, reader.actor)
        units = all_units(conn)
    views.dossier_viewed(engine, reader.actor, view.entry.ref, "page", request.state.request_id)
    return RegisterEntryAnswer(
        **_item(view.entry, units, reader.lang).model_dump(),
        changes=[one.record.ref for one in view.changes],
        replaced_by=view.line_after.id if view.line_after else None,
        resting=resting(view.resting),
    )


def _item(line: RegisterEntry, units: Mapping[str, Unit], lang: Lang) -> RegisterItem:
    unit = units[line.unit]
    return RegisterItem(
        id=line.id,
        year=line.decided_on.year,
        decision_no=line.decision_no,
        decided_on=line.decided_on,
        authority=line.authority,
        award=line.award,
        award_name=award_name(line.award, lang),
        name=line.name,
        subject_type=line.subject_type,
        person=line.person_id,
        unit=NamedUnit.of(unit, lang),
        period=line.period,
        dossier=line.ref,
        nomination=line.nomination,
        base_salary=line.base_salary,
        multiplier=line.multiplier or None,
        bonus=line.bonus,
        why=line.why or None,
        status=line.status,
        changed_by=line.changed_by or None,
        replaces=line.replaces or None,
    )


def resting(found: Iterable[tuple[RegisterEntry, Rests]]) -> list[RestingAnswer]:
    """The awards to look at again, each with the rule that makes it rest on the one revoked."""
    return [
        RestingAnswer(
            entry=line.id,
            award=line.award,
            decision_no=line.decision_no,
            times=rule.times,
            basis=rule.basis,
            confidence=rule.confidence,
        )
        for line, rule in found
    ]
