"""The process is drawn with what waits where."""

from collections.abc import Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from db.engine import Connection
from db.stations import StationCount, counts_under, late_at
from db.units import unit
from states.deadlines import add_working_days, remaining
from states.definition import Definition, Station, Step
from states.labels import Lang, label
from states.process.diagram import svg
from states.process.diagram_nodes import Heat
from states.process.process_document import by_process
from web.access import signed_in, viewer
from web.cases.due import working_days
from web.language import language, say
from web.rendering import page
from web.site import site
from workflow.engine import Engine
from workflow.loading import definition_named
from workflow.people.identity import Viewer

SOON = 3
"""Working days before its end from which a limit counts as ending soon."""
SHOWN_LATE = 4

LISTS = {"dossier": "/dossiers", "report": "/reports", "registration": "/reports"}
"""The list in which the cases of a process can be opened at a station."""

router = APIRouter(include_in_schema=False)

Counts = dict[str, StationCount]


@dataclass(frozen=True, slots=True)
class Doing:
    """What someone may do at a station, in words."""

    by: str
    act: str
    to: str
    choice: str
    basis: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One station with its words."""

    station: Station
    holders: str
    rows: tuple[Doing, ...]
    count: StationCount


@dataclass(frozen=True, slots=True)
class Late:
    """A dossier that is overdue, with by how much in words."""

    ref: str
    unit: str
    by: str


@router.get("/process")
@signed_in
async def process(request: Request, version: str = "", station: str = "", view: str = "") -> Response:
    """The process in force today, or the one asked for."""
    engine = site(request).engine
    if version:
        query = "?view=table" if view == "table" else ""
        return RedirectResponse(f"/process/{definition_named(engine, version).name}{query}", 303)
    return _process(request, engine.in_force("dossier"), station, as_table=view == "table")


@router.get("/process/{key}@{version}")
@signed_in
async def process_version(
    request: Request, key: str, version: str, station: str = "", view: str = ""
) -> Response:
    """One version of a process, whether or not it is in force."""
    found = definition_named(site(request).engine, f"{key}@{version}")
    return _process(request, found, station, as_table=view == "table")


def _process(request: Request, definition: Definition, station: str, *, as_table: bool) -> Response:
    engine, reader, lang = site(request).engine, viewer(request), language(request)
    with engine.database.reading() as conn:
        counts = _counts(engine, conn, reader, definition)
        chosen = definition.stations.get(station) or definition.stations[_busiest(definition, counts)]
        late = _late(engine, conn, reader, definition, chosen, lang)
    here = f"/process/{definition.name}"
    return page(
        request,
        "process/process.html",
        definition=definition,
        processes=by_process(engine.definitions),
        several=sum(one.key == definition.key for one in engine.definitions.values()) > 1,
        opens=LISTS.get(definition.key, ""),
        as_table=as_table,
        here=here,
        summary=_summary(definition, counts, lang),
        drawing=_drawing(definition, counts, here, chosen.name, lang),
        station=_shown(definition, chosen, counts, lang),
        stations=[_shown(definition, one, counts, lang) for one in definition.stations.values()],
        late=late,
    )


def _counts(engine: Engine, conn: Connection, reader: Viewer, definition: Definition) -> Counts:
    """A dossier keeps its version while it moves, so each version counts its own."""
    today = engine.today()
    soon = add_working_days(today, SOON, engine.calendar)
    return counts_under(conn, reader.scope, definition.name, today=today, soon=soon)


def _count(counts: Counts, station: str) -> StationCount:
    return counts.get(station, StationCount(station, 0, 0, 0))


def _busiest(definition: Definition, counts: Counts) -> str:
    """The station to open first: where most is overdue, else the one with most cases, else the first."""
    waiting = [_count(counts, station.name) for station in definition.waiting()]
    return max(waiting, key=lambda count: (count.overdue, count.total)).station


def _late(
    engine: Engine, conn: Connection, reader: Viewer, definition: Definition, station: Station, lang: Lang
) -> list[Late]:
    today = engine.today()
    rows = []
    found_late = late_at(conn, reader.scope, definition.name, station.name, today=today, limit=SHOWN_LATE)
    for record in found_late:
        found = unit(conn, record.unit)
        assert found is not None  # a foreign key holds it
        assert record.due_on is not None  # late means due before today
        name = found.short(lang)
        days = -remaining(today, record.due_on, engine.calendar)
        rows.append(Late(record.ref, name, working_days(days, lang)))
    return rows


def _summary(definition: Definition, counts: Counts, lang: Lang) -> str:
    open_ = [count for name, count in counts.items() if not definition.stations[name].final]
    total = sum(c.total for c in counts.values())
    late = sum(c.overdue for c in open_)
    return say(
        lang,
        "%(total)s hồ sơ trong phạm vi của bạn, đang mở %(open)s, quá hạn %(late)s",
        total=total,
        open=sum(c.total for c in open_),
        late=late,
    )


def _drawing(definition: Definition, counts: Counts, here: str, chosen: str, lang: Lang) -> Markup:
    heat = {name: Heat(c.total, c.overdue, c.soon) for name, c in counts.items()}
    drawn = svg(
        definition, lang, heat=heat, href=lambda name: f"{here}?station={name}#station", selected=chosen
    )
    return Markup(drawn)


def _shown(definition: Definition, station: Station, counts: Counts, lang: Lang) -> Shown:
    roles = [station.holder, station.hands_to.role if station.hands_to else ""]
    holders = ", ".join(label("role", role, lang) for role in roles if role)
    return Shown(station, holders, tuple(_doings(definition, station, lang)), _count(counts, station.name))


def _doings(definition: Definition, station: Station, lang: Lang) -> Iterator[Doing]:
    for step in definition.steps:
        if station.name in step.sources:
            yield _doing(definition, station, step, lang)


def _doing(definition: Definition, station: Station, step: Step, lang: Lang) -> Doing:
    target = step.target(station.name)
    return Doing(
        by=", ".join(label("role", role, lang) for role in step.by),
        act=label("act", step.act, lang),
        to="" if target == station.name else definition.stations[target].label[lang],
        choice=label("choice", step.choice[1], lang) if step.choice else "",
        basis=step.basis,
    )
