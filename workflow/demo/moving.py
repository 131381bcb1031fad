"""The demo's clock is moved forward, its days played one after the other."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from db import timers
from states.periods import Period
from workflow.clock.guard import move_on
from workflow.clock.occurring import next_day
from workflow.clock.sweep import Swept, sweep
from workflow.engine import ZONE, Engine

MORNING = time(7, 30)


def next_deadline(engine: Engine) -> datetime | None:
    """The morning of the next day on which something is due; ``None`` when nothing is."""
    with engine.database.reading() as conn:
        days = [timers.next_day(conn, engine.today()), next_day(engine, engine.today())]
    day = min((one for one in days if one), default=None)
    return morning_of(day) if day else None


def jump(engine: Engine, to: datetime) -> Swept:
    """Set the business clock to a moment at once, as if nothing had run until then; fire what is due.

    Moved back, it stands still until it has caught up.
    """
    engine.set_clock(to)
    move_on(engine, engine.now())
    return sweep(engine)


def played(engine: Engine, to: datetime) -> Iterator[Swept]:
    """Move the clock forward to a moment day by day, each day's work done on its day; never moves it back.

    Broken off on the way, the rest is done by the next move from where the clock then stands.
    """
    yield jump(engine, engine.now())
    for morning in _mornings(engine, to):
        yield jump(engine, morning)
    if to > engine.now():
        yield jump(engine, to)


def _mornings(engine: Engine, to: datetime) -> Iterator[datetime]:
    """The mornings before ``to`` on which something is due; firing may arm more on the way."""
    while (morning := next_deadline(engine)) and morning < to:
        yield morning


def days_on(engine: Engine, days: int) -> datetime:
    """The morning so many days after the business day."""
    return morning_of(engine.today() + timedelta(days=days))


def next_quarter(engine: Engine) -> datetime:
    """The morning of the next quarter's first day."""
    return morning_of(Period.containing("quarter", engine.today()).next().first_day)


def year_end(engine: Engine) -> datetime:
    """The morning of the next 31 December."""
    today = engine.today()
    end = today.replace(month=12, day=31)
    return morning_of(end if today < end else end.replace(year=end.year + 1))


def morning_of(day: date) -> datetime:
    """The moment on a day to which the clock is moved."""
    return datetime.combine(day, MORNING, ZONE)
