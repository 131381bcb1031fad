"""A person looks after their own account."""

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import TypeAdapter, ValidationError

from db.units import all_units
from web.access import signed_in, viewer
from web.errors import fields
from web.language import language, say
from web.notices.ways_told import ways_told
from web.rendering import page, see_other
from web.site import address_of, site
from workflow.engine import ZONE
from workflow.fields import Line
from workflow.people.accounts import SHORTEST_PASSWORD, change_password
from workflow.people.identity import sessions_of, sign_out_everywhere
from workflow.people.lockout import LockedOut
from workflow.people.tokens import create_token, revoke_token, tokens_of
from workflow.problems import Invalid, Wrong

LASTING = (30, 90, 365)
"""For how many days a token can be asked for."""

router = APIRouter(prefix="/account", include_in_schema=False)
_line: TypeAdapter[str] = TypeAdapter(Line)


@router.get("")
@signed_in
async def account_page(request: Request) -> Response:
    """Password, browsers signed in, tokens."""
    return account_again(request)


@router.post("/password")
@signed_in
async def take_password(request: Request) -> Response:
    """Another password; every other browser is signed out."""
    form = await request.form()
    present, new = str(form.get("password", "")), str(form.get("new_password", ""))
    try:
        if new != str(form.get("again", "")):
            raise Invalid(Wrong("again", "password_not_repeated", {}))
        await to_thread.run_sync(_change, request, present, new)
    except Invalid as problem:
        return account_again(request, problem)
    except LockedOut as refusal:
        at = refusal.until.astimezone(ZONE).strftime("%H:%M")
        said = say(language(request), "Tạm khóa vì nhập sai nhiều lần. Thử lại sau %(at)s.", at=at)
        return see_other(request, "/account", said, "error")
    done = say(language(request), "Đã đổi mật khẩu. Các trình duyệt khác đã bị đăng xuất.")
    return see_other(request, "/account", done)


@router.post("/sign-out-everywhere")
@signed_in
async def leave_everywhere(request: Request) -> RedirectResponse:
    """End every session of the account, this one too."""
    here = site(request)
    sign_out_everywhere(here.engine, viewer(request).account_id, clock=here.clock)
    return see_other(request, "/sign-in")


@router.post("/tokens")
@signed_in
async def make_token(request: Request) -> Response:
    """A new token, shown on this answer alone."""
    form, here = await request.form(), site(request)
    days = str(form.get("days", ""))
    try:
        label = _line.validate_python(form.get("label"))
    except ValidationError as error:
        first = error.errors()[0]
        return account_again(request, Invalid(Wrong("label", first["type"], first.get("ctx", {}))))
    if days not in map(str, LASTING):
        return account_again(request, Invalid(Wrong("days", "not_in_list", {})))
    secret = create_token(here.engine, viewer(request).login, label, int(days), clock=here.clock)
    return account_again(request, secret=secret)


@router.post("/tokens/revoke")
@signed_in
async def take_token_back(request: Request) -> Response:
    """One of one's own tokens opens nothing any more."""
    form, here = await request.form(), site(request)
    revoke_token(here.engine, viewer(request).account_id, str(form.get("token", "")), clock=here.clock)
    return see_other(request, "/account", say(language(request), "Đã thu hồi mã truy cập."))


def _change(request: Request, present: str, new: str) -> None:
    here = site(request)
    change_password(
        here.engine,
        viewer(request),
        present=present,
        new=new,
        address=address_of(request),
        passwords=here.passwords,
        clock=here.clock,
    )


def account_again(
    request: Request, problem: Invalid | None = None, secret: str = "", calendar: str = ""
) -> Response:
    """The page once more: with what was wrong, or with a secret that is shown this once."""
    here, who = site(request), viewer(request)
    with here.engine.database.reading() as conn:
        units = all_units(conn)
        told = ways_told(here.engine, conn, who, language(request))
    wrong = fields(problem.fields, language(request)) if problem else []
    return page(
        request,
        "account.html",
        status=422 if problem else 200,
        login=who.login,
        grants=who.grants,
        units=units,
        session=who.session,
        sessions=sessions_of(here.engine, who.account_id, clock=here.clock),
        tokens=tokens_of(here.engine, who.account_id, clock=here.clock),
        lasting=LASTING,
        shortest=SHORTEST_PASSWORD,
        wrong={one["field"]: one["message"] for one in wrong},
        secret=secret,
        calendar=calendar,
        told=told,
    )
