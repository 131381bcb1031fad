"""The demo's clock is moved forward, its days played one after the other."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from db import timers
from workflow.clock import Swept, sweep
from workflow.clock_guard import move_on
from workflow.engine import ZONE, Engine
from workflow.fired import Fired
from workflow.occurring import next_day

MORNING = time(7, 30)


def next_deadline(engine: Engine) -> datetime | None:
    """The morning of the next day on which something is due; ``None`` when nothing is."""
    with engine.database.reading() as conn:
        days = [timers.next_day(conn, engine.today()), next_day(engine, engine.today())]
    day = min((one for one in days if one), default=None)
    return datetime.combine(day, MORNING, ZONE) if day else None


def jump(engine: Engine, to: datetime) -> Swept:
    """Set the business clock to a moment at once, as if nothing had run until then; fire what is due.

    Moved back, it stands still until it has caught up.
    """
    engine.set_clock(to)
    move_on(engine, engine.now())
    return sweep(engine)


def play(engine: Engine, to: datetime) -> tuple[Fired, ...]:
    """Move the clock forward to a moment, firing each day's deadlines on their day; never moves it back."""
    fired = list(jump(engine, engine.now()).fired)
    for morning in _mornings(engine, to):
        fired += jump(engine, morning).fired
    if to > engine.now():
        fired += jump(engine, to).fired
    return tuple(fired)


def _mornings(engine: Engine, to: datetime) -> Iterator[datetime]:
    """The mornings before ``to`` on which something is due; firing may arm more on the way."""
    while (morning := next_deadline(engine)) and morning < to:
        yield morning


def days_on(engine: Engine, days: int) -> datetime:
    """The morning so many days after the business day."""
    day: date = engine.today() + timedelta(days=days)
    return datetime.combine(day, MORNING, ZONE)
