"""What every request may reach."""

from dataclasses import dataclass
from typing import cast

from fastapi import Request

from web.limits import Buckets
from workflow.batches.runner import Runner
from workflow.demo.moves import Mover
from workflow.engine import Engine
from workflow.people.identity import Clock
from workflow.people.passwords import Passwords
from workflow.settings import Settings


@dataclass(frozen=True, slots=True)
class Site:
    """One running door: its engine, its settings, the security clock, the limits, the pages there are.

    ``mover`` moves the clock, in a demonstration only; ``runner`` carries out batches.
    """

    engine: Engine
    settings: Settings
    passwords: Passwords
    clock: Clock
    writes: Buckets
    reads: Buckets
    sign_ins: Buckets
    paths: frozenset[str]
    mover: Mover
    runner: Runner

    @property
    def cookie(self) -> str:
        """The session cookie's name; browsers drop ``__Host-`` cookies on plain http, so there it is bare."""
        return "__Host-sid" if self.settings.secure else "sid"


def site(request: Request) -> Site:
    """The door this request came through."""
    return cast(Site, request.app.state.site)


def address_of(request: Request) -> str:
    """The network address the request came from."""
    return request.client.host if request.client else "unknown"


def is_api(request: Request) -> bool:
    """Whether a program asks, to be answered in JSON."""
    return request.url.path.startswith("/api/")
