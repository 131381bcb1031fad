"""What goes to the province, then what the province answered."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from states.awards import AUTHORITIES, AWARDS, route_of
from web.access import signed_in, viewer
from web.cases.acting import Trouble, attempt, filled, typed, version_seen
from web.cases.whereabouts import back_to
from web.dossiers.act_page import Opened, act_page, opened
from web.language import language, say
from web.signing.rows import warnings_before
from web.site import site
from workflow.packages.limits import limits_of
from workflow.packages.sending import package_to_send

ANSWER = ("outcome", "decision_no", "date", "reason")

router = APIRouter(include_in_schema=False)


@router.get("/dossiers/{ref}/submission")
@signed_in
async def submission(request: Request, ref: str) -> Response:
    """The letter to the province; once it went, the province's answer."""
    desk = opened(request, ref, "submit_upward")
    if desk.view.case.station == "submitted_to_province":
        return _answer(request, opened(request, ref, "record_answer"), {})
    return _letter(request, desk, {"letter_no": "", "date": site(request).engine.today().isoformat()})


@router.post("/dossiers/{ref}/submission")
@signed_in
async def submit_upward(request: Request, ref: str) -> Response:
    """Send what passed to the province."""
    form, lang = await request.form(), language(request)
    given = {name: typed(form, name) for name in ("letter_no", "date")}
    seen = version_seen(form)
    limits, actor = limits_of(site(request).settings), viewer(request).actor
    going = filled(given)
    package = await run_in_threadpool(package_to_send, site(request).engine, actor, ref, seen, going, limits)
    done = attempt(request, "submit_upward", ref, form, going | filled({"package": package}))
    if isinstance(done, Trouble):
        desk = opened(request, ref, "submit_upward")
        return _letter(request, desk, given, done, typed(form, "version"))
    said = say(lang, "Đã trình tỉnh theo tờ trình %(letter)s.", letter=given["letter_no"])
    made = say(lang, "Gói điện tử %(hash)s đã lập.", hash=package[:8])
    lost = say(
        lang,
        "Chưa lập được gói điện tử: tệp của một giấy tờ bị mất, khác bản đã ghi, hoặc gói quá lớn; báo người vận hành.",
    )
    said = f"{said} {made if package else lost}"
    return back_to(request, ref, said)


@router.post("/dossiers/{ref}/answer")
@signed_in
async def record_answer(request: Request, ref: str) -> Response:
    """Write down the province's answer, nomination by nomination."""
    form, lang = await request.form(), language(request)
    done = attempt(request, "record_answer", ref, form, {"answers": answers_of(form)})
    if isinstance(done, Trouble):
        return _answer(
            request, opened(request, ref, "record_answer"), _typed(form), done, typed(form, "version")
        )
    said = say(lang, "Đã ghi trả lời của tỉnh.")
    return back_to(request, ref, said)


def answers_of(form: FormData) -> list[dict[str, str]]:
    """The act's rows; one decision number with its date, typed once above, serves all that were awarded."""
    rows = []
    for place in range(sum(1 for name in form if name.endswith(".nomination"))):
        row = {name: typed(form, f"answers.{place}.{name}") for name in ANSWER}
        if row["outcome"] == "awarded":
            row["decision_no"] = row["decision_no"] or typed(form, "decision_no")
            row["date"] = row["date"] or typed(form, "date")
        rows.append({"nomination": typed(form, f"answers.{place}.nomination"), **filled(row)})
    return rows


def _typed(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}


def _letter(
    request: Request,
    desk: Opened,
    given: Mapping[str, str],
    trouble: Trouble | None = None,
    version: str = "",
) -> Response:
    rows = [n for n in desk.view.nominations if n.facts.stands]
    return act_page(
        request,
        "submission/letter.html",
        desk,
        trouble,
        warnings=warnings_before(request, desk.view.record.ref),
        version=version or desk.view.record.version,
        given=given,
        going=[n for n in rows if n.facts.council != "not_passed"],
        ending=[n for n in rows if n.facts.council == "not_passed"],
        **_shared(desk),
    )


def _answer(
    request: Request,
    desk: Opened,
    given: Mapping[str, str],
    trouble: Trouble | None = None,
    version: str = "",
) -> Response:
    return act_page(
        request,
        "submission/answer.html",
        desk,
        trouble,
        version=version or desk.view.record.version,
        given=given,
        rows=[n for n in desk.view.nominations if n.facts.stands],
        **_shared(desk),
    )


def _shared(desk: Opened) -> dict[str, Any]:
    unit, regime = desk.view.unit, desk.view.definition.regime
    deciders = {code: AUTHORITIES[route_of(code, unit.kind, regime).decider] for code in AWARDS}
    return {"awards": AWARDS, "deciders": deciders}
