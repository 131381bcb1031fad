"""The forms our own pages hold, found by following the pages' links from every page there is."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from bench.door import CALENDAR, NOBODY, ORIGIN, Door, Knock
from bench.route_table import Route, leads_to
from states.kinds import page_of

TRIES = 30
"""Addresses of one shape that are opened for one person before the search is given up."""
TOLD_APART = ("place", "act")
"""Where another word in an address leads to another form."""
SHEETS = ("/signing/sheet",)
"""Forms that only lead to the next one."""
SENDS = ("hx-post", "formaction", "data-autosave")
"""What else a page sends a form with, to another address than the form's own."""


@dataclass(slots=True)
class Form:
    """A form as a browser would send it untouched."""

    who: str
    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def path(self) -> str:
        """The address it is sent to, without its questions."""
        return urlsplit(self.action).path or "/"

    @property
    def data(self) -> dict[str, list[str]]:
        """Its fields as they stand."""
        return filled(self.fields)


def filled(fields: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Fields as they are sent, those of one name together."""
    data = defaultdict[str, list[str]](list)
    for name, value in fields:
        data[name].append(value)
    return data


@dataclass(slots=True)
class Found:
    """What a walk over the pages found: every different form, one address of each page with who may open it.

    ``turns`` are pages that led somewhere else at once.
    """

    forms: list[Form] = field(default_factory=list)
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    turns: dict[str, tuple[str, str]] = field(default_factory=dict)
    _known: set[tuple[str, ...]] = field(default_factory=set)

    def keep(self, forms: Iterable[Form]) -> None:
        """Take those there was none like before."""
        for form in forms:
            mark = (form.action, form.method, *sorted({name for name, _ in form.fields}))
            if mark not in self._known and form.action.startswith(ORIGIN):
                self._known.add(mark)
                self.forms.append(form)


class _Reader(HTMLParser):
    """Collects the forms and the links of one page."""

    def __init__(self, who: str, address: str) -> None:
        super().__init__()
        self.who, self.address = who, address
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._ids: dict[str, Form] = {}
        self._sends: list[tuple[str, str, Form | None]] = []
        self._named = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of what can be followed or filled in."""
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(urljoin(self.address, told["href"]))
        elif tag == "form":
            action = urljoin(self.address, told.get("action", ""))
            self.forms.append(Form(self.who, action, told.get("method", "get").upper()))
            self._ids[told.get("id", "")] = self.forms[-1]
        elif self.forms:
            self._field(tag, told)
        for name in SENDS:
            if name in told:
                here = self.forms[-1] if self.forms else None
                self._sends.append((told[name], told.get("hx-include", "").removeprefix("#"), here))

    def every_form(self) -> list[Form]:
        """The forms, with what is sent elsewhere from within them."""
        sent = [(where, self._ids.get(id_, form)) for where, id_, form in self._sends]
        return [
            *self.forms,
            *(
                replace(form, action=urljoin(self.address, where), method="POST")
                for where, form in sent
                if form
            ),
        ]

    def _field(self, tag: str, told: Mapping[str, str]) -> None:
        if tag in ("input", "textarea", "select", "button") and told.get("name"):
            self._named = told["name"]
            if told.get("type") == "file":
                self.forms[-1].files.append(self._named)
            elif tag != "select":
                self.forms[-1].fields.append((self._named, told.get("value", "")))
        elif tag == "option" and ("selected" in told or self._unset()):
            self.forms[-1].fields.append((self._named, told.get("value", "")))

    def _unset(self) -> bool:
        return all(name != self._named for name, _ in self.forms[-1].fields)


def walked(door: Door, table: Sequence[Route], cases: Iterable[tuple[str, str]], *, everybody: bool) -> Found:
    """Every page there is and what it leads to: for everybody, or each only until somebody may open it.

    ``cases`` are addresses of cases with who has something to do there: all of those are opened.
    """
    found, own = Found(), defaultdict[str, list[str]](list)
    for who, path in cases:
        own[who].append(path)
    for who in (NOBODY, *door.people):
        left = [route for route in table if route.method == "GET" and route.template not in found.pages]
        starts = [address for route in left if (address := _begun(door, route, own))]
        _walk(door, table, who, own[who], starts, found, set() if everybody else set(found.pages))
    return found


def _begun(door: Door, route: Route, own: Mapping[str, list[str]]) -> str:
    """An address of a page that can be thought of without having seen a link to it; empty where there is none."""
    place = route.template.split("/")[1]
    known_pages = [page_of(door.refs["intake"]), *(path for paths in own.values() for path in paths)]
    cases = (path for path in known_pages if path.startswith(f"/{place}/"))
    seen = {name: value for name, (_, value) in door.known_to.items()}
    known = {**seen, "lang": "en", "secret": CALENDAR, "ref": next(cases, "").rpartition("/")[2]}
    return route.path(**known) if all(known.get(name) for name in route.places) else ""


def _walk(
    door: Door,
    table: Sequence[Route],
    who: str,
    cases: list[str],
    starts: list[str],
    found: Found,
    opened: set[str],
) -> None:
    own = {f"{ORIGIN}{path}" for path in cases}
    waiting, seen, tries = [*own, *(f"{ORIGIN}{path}" for path in starts)], set[str](), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        if address in seen:
            continue
        shape = _shape(table, address)
        passed = address not in own and (shape in opened or tries[shape] >= TRIES)
        if not shape or passed:
            continue
        seen.add(address)
        tries[shape] += 1
        answer, _ = door.send(Knock("walk", who, "GET", address.removeprefix(ORIGIN), browser=True))
        if answer.status_code == 303 and who != NOBODY:
            found.turns.setdefault(shape, (who, urlsplit(address).path))
        if answer.status_code == 200:
            opened.add(shape)
            found.pages.setdefault(shape, (who, urlsplit(address).path))
        if answer.status_code == 200 and "html" in answer.headers["content-type"]:
            reader = _Reader(who, address)
            reader.feed(answer.text)
            waiting += reader.links
            for form in reader.forms:
                if form.path in SHEETS and form.fields:
                    found.keep(_next(door, form))
            if address in own:
                own.update(link for link in reader.links if _inside(link, address))
            found.keep(reader.every_form())


def _next(door: Door, form: Form) -> list[Form]:
    """The forms of the page that a form leads to without doing anything."""
    answer, _ = door.send(Knock("walk", form.who, "POST", form.path, browser=True, sent={"data": form.data}))
    reader = _Reader(form.who, form.action)
    reader.feed(answer.text)
    return reader.every_form()


def _inside(link: str, case: str) -> bool:
    """Whether a link leads to a page of the same case on which something is done, other than by its acts' names."""
    name = link.removeprefix(f"{case}/")
    return name != link and name not in ("history", "file") and "acts/" not in name


def _shape(table: Sequence[Route], address: str) -> str:
    """What an address shows, whichever case it is about; empty for what is no page of ours."""
    parts = urlsplit(address)
    route = leads_to(table, "GET", parts.path) if address.startswith(ORIGIN) else None
    if route is None or route.for_programs:
        return ""
    told = {name: value for name, value in route.places_of(parts.path).items() if name in TOLD_APART}
    shape = route.template.format_map({name: told.get(name, f"{{{name}}}") for name in route.places})
    return f"{shape}?{parts.query}" if parts.query.startswith("view=") else shape
