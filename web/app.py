"""The door of pages and API is put together."""

import logging
from dataclasses import replace
from typing import Any

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from web import account, errors, health, signin
from web.access import declared, enforce, public
from web.limits import Buckets
from web.security import Envelope
from web.site import Site
from web.assets import Static
from workflow.engine import Engine, real_now
from workflow.identity import Clock
from workflow.passwords import Passwords
from workflow.settings import Settings

ROUTERS = (health.router, signin.router, account.router)

log = logging.getLogger("khenthuong.web")


def create_app(
    engine: Engine,
    settings: Settings,
    *,
    passwords: Passwords | None = None,
    clock: Clock = real_now,
    routers: tuple[Any, ...] = ROUTERS,
) -> FastAPI:
    """The application of one installation; ``clock`` is security time.

    Raises:
        UndeclaredRoute: a route does not say who may open it.
    """
    app = FastAPI(
        title="Khen Thưởng",
        version="1",
        dependencies=[Depends(enforce)],
        middleware=[Middleware(Envelope, secure=settings.secure, broken=errors.broken)],
        openapi_url=None,
        redirect_slashes=False,
    )
    errors.install(app)
    for router in routers:
        app.include_router(router)
    app.mount("/static", public(Static()))
    site = Site(
        engine=engine,
        settings=settings,
        passwords=passwords or Passwords(),
        clock=clock,
        writes=Buckets(settings.writes_per_minute),
        reads=Buckets(settings.reads_per_minute),
        sign_ins=Buckets(settings.sign_ins_per_minute),
        paths=frozenset(),
    )
    app.state.site = replace(site, paths=declared(app.routes))
    if not settings.secure:
        log.warning(
            "%s is not https: passwords and cookies cross the network in the clear", settings.public_origin
        )
    return app
