"""Whether the clock may be believed before anything is fired on its word."""

from datetime import datetime, timedelta
from typing import Final, Literal

Verdict = Literal["runs", "stands", "held"]
"""``runs``: fire; ``stands``: the clock went back, wait until it has caught up; ``held``: a person must look."""

LONGEST_REST: Final = timedelta(days=60)
"""How long an installation may have been switched off before its clock is doubted."""
DRIFT: Final = 1.05
SLACK: Final = timedelta(minutes=2)


def believed(mark: datetime | None, now: datetime, elapsed: timedelta | None) -> Verdict:
    """Judge ``now`` by ``mark``, the latest moment believed before.

    ``elapsed`` is the time that passed since by a clock nobody can set; ``None`` where this program was not
    running then. Running, the clock may not gain more than a twentieth and two minutes; switched off, sixty
    days: a server may stand still over Tết and longer.
    """
    if mark is None:
        return "runs"
    if now < mark:
        return "stands"
    longest = LONGEST_REST if elapsed is None else elapsed * DRIFT + SLACK
    return "runs" if now - mark <= longest else "held"
