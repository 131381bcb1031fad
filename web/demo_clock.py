"""The demonstration's clock is moved by hand."""

from typing import Annotated, Literal

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from states import labels
from states.labels import Lang
from web.access import signed_in
from web.language import language, say
from web.rendering import dmy, moment, page
from web.site import Site, site
from workflow.clock_guard import held_since, mark_as
from workflow.fired import Fired
from workflow.moving import days_on, next_deadline, play
from workflow.problems import NotFound

By = Literal["day", "week", "deadline", "release"]
SHOWN = 200
"""How many acts of the clock are listed after a move."""

router = APIRouter(include_in_schema=False)


@router.get("/demo/clock")
@signed_in
async def clock(request: Request) -> Response:
    """What the clock shows, how far it can be moved."""
    return _shown(request, _demo(request))


@router.post("/demo/clock")
@signed_in
async def move(request: Request, by: Annotated[By, Form()]) -> Response:
    """Move the clock, play the days between, show what was fired; nobody is signed out by it."""
    here = _demo(request)
    engine = here.engine
    if by == "release":
        mark_as(engine, engine.now())
        return _shown(request, here, play(engine, engine.now()))
    to = next_deadline(engine) if by == "deadline" else days_on(engine, 1 if by == "day" else 7)
    return _shown(request, here, play(engine, to) if to else ())


def _demo(request: Request) -> Site:
    """The site, where it is a demonstration; elsewhere this page does not exist."""
    here = site(request)
    if not here.settings.demo:
        raise NotFound
    return here


def _shown(request: Request, here: Site, fired: tuple[Fired, ...] | None = None) -> Response:
    lang, following = language(request), next_deadline(here.engine)
    with here.engine.database.reading() as conn:
        held = held_since(conn)
    return page(
        request,
        "demo/clock.html",
        now=moment(here.engine.now()),
        following=dmy(following),
        held=moment(held) if held else "",
        fired=None if fired is None else [_line(one, lang) for one in fired[:SHOWN]],
        count=len(fired or ()),
    )


def _line(fired: Fired, lang: Lang) -> tuple[str, str, str]:
    """Day, dossier, what the clock did."""
    if fired.tells:
        did = say(lang, "báo %(whom)s", whom=labels.label("role", fired.tells, lang))
    else:
        did = labels.label("act", fired.act, lang)
    return dmy(fired.day), fired.ref, did
