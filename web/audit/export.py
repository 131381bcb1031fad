"""The history is taken away, looks at personal data are listed."""

from collections.abc import Callable, Iterable, Iterator

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from db import view_log
from db.trail import FoundEntry
from web import cursors
from web.access import roles, viewer
from web.audit.filters import strictly
from web.cases.sentences import at_text
from web.language import language
from web.paging import AT_ONCE, address, plain
from web.rendering import page
from web.site import site
from workflow.auditing import views as viewing
from workflow.auditing.exports import json_lines, xes
from workflow.auditing.reach import audited, entries

CHUNK = 1 << 16
"""Characters sent at once."""

router = APIRouter(include_in_schema=False)


@router.get("/audit/export.jsonl")
@roles("auditor")
def export_json_lines(request: Request) -> Response:
    """What was asked for as JSON lines that anybody can check."""
    return _export(request, json_lines, "application/x-ndjson", "jsonl")


@router.get("/audit/export.xes")
@roles("auditor")
def export_xes(request: Request) -> Response:
    """The same for process mining."""
    return _export(request, xes, "application/xml", "xes")


@router.get("/audit/views")
@roles("auditor")
async def views(request: Request, ref: str = "", after: str | None = None) -> Response:
    """Who looked at which dossier, took which paper, exported what."""
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    wanted, place = plain(ref).upper(), cursors.created_place(after)
    bodies = frozenset(audited(actor).bodies)
    with engine.database.reading() as conn:
        found = view_log.listed(conn, bodies, ref=wanted, after=place, limit=AT_ONCE + 1)
    more = cursors.next_place(found, AT_ONCE, lambda last: (last[0].at, last[0].id))
    return page(
        request,
        "audit/views.html",
        desk="/audit/views",
        ref=wanted,
        views=[(view, name, at_text(view.at, engine.today(), lang)) for view, name in found[:AT_ONCE]],
        next_href=address("/audit/views", ref=wanted, after=more) if more else "",
    )


def _export(
    request: Request, written: Callable[[Iterable[FoundEntry]], Iterator[str]], media: str, ending: str
) -> Response:
    engine, actor, found = site(request).engine, viewer(request).actor, strictly(request)
    # Noted first: a download that is broken off has been looked at as well.
    viewing.exported(engine, actor, f"{ending}: {request.url.query}"[:400], request.state.request_id)
    lines = written(entries(engine, audited(actor), found.asked.sought))
    name = f"nhat-ky-{engine.today():%Y%m%d}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(_in_chunks(lines), media_type=media, headers=headers)


def _in_chunks(lines: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for line in lines:
        held.append(line)
        size += len(line)
        if size >= CHUNK:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()
