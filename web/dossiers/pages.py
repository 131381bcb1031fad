"""The list of dossiers with the page of each."""

from contextlib import suppress
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from db import case_lists
from db.engine import Connection
from db.text import fold
from db.units import Unit, all_units
from states import labels
from states.kinds import kind_of, page_of
from states.labels import Lang
from states.roles import OFFICE_AT
from web import cursors
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.due import due_of
from web.cases.list_filters import Asked, stations_to_choose, units_to_choose
from web.cases.rows import case_rows, kind_name, period_name
from web.cases.sentences import sentence
from web.dossiers import nominations as dossier_rows, paper_list
from web.dossiers.bar import bar
from web.dossiers.route import offices_on_the_way, stops
from web.history.seals import seal_of_case
from web.language import language, say
from web.paging import AT_ONCE, address, plain
from web.papers import official as official_papers, packages
from web.rendering import page
from web.site import site
from workflow.auditing.verification import verify_case
from workflow.council import session_reading
from workflow.dossiers import linked, reading
from workflow.dossiers.decision import decision_number
from workflow.dossiers.reading import DossierView
from workflow.engine import Engine
from workflow.inbox import items
from workflow.loading import Loaded, load
from workflow.people.identity import Viewer
from workflow.problems import NotFound

LATEST = 8
"""How much of the timeline the page of a dossier shows."""

router = APIRouter(include_in_schema=False)


@router.get("/dossiers")
@signed_in
async def dossiers(
    request: Request,
    q: str = "",
    station: str = "",
    unit: str = "",
    period: str = "",
    after: str | None = None,
) -> Response:
    """Every dossier the reader may see, newest first."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    asked = Asked(plain(q), plain(station), plain(unit), plain(period))
    with engine.database.reading() as conn:
        if named := _named(engine, conn, reader, asked.q):
            return RedirectResponse(page_of(named), 303)
        units = all_units(conn)
        found = case_lists.listed(
            conn,
            reader.scope,
            station=asked.station or None,
            unit=asked.unit or None,
            period=asked.as_kept,
            words=fold(asked.q),
            after=cursors.created_place(after),
            limit=AT_ONCE + 1,
        )
        rows = case_rows(conn, items(engine, found[:AT_ONCE]), units, lang)
    more = cursors.next_created(found, AT_ONCE)
    return page(
        request,
        "dossiers/list.html",
        rows=rows,
        asked=asked,
        narrowed=asked != Asked(),
        stations=stations_to_choose(engine, ("dossier",), lang),
        units=units_to_choose(units, reader.scope.units, bool(reader.scope.bodies), lang),
        next_href=_next(asked, more) if more else "",
        may_create="unit_clerk" in reader.roles,
    )


@router.get("/dossiers/{ref}")
@signed_in
async def dossier(
    request: Request,
    ref: Ref,
    tab: str = "",
    all: bool = False,  # noqa: A002 - the address says all
    print: bool = False,  # noqa: A002 - and print
) -> Response:
    """One dossier: where it is, what the reader can do, what was said of whom, what happened."""
    engine, lang = site(request).engine, language(request)
    actor = viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = reading.dossier(engine, conn, ref, actor)
        weighed = reading.acts(engine, loaded, actor)
        assert loaded.record is not None  # it was loaded by its reference
        found = verify_case(conn, engine.log, loaded.record)
        units = all_units(conn)
        parted = linked.parted(conn, ref, view.entries)
        ahead = session_reading.ahead_of(conn, actor, view.case)
    return page(
        request,
        "dossiers/dossier.html",
        parted=parted,
        ahead=ahead,
        bar=bar(view, weighed, lang),
        seal=seal_of_case(found, lang, count=not view.as_unit),
        **_head(engine, view, loaded, units, lang),
        for_print=print,
        **_nominations(engine, view, loaded, tab, whole=all or print, paper=print, lang=lang),
        **_beside(engine, view, lang),
        packed=packages.may_pack(view, viewer(request).roles),
    )


def _named(engine: Engine, conn: Connection, reader: Viewer, q: str) -> str:
    """The reference of a report, an item, anything but a dossier, typed where dossiers are looked for."""
    ref = q.upper()
    if kind_of(ref) in ("", "dossier"):
        return ""
    with suppress(NotFound):
        load(engine, conn, ref, reader.actor)
        return ref
    return ""


def _head(
    engine: Engine, view: DossierView, loaded: Loaded, units: dict[str, Unit], lang: Lang
) -> dict[str, Any]:
    record = view.record
    holder = units.get(record.holder_unit or "")
    return {
        "view": view,
        "case": view.case,
        "ref": record.ref,
        "kind": kind_name(record.category, lang),
        "period": period_name(record.period, lang),
        "unit_name": view.unit.name(lang),
        "station_label": view.definition.stations[view.case.station].label[lang],
        "due": None if record.final else due_of(view.case, view.left, lang),
        "held_by": _holder(record.holder_role, holder, lang),
        "signed": [(decision_number(one.number), one.date) for one in view.case.signed],
        "stops": stops(engine, view, loaded, lang),
    }


def _nominations(
    engine: Engine, view: DossierView, loaded: Loaded, tab: str, *, whole: bool, paper: bool, lang: Lang
) -> dict[str, Any]:
    """The chosen tab, or on paper both lists one below the other."""
    offices = offices_on_the_way(view, loaded, engine)
    tabs = dossier_rows.tabs(view, tab, lang)
    shown = [one for one in tabs if (one.code in dossier_rows.LISTS if paper else one.current)]
    most = None if whole else dossier_rows.AT_ONCE
    return {
        "tabs": tabs,
        "lists": [(one, dossier_rows.rows(view, offices, one.code, lang)[:most]) for one in shown],
        "offices": offices,
        "here": OFFICE_AT.get(view.case.station, ""),
        "with_council": any(n.facts.council for n in view.nominations),
        "with_outcome": any(n.facts.outcome for n in view.nominations),
    }


def _beside(engine: Engine, view: DossierView, lang: Lang) -> dict[str, Any]:
    today = engine.today()
    latest = view.entries[-LATEST:][::-1]
    return {
        "papers": paper_list.papers(view, lang),
        "missing": paper_list.missing(view, lang),
        "official": official_papers.links(view, lang),
        "flags": [(flag, _flag_words(flag.field, flag.paper, lang)) for flag in view.flags],
        "timeline": [sentence(entry, lang, today) for entry in latest],
        "entry_count": len(view.entries),
    }


def _holder(role: str | None, unit: Unit | None, lang: Lang) -> str:
    if role is None or unit is None:
        return ""
    short = unit.short(lang)
    return say(lang, "%(role)s giữ, %(unit)s", role=labels.label("role", role, lang), unit=short)


def _flag_words(field: str, paper: str, lang: Lang) -> str:
    return paper_list.paper_name(paper, lang) if paper else labels.field(field, lang)


def _next(asked: Asked, after: str) -> str:
    narrowed = {name: getattr(asked, name) for name in ("q", "station", "unit", "period")}
    return address("/dossiers", **narrowed, after=after)
