"""Every route says who may open it."""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast
from urllib.parse import quote, urlsplit

from fastapi import Request
from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute

from states.roles import Role
from web.csrf import refuse_foreign
from web.language import language
from web.site import site
from web.viewing import note
from workflow.people.identity import Viewer, who, who_by_token
from workflow.problems import NotFound, Problem

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


class Unauthenticated(Problem):
    """Nobody is signed in here, or the token is not (or no longer) good."""


class UndeclaredRoute(Exception):
    """A route does not say who may open it: put @public, @signed_in or @roles(…) on its function."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may open a route: anybody, or a person signed in, with one of the roles where there are any."""

    anybody: bool = False
    roles: frozenset[str] = frozenset()


def public(endpoint: Endpoint) -> Endpoint:
    """Anybody may open this."""
    return _ruled(endpoint, Rule(anybody=True))


def signed_in(endpoint: Endpoint) -> Endpoint:
    """Whoever is signed in may open this; what they see there is for their scope to say."""
    return _ruled(endpoint, Rule())


def roles(*names: str) -> Callable[[Endpoint], Endpoint]:
    """Only holders of one of these roles may open this; for everybody else it does not exist.

    Raises ValueError for a role that is not in the list.
    """
    rule = Rule(roles=frozenset(Role(name).value for name in names))
    return lambda endpoint: _ruled(endpoint, rule)


def viewer(request: Request) -> Viewer:
    """Who is asking, on a route that is not public. Raises Unauthenticated."""
    found = cast("Viewer | None", getattr(request.state, "viewer", None))
    if found is None:
        raise Unauthenticated
    return found


def declared(routes: Iterable[BaseRoute]) -> frozenset[str]:
    """The paths that can be opened, once every route was seen to have its rule. Raises UndeclaredRoute."""
    paths = set()
    for route in iter_route_contexts(list(routes)):
        opened = route.endpoint or getattr(route.original_route, "app", None)
        if not hasattr(opened, "access"):
            methods = ",".join(sorted(route.methods or {"*"}))
            raise UndeclaredRoute(f"{methods} {route.path} does not say who may open it")
        if route.path and "GET" in (route.methods or ()):
            paths.add(route.path)
    return frozenset(paths)


async def enforce(request: Request) -> AsyncIterator[None]:
    """The one dependency of every route: nobody passes unchecked, looks are noted, files closed afterwards."""
    try:
        await check(request)
        yield
        note(request)
    finally:
        await request.close()


async def check(request: Request) -> None:
    """Let the request through, with who is asking in ``request.state.viewer``, or raise why not."""
    rule: Rule = request.scope["endpoint"].access
    here, safe = site(request), request.method in SAFE
    if here.settings.demo:
        here.mover.follow()
    found, by_cookie = _found(request)
    request.state.viewer = replace(found, lang=language(request)) if found else None
    if found:
        (here.reads if safe else here.writes).take(found.account_id)
    elif not rule.anybody:
        raise Unauthenticated
    if found and rule.roles and not rule.roles & found.roles:
        raise NotFound
    if not safe and by_cookie:
        token = found.csrf if found and not rule.anybody else None
        await refuse_foreign(request, here.settings.public_origin, token)


def door(request: Request) -> str:
    """The sign-in page, leading back to a page that was asked for without being signed in."""
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/sign-in?next={quote(wanted)}" if request.method == "GET" and wanted != "/" else "/sign-in"


def own_path(wanted: str) -> str:
    """A path of this site to go on to; the start page instead of any address elsewhere."""
    parts = urlsplit(wanted) if wanted.isprintable() and "\\" not in wanted else None
    ours = parts is not None and not parts.scheme and not parts.netloc
    return wanted if ours and wanted.startswith("/") and not wanted.startswith("//") else "/"


def _found(request: Request) -> tuple[Viewer | None, bool]:
    """Who is asking, with whether only a cookie says so."""
    here = site(request)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        found = who_by_token(here.engine, secret.strip(), clock=here.clock)
        if found is None:
            raise Unauthenticated
        return found, False
    cookie = request.cookies.get(here.cookie)
    return (who(here.engine, cookie, clock=here.clock) if cookie else None), True


def _ruled(endpoint: Endpoint, rule: Rule) -> Endpoint:
    endpoint.access = rule  # type: ignore[attr-defined]  # a function carries its rule to the start of the door
    return endpoint
