"""The corpus of bad input: every text and every thing in every place of every command, form, address, upload."""

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Any

from bench.door import ORIGIN, Door, Knock
from bench.nasty_files import FILES, PDF
from bench.nasty_requests import BODIES, HEADERS, METHODS, PATHS
from bench.nasty_values import TEXT, THINGS
from bench.page_forms import Form
from bench.small_world import doer, fitting, new_dossier

Make = Callable[[], Knock]
QUESTIONS = (
    ("dossiers", ("station", "unit", "period", "q", "limit", "next", "cursor")),
    ("inbox", ("queue", "limit", "next")),
    ("definitions", ("key",)),
    ("awards", ("day",)),
)
PAGE_QUESTIONS = (
    ("/dossiers", ("station", "unit", "period", "q", "next", "after")),
    ("/inbox", ("queue", "after")),
    ("/sign-in", ("next",)),
    ("/notices", ("after",)),
    ("/process", ("unit",)),
)
PLACES = (
    "dossiers/{}",
    "dossiers/{}/acts",
    "dossiers/{}/history",
    "papers/{}",
    "definitions/{}",
    "dossiers/{}/acts/judge",
)


@dataclass(slots=True)
class Target:
    """A command that would be carried out, for which a dossier is kept ready."""

    act: str
    door: Door
    ref: str = ""

    def ready(self) -> tuple[str, str, dict[str, Any]]:
        """Who sends which body where, as things stand now."""
        if self.act == "create":
            return "an", "/api/v1/dossiers", dict(new_dossier("PH", "CSTDCS")["args"])
        world = self.door.world
        if not self.ref:
            self.ref = world.ready_for(self.act)
            self.door.look()  # what was just prepared is no answer's doing
        case = world.case(self.ref)
        body = {"version": case.version, **fitting(self.act, case)}
        return doer(self.act, case), f"/api/v1/dossiers/{self.ref}/acts/{self.act}", body


def hand_made(targets: list[Target], forms: list[Form]) -> Iterator[Make]:
    """Every input made by hand, each as something that makes it when its turn comes."""
    yield from bodies(targets)
    yield from _commands(targets)
    yield from _addresses()
    yield from _uploads()
    yield from _filled_in(forms)


def bodies(targets: list[Target]) -> Iterator[Make]:
    """Bytes that are no body, and headers that are none, for two commands."""
    for target in (targets[0], next(t for t in targets if t.act == "judge")):
        for body in BODIES:
            yield partial(_raw, target, body)
        for headers in HEADERS:
            yield partial(_with_headers, target, headers)


def _commands(targets: list[Target]) -> Iterator[Make]:
    """Each place of each command with every text and every thing that does not belong there."""
    for target in targets:
        _, _, body = target.ready()
        for place in _places(body):
            for value in (*TEXT, *THINGS):
                yield partial(command, target, [(place, value)])
        for extra in ("state", "station", "org_id", "__class__", ""):
            yield partial(command, target, [((extra,), 1)])


def _addresses() -> Iterator[Make]:
    for place in PLACES:
        for written in PATHS:
            yield partial(_asked, f"/api/v1/{place.format(written)}", {})
    for method in METHODS:
        for path in (
            "/api/v1/dossiers",
            "/api/v1/me",
            "/inbox",
            "/sign-in",
            "/static/pages.css",
            "/healthz",
            "//x",
        ):
            yield partial(Knock, "method", "an", method, path)
    for text in TEXT:
        for name, fields in QUESTIONS:
            for field in fields:
                yield partial(_asked, f"/api/v1/{name}", {field: text})
        for page, asked in PAGE_QUESTIONS:
            for field in asked:
                yield partial(_asked, page, {field: text}, browser=True)


def _uploads() -> Iterator[Make]:
    for name, content in FILES:
        yield partial(_upload, name, content, "TO_TRINH")
    for text in TEXT:
        yield partial(_upload, "a.pdf", PDF, text)
        yield partial(_upload, f"{text}.pdf", PDF, "TO_TRINH")


def _filled_in(forms: list[Form]) -> Iterator[Make]:
    """Each field of each form with every text; left out; sent twice; a file where a text belongs."""
    for form in forms:
        for name in dict.fromkeys(name for name, _ in form.fields):
            for text in TEXT:
                yield partial(_form, form, [(name, text)])
        yield partial(_form, replace(form, fields=[]), [])
        yield partial(_form, replace(form, fields=form.fields * 2), [])
        files = {name: ("a.pdf", b"x") for name, _ in form.fields[:3]}
        yield partial(_form, form, [], files=files)


def generated(targets: list[Target], forms: list[Form], chance: Random) -> Knock:
    """Up to three nasty values at once, or good bytes with some of them changed."""
    dice = chance.random()
    if forms and dice < 0.3:
        form = chance.choice(forms)
        names = [name for name, _ in form.fields] or ["x"]
        return _form(form, [(chance.choice(names), _text(chance)) for _ in range(chance.randint(1, 3))])
    target = chance.choice(targets)
    _, _, body = target.ready()
    if dice < 0.5:
        written = bytearray(json.dumps(body).encode())
        for _ in range(chance.randint(1, 5)):
            written[chance.randrange(len(written))] = chance.randrange(256)
        return _raw(target, bytes(written))
    places = list(_places(body))
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


def _asked(path: str, query: dict[str, str], *, browser: bool = False) -> Knock:
    plain = {name: value.encode("utf-8", "surrogatepass") for name, value in query.items()}
    return Knock("address", "uy", "GET", path, browser=browser, sent={"params": plain} if query else {})


def _upload(name: str, content: bytes, kind: str) -> Knock:
    named = name.encode("utf-8", "replace").decode()
    sent = {"files": {"file": (named, content, "application/pdf")}, "data": {"type": _plain(kind)}}
    return Knock("upload", "an", "POST", "/api/v1/papers", sent=sent)


def _form(form: Form, changes: list[tuple[str, str]], files: Any = None) -> Knock:
    changed = {name for name, _ in changes}
    rows = [*((n, v) for n, v in form.fields if n not in changed), *changes]
    data: dict[str, list[str]] = {}
    for name, value in rows:
        data.setdefault(name, []).append(_plain(value))
    path = form.action.removeprefix(ORIGIN)
    if form.method == "GET":
        return Knock("form", form.who, "GET", path, browser=True, sent={"params": data})
    sent: dict[str, Any] = {"data": data}
    if files or form.files:
        sent["files"] = files or dict.fromkeys(form.files, ("a.pdf", PDF))
    return Knock("form", form.who, "POST", path, browser=True, sent=sent)


def _plain(text: str) -> str:
    """As a browser sends it: half a pair becomes the sign for what cannot be shown."""
    return text.encode("utf-8", "replace").decode()
