"""So many requests a minute, no more."""

import math
import time
from collections.abc import Callable

from workflow.problems import Problem

MOST_KEYS = 10_000


class TooMany(Problem):
    """Asked too often; try again after ``wait`` seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"again in {wait} s")
        self.wait = wait


class Buckets:
    """One bucket of tokens per key: a full minute's worth at once, then refilled evenly."""

    def __init__(self, per_minute: int, ticks: Callable[[], float] = time.monotonic) -> None:
        """``ticks`` counts seconds."""
        self._full = float(per_minute)
        self._rate = per_minute / 60
        self._ticks = ticks
        self._left: dict[str, tuple[float, float]] = {}

    def take(self, key: str) -> None:
        """Take one token. Raises TooMany when there is none."""
        now = self._ticks()
        left, at = self._left.get(key, (self._full, now))
        left = min(self._full, left + (now - at) * self._rate)
        if left < 1:
            raise TooMany(math.ceil((1 - left) / self._rate))
        if len(self._left) >= MOST_KEYS:
            self._forget_the_full(now)
        self._left[key] = (left - 1, now)

    def _forget_the_full(self, now: float) -> None:
        self._left = {
            key: (left, at)
            for key, (left, at) in self._left.items()
            if left + (now - at) * self._rate < self._full
        }
