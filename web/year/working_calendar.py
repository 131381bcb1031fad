"""The page of the working days: what every limit counts by, who corrected it, what that moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from db.engine import Connection
from states import labels
from states.calendar.working_days import FIRST_YEAR, LAST_YEAR
from states.decide import Weighed, reasons_document
from states.document import Document
from states.labels import Lang
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.acting import Reason, Trouble, carried_out, filled, fresh_key, tried, typed, worded
from web.cases.sentences import Sentence, sentence
from web.language import language, say
from web.rendering import dmy, page, see_other
from web.site import site
from web.year.month_grid import months, specials
from workflow.acts import ACTS
from workflow.calendar.reading import Correction, corrections_of, seat_to_propose, year_of
from workflow.clock.sweep import sweep

SHOWN = 30
"""How many recounted limits a correction lists."""
CONFIDENCES = ("high", "med", "low")
FIELDS = ("day", "title", "title_en", "source", "confidence")
Year = Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)]
DayAct = Annotated[Literal["apply_day", "revoke_day", "withdraw"], Path()]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Doing:
    """One act on a correction: whether it asks for a reason, why it cannot be done."""

    act: str
    label: str
    asks_reason: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One correction as the page shows it."""

    ref: str
    version: int
    station: str
    station_label: str
    day: str
    becomes: str
    note: str
    source: str
    confidence: str
    said: tuple[Sentence, ...]
    moved: tuple[tuple[str, str, str], ...]
    more: int
    doings: tuple[Doing, ...]


@router.get("/calendar")
@signed_in
async def working_calendar(request: Request, year: Year = None) -> Response:
    """The working days of a year, this one unless another is asked for."""
    return _shown(request, year or site(request).engine.today().year)


@router.get("/calendar/{ref}")
@signed_in
async def correction(request: Request, ref: Ref) -> Response:
    """Where a correction stands on the page of its year."""
    with site(request).engine.database.reading() as conn:
        year = year_of(conn, ref)
    return see_other(request, f"/calendar?year={year}#{ref}")


@router.post("/calendar")
@signed_in
async def propose(request: Request) -> Response:
    """Propose a correction, or show what is wrong with all that was typed."""
    form = await request.form()
    args: Document = filled({name: typed(form, name) for name in FIELDS})
    if kind := typed(form, "working"):
        args["working"] = kind == "yes"
    args["unit"] = seat_to_propose(site(request).engine, viewer(request).actor)
    return _answered(request, "propose_day", "", form, args)


@router.post("/calendar/{ref}/{act}")
@signed_in
async def take_act(request: Request, ref: Ref, act: DayAct) -> Response:
    """Apply, withdraw or revoke a correction, or say why not."""
    return _answered(request, act, ref, await request.form(), {})


def _answered(request: Request, act: str, ref: str, form: Mapping[str, Any], args: Document) -> Response:
    outcome = tried(request, "", lambda: carried_out(request, act, ref, form, args))
    year = _year(typed(form, "year") or typed(form, "day")[:4]) or site(request).engine.today().year
    if isinstance(outcome, Trouble):
        return _shown(request, year, form=form, trouble=outcome, about=ref)
    if site(request).settings.demo:
        # Nobody else moves the demonstration's clock: what follows shall be seen at once.
        sweep(site(request).engine)
    lang = language(request)
    told = labels.label("told", act, lang)
    said = say(lang, "Đã %(told)s (%(ref)s).", told=told, ref=outcome.ref)
    return see_other(request, f"/calendar?year={year}", said)


def _year(text: str) -> int:
    """A year there is a calendar for; 0 for anything else."""
    year = int(text) if text.isascii() and text.isdecimal() else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else 0


def _shown(
    request: Request,
    year: int,
    *,
    form: Mapping[str, Any] | None = None,
    trouble: Trouble | None = None,
    about: str = "",
) -> Response:
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        engine.read_calendar(conn)
        lines = _lines(request, conn, year)
    sent = form or {}
    return page(
        request,
        "calendar/calendar.html",
        status=trouble.status if trouble else 200,
        year=year,
        before=year - 1 if year > FIRST_YEAR else 0,
        after=year + 1 if year < LAST_YEAR else 0,
        months=months(engine.calendar, year, engine.today(), lang),
        weekdays=labels.label("weekdays", "short", lang).split(),
        specials=specials(engine.calendar, year, lang),
        lines=lines,
        may_propose=bool(seat_to_propose(engine, actor)),
        values={name: typed(sent, name) for name in (*FIELDS, "working", "reason")},
        confidences=[(code, labels.label("confidence", code, lang)) for code in CONFIDENCES],
        kinds=[(code, labels.label("day_kind", code, lang)) for code in ("no", "yes")],
        trouble=trouble,
        about=about,
        ref=about,
        key=fresh_key(),
    )


def _lines(request: Request, conn: Connection, year: int) -> list[Line]:
    engine, lang = site(request).engine, language(request)
    found = corrections_of(engine, conn, viewer(request).actor, year)
    return [_line(one, request, lang) for one in found]


def _line(one: Correction, request: Request, lang: Lang) -> Line:
    case, record = one.case, one.record
    today = site(request).engine.today()
    shown = one.moved[:SHOWN]
    return Line(
        ref=record.ref,
        version=record.version,
        station=record.station,
        station_label=labels.label("station", record.station, lang),
        day=dmy(case.day),
        becomes=labels.label("day_kind", "yes" if case.working else "no", lang),
        note=case.note[lang],
        source=case.source,
        confidence=labels.label("confidence", case.confidence, lang),
        said=tuple(sentence(entry, lang, today) for entry in one.entries if entry.act != "escalate"),
        moved=tuple((moved.ref, dmy(moved.before), dmy(moved.after)) for moved in shown),
        more=len(one.moved) - len(shown) + one.unseen,
        doings=tuple(_doing(weighed, record.ref, lang) for weighed in one.acts),
    )


def _doing(weighed: Weighed, ref: str, lang: Lang) -> Doing:
    reasons = tuple(worded(reason, ref, lang, {}) for reason in reasons_document(weighed.reasons))
    withdraws = weighed.act == "withdraw"
    label = say(lang, "Rút đề nghị") if withdraws else labels.label("act", weighed.act, lang)
    return Doing(weighed.act, label, ACTS[weighed.act].needs_reason, reasons)
