"""The page of duties: which unit owes what, who has sent it, who is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.cases import CaseRecord
from db.units import Unit
from states.labels import Lang
from web.access import roles, viewer
from web.duty_words import (
    KINDS,
    Shown,
    kind_of,
    kind_words,
    last_words,
    overdue_words,
    rung_words,
    shown,
    title,
)
from web.language import language, say
from web.paging import address, plain
from web.rendering import page
from web.site import site
from workflow.duty_grid import Column, Grid, Tally, duty_grid, tally
from workflow.engine import Engine
from workflow.overdue import Late, lately
from workflow.plan_year import WATCHERS, PlanYear, plan_year
from workflow.problems import NotFound

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Year:
    """A year's grid as read for one request, narrowed as asked."""

    asked: PlanYear
    grid: Grid
    kind: str
    column: Column | None
    units: tuple[Unit, ...]
    ladders: dict[str, Late]


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: the duty, its last day, how many have been accepted."""

    key: str
    title: str
    last: str
    tally: Tally
    current: bool
    href: str


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is late, with what is known of it."""

    unit: str
    overdue: str
    told: str
    next: str
    href: str
    extend_href: str
    cell: Shown


@router.get("/obligations")
@roles(*WATCHERS)
async def obligations(
    request: Request, year: int | None = None, kind: str = "", duty: str = "", late: bool = False
) -> Response:
    """The grid of a year, the late list of one duty beside it."""
    lang = language(request)
    found = read(request, year, plain(kind), plain(duty))
    if found is None:
        return page(request, "year/nothing.html")
    shown_units = [unit for unit in found.units if not late or _is_late(found, unit)]
    return page(
        request,
        "obligations/obligations.html",
        year=found.asked,
        kind=found.kind,
        late=late,
        tabs=_tabs(found, late, lang),
        heads=heads(found, lang),
        rows=[(_name(unit, lang), _cells(found, unit, lang)) for unit in shown_units],
        column=found.column,
        column_title=title(found.column, lang) if found.column else "",
        late_units=late_units(found, lang),
        today=site(request).engine.today(),
        count=len(found.asked.units),
        links=_links(found),
        toggle=_address(found, late=not late),
    )


def read(request: Request, year: int | None, kind: str = "", duty: str = "") -> Year | None:
    """The grid this reader may see; None where no plan has taken effect. Raises NotFound for another year."""
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        asked = plan_year(engine, conn, actor, year)
        if asked is None:
            if year is not None:
                raise NotFound
            return None
        grid = duty_grid(engine, conn, actor, asked)
        everyone = tuple(asked.units.values())
        kind = kind if any(kind_of(unit) == kind for unit in everyone) else ""
        units = tuple(unit for unit in everyone if not kind or kind_of(unit) == kind)
        columns = [column for column in grid.columns if any(grid.of(column, units))]
        column = next((one for one in columns if one.key == duty), None) or _in_focus(
            engine, grid, columns, units
        )
        late = _late_records(grid, column, units)
        ladders = {one.item.record.ref: one for one in lately(engine, conn, actor, late)}
    return Year(asked, grid, kind, column, units, ladders)


def heads(found: Year, lang: Lang) -> list[Head]:
    """The columns that concern the units in view."""
    shown_columns = [column for column in found.grid.columns if any(found.grid.of(column, found.units))]
    return [
        Head(
            key=column.key,
            title=title(column, lang),
            last=last_words(column, lang),
            tally=tally(found.grid.of(column, found.units)),
            current=column == found.column,
            href=_address(found, duty=column.key),
        )
        for column in shown_columns
    ]


def late_units(found: Year, lang: Lang) -> list[LateUnit]:
    """The units that are late with the duty in view, the latest first."""
    if found.column is None:
        return []
    cells = [(unit, found.grid.cell(unit, found.column)) for unit in found.units]
    overdue = sorted((pair for pair in cells if pair[1].overdue), key=lambda pair: -pair[1].overdue)
    said = []
    for unit, cell in overdue:
        ladder = found.ladders.get(cell.ref)
        told, following = _rungs(ladder, lang) if ladder else ("", "")
        may = ladder is not None and "extend" in ladder.acts
        href = f"/reports/{cell.ref}" if cell.ref else ""
        extend = f"{href}/acts/extend" if href and may else ""
        said.append(
            LateUnit(
                _name(unit, lang), overdue_words(cell, lang), told, following, href, extend, shown(cell, lang)
            )
        )
    return said


def _rungs(late: Late, lang: Lang) -> tuple[str, str]:
    """Who was told last, who is told next."""
    said = {stop.state: rung_words(stop.tells, stop.acts, stop.day, lang) for stop in late.stops}
    return said.get("now", ""), said.get("next", "")


def _in_focus(engine: Engine, grid: Grid, columns: list[Column], units: tuple[Unit, ...]) -> Column | None:
    """The duty whose late list is shown first: the newest one somebody is late with, else the next due."""
    late = [column for column in columns if tally(grid.of(column, units)).overdue]
    if late:
        return max(late, key=lambda column: column.last)
    ahead = [column for column in columns if column.last >= engine.today()]
    return ahead[0] if ahead else (columns[-1] if columns else None)


def _late_records(grid: Grid, column: Column | None, units: Iterable[Unit]) -> list[CaseRecord]:
    cells = grid.of(column, units) if column else []
    return [cell.record for cell in cells if cell.overdue and cell.ref and cell.record]


def _is_late(found: Year, unit: Unit) -> bool:
    return any(found.grid.cell(unit, column).overdue for column in found.grid.columns)


def _cells(found: Year, unit: Unit, lang: Lang) -> list[Shown]:
    columns = [column for column in found.grid.columns if any(found.grid.of(column, found.units))]
    return [shown(found.grid.cell(unit, column), lang) for column in columns]


def _tabs(found: Year, late: bool, lang: Lang) -> list[dict[str, Any]]:
    counts = {kind: sum(kind_of(unit) == kind for unit in found.asked.units.values()) for kind in KINDS}
    kinds = [(kind, kind_words(kind, lang), count) for kind, count in counts.items() if count]
    if len(kinds) < 2:
        return []
    kinds.append(("", say(lang, "Tất cả"), len(found.asked.units)))
    return [
        {
            "href": address(
                "/obligations", year=str(found.asked.plan.year), kind=kind, late="1" if late else ""
            ),
            "label": words,
            "count": count,
            "current": kind == found.kind,
        }
        for kind, words, count in kinds
    ]


def _address(found: Year, *, duty: str = "", late: bool = False) -> str:
    year, chosen = str(found.asked.plan.year), duty or (found.column.key if found.column else "")
    return address("/obligations", year=year, kind=found.kind, duty=chosen, late="1" if late else "")


def _links(found: Year) -> dict[str, str]:
    asked = {"year": str(found.asked.plan.year), "kind": found.kind}
    duty = found.column.key if found.column else ""
    return {
        "late": address("/obligations/late", **asked, duty=duty),
        "excel": address("/obligations.xlsx", **asked),
        "late_excel": address("/obligations/late.xlsx", **asked, duty=duty),
        "summary": address("/obligations/summary", year=asked["year"], duty=duty),
    }


def _name(unit: Unit, lang: Lang) -> str:
    return unit.short_vi if lang == "vi" else unit.short_en
