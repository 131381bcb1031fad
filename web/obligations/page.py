"""The page of duties: which unit owes what, who has sent it, who is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import Unit
from states.labels import Lang
from web.access import roles
from web.cases.acting import fresh_key, typed
from web.cases.one_by_one import Result, one_by_one
from web.language import language, say
from web.obligations.late_units import late_units
from web.obligations.words import KINDS, Shown, kind_of, kind_words, last_words, shown, title
from web.obligations.year import Year, read
from web.paging import address, plain
from web.rendering import page, see_other
from web.site import site
from workflow.year.duty_grid import Tally, tally
from workflow.year.plan_year import WATCHERS

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: the duty, its last day, how many have been accepted."""

    key: str
    title: str
    last: str
    tally: Tally
    current: bool
    href: str


@router.get("/obligations")
@roles(*WATCHERS)
async def obligations(
    request: Request, year: int | None = None, kind: str = "", duty: str = "", late: bool = False
) -> Response:
    """The grid of a year, the late list of one duty beside it."""
    found = read(request, year, plain(kind), plain(duty))
    return page(request, "year/nothing.html") if found is None else _page(request, found, late=late)


@router.post("/obligations")
@roles(*WATCHERS)
async def remind(request: Request, year: int | None = None, kind: str = "", duty: str = "") -> Response:
    """Each ticked unit is reminded by itself; what one is refused for keeps no other back."""
    form, lang = await request.form(), language(request)
    found = read(request, year, plain(kind), plain(duty))
    if found is None:
        return page(request, "year/nothing.html", status=404)
    note = typed(form, "note")
    results = one_by_one(request, "remind", form, "report", {"note": note} if note else {})
    told = [result.unit for result in results if result.trouble is None]
    said = say(lang, "Đã nhắc %(n)s đơn vị: %(units)s.", n=len(told), units=", ".join(told)) if told else ""
    if told and len(told) == len(results):
        return see_other(request, _address(found), said)
    now = read(request, year, plain(kind), plain(duty)) or found
    return _page(request, now, results=results, said=said, nobody=not results)


def _page(
    request: Request,
    found: Year,
    *,
    late: bool = False,
    results: Sequence[Result] = (),
    said: str = "",
    nobody: bool = False,
) -> Response:
    lang = language(request)
    refused = [result for result in results if result.trouble]
    shown_units = [unit for unit in found.units if not late or _is_late(found, unit)]
    return page(
        request,
        "obligations/obligations.html",
        status=422 if nobody else 409 if refused else 200,
        year=found.asked,
        kind=found.kind,
        late=late,
        tabs=_tabs(found, late, lang),
        heads=heads(found, lang),
        rows=[(unit.short(lang), _cells(found, unit, lang)) for unit in shown_units],
        column=found.column,
        column_title=title(found.column, lang) if found.column else "",
        late_units=late_units(found, lang),
        today=site(request).engine.today(),
        count=len(found.asked.units),
        links=_links(found),
        toggle=_address(found, late=not late),
        here=_address(found),
        refused=refused,
        said=said,
        nobody=nobody,
        key=fresh_key(),
    )


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
