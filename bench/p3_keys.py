"""P3: one key is one command, however often and however fast it is sent."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import sqlalchemy as sa

from bench.mutants import keys_forgotten
from bench.promise import Promise, Run, Trials
from bench.small_world import World, a_world, new_dossier
from bench.under_load import Clients, a_city, served
from states.decide import Actor
from workflow.command import Command, checked
from workflow.engine import Engine
from workflow.problems import ChangedMeanwhile, KeyReused, Problem, Refused
from workflow.step import perform

KEYS = 200
AT_ONCE = 20
ACTS = ("create", "amend", "submit", "withdraw", "refused", "conflict")


def harness(run: Run, trials: Trials) -> None:
    """Twenty threads send one command under one key, then another command under the same key."""
    for kind in run.ground.kinds:
        with run.ground.fresh(kind) as database, ThreadPoolExecutor(AT_ONCE) as threads:
            world = a_world(database, run.ground.folder, seed=f"{run.seed}/{kind}")
            for number in range(run.times(KEYS)):
                _one_key(world, trials, threads, f"{kind}-{number}", ACTS[number % len(ACTS)])
    trials.notes.append(f"{AT_ONCE} threads each")
    _over_http(run, trials)


def _over_http(run: Run, trials: Trials) -> None:
    """The same at the door of a real server."""
    keys = [f"http-{number}" for number in range(run.times(KEYS // 4))]
    with run.ground.fresh("sqlite") as database:
        city = a_city(database, run.ground.folder, run.seed)
        before = _entries(city.engine)
        with served(city) as (_, address), ThreadPoolExecutor(AT_ONCE) as threads:
            clients = Clients(address, city.token)
            for key in keys:
                answers = list(threads.map(clients.send, [key] * AT_ONCE))
                same = isinstance(answers[0], dict) and all(answer == answers[0] for answer in answers)
                trials.held(same, f"{key}: {answers}")
        added = _entries(city.engine) - before
        trials.held(added == len(keys), f"{added} entries of {len(keys)} keys")


def _one_key(world: World, trials: Trials, threads: ThreadPoolExecutor, key: str, act: str) -> None:
    command, actor = _sent(world, key, act)
    entries = _entries(world.engine)
    start = Barrier(AT_ONCE)

    def send(_: int) -> object:
        start.wait()
        return _answer(world, command, actor)

    answers = list(threads.map(send, range(AT_ONCE)))
    added = _entries(world.engine) - entries
    expected = 0 if act in ("refused", "conflict") else 1
    one = all(answer == answers[0] for answer in answers)
    trials.held(one and added == expected, f"{key} {act}: {added} entries, answers {set(map(str, answers))}")
    other = replace(command, version=(command.version or 0) + 1)
    told = _answer(world, other, actor)
    trials.held(isinstance(told, KeyReused), f"{key} {act}: another body under the key was answered {told}")


def _sent(world: World, key: str, act: str) -> tuple[Command, Actor]:
    if act == "create":
        return checked("create", key=key, **new_dossier("PH", "CSTDCS")), world.people["an"]
    ref = world.ready_for("submit")
    version = world.record(ref).version - (act == "conflict")
    name, who = {
        "amend": ("amend", "an"),
        "submit": ("submit", "bao"),
        "withdraw": ("withdraw", "bao"),
        "refused": ("submit", "an"),
        "conflict": ("submit", "bao"),
    }[act]
    args = {"title": f"Sửa {key}"} if act == "amend" else {}
    return checked(name, key=key, ref=ref, version=version, args=args), world.people[who]


def _answer(world: World, command: Command, actor: Actor) -> object:
    """What came back, in a form two answers can be compared in; an unforeseen error is its own answer."""
    try:
        return perform(world.engine, command, actor)
    except Refused as refusal:
        return refusal.reasons
    except ChangedMeanwhile as conflict:
        return conflict.args
    except Problem as problem:
        return problem


def _entries(engine: Engine) -> int:
    with engine.database.reading() as conn:
        return int(conn.execute(sa.text("SELECT count(*) FROM history")).scalar_one())


def _without_keys(run: Run, trials: Trials) -> None:
    """The mutant: keys are stored but never found taken."""
    with keys_forgotten():
        harness(replace(run, scale=2 / KEYS), trials)


PROMISE = Promise("P3", "one key is one command", harness, {"no key is ever taken": _without_keys})
