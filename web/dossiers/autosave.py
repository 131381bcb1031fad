"""What is being typed is kept before it is saved."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from states.kinds import kind_of, page_of
from web.access import signed_in, viewer
from web.cases.acting import typed
from web.language import language, say
from web.rendering import see_other
from web.site import site
from workflow import scratch
from workflow.engine import ZONE
from workflow.loading import load
from workflow.problems import NotFound

NAMED = re.compile(r"new|[A-Za-z0-9-]{1,40}")
LEFT_OUT = frozenset({"csrf", "key", "do", "scratch"})

router = APIRouter(prefix="/scratch", include_in_schema=False)


@router.post("")
@signed_in
async def keep(request: Request) -> Response:
    """Keep the form; answers in words, with the time."""
    form, lang = await request.form(), language(request)
    name = _named(request, typed(form, "scratch"))
    fields = [
        (key, value) for key, value in form.multi_items() if isinstance(value, str) and key not in LEFT_OUT
    ]
    at = scratch.keep(site(request).engine, viewer(request).account_id, name, fields)
    if at is None:
        return PlainTextResponse(say(lang, "Nội dung dài quá, chưa giữ nháp được. Hãy lưu lại."))
    return PlainTextResponse(say(lang, "Đã lưu nháp lúc %(at)s", at=at.astimezone(ZONE).strftime("%H:%M")))


@router.post("/forget")
@signed_in
async def forget(request: Request) -> Response:
    """Drop what was kept; the form starts from what is saved."""
    name = _named(request, typed(await request.form(), "scratch"))
    scratch.forget(site(request).engine, viewer(request).account_id, name)
    return see_other(request, _form_of(name), say(language(request), "Đã bỏ bản nháp."))


def _form_of(name: str) -> str:
    """The page of a form: a dossier's stands beside its page, a report's on it."""
    if name == "new":
        return "/dossiers/new"
    return page_of(name) if kind_of(name) not in ("", "dossier") else f"/dossiers/{name}/edit"


def _named(request: Request, name: str) -> str:
    """The name of a form this person may fill in. Raises NotFound."""
    if not NAMED.fullmatch(name):
        raise NotFound
    if name != "new":
        engine = site(request).engine
        with engine.database.reading() as conn:
            load(engine, conn, name, viewer(request).actor)
    return name
