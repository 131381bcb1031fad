"""The duties of a year on paper, as workbooks."""

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import Unit
from states.labels import Lang
from states.roles import UNIT_ROLES
from web.access import roles
from web.language import language, say
from web.obligations.late_units import late_units
from web.obligations.words import kind_of, kind_words, named, state_words, title, words
from web.obligations.year import Year, read
from web.paging import plain
from web.rendering import page
from web.site import site
from web.spreadsheets import Sheet, Value, workbook
from workflow.problems import NotFound
from workflow.year.duty_grid import Cell, Column
from workflow.year.plan_year import WATCHERS

OVERSEERS = tuple(role for role in WATCHERS if role not in UNIT_ROLES)
"""Who takes lists of all units away."""

router = APIRouter(include_in_schema=False)


@router.get("/obligations/late")
@roles(*OVERSEERS)
async def late(request: Request, year: int | None = None, kind: str = "", duty: str = "") -> Response:
    """The late list of one duty as an official sheet of paper."""
    found, column = _asked(request, year, kind, duty)
    lang, today = language(request), site(request).engine.today()
    units = [unit for unit in found.units if found.grid.cell(unit, column).overdue]
    told = {one.unit: one for one in late_units(found, lang)}
    return page(
        request,
        "obligations/late.html",
        year=found.asked,
        body=found.asked.seats[found.asked.body].name(lang),
        office=found.asked.seats[found.asked.standing].name(lang),
        rows=[_late_row(found, unit, column, told[unit.short(lang)].told, lang) for unit in units],
        column=column,
        column_title=title(column, lang),
        due=named(column.due, lang) if column.due else "",
        extended=[u.short(lang) for u in found.units if found.grid.cell(u, column).extended],
        count=len(found.grid.of(column, found.units)),
        today=today,
    )


@router.get("/obligations/late.xlsx")
@roles(*OVERSEERS)
async def late_workbook(
    request: Request, year: int | None = None, kind: str = "", duty: str = ""
) -> Response:
    """The late list of one duty."""
    found, column = _asked(request, year, kind, duty)
    lang, today = language(request), site(request).engine.today()
    head = [
        say(lang, "Đơn vị"),
        say(lang, "Loại đơn vị"),
        say(lang, "Tình trạng"),
        say(lang, "Hạn"),
        say(lang, "Quá hạn (ngày làm việc)"),
        say(lang, "Mã"),
    ]
    cells = [(unit, found.grid.cell(unit, column)) for unit in found.units]
    rows = [
        [u.name(lang), kind_words(kind_of(u), lang), state_words(c, lang), c.last, c.overdue, c.ref]
        for u, c in cells
        if c.overdue
    ]
    above = [
        say(lang, "Đơn vị trễ: %(duty)s", duty=title(column, lang)),
        say(lang, "Tính đến ngày %(day)s", day=f"{today:%d/%m/%Y}"),
    ]
    return workbook(f"tre-han-{today:%Y%m%d}", [Sheet(say(lang, "Trễ hạn"), above, head, rows)])


@router.get("/obligations.xlsx")
@roles(*OVERSEERS)
async def grid_workbook(request: Request, year: int | None = None, kind: str = "") -> Response:
    """The grid, with one row for each unit and duty on a second sheet."""
    found, lang = _found(request, year, kind, ""), language(request)
    today = site(request).engine.today()
    columns = [one for one in found.grid.columns if any(found.grid.of(one, found.units))]
    above = [
        say(lang, "Nghĩa vụ của đơn vị năm %(year)s", year=found.asked.plan.year),
        say(lang, "Tính đến ngày %(day)s", day=f"{today:%d/%m/%Y}"),
    ]
    head = [say(lang, "Đơn vị"), say(lang, "Loại đơn vị"), *(title(column, lang) for column in columns)]
    rows = [
        [
            unit.name(lang),
            kind_words(kind_of(unit), lang),
            *(words(found.grid.cell(unit, one), lang) for one in columns),
        ]
        for unit in found.units
    ]
    sheets = [Sheet(say(lang, "Bảng nghĩa vụ"), above, head, rows), _each(found, columns, lang)]
    return workbook(f"nghia-vu-{found.asked.plan.year}-{today:%Y%m%d}", sheets)


def _each(found: Year, columns: list[Column], lang: Lang) -> Sheet:
    head = [
        say(lang, "Đơn vị"),
        say(lang, "Nghĩa vụ"),
        say(lang, "Mã"),
        say(lang, "Tình trạng"),
        say(lang, "Hạn"),
        say(lang, "Ngày gửi"),
        say(lang, "Gửi trễ (ngày làm việc)"),
        say(lang, "Quá hạn (ngày làm việc)"),
    ]
    cells = [(unit, one, found.grid.cell(unit, one)) for one in columns for unit in found.units]
    rows = [_each_row(unit, column, cell, lang) for unit, column, cell in cells if cell.state != "none"]
    return Sheet(say(lang, "Từng nghĩa vụ"), (), head, rows)


def _each_row(unit: Unit, column: Column, cell: Cell, lang: Lang) -> list[Value]:
    sent: date | None = cell.case.sent_on if cell.case else None
    said = [unit.name(lang), title(column, lang), cell.ref, state_words(cell, lang)]
    return [*said, cell.last, sent, cell.late or None, cell.overdue or None]


def _asked(request: Request, year: int | None, kind: str, duty: str) -> tuple[Year, Column]:
    found = _found(request, year, kind, duty)
    if found.column is None:
        raise NotFound
    return found, found.column


def _found(request: Request, year: int | None, kind: str, duty: str) -> Year:
    found = read(request, year, plain(kind), plain(duty))
    if found is None:
        raise NotFound
    return found


def _late_row(found: Year, unit: Unit, column: Column, told: str, lang: Lang) -> tuple[str, Cell, str, str]:
    cell = found.grid.cell(unit, column)
    return unit.name(lang), cell, state_words(cell, lang), told
