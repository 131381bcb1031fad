"""The grid of a year as one reader asked for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from db.cases import CaseRecord
from db.units import Unit
from web.access import viewer
from web.obligations.words import kind_of
from web.site import site
from workflow.engine import Engine
from workflow.overdue import Late, lately
from workflow.problems import NotFound
from workflow.reminding import reminded
from workflow.year.duty_grid import Column, Grid, duty_grid, tally
from workflow.year.plan_year import PlanYear, plan_year


@dataclass(frozen=True, slots=True)
class Year:
    """A year's grid as read for one request, narrowed as asked.

    ``ladders`` by reference and ``reminded``, the days on which a person did, by case are of what is late in view.
    """

    asked: PlanYear
    grid: Grid
    kind: str
    column: Column | None
    units: tuple[Unit, ...]
    ladders: dict[str, Late]
    reminded: Mapping[str, tuple[date, ...]]


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
        days = reminded(conn, [record.id for record in late])
    return Year(asked, grid, kind, column, units, ladders, days)


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
