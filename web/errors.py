"""Every problem becomes an answer in the reader's language."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from states import labels
from states.kinds import kind_of
from states.labels import Lang
from web import access
from web.access import Unauthenticated
from web.csrf import FormExpired
from web.language import language, say
from web.limits import TooMany
from web.rendering import fragment, page
from web.site import is_api
from workflow.engine import ZONE
from workflow.problems import ChangedMeanwhile, Invalid, KeyReused, NotFound, Problem, Refused, Wrong

STATUS: Mapping[type[Problem], tuple[int, str]] = {
    Invalid: (422, "invalid"),
    Refused: (409, "refused"),
    ChangedMeanwhile: (409, "changed_meanwhile"),
    KeyReused: (422, "key_reused"),
    NotFound: (404, "not_found"),
    Unauthenticated: (401, "unauthenticated"),
    FormExpired: (401, "unauthenticated"),
    TooMany: (429, "too_many"),
}
"""The one table of what happened and how it is answered."""
INCIDENT = 500
WRONG_METHOD = 405


def install(app: FastAPI) -> None:
    """Answer every problem of the app here."""
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, _problem)
    app.add_exception_handler(HTTPException, _problem)


def broken(request: Request, number: str) -> Response:
    """The answer to a request that failed through our fault: the incident's number, nothing else."""
    lang = language(request)
    title = say(lang, "Hệ thống gặp lỗi")
    detail = say(
        lang,
        "Việc vừa làm chưa được ghi. Thử lại sau; nếu vẫn lỗi, báo người quản trị số %(number)s.",
        number=number,
    )
    return _written(request, _body("broken", INCIDENT, title, detail))


def document(problem: Problem, lang: Lang, kind: str = "") -> dict[str, Any]:
    """A problem about a case of this kind as RFC 9457 has it: in words, code and reasons for programs."""
    status, code = STATUS[type(problem)]
    body = _body(code, status, labels.problem(code, lang, kind), labels.problem_hint(code, lang, kind))
    if isinstance(problem, Refused):
        body["reasons"] = reasons(problem.reasons, lang, kind=kind)
    elif isinstance(problem, Invalid):
        body["fields"] = fields(problem.fields, lang)
    elif isinstance(problem, ChangedMeanwhile):
        at = datetime.fromisoformat(problem.at).astimezone(ZONE).isoformat()
        body |= {"by": problem.by, "at": at, "station": problem.station, "version": problem.version}
    return body


def reasons(
    found: Sequence[Mapping[str, Any]],
    lang: Lang,
    names: labels.Names = labels.NO_NAMES,
    *,
    kind: str = "",
) -> list[dict[str, Any]]:
    """Reasons as stored, each with its sentence and what to do about it."""
    return [
        {
            "code": reason["code"],
            "message": labels.sentence(reason["code"], lang, reason["facts"], names, kind=kind),
            "hint": labels.hint(reason["code"], lang, kind),
            "basis": reason.get("basis", ""),
            "facts": reason["facts"],
        }
        for reason in found
    ]


def fields(wrong: Sequence[Wrong], lang: Lang) -> list[dict[str, str]]:
    """Fields that cannot be taken as they are, each with its name on the page and what is wrong."""
    return [
        {
            "field": one.field,
            "label": labels.field_path(one.field, lang),
            "message": labels.validation(one.type, one.facts, lang),
        }
        for one in wrong
    ]


async def _problem(request: Request, error: Exception) -> Response:
    problem = await _understood(request, error)
    if problem is None:
        return _wrong_method(request, error)
    if isinstance(problem, Unauthenticated) and not is_api(request):
        return _to_the_door(request)
    body = document(problem, language(request), kind_of(request.path_params.get("ref", "")))
    answer = _written(request, _expired(body, request) if isinstance(problem, FormExpired) else body)
    if isinstance(problem, TooMany):
        answer.headers["Retry-After"] = str(problem.wait)
    if isinstance(problem, Unauthenticated):
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


async def _understood(request: Request, error: Exception) -> Problem | None:
    """The problem behind an error of the framework; None where only the method was wrong."""
    if isinstance(error, Problem):
        return error
    status = error.status_code if isinstance(error, HTTPException) else None
    if status == WRONG_METHOD:
        return None
    if not hasattr(request.state, "viewer") and "endpoint" in request.scope:
        # The body was unreadable before anybody asked who sent it: strangers learn only that they are.
        try:
            await access.check(request)
        except Problem as refusal:
            return refusal
    if isinstance(error, RequestValidationError):
        return _invalid(error)
    return NotFound() if status == 404 else Invalid(_unreadable(status))


def _unreadable(status: int | None) -> Wrong:
    return Wrong("body", "file_too_large" if status == 413 else "other", {})


def _invalid(error: RequestValidationError) -> Problem:
    found = error.errors()
    if all(one["loc"][0] == "path" for one in found):
        return NotFound()
    return Invalid(*(Wrong(_place(one["loc"]), one["type"], one.get("ctx", {})) for one in found))


def _place(loc: Sequence[str | int]) -> str:
    """``("body", "votes", 0, "for")`` as ``votes.0.for``; of JSON that cannot be read only ``body`` is known."""
    parts = [str(part) for part in loc[1:]]
    if not parts or (loc[0] == "body" and parts[0].isdecimal()):
        return str(loc[0])
    return parts[0].replace("-", "_") if loc[0] == "header" else ".".join(parts)


def _wrong_method(request: Request, error: Exception) -> Response:
    lang = language(request)
    title = say(lang, "Không dùng được cách gửi này")
    detail = say(lang, "Địa chỉ này có, nhưng không nhận %(method)s.", method=request.method)
    answer = _written(request, _body("not_found", WRONG_METHOD, title, detail))
    if isinstance(error, HTTPException) and error.headers:
        answer.headers["Allow"] = error.headers["Allow"]
    return answer


def _to_the_door(request: Request) -> Response:
    """Sign in first, then come back; a form that was sent is not sent again."""
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"HX-Redirect": "/sign-in"})
    accepted = request.headers.get("accept", "*/*")
    if "text/html" not in accepted and "*/*" not in accepted:
        return PlainTextResponse(labels.problem("unauthenticated", language(request)), 401)
    return RedirectResponse(access.door(request), 303)


def _expired(body: dict[str, Any], request: Request) -> dict[str, Any]:
    lang = language(request)
    detail = say(lang, "Biểu mẫu đã hết hiệu lực. Tải lại trang rồi gửi lại.")
    return body | {"detail": detail} | ({} if is_api(request) else {"status": 403})


def _body(code: str, status: int, title: str, detail: str) -> dict[str, Any]:
    kind = f"urn:khenthuong:problem:{code}"
    return {"type": kind, "title": title, "status": status, "detail": detail, "code": code, "reasons": []}


def _written(request: Request, body: dict[str, Any]) -> Response:
    status = body["status"]
    if is_api(request):
        text = json.dumps(body, ensure_ascii=False, default=str)
        return Response(text, status, media_type="application/problem+json")
    if request.headers.get("hx-request"):
        return fragment(request, "error.html", "trouble", status=status, problem=body, alone=True)
    return page(request, "error.html", status=status, problem=body, alone=False)
