"""What was sent to whom, with what could not be."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import deliveries
from db.deliveries import Sending
from states.labels import Lang, label
from states.roles import Role
from web import cursors
from web.access import roles, viewer
from web.cases.acting import typed
from web.cases.sentences import at_text
from web.language import language, say
from web.paging import AT_ONCE, address, plain
from web.rendering import page, see_other
from web.site import site
from workflow.engine import Engine
from workflow.mailing import send_again
from workflow.people.identity import Viewer
from workflow.problems import Invalid, Wrong

STATUSES = ("dead", "failed", "waiting", "sent", "dropped")
LOOKS = {
    "dead": ("x-circle", "red"),
    "failed": ("arrow-clockwise", "amber"),
    "waiting": ("clock", "grey"),
    "sent": ("check-circle", "green"),
    "dropped": ("slash-circle", "grey"),
}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery as the page shows it."""

    id: str
    ref: str
    act: str
    login: str
    address: str
    digest: bool
    status: str
    status_label: str
    icon: str
    tone: str
    attempts: int
    reply: str
    at_text: str
    next_text: str
    again: bool


def bodies(reader: Viewer) -> frozenset[str]:
    """The bodies whose deliveries this person looks after."""
    return frozenset(g.body for g in reader.grants if g.role == Role.administrator)


def oversees(reader: Viewer) -> bool:
    """Whether this person looks after deliveries."""
    return Role.administrator in reader.roles


@router.get("/notices/deliveries")
@roles("administrator")
async def log(request: Request, status: str = "", after: str | None = None) -> Response:
    """Every delivery, newest first, or those of one status."""
    if status and status not in STATUSES:
        raise Invalid(Wrong("status", "not_in_list", {}))
    engine, lang, mine = site(request).engine, language(request), bodies(viewer(request))
    place = cursors.created_place(after)
    with engine.database.reading() as conn:
        found = deliveries.log(conn, mine, status=status or None, after=place, limit=AT_ONCE + 1)
        counts = deliveries.counts(conn, mine)
    more = cursors.next_created([one.delivery for one in found], AT_ONCE)
    return page(
        request,
        "notices/deliveries.html",
        lines=[_line(engine, one, lang) for one in found[:AT_ONCE]],
        tabs=_tabs(counts, status, lang),
        dead=counts.get("dead", 0),
        chosen=status,
        next_href=address("/notices/deliveries", status=status, after=more) if more else "",
    )


@router.post("/notices/deliveries/resend")
@roles("administrator")
async def resend(request: Request) -> Response:
    """Send one mail again, under the id it always had."""
    form = await request.form()
    send_again(site(request).engine, plain(typed(form, "delivery")), bodies(viewer(request)))
    said = say(language(request), "Thư sẽ được gửi lại trong lượt gửi tới.")
    return see_other(request, "/notices/deliveries", said)


def _tabs(counts: dict[str, int], chosen: str, lang: Lang) -> list[dict[str, object]]:
    every = {"href": "/notices/deliveries", "label": say(lang, "Tất cả"), "current": not chosen}
    return [every | {"count": sum(counts.values())}] + [
        {
            "href": address("/notices/deliveries", status=status),
            "label": _status(status, lang),
            "count": counts.get(status, 0),
            "current": status == chosen,
        }
        for status in STATUSES
    ]


def _status(status: str, lang: Lang) -> str:
    return {
        "dead": say(lang, "Không gửi được"),
        "failed": say(lang, "Sẽ thử lại"),
        "waiting": say(lang, "Chờ gửi"),
        "sent": say(lang, "Đã gửi"),
        "dropped": say(lang, "Không gửi nữa"),
    }[status]


def _line(engine: Engine, one: Sending, lang: Lang) -> Line:
    found, today = one.delivery, engine.today()
    icon, tone = LOOKS[found.status]
    return Line(
        id=found.id,
        ref=one.ref,
        act=label("act", one.notice.rpartition("/")[2], lang),
        login=say(lang, "Nơi nhiều người cùng đọc") if found.channel == "shared" else one.login,
        address=found.address,
        digest=found.channel != "mail",
        status=found.status,
        status_label=_status(found.status, lang),
        icon=icon,
        tone=tone,
        attempts=found.attempts,
        reply=found.smtp_reply,
        at_text=at_text(found.sent_at or found.created_at, today, lang),
        next_text=at_text(found.next_at, today, lang) if found.status == "failed" and found.next_at else "",
        again=found.message_id is not None and found.status in ("dead", "failed", "sent"),
    )
