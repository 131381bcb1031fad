"""The page of the year: every item of the plan with its state."""

from collections import defaultdict
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from states import labels
from states.labels import Lang
from web.access import roles, viewer
from web.cases.due import working_days
from web.cases.rows import period_name
from web.language import language, say
from web.paging import address
from web.rendering import page
from web.site import site
from workflow.problems import NotFound
from workflow.year.plan_state import ItemState, Served, item_states
from workflow.year.plan_year import STANDING_ROLES, WATCHERS, PlanYear, plan_year

QUARTERS = ("", "1", "2", "3", "4", "0")
"""The tabs: all, the quarters, what has no date."""
STATES = {
    "planned": "planned",
    "open": "open",
    "overdue": "overdue",
    "done": "done",
    "none_arose": "none_arose",
    "dropped": "lapsed",
    "passed": "lapsed",
}
"""The badge of a state."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Row:
    """One item as the page shows it."""

    id: str
    text: str
    badge: str
    state: str
    detail: str
    href: str
    who: str
    to: str
    last: str
    answer: str
    before: tuple[tuple[str, bool], ...]
    served: tuple[tuple[str, str], ...]
    duties: str
    duties_href: str
    overdue: bool
    late: str
    if_any: bool


@router.get("/year")
@roles(*WATCHERS)
async def year(request: Request, year: int | None = None, quarter: str = "") -> Response:
    """The plan that has effect: each item with who acts, its last day, how it stands."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    with engine.database.reading() as conn:
        found = plan_year(engine, conn, reader.actor, year)
        states = item_states(engine, conn, reader.actor, found) if found else []
    if found is None:
        if year is not None:
            raise NotFound
        return page(request, "year/nothing.html")
    chosen = quarter if quarter in QUARTERS else ""
    shown = [one for one in states if not chosen or _quarter(found, one) == chosen]
    return page(
        request,
        "year/year.html",
        year=found,
        quarter=chosen,
        tabs=_tabs(found, states, chosen, lang),
        groups=_groups(found, shown, lang),
        dated=sum(one.state not in ("always", "passed") for one in states),
        done=sum(one.done for one in states),
        overdue=sum(one.overdue for one in states),
        years=[(str(one), str(one)) for one in found.years],
        draws_up=bool(reader.roles & STANDING_ROLES),
    )


def _quarter(found: PlanYear, one: ItemState) -> str:
    quarter = found.plan.quarter_of(one.item)
    return str(quarter.part) if quarter else "0"


def _tabs(found: PlanYear, states: list[ItemState], chosen: str, lang: Lang) -> list[dict[str, object]]:
    words = {
        "": say(lang, "Cả năm"),
        "1": say(lang, "Quý I"),
        "2": say(lang, "Quý II"),
        "3": say(lang, "Quý III"),
        "4": say(lang, "Quý IV"),
        "0": say(lang, "Thường xuyên"),
    }
    counts = {name: sum(not name or _quarter(found, one) == name for one in states) for name in QUARTERS}
    return [
        {
            "href": address("/year", year=str(found.plan.year), quarter=name),
            "label": words[name],
            "count": counts[name],
            "current": name == chosen,
        }
        for name in QUARTERS
        if counts[name]
    ]


def _groups(found: PlanYear, shown: list[ItemState], lang: Lang) -> list[tuple[str, list[Row]]]:
    """The items under the sections of the plan, in its order."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for one in shown:
        grouped[_section(one.item.section, lang)].append(_row(found, one, lang))
    return list(grouped.items())


def _section(section: str, lang: Lang) -> str:
    """A section by its number, with what the plan has there."""
    first = section.split(";")[0].strip()
    if first.startswith("II.Q"):
        quarter = ("I", "II", "III", "IV")[int(first[-1]) - 1]
        return say(lang, "Mục II. Nội dung công tác, quý %(quarter)s", quarter=quarter)
    if first.startswith("III"):
        return say(lang, "Mục %(section)s. Tổ chức thực hiện", section=first)
    return say(lang, "Mục %(section)s. Mục đích, yêu cầu", section=first)


def _row(found: PlanYear, one: ItemState, lang: Lang) -> Row:
    item = one.item
    return Row(
        id=item.id,
        text=item.text[lang],
        badge=STATES.get(one.state, ""),
        state=_state(one, lang),
        detail=say(lang, "số %(no)s", no=one.document_no) if one.document_no else "",
        href=f"/plan-items/{one.ref}" if one.ref else "",
        who=_parties(item.actor, item.drafter, lang),
        to=", ".join(labels.label("party", party, lang) for party in item.recipient),
        last=f"{one.last:%d/%m/%Y}" if one.last else "",
        answer=item.answer[lang] if item.answer else "",
        before=tuple((before.id, before.done) for before in one.before),
        served=tuple(_served(served, lang) for served in one.served),
        duties=_duties(one, lang),
        duties_href=address("/obligations", year=str(found.plan.year)),
        overdue=one.overdue,
        late=_late(one, lang),
        if_any=item.if_any,
    )


def _parties(actors: tuple[str, ...], drafter: str | None, lang: Lang) -> str:
    said = ", ".join(labels.label("party", party, lang) for party in actors)
    if not drafter:
        return said
    whom = labels.label("party", drafter, lang)
    return f"{said} ({say(lang, '%(whom)s soạn', whom=whom)})"


def _state(one: ItemState, lang: Lang) -> str:
    if one.state == "passed":
        return say(lang, "Đã qua khi kế hoạch có hiệu lực")
    return labels.label("station", one.state, lang) if one.state in STATES else ""


def _late(one: ItemState, lang: Lang) -> str:
    if not one.late:
        return ""
    days = working_days(one.late, lang)
    if one.done:
        return say(lang, "trễ %(days)s", days=days)
    return say(lang, "Quá hạn %(days)s", days=days)


def _duties(one: ItemState, lang: Lang) -> str:
    """How many units have sent what they owe under an item; nothing where nobody owes anything."""
    counts = one.counts
    if counts is None:
        return ""
    said = say(lang, "%(sent)s/%(all)s đơn vị đã nộp", sent=counts.sent, all=counts.owing)
    late = say(lang, "%(n)s quá hạn", n=counts.overdue) if counts.overdue else ""
    return f"{said}, {late}" if late else said


def _served(served: Served, lang: Lang) -> tuple[str, str]:
    """What serves an item in words, with its address."""
    if served.kind == "intake":
        if served.closed:
            words = say(lang, "%(title)s: đã đóng", title=served.station)
        elif served.last:
            words = say(lang, "%(title)s: nhận đến %(day)s", title=served.station, day=f"{served.last:%d/%m}")
        else:
            words = say(lang, "%(title)s: nhận bất kỳ lúc nào", title=served.station)
        return words, f"/intakes/{served.ref}" if served.ref else ""
    period = period_name(served.period, lang)
    href = address("/dossiers", period=served.period, station=served.station)
    if served.kind == "council":
        return say(lang, "%(n)s hồ sơ %(period)s chờ Hội đồng", n=served.count, period=period), href
    return say(lang, "Hồ sơ %(period)s", period=period), href
