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
from states.duty import Duty
from states.duty_forms import form_of
from states.labels import Lang
from web.access import roles, viewer
from web.acting import Trouble, attempt, fresh_key, typed
from web.case_rows import CaseRow, case_row, period_name
from web.language import language, say
from web.rendering import page, see_other
from web.site import site
from workflow.engine import Engine
from workflow.inbox import item
from workflow.loading import facts_in
from workflow.problems import NotFound

MOST = 500
"""Schools of one duty on the page."""
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


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one report of a pack: passed on, or every reason why not."""

    ref: str
    unit: str
    trouble: Trouble | None


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
    ticked = [ref for ref in form.getlist("report") if isinstance(ref, str)][:MOST]
    if not ticked or not typed(form, "pack"):
        return _page(request, form)
    results = [_passed(request, form, ref) for ref in dict.fromkeys(ticked)]
    done = sum(result.trouble is None for result in results)
    said = say(lang, "Đã chuyển %(n)s báo cáo trong gói số %(pack)s.", n=done, pack=typed(form, "pack"))
    if done == len(results):
        return see_other(request, "/packs", said)
    return _page(request, form, results, said if done else "")


def _passed(request: Request, form: FormData, ref: str) -> Result:
    """One report on the one road, under a key of its own, at the version that was ticked."""
    sent = {"key": f"{typed(form, 'key')}-{ref}"[:200], "version": typed(form, f"version.{ref}")}
    unit, lang = typed(form, f"unit.{ref}"), language(request)
    try:
        done = attempt(request, "pass_on", ref, sent, {"pack": typed(form, "pack")})
    except NotFound:
        # Those before it have gone on already, so this one is told among them.
        return Result(ref, unit, Trouble(404, "", fields={"ref": labels.problem("not_found", lang)}))
    return Result(ref, unit, done if isinstance(done, Trouble) else None)


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
    lines = tuple(_line(engine, record, units, lang) for record in records)
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


def _line(engine: Engine, record: CaseRecord, units: Mapping[str, Unit], lang: Lang) -> Line:
    facts = facts_in(record)
    assert isinstance(facts, Duty)
    return Line(
        row=case_row(item(engine, record), units, lang),
        version=record.version,
        sent_on=facts.sent_on,
        late=facts.late,
        pack=facts.pack,
        ready=record.station == READY,
    )
