"""P17: no input makes the door fail, hang, run it, show it as markup, or change anything but what is documented."""

import json
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import Any

from httpx2 import InvalidURL

from bench import small_register
from bench.bad_inputs import bodies, command, generated, hand_made
from bench.corpus import Corpus, Input, Make, Target, sent_to, targets_of
from bench.door import Answered, Door, Knock, a_door
from bench.mutants import planted
from bench.nasty_values import MARK, PRODUCT
from bench.page_forms import walked
from bench.promise import Harness, Promise, Run, Trials
from bench.route_table import Route, routes_of
from db import settings
from db.engine import Connection
from web.demo.clock import SHORT
from workflow import step
from workflow.engine import Engine
from workflow.outcome import Outcome

HAND_MADE = 3_000
"""Of the whole hand-made corpus, each time others; of a full run all bodies and headers."""
GENERATED = 10_000
SHARE = {"sqlite": 1.0, "postgresql": 0.2}
"""The door is the same before both databases; what reaches PostgreSQL is another matter."""
ROUND = 1_500
"""Inputs to one database; looking at everything stored takes longer the more there is."""
LONGEST = 2.0
"""Seconds of processor time for one answer."""
READERS = (("an", "submit", ""), ("uy", "award", "/history"))
"""Who else opens which page of a dossier for which an act is next."""
DESKS = (("kien", "/calendar"), ("nam", "/calendar"), ("nam", "/obligations"))
"""Who opens pages on which not everybody finds the same forms."""
TURNED_AWAY = frozenset({401, 404, 405})
"""What is answered before anybody reads what was sent."""
DOCUMENTED = {409: {"command"}}
"""What a refusal may leave behind, by status."""
AT_THE_DOOR = {"lockout", "sign_in"}
"""What a wrong password leaves behind."""


KEPT_ALL_THE_SAME = {"/totals": {"paper"}, "/council": {"paper"}}
"""What a refused form leaves behind by how its address ends: scanned minutes need not be brought again."""


def harness(run: Run, trials: Trials) -> None:
    """The hand-made corpus, then generated inputs, on SQLite; a fifth of each on PostgreSQL."""
    with _door(run, "sqlite") as door:
        corpus = corpus_of(door, everybody=run.scale >= 1)
        made = list(hand_made(corpus))
        for name, told in unreached(corpus.table, _plainly(trials, door, corpus, made)).items():
            trials.held(False, f"no input reaches {name}: {told}")
        always = [one.make for one in bodies(corpus.targets)] if run.scale >= 1 else []
    for kind in run.ground.kinds:
        share, chance = run.scale * SHARE[kind], run.random(kind)
        wanted = [*always, *picked(made, max(1, round(HAND_MADE * share)), chance)]
        trials.notes.append(
            f"{kind}: {len(wanted)} of {len(made)} hand-made, {len(corpus.table)} routes, "
            f"{len(corpus.found.forms)} forms"
        )
        wanted += [partial(generated, corpus, chance)] * max(1, round(GENERATED * share))
        while wanted:
            with _door(run, kind) as door:
                _ready(corpus.targets, door)
                wanted = wanted[_knocked(trials, door, corpus, wanted[:ROUND]) :]


def corpus_of(door: Door, *, everybody: bool) -> Corpus:
    """What all bad input to this door is made from, with a case ready for each command."""
    table = routes_of(door.routes)
    targets = targets_of(door, table)
    over = _ready(targets, door)
    pages = {
        target.act: target.page() for target in targets if target.kind == "dossier" and target.route.places
    }
    cases = [target.page() for target in targets if target.route.places]
    more = [(who, pages[act][1] + inside) for who, act, inside in READERS]
    found = walked(door, table, [*cases, *over, *more, *DESKS], everybody=everybody)
    return Corpus(door, table, targets, found, sent_to(table, found))


def _plainly(trials: Trials, door: Door, corpus: Corpus, made: list[Input]) -> Mapping[str, set[int]]:
    """What each route answers to what is sent to it with nothing bad in it."""
    answers: dict[str, set[int]] = defaultdict(set)
    # Whoever acts on a case, or moves the clock, leaves another city behind.
    for one in sorted(made, key=lambda one: ("/demo/" in one.route, "{act}" in one.route)):
        if one.plain and not door.moved and (answer := _judged(trials, door, corpus.targets, one.make())):
            answers[one.route].add(answer.status)
    return answers


def unreached(table: Sequence[Route], answers: Mapping[str, set[int]]) -> dict[str, str]:
    """The routes nothing is sent to, and those that turned everything away at the door, with what they answered."""
    told = {route.name: answers.get(route.name, set()) for route in table}
    return {name: f"{sorted(got) or 'nothing is sent'}" for name, got in told.items() if got <= TURNED_AWAY}


