"""P17: no input makes the door fail, hang, run it, show it as markup, or change anything but what is documented."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from httpx2 import InvalidURL

from bench.bad_inputs import Target, bodies, command, generated, hand_made
from bench.door import Answered, Door, Knock, a_door
from bench.mutants import planted
from bench.nasty_values import MARK, PRODUCT
from bench.page_forms import Form, crawled
from bench.promise import Harness, Promise, Run, Trials
from bench.small_world import ROADS
from db import settings
from db.engine import Connection
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
PAGES = 60
BROWSERS = ("an", "bao", "kien", "nam", "phuong", "sang", "tuan", "uy")
DOCUMENTED = {409: {"command"}}
"""What a refusal may leave behind, by status."""
AT_THE_DOOR = {"lockout", "sign_in"}
"""What a wrong password leaves behind."""


def harness(run: Run, trials: Trials) -> None:
    """The hand-made corpus, then generated inputs, on SQLite; a fifth of each on PostgreSQL."""
    with _door(run, "sqlite") as door:
        targets = _ready([Target(act, door) for act in ROADS], door)
        forms = list(_forms(door, scale=run.scale))
        made = list(hand_made(targets, forms))
        always = list(bodies(targets)) if run.scale >= 1 else []
    for kind in run.ground.kinds:
        share, chance = run.scale * SHARE[kind], run.random(kind)
        wanted = [*always, *chance.sample(made, max(1, round(HAND_MADE * share)))]
        trials.notes.append(f"{kind}: {len(wanted)} of {len(made)} hand-made, {len(forms)} forms")
        wanted += [partial(generated, targets, forms, chance)] * max(1, round(GENERATED * share))
        for start in range(0, len(wanted), ROUND):
            with _door(run, kind) as door:
                _ready(targets, door)
                for make in wanted[start : start + ROUND]:
                    _judged(trials, door, targets, make())


@contextmanager
def _door(run: Run, kind: str) -> Iterator[Door]:
    """Always the same city, so that a form of one round fits the next."""
    with (
        run.ground.fresh(kind) as database,
        a_door(database, run.ground.folder, seed=run.seed) as door,
    ):
        yield door


def _ready(targets: list[Target], door: Door) -> list[Target]:
    """Each with its dossier, the same in every round, so that the forms found in the first still lead somewhere."""
    for target in targets:
        target.door, target.ref = door, ""
        target.ready()
    return targets


def _forms(door: Door, *, scale: float) -> Iterator[Form]:
    for who in BROWSERS if scale >= 1 else BROWSERS[:3]:
        yield from crawled(door, who, pages=PAGES if scale >= 1 else PAGES // 4)


def _judged(trials: Trials, door: Door, targets: list[Target], knock: Knock) -> None:
    try:
        answer = door.knock(knock)
    except (UnicodeEncodeError, InvalidURL):
        return  # the client would not send it, so nobody received it
    for target in targets:
        if answer.status < 400 and target.ref and f"/{target.ref}/" in knock.path:
            target.ref = ""  # it moved on; the next one wants a fresh dossier
    wrong = _wrong(knock, answer)
    trials.held(not wrong, f"{wrong}: {knock!r:.400} -> {answer.status} {answer.text[:200]!r}")


def _wrong(knock: Knock, answer: Answered) -> str:
    if answer.status >= 500:
        return "the door failed"
    if answer.seconds > LONGEST:
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
    if answer.changed - allowed - shown:
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
            target = Target("judge", door)
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
        "a conflict that fails": _with_fault("_overtaken", _failing),
    },
)
