"""The Education office gathers what schools report, then passes it on in packs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from db import duties
from db.cases import CaseRecord
from db.duties import Owed
from db.engine import Connection
from db.units import Unit, all_units
from states import labels
from states.labels import Lang
from states.year.duty import Duty
from states.year.duty_forms import form_of
from web.access import roles, viewer
from web.cases.acting import fresh_key, typed
from web.cases.one_by_one import MOST, Result, one_by_one
from web.cases.rows import CaseRow, case_row, period_name
from web.language import language, say
from web.rendering import page, see_other
from web.site import site
from workflow.engine import Engine
from workflow.inbox import Item, items
from workflow.loading import facts_in

READY = "education_pack"
OFFICE = ("education_officer", "education_head")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One school's report: where it stands, when it was sent, whether it can go in a pack now."""

    row: CaseRow
    version: int
    sent_on: date | None
    late: int
    pack: str
    ready: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """One duty of all schools; ``counts`` says how many stand at each station, in words."""

    code: str
    title: str
    period: str
    lines: tuple[Line, ...]
    counts: tuple[tuple[str, str, int], ...]

    @property
    def ready(self) -> int:
        """How many can go in a pack now."""
        return sum(line.ready for line in self.lines)


@router.get("/packs")
@roles(*OFFICE)
async def packs(request: Request) -> Response:
    """Every open duty with every school's state."""
    return _page(request)


@router.post("/packs")
@roles(*OFFICE)
async def pass_on(request: Request) -> Response:
    """Each ticked report goes on by itself; what one is refused for keeps no other back."""
    form, lang = await request.form(), language(request)
    if not form.getlist("report") or not typed(form, "pack"):
        return _page(request, form)
    results = one_by_one(request, "pass_on", form, "report", {"pack": typed(form, "pack")})
    done = sum(result.trouble is None for result in results)
    said = say(lang, "Đã chuyển %(n)s báo cáo trong gói số %(pack)s.", n=done, pack=typed(form, "pack"))
    if done == len(results):
        return see_other(request, "/packs", said)
    return _page(request, form, results, said if done else "")


def _page(
    request: Request,
    form: FormData | None = None,
    results: Iterable[Result] = (),
    said: str = "",
) -> Response:
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    with engine.database.reading() as conn:
        units = all_units(conn)
        found = [
            _gathered(engine, conn, owed, reader.scope, units, lang)
            for owed in duties.open_ones(conn, reader.scope)
        ]
    wrong = _wrong(form, lang) if form and not results else {}
    refused = [result for result in results if result.trouble]
    return page(
        request,
        "packs/packs.html",
        status=422 if wrong else 409 if refused else 200,
        gathered=found,
        may_pass="education_head" in reader.roles,
        chosen=typed(form, "duty") if form else "",
        ticked=set(form.getlist("report")) if form else set(),
        pack=typed(form, "pack") if form else "",
        wrong=wrong,
        refused=refused,
        said=said,
        key=fresh_key(),
    )


def _wrong(form: FormData, lang: Lang) -> dict[str, str]:
    """What the form lacks, by field."""
    found = {}
    if not typed(form, "pack"):
        found["pack"] = labels.validation("missing", {}, lang)
    if not form.getlist("report"):
        found["report"] = say(lang, "Chưa chọn báo cáo nào. Đánh dấu ít nhất một trường.")
    return found


def _gathered(
    engine: Engine, conn: Connection, owed: Owed, scope: Any, units: Mapping[str, Unit], lang: Lang
) -> Gathered:
    records = duties.listed(conn, scope, (owed.kind,), category=owed.category, period=owed.period, limit=MOST)
    records.sort(key=lambda record: (units[record.unit].position, record.ref))
    lines = tuple(_line(row, units, lang) for row in items(engine, records))
    words = {line.row.station: line.row.label for line in lines}
    counts = tuple(
        (station, label, sum(line.row.station == station for line in lines))
        for station, label in words.items()
    )
    return Gathered(
        code=f"{owed.category}.{owed.period}",
        title=form_of(owed.category).title[lang],
        period=period_name(owed.period, lang),
        lines=lines,
        counts=counts,
    )


def _line(row: Item[CaseRecord], units: Mapping[str, Unit], lang: Lang) -> Line:
    record, facts = row.record, facts_in(row.record)
    assert isinstance(facts, Duty)
    return Line(
        row=case_row(row, units, lang),
        version=record.version,
        sent_on=facts.sent_on,
        late=facts.late,
        pack=facts.pack,
        ready=record.station == READY,
    )
