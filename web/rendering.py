"""Templates become pages."""

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from babel.dates import format_datetime
from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from states import labels
from states.definition import DefinitionError
from states.kinds import page_of
from states.labels import Lang
from web.assets import static_url
from web.award_names import award_short
from web.language import language, speaking, spoken, translated
from web.navigation import Shown, navigation, part_of
from web.site import Site, site
from workflow.clock.guard import held_since
from workflow.engine import ZONE
from workflow.overdue import LEADERS
from workflow.people.identity import Viewer
from workflow.telling import MOST_COUNTED, unread

FOLDER = Path(__file__).with_name("templates")
FLASH = "flash"
TOLD_OF_HALTS = LEADERS | {"administrator"}
"""Who learns on every page that the clock is held: they answer for deadlines, or can release it."""
KINDS = ("done", "info", "warning", "error")


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page: the template with the shell's context and one's own, which wins."""
    context = _bell(request, status) | context
    with speaking(language(request)):
        body = PAGES.get_template(template).render(_shell(request) | context)
    answer = HTMLResponse(body, status)
    if FLASH in request.cookies:
        answer.delete_cookie(FLASH)
    return answer


def fragment(
    request: Request, template: str, block: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """One block of a page for htmx to swap in; the block sees what the page would, plus ``parts``."""
    found = PAGES.get_template(template)
    with speaking(language(request)):
        seen = found.new_context(_shell(request) | context)
        return HTMLResponse("".join(found.blocks[block](seen)), status)


def fixed(template: str, lang: Lang, **context: Any) -> Markup:
    """A piece of a page that follows from its context alone."""
    with speaking(lang):
        return Markup(PAGES.get_template(template).render(context))


def see_other(request: Request, path: str, said: str = "", kind: str = "done") -> RedirectResponse:
    """Send the browser on after a form was taken, with what the next page shall say."""
    answer = RedirectResponse(path, 303)
    if said:
        secure = site(request).settings.secure
        answer.set_cookie(
            FLASH, f"{kind}:{quote(said)}", max_age=60, httponly=True, secure=secure, samesite="lax"
        )
    return answer


def dmy(value: date | datetime | None) -> str:
    """A day as 13/05/2024; an instant is shown as its day in Vietnam; nothing for None."""
    if value is None:
        return ""
    return (value.astimezone(ZONE) if isinstance(value, datetime) else value).strftime("%d/%m/%Y")


def moment(value: datetime | None) -> str:
    """An instant as "Thứ Năm, 16/05/2024, 09:20", in Vietnam; nothing for None."""
    if value is None:
        return ""
    return format_datetime(value, "EEEE, dd/MM/yyyy, HH:mm", tzinfo=ZONE, locale=spoken())


@pass_context
def label(_context: object, code: str, group: str) -> str:
    """The word for a code: ``{{ station|label("station") }}``.

    Were it not for the context, a constant code would be worded once, in the language of the first reader.
    """
    return labels.label(group, code, spoken())


@pass_context
def award(_context: object, code: str) -> str:
    """The short name of an award: ``{{ code|award_short }}``."""
    return award_short(code, spoken())


def _shell(request: Request) -> dict[str, Any]:
    """What layout/base.html needs."""
    lang, here = language(request), site(request)
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    query = f"?{request.url.query}" if request.url.query else ""
    return {
        "viewer": Shown.of(viewer, lang) if viewer else None,
        "lang": lang,
        "path": request.url.path + query,
        "csrf": viewer.csrf if viewer else "",
        "clock": moment(here.engine.now()) if here.settings.demo else None,
        "rail": _rail(viewer.roles, here.paths, part_of(request.url.path), lang) if viewer else "",
        "flash": _flash(request),
        "banner": _banner(here, lang),
        "halted": viewer is not None and bool(viewer.roles & TOLD_OF_HALTS) and _halted(here),
    }


@lru_cache(maxsize=512)
def _rail(held: frozenset[str], paths: frozenset[str], part: str, lang: Lang) -> Markup:
    """The rail is the same for everybody with the same roles."""
    return fixed("layout/rail.html", lang, nav=navigation(held, paths, part, lang))


def worded(text: str, **facts: object) -> Markup:
    """A page's Vietnamese sentence in the language of what is being rendered, its ``%(name)s`` filled in."""
    said = Markup(translated(text))
    return said % facts if facts else said


@lru_cache(maxsize=1024)
def icon(name: str, tone: str = "") -> Markup:
    """One drawing of the icon sheet, hidden from screen readers; ``tone`` is a further class."""
    sheet = static_url("vendor/bootstrap-icons/icons.svg")
    drawing = '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
    return Markup(drawing).format(f"icon {tone}".rstrip(), sheet, name)


def _bell(request: Request, status: int) -> dict[str, Any]:
    """The bell of the shell; none on a page that says what failed, which must not fail over it."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    if viewer is None or status >= 400:
        return {}
    with site(request).engine.database.reading() as conn:
        count = unread(conn, viewer)
    words = f"{MOST_COUNTED - 1}+" if count == MOST_COUNTED else str(count)
    return {"bell": {"href": "/notices", "count": words if count else ""}}


def _flash(request: Request) -> list[dict[str, str]]:
    kind, _, text = request.cookies.get(FLASH, "").partition(":")
    return [{"kind": kind, "text": unquote(text)}] if kind in KINDS and text else []


def _banner(here: Site, lang: Lang) -> str | None:
    """What a definition says of itself while it is provisional."""
    try:
        definition = here.engine.in_force("dossier")
    except DefinitionError:
        return None
    return definition.provisional[lang] if definition.provisional else None


def _halted(here: Site) -> bool:
    with here.engine.database.reading() as conn:
        return held_since(conn) is not None


def _environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals |= {"_": worded, "static_url": static_url, "drawn_icon": icon}
    env.filters |= {"dmy": dmy, "moment": moment, "label": label, "page_of": page_of, "award_short": award}
    # A block rendered alone does not run its page's imports.
    env.globals["parts"] = env.get_template("layout/parts.html").module
    return env


PAGES = _environment()
