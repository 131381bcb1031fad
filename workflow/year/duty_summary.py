"""The office's own summary of a duty: what all units reported, added up so that it can be traced back."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.units import Unit
from states.definition import Words
from states.year.duty_forms import FigureField, form_of
from states.year.duty_sums import Source, Sum, sums
from workflow.year.duty_grid import SENT, Cell, Column, Grid
from workflow.year.plan_year import PlanYear

GROUPS: Mapping[str, str] = {"ward": "wards", "commune": "wards"}
"""Wards and communes are added up together, all others by their own kind."""


@dataclass(frozen=True, slots=True)
class Line:
    """One unit of a summary: its cell, its figures where it has sent any, by the version it sent."""

    unit: Unit
    kind: str
    cell: Cell
    source: Source | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of one duty over the units in sight; ``sums`` by kind of unit, over all under ""."""

    column: Column
    title: Words
    figures: tuple[FigureField, ...]
    lines: tuple[Line, ...]
    sums: Mapping[str, Mapping[str, Sum]]

    @property
    def missing(self) -> list[Line]:
        """The units whose figures are not there yet, those that were excused left out."""
        return [line for line in self.lines if line.source is None and line.cell.state != "excused"]


def summary(year: PlanYear, grid: Grid, column: Column) -> Summary:
    """Add up what was sent; only reports the person may open are counted."""
    form = form_of(column.duties[0].item)
    cells = [(unit, grid.cell(unit, column)) for unit in year.units.values()]
    lines = tuple(_line(unit, cell) for unit, cell in cells if cell.state != "none")
    found = [line.source for line in lines if line.source]
    names = [figure.name for figure in form.figures]
    return Summary(column, form.title, form.figures, lines, sums(found, names))


def _line(unit: Unit, cell: Cell) -> Line:
    kind = GROUPS.get(unit.kind, unit.kind)
    counted = cell.state in SENT and cell.ref and cell.case is not None
    source = _source(unit.id, kind, cell) if counted else None
    return Line(unit, kind, cell, source)


def _source(unit: str, kind: str, cell: Cell) -> Source:
    assert cell.case is not None  # looked at before
    return Source(
        unit=unit,
        kind=kind,
        ref=cell.ref,
        version=cell.case.sent_seq,
        accepted=cell.state == "accepted",
        figures=cell.case.figures,
    )
