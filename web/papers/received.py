"""Packages of other installations: brought, checked, read."""

import json
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from db import packages
from states import labels
from states.labels import Lang
from web import cursors
from web.access import roles, viewer
from web.api.route import Id
from web.award_names import award_name
from web.cases.sentences import at_text
from web.dossiers.paper_list import paper_name
from web.language import language, say
from web.paging import AT_ONCE, address
from web.papers.packages import pieces_of, zip_of
from web.rendering import page, see_other
from web.site import site
from workflow.packages.limits import limits_of
from workflow.packages.minutes import FILE, NAME as MINUTES
from workflow.packages.problems import BadPackage, Fault
from workflow.packages.receiving import (
    RECEIVERS,
    ReceivedView,
    bodies_of,
    content,
    fault_now,
    member,
    package,
    receive,
    received,
)
from workflow.packages.shapes import DossierRecord

MemberName = Annotated[str, Path(max_length=150)]
PAPERS = (
    ("to-trinh.docx", "letter"),
    ("danh-sach.docx", "list"),
    ("ket-qua-hoi-dong.docx", "result"),
    ("tham-dinh.docx", "opinions"),
    (FILE, "minutes"),
)
"""What the papers of a package are, by how their names end."""

router = APIRouter(include_in_schema=False)


@router.get("/received")
@roles(*sorted(RECEIVERS))
async def listed(request: Request, after: str | None = None) -> Response:
    """What was received, newest first, with a place to bring one more."""
    return _list(request, after)


@router.post("/received")
@roles(*sorted(RECEIVERS))
async def bring(request: Request) -> Response:
    """Check a package, keep it; one that does not hold is refused naming what is wrong."""
    form, lang = await request.form(), language(request)
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return _list(request, None, say(lang, "Chọn một gói hồ sơ (tệp .zip) rồi gửi lại."))
    here = site(request)
    try:
        done = await run_in_threadpool(
            receive, here.engine, sent.file, limits_of(here.settings), viewer(request).actor
        )
    except BadPackage as bad:
        return _list(request, None, bad.fault.said(lang))
    known = say(lang, "Gói này đã được nhận trước đây; không có gì thay đổi.")
    said = say(lang, "Đã kiểm tra và nhận gói.") if done.new else known
    return see_other(request, f"/received/{done.package.id}", said, "done" if done.new else "info")


@router.get("/received/{package_id}")
@roles(*sorted(RECEIVERS))
def one(request: Request, package_id: Id) -> Response:
    """One package: who sent it, that it was whole, who is proposed, its files."""
    return _one(request, received(site(request).engine, viewer(request).actor, package_id))


@router.post("/received/{package_id}/check")
@roles(*sorted(RECEIVERS))
def check_again(request: Request, package_id: Id) -> Response:
    """Read every byte that was kept once more, say whether it still holds."""
    here = site(request)
    view = received(here.engine, viewer(request).actor, package_id)
    fault = fault_now(here.engine, view.package, limits_of(here.settings))
    return _one(request, view, now=True, fault=fault)


@router.get("/received/{package_id}/package.zip")
@roles(*sorted(RECEIVERS))
def whole(request: Request, package_id: Id) -> Response:
    """The package as it came."""
    engine = site(request).engine
    found = package(engine, viewer(request).actor, package_id)
    return zip_of(content(engine, found.sha256), f"{found.sha256[:12]}.zip")


@router.get("/received/{package_id}/files/{name:path}")
@roles(*sorted(RECEIVERS))
def file(request: Request, package_id: Id, name: MemberName) -> Response:
    """One file of a package, always to be saved."""
    engine = site(request).engine
    found = member(engine, viewer(request).actor, package_id, name)
    called = found.name.replace("/", "-")
    headers = {"Content-Length": str(found.size), "Content-Disposition": f'attachment; filename="{called}"'}
    stream = pieces_of(content(engine, found.sha256))
    return StreamingResponse(stream, headers=headers, media_type="application/octet-stream")


def _list(request: Request, after: str | None, wrong: str = "") -> Response:
    here, lang = site(request), language(request)
    bodies, place = bodies_of(viewer(request).actor), cursors.created_place(after)
    with here.engine.database.reading() as conn:
        found = packages.listed(conn, bodies, after=place, limit=AT_ONCE + 1)
    more = cursors.next_place(found, AT_ONCE, lambda last: (last[0].received_at, last[0].id))
    today = here.engine.today()
    rows = [(p, by, json.loads(p.manifest), at_text(p.received_at, today, lang)) for p, by in found[:AT_ONCE]]
    return page(
        request,
        "received/list.html",
        status=422 if wrong else 200,
        wrong=wrong,
        rows=rows,
        largest=here.settings.package_megabytes,
        next_href=address("/received", after=more) if more else "",
    )


def _one(request: Request, view: ReceivedView, *, now: bool = False, fault: Fault | None = None) -> Response:
    """The page of a package; ``now`` where it was checked again a moment ago."""
    engine, lang, letter = site(request).engine, language(request), view.manifest.letter
    return page(
        request,
        "received/package.html",
        view=view,
        letter=letter,
        day=date.fromisoformat(letter.date) if letter.date else None,
        fault=fault.said(lang) if fault else "",
        checked=at_text(engine.now() if now else view.package.received_at, engine.today(), lang),
        at=at_text(view.package.received_at, engine.today(), lang),
        dossiers=[_dossier(view, dossier, lang) for dossier in view.dossiers],
        shared=[_file(view, name, lang) for name, _ in PAPERS[:2]],
        minutes=[
            (*_file(view, f"{one.ref}/{FILE}", lang), one.ref, one.signed) for one in view.manifest.sessions
        ],
    )


def _dossier(view: ReceivedView, dossier: DossierRecord, lang: Lang) -> dict[str, Any]:
    """A dossier of the package in words."""
    names = {n.id: n.subject.name for n in dossier.nominations}
    return {
        "dossier": dossier,
        "rows": [(n, award_name(n.award, lang)) for n in dossier.nominations],
        "papers": [
            {
                "href": f"/received/{view.package.id}/files/{paper.member}",
                "kind": paper_name(paper.type, lang),
                "name": paper.name,
                "about": names.get(paper.nomination, ""),
            }
            for paper in dossier.papers
        ],
        "official": [
            _file(view, f"{dossier.ref}/ket-qua-hoi-dong.docx", lang, "excerpt" if dossier.session else ""),
            _file(view, f"{dossier.ref}/tham-dinh.docx", lang),
            *(
                _file(view, one.name, lang, "minutes")
                for one in view.members
                if one.name.startswith(f"{dossier.ref}/{MINUTES}.")
            ),
        ],
    }


def _file(view: ReceivedView, name: str, lang: Lang, code: str = "") -> tuple[str, str]:
    """A paper of the package: what it is, its address."""
    code = code or next(code for ending, code in PAPERS if name.endswith(ending))
    return labels.label("official_paper", code, lang), f"/received/{view.package.id}/files/{name}"
