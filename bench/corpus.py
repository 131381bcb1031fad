"""What bad input is made from: the commands, pages, forms an application has, each with somebody who may ask."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench import small_council, small_desk, small_register, small_year
from bench.door import Door, Knock
from bench.page_forms import Form, Found
from bench.route_table import Route, leads_to
from bench.small_world import World, doer, fitting, new_dossier
from bench.small_year import BY_THE_CLOCK
from states.kinds import page_of

UPLOADS = "/api/v1/papers"
PACKAGE = "package"
Make = Callable[[], Knock]


def _dossier_ready(world: World, _kind: str, act: str) -> str:
    if act == PACKAGE:
        return small_desk.ready_for(world, "dossier", act)
    return world.ready_for("judge" if act in BY_THE_CLOCK else act)


def _of_dossier(world: World, ref: str, act: str) -> tuple[str, dict[str, Any]]:
    if not ref:
        return "an", dict(new_dossier("PH", "CSTDCS")["args"])
    if act == PACKAGE:
        return small_desk.said(world, ref, act)
    case = world.case(ref)
    told = {"args": small_year.RECOUNTED} if act == "recount" else fitting(act, case)
    who = "kien" if act in BY_THE_CLOCK else doer(act, case)
    return who, {"version": case.version, **told}


@dataclass(frozen=True, slots=True)
class Way:
    """How a case of a kind gets to where an act is next, who does it then with which body; what begins one."""

    kind: str
    ready_for: Callable[[World, str, str], str]
    said: Callable[[World, str, str], tuple[str, dict[str, Any]]]
    begins: str = ""


WAYS: Mapping[str, Way] = {
    "dossiers": Way("dossier", _dossier_ready, _of_dossier, "create"),
    **{
        place: Way(kind, small_year.ready_for, small_year.said)
        for place, kind in (
            ("reports", "report"),
            ("registrations", "registration"),
            ("plan-items", "plan_item"),
        )
    },
    "councils": Way("council", small_council.ready_for, small_council.said, "establish"),
    "sessions": Way("session", small_council.ready_for, small_council.said, "draft_session"),
    "decision-changes": Way("decision_change", small_register.ready_for, small_register.said, "draft_change"),
    "revocations": Way("revocation", small_register.ready_for, small_register.said, "propose_revocation"),
    "batches": Way("batch", small_desk.ready_for, small_desk.said, "order"),
    "packages": Way("dossier", small_desk.ready_for, small_desk.said, "pack"),
}
"""What stands under a place of the API."""
KNOWN = {"paper_id": ("an", "an-TO_TRINH"), "name": ("an", "dossier@A.1")}
"""What stands at other places of the API, with who asks for it; the rest is known to the door."""


@dataclass(slots=True)
class Target:
    """A command that would be carried out, were it asked for by who may, for which a case is kept ready.

    ``ref`` is what it is about: a case, a batch, a line of the register; empty until asked for.
    """

    route: Route
    door: Door
    ref: str = ""

    @property
    def act(self) -> str:
        """What is asked for."""
        return self.route.template.rpartition("/")[2] if self.route.places else self.way.begins

    @property
    def way(self) -> Way:
        """What is known of its kind of case."""
        return WAYS[self.route.template.split("/")[3]]

    @property
    def kind(self) -> str:
        """What the case is."""
        return self.way.kind

    def ready(self) -> tuple[str, str, dict[str, Any]]:
        """Who sends which body where, as things stand now."""
        world = self.door.world
        if not self.ref and self.act != "create":
            self.ref = self.way.ready_for(world, self.kind, self.act)
        who, body = self.way.said(world, self.ref, self.act)
        return who, self.address(self.ref), body

    def address(self, written: str) -> str:
        """Where it is sent for what is named so."""
        return self.route.path(**dict.fromkeys(self.route.places, written))

    def page(self) -> tuple[str, str]:
        """Who opens which page to do it there."""
        who, _, _ = self.ready()
        return who, f"/signing/{self.ref}" if self.kind == "batch" else page_of(self.ref)

    def moved_by(self, path: str) -> bool:
        """Whether what was done at an address took away what was kept ready."""
        return bool(self.ref) and (f"/{self.ref}/" in path or path == self.route.template)


def targets_of(door: Door, table: Sequence[Route]) -> list[Target]:
    """One for each command programs may send."""
    commands = [route for route in table if route.for_programs and route.method == "POST"]
    return [Target(route, door) for route in commands if route.template != UPLOADS]


@dataclass(frozen=True, slots=True)
class Input:
    """Something that makes an input when its turn comes, for a route; a ``plain`` one has nothing bad in it."""

    route: str
    make: Make
    plain: bool = False


def sent_to(table: Sequence[Route], found: Found) -> Mapping[str, list[Form]]:
    """The forms that were found by the route that answers them."""
    sent: dict[str, list[Form]] = defaultdict(list)
    for form in found.forms:
        if route := leads_to(table, form.method, form.path):
            sent[route.name].append(form)
    return sent


@dataclass(slots=True)
class Corpus:
    """The routes of an application with all that bad input is made from: commands, forms, addresses of pages."""

    door: Door
    table: Sequence[Route]
    targets: list[Target]
    found: Found
    forms: Mapping[str, list[Form]]
    """Those found by the route that answers them."""

    def place(self, route: Route) -> tuple[str, dict[str, str], bool] | None:
        """Who opens it, what stands at its places, whether in a browser; None where nobody found the way."""
        if route.for_programs:
            return self._for_programs(route)
        pages = {**self.found.turns, **self.found.pages}
        here = ((who, path) for who, path in pages.values() if leads_to(self.table, "GET", path) == route)
        who, path = next(here, (None, ""))
        return None if who is None else (who, route.places_of(path), True)

    def _for_programs(self, route: Route) -> tuple[str, dict[str, str], bool]:
        if not route.places:
            return "uy", {}, False
        (place,) = route.places
        if place != "ref":
            who, value = {**KNOWN, **self.door.known_to}[place]
            return who, {place: value}, False
        target = self._about(route)
        who, _, _ = target.ready()
        return who, {place: target.ref}, False

    def _about(self, route: Route) -> Target:
        """What is sent to the very address, else to one about the same kind of case."""
        way = WAYS[route.template.split("/")[3]]
        known = [one for one in self.targets if one.way is way and one.route.places]
        return next((one for one in known if one.route.template == route.template), known[0])
