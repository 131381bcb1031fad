"""The page on which an office adds up what units reported."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from states.labels import Lang
from states.roles import OFFICE_OF
from states.year.duty_forms import forms
from states.year.duty_sums import Sum
from web.access import roles
from web.language import language, say
from web.obligations.words import kind_words, last_words, state_words, title, words
from web.obligations.year import Year, read
from web.paging import address, plain
from web.rendering import page
from web.site import site
from web.spreadsheets import Sheet, Value, workbook
from workflow.problems import NotFound
from workflow.year.duty_grid import Column
from workflow.year.duty_summary import Line, Summary, summary

READERS = (*(role.value for role in OFFICE_OF), "auditor")
"""Who reads what units reported."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the summary: a kind of unit, or a unit with its report."""

    name: str
    state: str
    href: str
    version: int
    accepted: bool
    missing: bool
    excused: bool
    figures: tuple[int | None, ...]


@router.get("/obligations/summary")
@roles(*READERS)
async def shown(request: Request, year: int | None = None, duty: str = "", period: str = "") -> Response:
    """The sums of each figure by kind of unit, below them the reports they come from."""
    found, total = _asked(request, year, duty, period)
    lang = language(request)
    kinds = [kind for kind in total.sums if kind]
    return page(
        request,
        "obligations/summary.html",
        year=found.asked,
        column=total.column,
        column_title=title(total.column, lang),
        last=last_words(total.column, lang),
        figures=[figure.label[lang] for figure in total.figures],
        sums=[(kind_words(kind, lang), _sums(total, kind)) for kind in kinds],
        whole=_sums(total, ""),
        groups=[(kind_words(kind, lang), _rows(total, kind, lang)) for kind in _kinds(total)],
        owing=len(total.lines),
        accepted=sum(line.source is not None and line.source.accepted for line in total.lines),
        sent=sum(line.source is not None and not line.source.accepted for line in total.lines),
        excused=sum(line.cell.state == "excused" for line in total.lines),
        missing=[line.unit.short(lang) for line in total.missing],
        duties=[(one.key, f"{title(one, lang)}, {last_words(one, lang)}") for one in _with_figures(found)],
        excel=address("/obligations/summary.xlsx", year=str(found.asked.plan.year), duty=total.column.key),
        today=site(request).engine.today(),
    )


@router.get("/obligations/summary.xlsx")
@roles(*READERS)
async def as_workbook(
    request: Request, year: int | None = None, duty: str = "", period: str = ""
) -> Response:
    """The same: the sums, then every unit with its figures."""
    found, total = _asked(request, year, duty, period)
    lang, today = language(request), site(request).engine.today()
    labels = [figure.label[lang] for figure in total.figures]
    above = [
        say(
            lang,
            "Tổng hợp: %(duty)s năm %(year)s",
            duty=title(total.column, lang),
            year=found.asked.plan.year,
        ),
        say(lang, "Tính đến ngày %(day)s", day=f"{today:%d/%m/%Y}"),
    ]
    sheets = [
        Sheet(say(lang, "Tổng"), above, [say(lang, "Loại đơn vị"), "", *labels], _sum_rows(total, lang)),
        _sources(total, labels, lang),
    ]
    return workbook(f"tong-hop-{found.asked.plan.year}-{today:%Y%m%d}", sheets)


def _asked(request: Request, year: int | None, duty: str, period: str) -> tuple[Year, Summary]:
    """The duty by its column (``report:2024H1``), or by its form or own code together with the period."""
    form, _, of = plain(duty).partition(":")
    found = read(request, year)
    if found is None:
        raise NotFound
    wanted = of or plain(period)
    columns = [
        one
        for one in _with_figures(found)
        if (form in (one.form, "") or form in [d.item for d in one.duties]) and wanted in (one.period, "")
    ]
    column = found.column if found.column in columns else next(iter(columns), None)
    if column is None:
        raise NotFound
    return found, summary(found.asked, found.grid, column)


def _with_figures(found: Year) -> list[Column]:
    """The duties that are answered with a form; a plan may ask for others, which have no figures to add up."""
    names = {form.name for form in forms()}
    return [column for column in found.grid.columns if column.form in names]


def _kinds(total: Summary) -> list[str]:
    return list(dict.fromkeys(line.kind for line in total.lines))


def _sums(total: Summary, kind: str) -> list[Sum]:
    return [total.sums[kind][figure.name] for figure in total.figures]


def _rows(total: Summary, kind: str, lang: Lang) -> list[Row]:
    return [_row(total, line, lang) for line in total.lines if line.kind == kind]


def _row(total: Summary, line: Line, lang: Lang) -> Row:
    source = line.source
    return Row(
        name=line.unit.short(lang),
        state=words(line.cell, lang),
        href=f"/reports/{line.cell.ref}" if line.cell.ref else "",
        version=source.version if source else 0,
        accepted=bool(source and source.accepted),
        missing=source is None and line.cell.state != "excused",
        excused=line.cell.state == "excused",
        figures=tuple(source.figures.get(figure.name) if source else None for figure in total.figures),
    )


def _sum_rows(total: Summary, lang: Lang) -> list[list[Value]]:
    rows: list[list[Value]] = []
    for kind in [*(kind for kind in total.sums if kind), ""]:
        name = kind_words(kind, lang) if kind else say(lang, "Cộng")
        found = _sums(total, kind)
        rows.append([name, say(lang, "đã tiếp nhận"), *(one.accepted for one in found)])
        rows.append([name, say(lang, "mới gửi"), *(one.sent for one in found)])
        rows.append([name, say(lang, "cộng"), *(one.total for one in found)])
    return rows


def _sources(total: Summary, labels: list[str], lang: Lang) -> Sheet:
    head = [say(lang, "Đơn vị"), say(lang, "Loại đơn vị"), say(lang, "Mã"), say(lang, "Bản gửi")]
    rows: list[list[Value]] = []
    for line in total.lines:
        row = _row(total, line, lang)
        state = say(lang, "chưa có") if row.missing else state_words(line.cell, lang)
        said: list[Value] = [
            line.unit.name(lang),
            kind_words(line.kind, lang),
        ]
        rows.append([*said, line.cell.ref, row.version or None, state, *row.figures])
    return Sheet(say(lang, "Theo đơn vị"), (), [*head, say(lang, "Tình trạng"), *labels], rows)
