"""The promises put to trial: `python -m bench.prove [P1 …] [--scale 0.1] [--seed 7] [--json]`."""

import argparse
import json
import os
import secrets
import sys
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import get_context
from typing import Any

from bench import (
    p1_crash,
    p3_keys,
    p4_races,
    p5_year,
    p6_mail,
    p7_tampering,
    p8_replay,
    p13_jumps,
    p17_inputs,
)
from bench.ground import environment, postgresql_server, prepared
from bench.promise import Outcome, Promise, Run, tried

PROMISES: dict[str, Promise] = {
    module.PROMISE.name: module.PROMISE
    for module in (
        p1_crash,
        p3_keys,
        p4_races,
        p5_year,
        p6_mail,
        p7_tampering,
        p8_replay,
        p13_jumps,
        p17_inputs,
    )
}
LONGEST_FIRST = ("P8", "P5", "P6", "P13", "P4", "P17", "P1", "P7", "P3")
AT_ONCE = 3 * (os.cpu_count() or 1)
"""Harnesses that run beside each other, each in a process with databases of its own; most wait most of the time."""


def main(arguments: list[str]) -> int:
    """Run the promises asked for, print one line for each; 0 only when all were proven."""
    asked = _asked(arguments)
    wanted = each_once(asked.promises)
    sys.stderr.write(f"seed {asked.seed}, scale {asked.scale}: {' '.join(wanted)}\n")
    proven = True
    with postgresql_server() as server:
        env = environment(server)
        for outcome in _outcomes(wanted, asked.seed, asked.scale, server):
            proven &= outcome.proven
            sys.stdout.write(_json(outcome, env) if asked.json else _plain(outcome))
            sys.stdout.write("\n")
            sys.stdout.flush()
            sys.stderr.writelines(f"{outcome.promise}: {line}\n" for line in outcome.shown)
    return 0 if proven else 1


def each_once(names: list[str]) -> list[str]:
    """The promises named, all where none is; two of one name would play in the same databases."""
    return list(dict.fromkeys(names or PROMISES))


def _asked(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="run.py prove", description="Try to break the promises.")
    parser.add_argument("promises", nargs="*", metavar="P1", type=_promise, help=" ".join(PROMISES))
    parser.add_argument("--scale", type=_share, default=1.0, help="share of the full counts, 1 by itself")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000), help="repeats a run")
    parser.add_argument("--json", action="store_true", help="one JSON object for each promise")
    return parser.parse_args(arguments)


def _promise(text: str) -> str:
    if text not in PROMISES:
        raise argparse.ArgumentTypeError(f"{text} is not tried here, only {' '.join(PROMISES)}")
    return text


def _share(text: str) -> float:
    with suppress(ValueError):
        if 0 < (share := float(text)) <= 10:
            return share
    raise argparse.ArgumentTypeError("must be a number above 0, at most 10")


def _outcomes(wanted: list[str], seed: int, scale: float, server: str | None) -> Iterator[Outcome]:
    """The outcomes as they come in."""
    order = sorted(wanted, key=LONGEST_FIRST.index)
    with ProcessPoolExecutor(AT_ONCE, mp_context=get_context("spawn")) as processes:
        running = [processes.submit(prove, name, seed, scale, server) for name in order]
        for done in as_completed(running):
            yield done.result()


def prove(name: str, seed: int, scale: float, server: str | None) -> Outcome:
    """Put one promise to trial on a ground of its own."""
    try:
        with prepared(server, f"prove_{name.lower()}") as ground:
            return tried(PROMISES[name], Run(seed, scale, ground))
    except Exception:  # noqa: BLE001 - a harness that breaks has proven nothing; the others still may
        return Outcome(name, 0, 1, False, seed, 0, (traceback.format_exc(),), ())


def _json(outcome: Outcome, env: dict[str, Any]) -> str:
    told = asdict(outcome)
    kept = ("promise", "trials", "failures", "control_caught", "seed", "seconds")
    return json.dumps({**{name: told[name] for name in kept}, "env": env}, ensure_ascii=False)


def _plain(outcome: Outcome) -> str:
    verdict = "holds" if outcome.proven else "BROKEN"
    control = "control caught" if outcome.control_caught else "CONTROL MISSED"
    counted = f"{outcome.trials} trials, {outcome.failures} failures, {control}"
    notes = "".join(f"\n     {note}" for note in outcome.notes)
    words = PROMISES[outcome.promise].words
    return f"{outcome.promise:<4} {verdict}: {words}\n     {counted}, {outcome.seconds} s{notes}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
