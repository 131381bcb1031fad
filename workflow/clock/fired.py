"""One act of the clock, as a pass tells of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Fired:
    """One act of the clock: on which case, which rung, due on which day; ``tells`` is empty where it moved it.

    ``left`` is the working days left to the limit it tells of, below 0 where it has passed; ``None``: no limit.
    """

    ref: str
    act: str
    step: int
    day: date
    tells: str
    station: str
    left: int | None = 0
