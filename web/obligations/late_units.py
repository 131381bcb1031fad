"""The units that are late with one duty."""

from dataclasses import dataclass

from db.units import Unit
from states.labels import Lang
from web.obligations.words import Shown, overdue_words, rung_words, shown
from web.obligations.year import Year
from workflow.overdue import Late
from workflow.year.duty_grid import Cell


@dataclass(frozen=True, slots=True)
class LateUnit:
    """A unit that is late, with what is known of it.

    ``remindable`` where the reader may remind it; ``returned`` where it already knows what it has to correct.
    """

    unit: str
    overdue: str
    told: str
    next: str
    reminded: str
    ref: str
    version: int
    href: str
    extend_href: str
    remindable: bool
    returned: bool
    cell: Shown


def late_units(found: Year, lang: Lang) -> list[LateUnit]:
    """The units that are late with the duty in view, the latest first."""
    if found.column is None:
        return []
    cells = [(unit, found.grid.cell(unit, found.column)) for unit in found.units]
    overdue = sorted((pair for pair in cells if pair[1].overdue), key=lambda pair: -pair[1].overdue)
    return [_late(found, unit, cell, lang) for unit, cell in overdue]


def _late(found: Year, unit: Unit, cell: Cell, lang: Lang) -> LateUnit:
    ladder, record = found.ladders.get(cell.ref), cell.record
    acts = ladder.acts if ladder else frozenset()
    told, following = _rungs(ladder, lang) if ladder else ("", "")
    days = found.reminded.get(record.id, ()) if record and cell.ref else ()
    href = f"/reports/{cell.ref}" if cell.ref else ""
    return LateUnit(
        unit=unit.short(lang),
        overdue=overdue_words(cell, lang),
        told=told,
        next=following,
        reminded=", ".join(f"{day:%d/%m}" for day in days),
        ref=cell.ref,
        version=record.version if record else 0,
        href=href,
        extend_href=f"{href}/acts/extend" if href and "extend" in acts else "",
        remindable="remind" in acts,
        returned=cell.state == "returned",
        cell=shown(cell, lang),
    )


def _rungs(late: Late, lang: Lang) -> tuple[str, str]:
    """Who was told last, who is told next."""
    said = {stop.state: rung_words(stop.tells, stop.acts, stop.day, lang) for stop in late.stops}
    return said.get("now", ""), said.get("next", "")
