"""The page of those who answer for deadlines: what is overdue, who holds it, how far up it was reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import Unit, all_units
from states import labels
from states.kinds import page_of
from states.labels import Lang
from web import cursors
from web.access import roles, viewer
from web.case_rows import CaseRow, case_row
from web.inbox import Tab
from web.language import language, say
from web.paging import AT_ONCE, address
from web.rendering import page
from web.site import site
from workflow.overdue import LEADERS, URGENCIES, Deadlines, Late, Stop, Urgency, deadlines, units_of

BAR = 100
"""The longest bar, in the drawing's own units."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung as the ladder draws it."""

    label: str
    date_text: str
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One running limit with its ladder; ``extend_href`` is empty for those who may not extend it."""

    case: CaseRow
    seat: str
    rungs: tuple[Rung, ...]
    extend_href: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit, or one role in it (``role`` not empty): what it holds, how much is over, the same as bars."""

    unit: str
    role: str
    overdue: int
    total: int
    overdue_bar: int
    total_bar: int


@router.get("/deadlines")
@roles(*sorted(LEADERS))
async def running(request: Request, urgency: Urgency = "overdue", after: str | None = None) -> Response:
    """One list of running limits, how long the others are, who holds what."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    place = cursors.due_place(after)
    since = (place[0], place[1]) if place and place[0] else None
    with engine.database.reading() as conn:
        found = deadlines(engine, conn, reader.actor, urgency, after=since, limit=AT_ONCE)
        units = all_units(conn)
    more = cursors.written(found.next)
    return page(
        request,
        "deadlines/deadlines.html",
        tabs=_tabs(found, urgency, lang),
        lines=[_line(late, units, engine.today(), lang) for late in found.rows],
        holders=_holders(found, units, lang),
        nothing=_nothing(urgency, lang),
        next_href=address("/deadlines", urgency=urgency, after=more) if more else "",
    )


def _tabs(found: Deadlines, chosen: Urgency, lang: Lang) -> list[Tab]:
    words = {
        "overdue": (say(lang, "Quá hạn"), "overdue", "exclamation-triangle-fill"),
        "today": (say(lang, "Hạn hôm nay"), "soon", "stopwatch"),
        "soon": (say(lang, "Sắp hạn"), "soon", "hourglass-split"),
    }
    counts = found.counts._asdict()
    return [
        Tab(
            address("/deadlines", urgency=urgency),
            words[urgency][0],
            counts[urgency],
            urgency == chosen,
            *(words[urgency][1:] if counts[urgency] else ("", "")),
        )
        for urgency in URGENCIES
    ]


def _line(late: Late, units: Mapping[str, Unit], today: date, lang: Lang) -> Line:
    record = late.item.record
    row = case_row(late.item, units, lang)
    return Line(
        case=row,
        seat=f"{row.holder}, {_short(units.get(record.holder_unit or ''), lang)}".removesuffix(", "),
        rungs=tuple(_rung(stop, today, lang) for stop in late.stops),
        extend_href=f"{page_of(record.ref)}/acts/extend" if late.extendable else "",
    )


def _rung(stop: Stop, today: date, lang: Lang) -> Rung:
    label = labels.label("act", stop.acts, lang) if stop.acts else labels.label("role", stop.tells, lang)
    return Rung(label, _day(stop.day, today, lang), stop.state)


def _day(day: date, today: date, lang: Lang) -> str:
    if day == today:
        return say(lang, "hôm nay")
    text = f"{day:%d/%m}"
    return say(lang, "mai %(day)s", day=text) if day == today + timedelta(days=1) else text


def _holders(found: Deadlines, units: Mapping[str, Unit], lang: Lang) -> list[Holder]:
    """Each unit with its sums, then its roles."""
    grouped = units_of(found.holders)
    longest = max((sum(one.total for one in held) for held in grouped.values()), default=1)
    said: list[Holder] = []
    for id_, held in grouped.items():
        rows = [("", sum(one.overdue for one in held), sum(one.total for one in held))]
        rows += [(labels.label("role", one.role, lang), one.overdue, one.total) for one in held]
        for role, late, total in rows:
            bars = late * BAR // longest, total * BAR // longest
            said.append(Holder(_short(units.get(id_), lang), role, late, total, *bars))
    return said


def _short(unit: Unit | None, lang: Lang) -> str:
    if unit is None:
        return ""
    return unit.short_vi if lang == "vi" else unit.short_en


def _nothing(urgency: Urgency, lang: Lang) -> str:
    return {
        "overdue": say(lang, "Không có việc nào quá hạn."),
        "today": say(lang, "Không có việc nào đến hạn hôm nay."),
        "soon": say(lang, "Không có việc nào sắp đến hạn."),
    }[urgency]
