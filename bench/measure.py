"""Our time beside the least the same work can take, measured in turns."""

import json
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One measured case; ``floor`` and ``ratio`` stay ``None`` where there is nothing to compare with.

    ``rss_mb`` is the largest memory the measured process ever held, ``env`` what the figures depend on.
    """

    bench: str
    case: str
    database: str
    ours: float
    floor: float | None
    unit: str
    ratio: float | None
    runs: int
    rss_mb: float
    env: Mapping[str, Any]

    def json(self) -> str:
        """One object on one line."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def text(self) -> str:
        """The same for people."""
        beside = f"floor {self.floor:>9.3f}  ratio {self.ratio:6.2f}" if self.ratio is not None else ""
        what = f"{self.bench:8} {self.case:34} {self.database:11}"
        return f"{what} {self.ours:>11.3f} {self.unit:12} {beside:31} n={self.runs} {self.rss_mb:.0f} MB"


@dataclass(slots=True)
class Pairs:
    """Times in milliseconds, ours and the floor's, taken in turns."""

    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)

    def add(self, ours: float, floor: float) -> None:
        """One more of each."""
        self.ours.append(ours)
        self.floor.append(floor)

    def line(self, bench: str, case: str, database: str, env: Mapping[str, Any]) -> Line:
        """The two medians with their ratio."""
        ours, floor = statistics.median(self.ours), statistics.median(self.floor)
        return line(bench, case, database, ours, floor, unit="ms", runs=len(self.ours), env=env)

    def p95_line(self, bench: str, case: str, database: str, env: Mapping[str, Any]) -> Line:
        """What 95 of 100 runs stayed below."""
        ours, floor = p95(self.ours), p95(self.floor)
        return line(bench, f"{case}, p95", database, ours, floor, unit="ms", runs=len(self.ours), env=env)


def line(
    bench: str,
    case: str,
    database: str,
    ours: float,
    floor: float | None,
    *,
    unit: str,
    runs: int,
    env: Mapping[str, Any],
    rss_mb: float | None = None,
) -> Line:
    """A case with its ratio, the machine's load and this process's memory unless another's is given."""
    return Line(
        bench=bench,
        case=case,
        database=database,
        ours=round(ours, 3),
        floor=None if floor is None else round(floor, 3),
        unit=unit,
        ratio=round(ours / floor, 2) if floor else None,
        runs=runs,
        rss_mb=round(peak_mb(resource.getrusage(resource.RUSAGE_SELF)) if rss_mb is None else rss_mb, 1),
        env={**env, "load": round(os.getloadavg()[0], 2)},
    )


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """How many milliseconds an action took, how many of them this process was busy."""
    busy, began = time.process_time_ns(), time.perf_counter_ns()
    action()
    ended, idle = time.perf_counter_ns(), time.process_time_ns()
    return (ended - began) / 1e6, (idle - busy) / 1e6


def alternating(ours: Callable[[int], object], floor: Callable[[int], object], runs: int) -> Pairs:
    """Both in turns, told the number of the run, each going first every other time; the first run does not count."""
    ours(0), floor(0)
    pairs = Pairs()
    for run in range(1, runs + 1):
        turns = [(ours, pairs.ours), (floor, pairs.floor)]
        for action, times in turns if run % 2 else reversed(turns):
            times.append(timed(partial(action, run))[0])
    return pairs


def p95(times: list[float]) -> float:
    """The time that 95 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.95))]


def peak_mb(used: resource.struct_rusage) -> float:
    """The largest resident memory of a process, in megabytes; Linux counts it in kilobytes, macOS in bytes."""
    return used.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
