"""A person chooses how they are told."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.access import signed_in, viewer
from web.account import account_again
from web.language import language, say
from web.rendering import see_other
from web.site import site
from workflow.people.preferences import close_calendar, open_calendar, set_choices, set_contact
from workflow.problems import Invalid

CHOICE = "when-"
"""What the name of a notice's choice begins with in the form."""

router = APIRouter(prefix="/account", include_in_schema=False)


@router.post("/contact")
@signed_in
async def take_contact(request: Request) -> Response:
    """Another address or language for mails."""
    form = await request.form()
    email, lang = str(form.get("email", "")), str(form.get("lang", ""))
    try:
        set_contact(site(request).engine, viewer(request).account_id, email=email, lang=lang)
    except Invalid as problem:
        return account_again(request, problem)
    return see_other(request, "/account", say(language(request), "Đã ghi nơi nhận thư."))


@router.post("/notices")
@signed_in
async def take_choices(request: Request) -> Response:
    """When each notice is mailed."""
    form = await request.form()
    chosen = {
        name.removeprefix(CHOICE): str(value) for name, value in form.items() if name.startswith(CHOICE)
    }
    set_choices(site(request).engine, viewer(request), chosen)
    return see_other(request, "/account", say(language(request), "Đã ghi cách nhận thông báo."))


@router.post("/calendar")
@signed_in
async def make_calendar(request: Request) -> Response:
    """A new address of one's calendar, shown on this answer alone."""
    here = site(request)
    secret = open_calendar(here.engine, viewer(request).account_id)
    return account_again(request, calendar=f"{here.settings.public_origin}/calendar/{secret}.ics")


@router.post("/calendar/close")
@signed_in
async def take_calendar_back(request: Request) -> Response:
    """The calendar's address opens nothing any more."""
    close_calendar(site(request).engine, viewer(request).account_id)
    return see_other(request, "/account", say(language(request), "Đã thu hồi địa chỉ lịch."))
