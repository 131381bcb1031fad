"""The corpus of bad input: every text and every thing in every place of every command, form, address, upload."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from random import Random
from typing import Any

from bench.bad_files import as_sent, packages, uploads
from bench.corpus import Corpus, Input, Target
from bench.door import ORIGIN, Knock
from bench.nasty_files import PDF
from bench.nasty_requests import BODIES, HEADERS, METHODS, PATHS
from bench.nasty_values import TEXT, THINGS
from bench.page_forms import Form, filled
from bench.route_table import Route

HOLLOW = ("create", "judge", "save", "finish", "draft_session", "enter_totals", "order", "package")
"""Commands that are also sent bytes that are no body, headers that are none: each kind of case once."""


def hand_made(corpus: Corpus) -> Iterator[Input]:
    """Every input made by hand."""
    yield from bodies(corpus.targets)
    yield from _commands(corpus.targets)
    yield from _addresses(corpus)
    yield from _methods(corpus)
    yield from uploads()
    yield from packages(corpus)
    yield from _filled_in(corpus)


def bodies(targets: list[Target]) -> Iterator[Input]:
    """Bytes that are no body, and headers that are none, for a command of each kind."""
    for act in HOLLOW:
        target = next(one for one in targets if one.act == act)
        for body in BODIES:
            yield Input(target.route.name, partial(_raw, target, body))
        for headers in HEADERS:
            yield Input(target.route.name, partial(_with_headers, target, headers))


def _commands(targets: list[Target]) -> Iterator[Input]:
    """Each place of each command with every text and every thing that does not belong there."""
    for target in targets:
        name = target.route.name
        _, _, body = target.ready()
        yield Input(name, partial(command, target, []), plain=True)
        for place in _places(body):
            for value in (*TEXT, *THINGS):
                yield Input(name, partial(command, target, [(place, value)]))
        for extra in ("state", "station", "org_id", "__class__", ""):
            yield Input(name, partial(command, target, [((extra,), 1)]))
        for written in PATHS if target.route.places else ():
            yield Input(name, partial(_elsewhere, target, written))


def _addresses(corpus: Corpus) -> Iterator[Input]:
    """Each address as it is, with every bad word at each of its places, with every text as each answer."""
    for route in corpus.table:
        if route.method != "GET" or (told := corpus.place(route)) is None:
            continue
        who, values, browser = told
        asked = partial(_asked, who, browser=browser)
        yield Input(route.name, partial(asked, route.path(**values)), plain=True)
        for place in route.places:
            for written in PATHS:
                yield Input(route.name, partial(asked, route.path(**{**values, place: written})))
        for name in route.asked:
            for text in TEXT:
                yield Input(route.name, partial(asked, route.path(**values), {name: text}))


def _methods(corpus: Corpus) -> Iterator[Input]:
    """Every method at every address, asked for by a program."""
    for route in corpus.table:
        if route.method == "GET" and (told := corpus.place(route)) is not None:
            for method in METHODS:
                yield Input(route.name, partial(Knock, "method", "an", method, route.path(**told[1])))
    for method in METHODS:
        for path in ("/static/pages.css", "//x"):
            yield Input(path, partial(Knock, "method", "an", method, path))


def _filled_in(corpus: Corpus) -> Iterator[Input]:
    """Each form as it is; each field with every text; left out; sent twice; elsewhere; a file for a text."""
    routes = {route.name: route for route in corpus.table}
    for name, forms in corpus.forms.items():
        for form in forms:
            yield Input(name, partial(_form, form, []), plain=True)
            for field in dict.fromkeys(field for field, _ in form.fields):
                for text in TEXT:
                    yield Input(name, partial(_form, form, [(field, text)]))
            yield Input(name, partial(_form, replace(form, fields=[]), []))
            yield Input(name, partial(_form, replace(form, fields=form.fields * 2), []))
            files = {field: ("a.pdf", b"x") for field, _ in form.fields[:3]}
            yield Input(name, partial(_form, form, [], files=files))
            for path in _bent(routes[name], form.path):
                yield Input(name, partial(_form, replace(form, action=f"{ORIGIN}{path}"), []))


def _bent(route: Route, path: str) -> Iterator[str]:
    """An address with every bad word at each of its places."""
    values = route.places_of(path)
    for place in route.places:
        for written in PATHS:
            yield route.path(**{**values, place: written})


def generated(corpus: Corpus, chance: Random) -> Knock:
    """Up to three nasty values at once, or good bytes with some of them changed."""
    dice, forms = chance.random(), corpus.forms
    if dice < 0.5:
        form = chance.choice(forms[chance.choice(list(forms))])
        names = [name for name, _ in form.fields] or ["x"]
        return _form(form, [(chance.choice(names), _text(chance)) for _ in range(chance.randint(1, 3))])
    target = chance.choice(corpus.targets)
    _, _, body = target.ready()
    if dice < 0.6:
        written = bytearray(json.dumps(body).encode())
        for _ in range(chance.randint(1, 5)):
            written[chance.randrange(len(written))] = chance.randrange(256)
        return _raw(target, bytes(written))
    places = list(_places(body)) or [("x",)]
    wanted = chance.choices(places, k=chance.randint(1, 3))
    return command(target, [(p, chance.choice((_text(chance), chance.choice(THINGS)))) for p in wanted])


def _text(chance: Random) -> str:
    known = chance.choice(TEXT)
    if chance.random() < 0.5:
        return known
    letters = [
        chr(chance.choice((chance.randrange(128), chance.randrange(0x2100), chance.randrange(0x10000))))
    ]
    return "".join([*letters, known[:200], *letters])


Place = tuple[str | int, ...]


def _places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every place of a document, containers too."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        yield (*here, key)
        yield from _places(item, (*here, key))


def _put(document: Any, place: tuple[Any, ...], value: Any) -> None:
    for part in place[:-1]:
        try:
            document = document[part]
        except (KeyError, IndexError, TypeError):
            return  # an earlier change took this place away
    last = place[-1]
    if isinstance(document, dict) or (isinstance(document, list) and last in range(len(document))):
        document[last] = value


def command(target: Target, changes: list[tuple[Place, Any]]) -> Knock:
    """A good command with these places of its body changed."""
    who, path, body = target.ready()
    changed = copy.deepcopy(body)
    for place, value in changes:
        _put(changed, place, copy.deepcopy(value))
    return Knock("command", who, "POST", path, sent={"content": json.dumps(changed)}, headers=_json(changes))


def _json(seen: object) -> dict[str, str]:
    return {"Content-Type": "application/json", "Idempotency-Key": f"k{abs(hash(repr(seen)))}"}


def _raw(target: Target, body: bytes) -> Knock:
    who, path, _ = target.ready()
    return Knock("bytes", who, "POST", path, sent={"content": body}, headers=_json(body))


def _with_headers(target: Target, headers: Any) -> Knock:
    who, path, body = target.ready()
    told = {**_json(headers), **headers}
    return Knock("headers", who, "POST", path, sent={"content": json.dumps(body)}, headers=told)


def _elsewhere(target: Target, written: str) -> Knock:
    who, _, body = target.ready()
    sent = {"content": json.dumps(body)}
    return Knock("address", who, "POST", target.address(written), sent=sent, headers=_json(written))


def _asked(who: str, path: str, query: Mapping[str, str] | None = None, *, browser: bool) -> Knock:
    plain = {name: value.encode("utf-8", "surrogatepass") for name, value in (query or {}).items()}
    return Knock("address", who, "GET", path, browser=browser, sent={"params": plain} if query else {})


def _form(form: Form, changes: list[tuple[str, str]], files: Any = None) -> Knock:
    changed = {name for name, _ in changes}
    rows = [*((n, v) for n, v in form.fields if n not in changed), *changes]
    data = filled((name, as_sent(value)) for name, value in rows)
    path = form.action.removeprefix(ORIGIN)
    if form.method == "GET":
        return Knock("form", form.who, "GET", path, browser=True, sent={"params": data})
    sent: dict[str, Any] = {"data": data}
    if files or form.files:
        sent["files"] = files or dict.fromkeys(form.files, ("a.pdf", PDF))
    return Knock("form", form.who, "POST", path, browser=True, sent=sent)
