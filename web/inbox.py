"""A person's own work, the most urgent first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from markupsafe import Markup

from db.units import Unit, all_units
from states import labels
from states.case import Case
from states.dossier import Dossier
from states.kinds import page_of
from states.labels import Lang
from states.roles import OFFICE_AT, OFFICE_OF
from web import cursors
from web.access import signed_in, viewer
from web.case_bar import case_bar
from web.case_rows import CaseRow, case_row
from web.dossier_bar import Shown, bar
from web.due import SOON, working_days
from web.language import language, say
from web.paging import AT_ONCE, address
from web.rendering import fixed, page
from web.site import site
from workflow import case_reading, reading
from workflow.case_reading import AnyView
from workflow.engine import Engine
from workflow.identity import Viewer
from workflow.inbox import QUEUES, Inbox, Item, Queue, inbox
from workflow.reading import DossierView

Whose = Literal["mine", "office"]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Tab:
    """One queue with how long it is."""

    href: str
    label: str
    count: int
    current: bool
    tone: str
    icon: str


@dataclass(frozen=True, slots=True)
class First:
    """The case to do first: why, what happens otherwise, the act itself."""

    ref: str
    href: str
    why: str
    otherwise: str
    act: Shown | None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are equally urgent."""

    tone: str
    label: str
    note: str
    rows: tuple[CaseRow, ...]


@router.get("/inbox")
@signed_in
async def work(
    request: Request,
    queue: Queue = "todo",
    whose: Whose = "mine",
    after: str | None = None,
) -> Response:
    """One queue of the reader's work, how long the others are, what to do first."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    office = whose == "office"
    place = cursors.created_place(after) if queue == "done" else cursors.due_place(after)
    with engine.database.reading() as conn:
        found = inbox(engine, conn, reader.actor, queue, whole_office=office, after=place, limit=AT_ONCE)
        units = all_units(conn)
        first = None if after or queue == "done" or office else _first(engine, reader, found, lang)
    more = cursors.written(found.next)
    return page(
        request,
        "inbox/inbox.html",
        tabs=_tabs(found.counts, queue, whose, lang),
        counts=found.counts,
        queue=queue,
        whose=whose,
        sides=_sides(queue, whose, lang) if _shares(reader) else [],
        first=first,
        groups=_groups(found.items, units, queue, lang),
        drawn=partial(_drawn, lang, reader.roles if _waits_for_reader(queue, whose) else frozenset()),
        may_create="unit_clerk" in reader.roles,
        nothing=_nothing(queue, lang),
        next_href=address("/inbox", queue=queue, whose=whose, after=more) if more else "",
    )


def _waits_for_reader(queue: Queue, whose: Whose) -> bool:
    return whose == "mine" and queue not in ("done", "completion")


def _drawn(lang: Lang, mine: frozenset[str], row: CaseRow) -> Markup:
    return _drawn_once(lang, row.holder_role in mine, row)


@lru_cache(maxsize=4096)
def _drawn_once(lang: Lang, mine: bool, row: CaseRow) -> Markup:
    """The line of a list; one that says the same is not drawn again."""
    return fixed("inbox/row.html", lang, row=row, mine=mine)


def _tabs(counts: Mapping[Queue, int], chosen: Queue, whose: Whose, lang: Lang) -> list[Tab]:
    looks = {
        "overdue": ("overdue", "exclamation-triangle-fill"),
        "soon": ("soon", "hourglass-split"),
    }
    order: tuple[Queue, ...] = ("todo", "overdue", "soon", "completion", "done")
    assert set(order) == set(QUEUES)
    return [
        Tab(
            address("/inbox", queue=queue, whose="office" if whose == "office" else ""),
            labels.label("queue", queue, lang),
            counts[queue],
            queue == chosen,
            *(looks.get(queue, ("", "")) if counts[queue] else ("", "")),
        )
        for queue in order
    ]


def _shares(reader: Viewer) -> bool:
    """Whether others of the reader's units may hold work too: an office's, not the chairman's."""
    return any(role in OFFICE_OF or role.startswith(("unit_", "council_")) for role in reader.roles)


def _sides(queue: Queue, whose: Whose, lang: Lang) -> list[tuple[str, str, bool]]:
    mine, all_ = say(lang, "Của tôi"), say(lang, "Cả phòng")
    return [
        (address("/inbox", queue=queue), mine, whose == "mine"),
        (address("/inbox", queue=queue, whose="office"), all_, whose == "office"),
    ]