@contextmanager
def _door(run: Run, kind: str) -> Iterator[Door]:
    """Always the same city, so that a form of one round fits the next."""
    with (
        run.ground.fresh(kind) as database,
        a_door(database, run.ground.folder, seed=run.seed) as door,
    ):
        yield door


def _ready(targets: list[Target], door: Door) -> list[tuple[str, str]]:
    """Each gets its case; answers who reads which page of a case that is over.

    All are the same in every round, so that the forms found in the first still lead somewhere.
    """
    for target in targets:
        target.door, target.ref = door, ""
        target.ready()
    return small_register.decided(door.world)


def picked(inputs: Iterable[Input], count: int, chance: Random) -> list[Make]:
    """So many of them, as many for each route as there are for any other, or all it has."""
    groups: dict[str, list[Make]] = defaultdict(list)
    for one in inputs:
        groups[one.route].append(one.make)
    rows = list(groups.values())
    chance.shuffle(rows)
    found: list[Make] = []
    while rows and len(found) < count:
        # Drawn one by one: of most groups hardly any is wanted.
        found += [group.pop(chance.randrange(len(group))) for group in rows[: count - len(found)]]
        rows = [group for group in rows if group]
    return found


def _knocked(trials: Trials, door: Door, corpus: Corpus, wanted: list[Make]) -> int:
    """How many inputs were judged before the clock was moved, from where none of the rest would fit."""
    for place, make in enumerate(wanted, 1):
        _judged(trials, door, corpus.targets, make())
        if door.moved:
            return place
    return len(wanted)


def _judged(trials: Trials, door: Door, targets: list[Target], knock: Knock) -> Answered | None:
    try:
        answer = door.knock(knock)
    except (UnicodeEncodeError, InvalidURL):
        return None  # the client would not send it, so nobody received it
    for target in targets:
        if answer.status < 400 and target.moved_by(knock.path):
            target.ref = ""  # it moved on; the next one wants a fresh dossier
    wrong = _wrong(knock, answer)
    trials.held(not wrong, f"{wrong}: {knock!r:.400} -> {answer.status} {answer.text[:200]!r}")
    return answer


def _wrong(knock: Knock, answer: Answered) -> str:
    if answer.status >= 500:
        return "the door failed"
    if answer.seconds > LONGEST + (SHORT if knock.path == "/demo/clock" else 0):
        return f"{answer.seconds:.1f} s of processor"
    if f"<{MARK}" in answer.text and "html" in answer.media:
        return "shown as markup"
    if PRODUCT in answer.text:
        return "the input was run"
    if answer.status < 400:
        return ""
    allowed = (
        AT_THE_DOOR
        if knock.path.startswith(("/sign-in", "/account"))
        else DOCUMENTED.get(answer.status, set())
    )
    # A page that shows what was wrong with the question still shows the case, which is written down.
    shown = {"view_log"} if knock.method == "GET" else set()
    kept = next((kept for end, kept in KEPT_ALL_THE_SAME.items() if knock.path.endswith(end)), set())
    if answer.changed - allowed - shown - kept:
        return f"refused, yet changed {sorted(answer.changed)}"
    if knock.path.startswith("/api/v1/") and knock.method in ("GET", "POST") and not _explained(answer):
        return "a refusal without a code"
    return ""


def _explained(answer: Answered) -> bool:
    if "problem+json" not in answer.media:
        return False
    told = json.loads(answer.text)
    return bool(told.get("code")) and (told["code"] != "invalid" or bool(told.get("fields")))


def _with_fault(name: str, fault: Callable[..., Any]) -> Harness:
    """The mutant: a fault in what the road does with an old version."""

    def mutant(run: Run, trials: Trials) -> None:
        with (
            _unlogged(),
            planted(step, name, fault),
            run.ground.fresh("sqlite") as database,
            a_door(database, run.ground.folder, seed=run.seed) as door,
        ):
            target = next(one for one in targets_of(door, routes_of(door.routes)) if one.act == "judge")
            _judged(trials, door, [target], command(target, [(("version",), 0)]))

    return mutant


@contextmanager
def _unlogged() -> Iterator[None]:
    """A planted fault is no news."""
    logging.disable()
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


_attempt = step._attempt


def _writing(engine: Engine, conn: Connection, *rest: Any) -> Outcome:
    outcome = _attempt(engine, conn, *rest)
    settings.put(conn, "last_outcome", outcome.kind)
    return outcome


def _failing(*_told: Any) -> None:
    raise LookupError("a case nobody thought of")


PROMISE = Promise(
    "P17",
    "no input makes the door fail or change what it may not",
    harness,
    {
        "a conflict that writes": _with_fault("_attempt", _writing),
        "a conflict that fails": _with_fault("overtaken", _failing),
    },
)
