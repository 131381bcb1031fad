"""What bad input is made from: the commands, pages, forms an application has, each with somebody who may ask."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench import small_year
from bench.door import Door
from bench.page_forms import Form, Found
from bench.route_table import Route, leads_to
from bench.small_world import World, doer, fitting, new_dossier
from bench.small_year import BY_THE_CLOCK
from states.dossier import Dossier
from states.kinds import page_of

UPLOADS = "/api/v1/papers"
KIND_AT = {
    "dossiers": "dossier",
    "reports": "report",
    "registrations": "registration",
    "plan-items": "plan_item",
}
"""What stands under a place of the API."""
KNOWN = {"paper_id": "an-TO_TRINH", "name": "dossier@A.1"}
"""What stands at other places of the API."""


@dataclass(slots=True)
class Target:
    """A command that would be carried out, were it asked for by who may, for which a case is kept ready."""

    route: Route
    door: Door
    ref: str = ""

    @property
    def act(self) -> str:
        """What is asked for."""
        return self.route.template.rpartition("/")[2] if self.route.places else "create"

    @property
    def kind(self) -> str:
        """What the case is."""
        return KIND_AT[self.route.template.split("/")[3]]

    def ready(self) -> tuple[str, str, dict[str, Any]]:
        """Who sends which body where, as things stand now."""
        if not self.route.places:
            return "an", self.route.template, dict(new_dossier("PH", "CSTDCS")["args"])
        world = self.door.world
        if not self.ref:
            self.ref = self._prepared(world)
            self.door.look()  # what was just prepared is no answer's doing
        record = world.record(self.ref)
        if self.kind == "dossier":
            who, told = self._of_dossier(world.case(self.ref))
        else:
            who, told = small_year.doer(world, record, self.act), small_year.fitting(record, self.act)
        return who, self.route.path(ref=self.ref), {"version": record.version, **told}

    def page(self) -> tuple[str, str]:
        """Who opens which page to do it there."""
        who, _, _ = self.ready()
        return who, page_of(self.ref)

    def _prepared(self, world: World) -> str:
        if self.kind != "dossier":
            return small_year.ready_for(world, self.kind, self.act)
        return world.ready_for("judge" if self.act in BY_THE_CLOCK else self.act)

    def _of_dossier(self, case: Dossier) -> tuple[str, dict[str, Any]]:
        if self.act in BY_THE_CLOCK:
            return "kien", {"args": small_year.RECOUNTED} if self.act == "recount" else fitting(
                self.act, case
            )
        return doer(self.act, case), fitting(self.act, case)


def targets_of(door: Door, table: Sequence[Route]) -> list[Target]:
    """One for each command programs may send."""
    commands = [route for route in table if route.for_programs and route.method == "POST"]
    return [Target(route, door) for route in commands if route.template != UPLOADS]


@dataclass(slots=True)
class Corpus:
    """The routes of an application with all that bad input is made from: commands, forms, addresses of pages."""

    table: Sequence[Route]
    targets: list[Target]
    found: Found

    @property
    def forms(self) -> Mapping[str, list[Form]]:
        """The forms by the route that answers them."""
        sent: dict[str, list[Form]] = defaultdict(list)
        for form in self.found.forms:
            if route := leads_to(self.table, form.method, form.path):
                sent[route.name].append(form)
        return sent

    def place(self, route: Route) -> tuple[str, dict[str, str], bool] | None:
        """Who opens it, what stands at its places, whether in a browser; None where nobody found the way."""
        if route.for_programs:
            return self._for_programs(route)
        pages = {**self.found.turns, **self.found.pages}
        here = ((who, path) for who, path in pages.values() if leads_to(self.table, "GET", path) == route)
        who, path = next(here, (None, ""))
        return None if who is None else (who, route.places_of(path), True)

    def _for_programs(self, route: Route) -> tuple[str, dict[str, str], bool]:
        kind = KIND_AT.get(route.template.split("/")[3])
        if "ref" not in route.places:
            return "uy" if not route.places else "an", KNOWN, False
        target = next(one for one in self.targets if one.kind == kind and one.route.places)
        who, _, _ = target.ready()
        return who, {"ref": target.ref}, False
