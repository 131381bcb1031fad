"""A person's own work, the most urgent first."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.engine import Connection
from db.kept import Kept
from db.moments import remembered
from db.units import by_ids
from states import labels
from states.labels import Lang
from states.roles import OFFICE_OF
from web import cursors
from web.access import signed_in, viewer
from web.inbox.first import do_first
from web.inbox.lines import groups
from web.language import language, say
from web.paging import AT_ONCE, address
from web.rendering import page
from web.site import site
from workflow.engine import Engine
from workflow.inbox import QUEUES, After, Queue, inbox
from workflow.people.identity import Viewer

Whose = Literal["mine", "office"]

router = APIRouter(include_in_schema=False)
_SHOWN: Kept[dict[str, Any]] = Kept(128)


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
class Asked:
    """A page of a queue that somebody asks for; ``place`` is where it begins."""

    reader: Viewer
    queue: Queue
    whose: Whose
    place: After | None
    lang: Lang


@router.get("/inbox")
@signed_in
async def work(
    request: Request,
    queue: Queue = "todo",
    whose: Whose = "mine",
    after: str | None = None,
) -> Response:
    """One queue of the reader's work, how long the others are, what to do first."""
    engine, reader = site(request).engine, viewer(request)
    place = cursors.created_place(after) if queue == "done" else cursors.due_place(after)
    asked = Asked(reader, queue, whose, place, language(request))
    key = reader.actor, queue, whose, place, asked.lang, engine.today(), engine.calendar
    with engine.database.reading() as conn:
        shown = remembered(conn, _SHOWN, key, lambda: _shown(engine, conn, asked))
        return page(request, "inbox/inbox.html", **shown)


def _shown(engine: Engine, conn: Connection, asked: Asked) -> dict[str, Any]:
    """What the page shows; it follows from the database, the day, the calendar, what is asked for."""
    reader, queue, whose, lang = asked.reader, asked.queue, asked.whose, asked.lang
    office, place = whose == "office", asked.place
    found = inbox(engine, conn, reader.actor, queue, whole_office=office, after=place, limit=AT_ONCE)
    units = by_ids(conn, {item.record.unit for item in found.items})
    more = cursors.written(found.next)
    # The first page of one's own work alone says what to do first.
    leads = not (place or queue == "done" or office)
    return {
        "tabs": _tabs(found.counts, queue, whose, lang),
        "counts": found.counts,
        "queue": queue,
        "whose": whose,
        "sides": _sides(queue, whose, lang) if _shares(reader) else [],
        "first": do_first(engine, conn, reader, found, units, lang) if leads else None,
        "groups": groups(conn, found.items, units, queue, frozenset() if office else reader.roles, lang),
        "may_sign": "chairman" in reader.roles,
        "may_create": "unit_clerk" in reader.roles,
        "nothing": _nothing(queue, lang),
        "next_href": address("/inbox", queue=queue, whose=whose, after=more) if more else "",
    }


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
