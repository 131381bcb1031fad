"""The page of those who answer for deadlines: what is overdue, who holds it, how far up it was reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.cases import CaseRecord
from db.units import Unit, all_units
from states import labels
from states.labels import Lang
from web import cursors
from web.access import roles, viewer
from web.cases.rows import CaseRow, case_row
from web.inbox.page import Tab
from web.language import language, say
from web.obligations.words import short_title
from web.paging import AT_ONCE, address
from web.rendering import page
from web.site import site
from workflow.overdue import LEADERS, STEERING, URGENCIES, Deadlines, Late, Stop, Urgency, deadlines, units_of
from workflow.year.duty_grid import form_name

BAR = 100
"""The longest bar, in the drawing's own units."""
OWED = ("report", "registration")
"""The kinds of case a unit owes under the plan."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung as the ladder draws it."""

    label: str
    date_text: str
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One limit with its ladder; ``steering`` are the acts on it that the reader may do, as (words, address).

    ``untold`` where every rung had passed before the limit came to run.
    """

    case: CaseRow
    title: str
    seat: str
    rungs: tuple[Rung, ...]
    steering: tuple[tuple[str, str], ...]
    untold: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """A unit, or one role in it (``role`` not empty): what it holds, how much is over, the same as bars.

    ``names`` are the persons who hold that role today.
    """

    unit: str
    role: str
    names: str
    overdue: int
    total: int
    overdue_bar: int
    total_bar: int


@router.get("/deadlines")
@roles(*sorted(LEADERS))
async def running(request: Request, urgency: Urgency = "overdue", after: str | None = None) -> Response:
    """One list of running limits, how long the others are, who holds what."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    since = cursors.day_place(after)
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
        "tomorrow": (say(lang, "Báo lên ngày mai"), "", "arrow-up-right"),
        "held": (say(lang, "Tạm dừng"), "", "pause-circle"),
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
        title=_title(row, record, lang),
        seat=f"{row.holder}, {_short(units.get(record.holder_unit or ''), lang)}".removesuffix(", "),
        rungs=tuple(_rung(stop, today, lang) for stop in late.stops),
        steering=tuple(
            (labels.label("act", act, lang), f"{row.href}/acts/{act}") for act in STEERING if act in late.acts
        ),
        untold=late.untold,
    )


def _title(row: CaseRow, record: CaseRecord, lang: Lang) -> str:
    """What is late, whose it is; the duties of units by their short names."""
    short = short_title(form_name(record.category), record.period, lang) if record.kind in OWED else ""
    return row.title if record.kind == "plan_item" else f"{short or row.title}, {row.unit}"


def _rung(stop: Stop, today: date, lang: Lang) -> Rung:
    label = labels.label("act", stop.acts, lang) if stop.acts else labels.label("role", stop.tells, lang)
    return Rung(label, _day(stop.day, today, lang), stop.state)


def _day(day: date, today: date, lang: Lang) -> str:
    if day == today:
        return say(lang, "hôm nay")
    text = f"{day:%d/%m}"
    return say(lang, "mai %(day)s", day=text) if day == today + timedelta(days=1) else text


def _holders(found: Deadlines, units: Mapping[str, Unit], lang: Lang) -> list[Holder]:
    """Each unit that is late with its sums, then its roles with their persons; all others in one line."""
    grouped = units_of(found.holders)
    late = {id_: held for id_, held in grouped.items() if sum(one.overdue for one in held)}
    others = [one for id_, held in grouped.items() if id_ not in late for one in held]
    longest = max((sum(one.total for one in held) for held in [*late.values(), others]), default=1) or 1
    said: list[Holder] = []
    for id_, held in late.items():
        overdue, total = sum(one.overdue for one in held), sum(one.total for one in held)
        said.append(_holder(_short(units.get(id_), lang), "", "", overdue, total, longest))
        for one in held:
            role, names = labels.label("role", one.role, lang), ", ".join(found.names.get(one.seat, ()))
            said.append(_holder("", role, names, one.overdue, one.total, longest))
    if others:
        words = say(lang, "Nơi khác, không quá hạn")
        said.append(_holder(words, "", "", 0, sum(one.total for one in others), longest))
    return said


def _holder(unit: str, role: str, names: str, overdue: int, total: int, longest: int) -> Holder:
    return Holder(unit, role, names, overdue, total, overdue * BAR // longest, total * BAR // longest)


def _short(unit: Unit | None, lang: Lang) -> str:
    return unit.short(lang) if unit else ""


def _nothing(urgency: Urgency, lang: Lang) -> str:
    return {
        "overdue": say(lang, "Không có việc nào quá hạn."),
        "today": say(lang, "Không có việc nào đến hạn hôm nay."),
        "soon": say(lang, "Không có việc nào sắp đến hạn."),
        "tomorrow": say(lang, "Ngày làm việc tới không có việc nào được báo lên."),
        "held": say(lang, "Không có việc nào đang tạm dừng."),
    }[urgency]
