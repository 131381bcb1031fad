"""The council's vote is typed from the minutes, then confirmed by a second person."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from states.choices import CHOICES
from web.access import signed_in, viewer
from web.api.papers import sent_as_file
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, tried, typed
from web.cases.scans import scan_sent
from web.cases.whereabouts import back_to
from web.dossiers.act_page import Opened, act_page, opened
from web.dossiers.vote_count import BALLOTS, FIGURES, Figures, as_recorded, as_typed, counted, figure, rows_of
from web.language import language, say
from web.rendering import fragment
from web.site import site
from workflow.dossiers import reading
from workflow.dossiers.council_vote import MINUTES
from workflow.dossiers.entries import entry_at
from workflow.loading import facts_of
from workflow.papers.scans import scan_of
from workflow.problems import NotFound

router = APIRouter(include_in_schema=False)


@router.get("/dossiers/{ref}/council")
@signed_in
async def council(request: Request, ref: str) -> Response:
    """What this person has to do about the vote: confirm what was typed, or type it."""
    confirming, recording = opened(request, ref, "confirm_result"), opened(request, ref, "record_result")
    result = recording.view.case.result
    waits = result is not None and not result.confirmed
    if waits and (not confirming.reasons or recording.reasons):
        return _confirmation(request, confirming)
    return _minutes(request, recording, as_recorded(result))


@router.post("/dossiers/{ref}/council")
@signed_in
async def record_result(request: Request, ref: str) -> Response:
    """Take the figures of the minutes."""
    form, lang = await request.form(), language(request)
    scan = tried(request, ref, lambda: scan_sent(request, form, MINUTES))
    kept = "" if isinstance(scan, Trouble) else scan
    args = result_of(form) | ({"scan": kept} if kept else {})
    done = scan if isinstance(scan, Trouble) else attempt(request, "record_result", ref, form, args)
    if isinstance(done, Trouble):
        desk = opened(request, ref, "record_result")
        return _minutes(request, desk, as_typed(form), done, typed(form, "version"), kept)
    said = say(lang, "Đã ghi kết quả. Kết quả có giá trị khi một người khác của Hội đồng xác nhận.")
    return back_to(request, ref, said)


@router.post("/dossiers/{ref}/council/count")
@signed_in
async def count(request: Request, ref: str) -> Response:
    """Count what stands in the form so far; nothing is kept."""
    form = await request.form()
    desk = opened(request, ref, "record_result")
    return fragment(request, "council/count.html", "counted", **counted(desk.view, as_typed(form)))


@router.post("/dossiers/{ref}/council/check")
@signed_in
async def check(request: Request, ref: str) -> Response:
    """The same count for browsers without scripts: the whole page, with what was typed."""
    form = await request.form()
    desk = opened(request, ref, "record_result")
    kept = typed(form, "scan_kept")
    return _minutes(request, desk, as_typed(form), version=typed(form, "version"), scan_kept=kept)


@router.get("/dossiers/{ref}/council/scan")
@signed_in
async def scan(request: Request, ref: Ref) -> Response:
    """The minutes of the session on paper, scanned, for the offices; a unit reads its excerpt."""
    engine = site(request).engine
    with engine.database.reading() as conn:
        view, _ = reading.dossier(engine, conn, ref, viewer(request).actor)
        result = None if view.as_unit else view.case.result
        found = scan_of(conn, view.entries, "record_result", result.scan) if result and result.scan else None
    if found is None:
        raise NotFound
    return sent_as_file(engine, found)


@router.post("/dossiers/{ref}/council/confirm")
@signed_in
async def confirm_result(request: Request, ref: str) -> Response:
    """Make the figures count."""
    form, lang = await request.form(), language(request)
    done = attempt(request, "confirm_result", ref, form, {})
    if isinstance(done, Trouble):
        desk = opened(request, ref, "confirm_result")
        return _confirmation(request, desk, done, typed(form, "version"))
    said = say(lang, "Đã xác nhận kết quả bỏ phiếu.")
    return back_to(request, ref, said)


def result_of(form: FormData) -> dict[str, Any]:
    """The act's arguments; what is no figure is passed on as typed, to be refused by name."""
    rows = []
    for place in range(rows_of(form)):
        row = _figures(form, {name: f"votes.{place}.{name}" for name in BALLOTS})
        rows.append({"nomination": typed(form, f"votes.{place}.nomination"), **row})
    return {**_figures(form, {name: name for name in FIGURES}), "votes": rows}


def _figures(form: FormData, names: dict[str, str]) -> dict[str, int | str]:
    found = {}
    for name, field in names.items():
        if text := typed(form, field):
            known = figure(text)
            found[name] = text if known is None else known
    return found


def _minutes(
    request: Request,
    desk: Opened,
    figures: Figures,
    trouble: Trouble | None = None,
    version: str = "",
    scan_kept: str = "",
) -> Response:
    shown = counted(desk.view, figures) | {"version": version or desk.view.record.version}
    shown["scan_kept"] = scan_kept
    return act_page(request, "council/minutes.html", desk, trouble, **shown)


def _confirmation(
    request: Request, desk: Opened, trouble: Trouble | None = None, version: str = ""
) -> Response:
    result = desk.view.case.result
    outcome = CHOICES["vote"].answer(facts_of(site(request).engine, desk.loaded, "confirm_result"))
    return act_page(
        request,
        "council/confirm.html",
        desk,
        trouble,
        version=version or desk.view.record.version,
        result=result,
        recorded=entry_at(desk.view.entries, result.seq) if result else None,
        outcome=outcome,
        **counted(desk.view, as_recorded(result)),
    )
