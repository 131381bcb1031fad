"""The door is put together: pages, API."""

import logging
from dataclasses import replace

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware import Middleware

from web import errors
from web.access import declared, enforce, public
from web.assets import Static
from web.limits import Buckets
from web.routers import CHECKED
from web.security import Envelope
from web.site import Site
from workflow.batches.runner import Runner
from workflow.demo.moves import Mover
from workflow.engine import Engine, real_now
from workflow.packages.limits import limits_of
from workflow.people.identity import Clock
from workflow.people.passwords import Passwords
from workflow.settings import Settings

# A demonstration is measured and played with by programs; nobody there is to be slowed down.
DEMO_PATIENCE = 100

log = logging.getLogger("khenthuong.web")


def create_app(
    engine: Engine,
    settings: Settings,
    *,
    passwords: Passwords | None = None,
    clock: Clock = real_now,
    more_routers: tuple[APIRouter, ...] = (),
) -> FastAPI:
    """The application of one installation; ``clock`` is security time.

    Raises:
        UndeclaredRoute: a route does not say who may open it.
    """
    app = FastAPI(
        title="Khen Thưởng",
        version="1",
        middleware=[
            Middleware(
                Envelope,
                secure=settings.secure,
                broken=errors.broken,
                largest={"/received": limits_of(settings).size},
            )
        ],
        openapi_url=None,
        redirect_slashes=False,
    )
    errors.install(app)
    app.router.routes.extend(CHECKED.routes)
    for router in more_routers:
        app.include_router(router, dependencies=[Depends(enforce)])
    app.mount("/static", public(Static()))
    site = _site(engine, settings, passwords or Passwords(), clock)
    app.state.site = replace(site, paths=declared(app.routes))
    if not settings.secure:
        log.warning(
            "%s is not https: passwords and cookies cross the network in the clear", settings.public_origin
        )
    return app


def _site(engine: Engine, settings: Settings, passwords: Passwords, clock: Clock) -> Site:
    times = DEMO_PATIENCE if settings.demo else 1
    return Site(
        engine=engine,
        settings=settings,
        passwords=passwords,
        clock=clock,
        writes=Buckets(times * settings.writes_per_minute),
        reads=Buckets(times * settings.reads_per_minute),
        sign_ins=Buckets(times * settings.sign_ins_per_minute),
        paths=frozenset(),
        mover=Mover(engine, settings),
        runner=Runner(engine),
    )
