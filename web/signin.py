"""A person comes in, chooses a language, goes out."""

from collections.abc import Iterator
from typing import Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from db.units import Unit, all_units
from states.labels import Lang
from states.roles import OFFICE_AT
from web.access import own_path, public, signed_in
from web.language import COOKIE, language, say
from web.rendering import page
from web.site import address_of, site
from workflow.engine import ZONE
from workflow.people.identity import Credentials, WrongPassword, sign_in, sign_out
from workflow.people.lockout import LockedOut

A_YEAR = 365 * 24 * 3600

router = APIRouter(include_in_schema=False)
# Passwords are checked two at a time; more threads than that would only stand in line.
_checking = CapacityLimiter(4)


@router.get("/")
@signed_in
async def start() -> RedirectResponse:
    """The first page is one's own work."""
    return RedirectResponse("/inbox", 303)


@router.get("/sign-in")
@public
async def sign_in_page(request: Request, next: str = "/") -> Response:  # noqa: A002 - the address says next
    """Two fields and the way of a dossier."""
    if request.state.viewer:
        return RedirectResponse(own_path(next), 303)
    return _door(request, next)


@router.post("/sign-in")
@public
async def take_credentials(request: Request) -> Response:
    """Begin a session and go on to the page that was asked for."""
    here, form = site(request), await request.form()
    here.sign_ins.take(address_of(request))
    typed = Credentials(
        login=str(form.get("login", "")),
        password=str(form.get("password", "")),
        address=address_of(request),
        user_agent=request.headers.get("user-agent", ""),
    )
    wanted, lang = str(form.get("next", "/")), language(request)
    try:
        secret = await to_thread.run_sync(_sign_in, request, typed, limiter=_checking)
    except WrongPassword as refusal:
        return _door(request, wanted, typed.login, _wrong(refusal, lang), status=422)
    except LockedOut as refusal:
        at = refusal.until.astimezone(ZONE).strftime("%H:%M")
        said = say(lang, "Tạm khóa vì nhập sai nhiều lần. Thử lại sau %(at)s.", at=at)
        return _door(request, wanted, typed.login, said, status=429)
    answer = RedirectResponse(own_path(wanted), 303)
    answer.set_cookie(
        here.cookie, secret, path="/", secure=here.settings.secure, httponly=True, samesite="lax"
    )
    return answer


@router.post("/sign-out")
@signed_in
async def leave(request: Request) -> RedirectResponse:
    """End this browser's session."""
    here = site(request)
    sign_out(here.engine, request.cookies.get(here.cookie, ""), clock=here.clock)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(here.cookie, secure=here.settings.secure, httponly=True, samesite="lax")
    return answer


@router.get("/language/{lang}")
@public
async def choose_language(request: Request, lang: Literal["vi", "en"], next: str = "/") -> RedirectResponse:  # noqa: A002 - the address says next
    """Remember the reader's language, then back to the page they were on."""
    answer = RedirectResponse(own_path(next), 303)
    answer.set_cookie(
        COOKIE, lang, max_age=A_YEAR, secure=site(request).settings.secure, httponly=True, samesite="lax"
    )
    return answer


def _sign_in(request: Request, typed: Credentials) -> str:
    here = site(request)
    old = request.cookies.get(here.cookie, "")
    return sign_in(here.engine, typed, passwords=here.passwords, old_token=old, clock=here.clock)


def _wrong(refusal: WrongPassword, lang: Lang) -> str:
    if refusal.tries_left == 0:
        return say(lang, "Tên đăng nhập hoặc mật khẩu chưa đúng. Tạm khóa 15 phút.")
    return say(
        lang,
        "Tên đăng nhập hoặc mật khẩu chưa đúng. Còn %(n)s lần thử trước khi tạm khóa 15 phút.",
        n=refusal.tries_left,
    )


def _door(request: Request, wanted: str, login: str = "", error: str = "", *, status: int = 200) -> Response:
    here = site(request)
    return page(
        request,
        "signin.html",
        status=status,
        next=own_path(wanted),
        login=login,
        error=error,
        reviews=list(_reviews(request)),
        bodies=_bodies(request),
        demo_day=here.engine.today() if here.settings.demo else None,
    )


def _reviews(request: Request) -> Iterator[dict[str, str]]:
    """The offices that appraise today, in the order a dossier meets them; the last one stands for today's work."""
    engine, lang = site(request).engine, language(request)
    stations = engine.in_force("dossier").stations
    reviews = [name for name in stations if name in OFFICE_AT]
    for name in reviews:
        schools = name == "education_review"
        note = say(lang, "hồ sơ của trường học") if schools else say(lang, "từng trường hợp, theo điều luật")
        state = "now" if name == reviews[-1] else "passed"
        yield {"label": stations[name].label[lang], "note": note, "state": state}


def _bodies(request: Request) -> list[Unit]:
    """The units of today whose chairmen decide: one city, or several wards."""
    today = site(request).engine.today()
    with site(request).engine.database.reading() as conn:
        bodies = [unit for unit in all_units(conn).values() if unit.id == unit.body]
    return [body for body in bodies if body.valid_to is None or body.valid_to >= today]
