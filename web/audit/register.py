"""The whole register as it stood on a day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import Unit, all_units
from states import labels
from states.definition import Definition
from states.labels import Lang
from web import cursors
from web.access import roles, viewer
from web.audit.filters import day
from web.cases.due import Due, due_of
from web.cases.rows import named_kind, period_name
from web.language import language
from web.paging import AT_ONCE, address, plain
from web.rendering import page
from web.site import site
from workflow.auditing.asof import moment_named
from workflow.engine import Engine
from workflow.register.asof import Held, Register, Standing, register_as_of, standings

AT_FIRST = 8
"""Cases shown of each office before one is chosen."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One case as it stood then, in the reader's words."""

    ref: str
    title: str
    sub: str
    unit: str
    station: str
    label: str
    holder: str
    due: Due
    on_hold: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One office with what it held; ``rows`` may be the first of ``held`` only."""

    unit: str
    name: str
    held: int
    overdue: int
    paused: int
    href: str
    rows: list[Row]


# Not async: counting a whole register takes as long as it takes, the others are served meanwhile.
@router.get("/audit/register")
@roles("auditor")
def register(request: Request, as_of: str = "", held_by: str = "", after: str | None = None) -> Response:
    """Who held what at the end of a day."""
    engine, lang = site(request).engine, language(request)
    chosen, office, place = day(plain(as_of)), plain(held_by), cursors.due_place(after)
    asked = chosen or engine.today()
    found = register_as_of(engine, viewer(request).actor, moment_named(asked.isoformat()))
    with engine.database.reading() as conn:
        units = all_units(conn)
    groups, more = _groups(found, asked, office, place, units, engine, lang)
    return page(
        request,
        "audit/register.html",
        status=422 if as_of and chosen is None else 200,
        desk="/audit/register",
        asked=asked,
        value=as_of or asked.isoformat(),
        wrong=labels.validation("date_range", {}, lang) if as_of and chosen is None else "",
        today=asked == engine.today(),
        groups=groups,
        office=next((g for g in groups if g.unit == office), None) if office else None,
        shown=[g for g in groups if office in ("", g.unit)],
        most=max((g.held for g in groups), default=0),
        total=len(found.held),
        overdue=sum(one.overdue for one in found.held),
        stations=[
            (station, labels.label("station", station, lang), n) for station, n in found.stations.items()
        ],
        ended=[(station, labels.label("station", station, lang), n) for station, n in found.ended.items()],
        before=address("/audit/register", as_of=(asked - timedelta(days=1)).isoformat(), held_by=office),
        next_href=address("/audit/register", as_of=asked.isoformat(), held_by=office, after=more)
        if more
        else "",
    )


def _groups(
    found: Register,
    asked: date,
    chosen: str,
    place: tuple[date | None, str] | None,
    units: dict[str, Unit],
    engine: Engine,
    lang: Lang,
) -> tuple[list[Group], str | None]:
    """Every office, with all a page takes of the chosen one, else the most urgent of each; where to go on."""
    after = (place[0] or date.max, place[1]) if place else None
    shown: dict[str, list[Held]] = defaultdict(list)
    for one in found.held:
        if chosen in ("", one.unit) and (not chosen or after is None or one.urgency > after):
            shown[one.unit].append(one)
    most = AT_ONCE if chosen else AT_FIRST
    last = shown[chosen][AT_ONCE - 1] if chosen and len(shown[chosen]) > AT_ONCE else None
    stood = standings(engine, [one.id for own in shown.values() for one in own[:most]], found.moment)
    groups = [
        Group(
            office.unit,
            _short(units.get(office.unit), lang) or office.unit,
            office.held,
            office.overdue,
            office.paused,
            address("/audit/register", as_of=asked.isoformat(), held_by=office.unit),
            [row(stood[one.id], units, engine, lang) for one in shown[office.unit][:most]],
        )
        for office in found.offices
    ]
    return groups, cursors.written((last.due, last.id)) if last else None


def row(one: Standing, units: dict[str, Unit], engine: Engine, lang: Lang) -> Row:
    """One case as it stood."""
    case = one.case
    return Row(
        ref=case.ref,
        title=one.title,
        sub=f"{named_kind(case.ref, case.category, lang)}, {period_name(case.period, lang)}",
        unit=_short(units.get(case.unit), lang),
        station=case.station,
        label=station_label(engine, case.definition, case.station, lang),
        holder=labels.label("role", case.holder.role, lang) if case.holder else "",
        due=due_of(case, one.left, lang),
        on_hold=case.on_hold is not None,
    )


def station_label(engine: Engine, definition: str, station: str, lang: Lang) -> str:
    """What the station is called in its own definition, else in general."""
    found: Definition | None = engine.definitions.get(definition)
    if found and station in found.stations:
        return found.stations[station].label[lang]
    return labels.label("station", station, lang)


def _short(unit: Unit | None, lang: Lang) -> str:
    return unit.short(lang) if unit else ""


def names_of(units: dict[str, Unit], lang: Lang) -> dict[str, Any]:
    """What every unit is called, by id."""
    return {id_: _short(unit, lang) for id_, unit in units.items()}
