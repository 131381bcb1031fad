"""A promise under trial: what was tried, what failed, whether a planted fault was seen."""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.ground import Ground

SHOWN = 5
"""Failures kept word for word; the rest are only counted."""


@dataclass(slots=True)
class Trials:
    """The trials of one promise as they happen."""

    count: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def held(self, ok: bool, what: str) -> bool:
        """Count one trial; ``what`` is kept where it did not hold."""
        self.count += 1
        if not ok:
            self.failed += 1
            if len(self.failures) < SHOWN:
                self.failures.append(what)
        return ok


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a harness: the same seed, scale, ground give the same trials."""

    seed: int
    scale: float
    ground: Ground

    def times(self, full: int) -> int:
        """A full count at this run's scale, at least one."""
        return max(1, round(full * self.scale))

    def random(self, *names: object) -> random.Random:
        """A stream of chance of its own for each name."""
        return random.Random(f"{self.seed}/{'/'.join(map(str, names))}")


Harness = Callable[[Run, Trials], None]


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with its harness; each mutant is the harness over a planted fault it must report as failures."""

    name: str
    words: str
    harness: Harness
    mutants: Mapping[str, Harness]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run came to."""

    promise: str
    trials: int
    failures: int
    control_caught: bool
    seed: int
    seconds: float
    shown: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def proven(self) -> bool:
        """Whether no trial failed while every planted fault was seen."""
        return self.failures == 0 and self.control_caught and self.trials > 0


def tried(promise: Promise, run: Run) -> Outcome:
    """Run the harness, then the mutants that it must not let pass."""
    began = time.monotonic()
    trials = Trials()
    promise.harness(run, trials)
    missed = [name for name, mutant in promise.mutants.items() if not _caught(mutant, run)]
    return Outcome(
        promise=promise.name,
        trials=trials.count,
        failures=trials.failed,
        control_caught=not missed,
        seed=run.seed,
        seconds=round(time.monotonic() - began, 1),
        shown=(*trials.failures, *(f"control not caught: {name}" for name in missed)),
        notes=tuple(trials.notes),
    )


def _caught(mutant: Harness, run: Run) -> bool:
    trials = Trials()
    mutant(run, trials)
    return trials.failed > 0
