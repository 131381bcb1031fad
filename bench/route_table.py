"""The routes of an application as its own table lists them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from re import Pattern
from urllib.parse import quote

from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, compile_path


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one address; ``asked`` are the questions it reads from the address by name."""

    method: str
    template: str
    places: tuple[str, ...]
    asked: tuple[str, ...]
    pattern: Pattern[str] = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        """The route as people write it."""
        return f"{self.method} {self.template}"

    @property
    def for_programs(self) -> bool:
        """Whether programs ask here, with a token."""
        return self.template.startswith("/api/")

    def path(self, **values: str) -> str:
        """The address with every place filled in, written as given. KeyError for a place without a value."""
        return self.template.format_map(values)

    def places_of(self, path: str) -> dict[str, str]:
        """What stands at its places in an address that leads here, written as in an address."""
        found = self.pattern.match(path)
        return {name: quote(value, safe="@") for name, value in found.groupdict().items()} if found else {}


def routes_of(routes: Sequence[BaseRoute]) -> tuple[Route, ...]:
    """Every route there is, in the order in which they are asked."""
    return tuple(_listed(routes))


def leads_to(table: Sequence[Route], method: str, path: str) -> Route | None:
    """The route that answers a method at an address; None where there is none."""
    here = (route for route in table if route.method == method and route.pattern.match(path))
    return next(here, None)


def _listed(routes: Sequence[BaseRoute]) -> Iterator[Route]:
    for found in iter_route_contexts(list(routes)):
        original = found.original_route
        if not found.path or not isinstance(original, APIRoute):
            continue
        asked = tuple(one.alias for one in original.dependant.query_params)
        pattern, template, places = compile_path(found.path)
        for method in sorted(found.methods or ()):
            yield Route(method, template, tuple(places), asked, pattern)