def _first(engine: Engine, reader: Viewer, found: Inbox, lang: Lang) -> First | None:
    """The most urgent case with a limit that runs; none when nothing is due."""
    item = next((i for i in found.items if i.left is not None), None)
    if item is None or item.left is None:
        return None
    ref = item.record.ref
    with engine.database.reading() as conn:
        view, loaded = case_reading.of_any_kind(engine, conn, ref, reader.actor)
        weighed = reading.acts(engine, loaded, reader.actor)
    shown = bar(view, weighed, lang) if isinstance(view, DossierView) else case_bar(view, weighed, lang)
    return First(ref, page_of(ref), _why(view, item.left, lang), _otherwise(item, lang), shown.primary)


def _why(view: AnyView, left: int, lang: Lang) -> str:
    """How urgent it is, with how much an office has yet to judge."""
    unit = view.unit.short_vi if lang == "vi" else view.unit.short_en
    days, (undone, all_) = working_days(abs(left), lang), _unjudged(view.case)
    facts = {"unit": unit, "days": days, "n": undone, "all": all_}
    if left < 0 and undone:
        return say(
            lang, "của %(unit)s quá hạn %(days)s, %(n)s trong %(all)s trường hợp chưa có ý kiến.", **facts
        )
    if undone:
        return say(lang, "của %(unit)s còn %(days)s, %(n)s trong %(all)s trường hợp chưa có ý kiến.", **facts)
    if left < 0:
        return say(lang, "của %(unit)s đã quá hạn %(days)s.", **facts)
    return say(lang, "của %(unit)s còn %(days)s.", **facts)


def _unjudged(case: Case) -> tuple[int, int]:
    """How many nominations the office that holds a dossier has yet to speak on, of how many."""
    office = OFFICE_AT.get(case.station, "")
    if not office or not isinstance(case, Dossier):
        return 0, 0
    return len(list(case.unjudged(office))), len(case.standing())


def _otherwise(item: Item, lang: Lang) -> str:
    """Silence decides nothing: it is reported, and a completion request comes back."""
    if item.record.kind != "dossier":
        return say(lang, "Nếu chưa xong, việc chậm được nhắc rồi báo lên cấp trên; hệ thống không làm thay.")
    if item.record.station == "awaiting_completion":
        return say(
            lang, "Nếu không trình lại, hết hạn hồ sơ trở về cơ quan đã yêu cầu; không ai bị loại vì im lặng."
        )
    return say(lang, "Nếu chưa xong, hồ sơ vẫn chờ ở bước này và việc chậm được báo lên cấp trên.")


def _groups(items: Sequence[Item], units: Mapping[str, Unit], queue: Queue, lang: Lang) -> list[Group]:
    parts: dict[str, list[Item]] = {"overdue": [], "soon": [], "time": []}
    for item in items:
        parts[_urgency(item, queue)].append(item)
    words = {
        "overdue": (say(lang, "Quá hạn"), ""),
        "soon": (say(lang, "Sắp hạn"), say(lang, "trong %(days)s tới", days=working_days(SOON, lang))),
        "time": (say(lang, "Đã làm") if queue == "done" else say(lang, "Còn thời gian"), ""),
    }
    return [
        Group(
            tone if tone != "time" else "",
            words[tone][0],
            words[tone][1],
            tuple(case_row(item, units, lang) for item in part),
        )
        for tone, part in parts.items()
        if part
    ]


def _urgency(item: Item, queue: Queue) -> str:
    if queue == "done" or item.left is None or item.left > SOON:
        return "time"
    return "overdue" if item.left < 0 else "soon"


def _nothing(queue: Queue, lang: Lang) -> tuple[str, str]:
    """What an empty queue says, with the nearest next thing."""
    see_all = say(lang, "Mọi hồ sơ thấy được nằm ở mục Hồ sơ.")
    return {
        "todo": (say(lang, "Không có việc nào đang chờ."), see_all),
        "overdue": (say(lang, "Không có việc nào quá hạn."), say(lang, "Xem những việc cần xử lý.")),
        "soon": (say(lang, "Không có việc nào sắp đến hạn."), say(lang, "Xem những việc cần xử lý.")),
        "completion": (say(lang, "Không có hồ sơ nào chờ bổ sung."), see_all),
        "done": (say(lang, "Chưa làm việc nào trên hệ thống."), see_all),
    }[queue]
