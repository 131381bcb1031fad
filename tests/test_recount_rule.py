"""Where a running limit ends once the calendar was corrected: the rule alone."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, strategies as st

from states.calendar.calendar_case import CalendarDay, Corrections
from states.calendar.recount import Happened, Running, recounted, running
from states.calendar.working_days import vietnam
from states.deadlines import add_working_days, remaining
from states.definition import Limit
from states.history import instant

START = date(2024, 5, 2)
DAYS = st.integers(0, 60).map(lambda n: START + timedelta(days=n))


def at(day: date, hour: int = 9) -> str:
    """An instant of a day."""
    return instant(datetime(day.year, day.month, day.day, hour, tzinfo=UTC))


def corrected(*days: tuple[date, bool], applied: str, revoked: str = "") -> Corrections:
    """Corrections that were all applied, perhaps revoked, at one instant."""
    found = [
        CalendarDay(
            "PNV",
            "LK",
            "calendar_day",
            "full",
            "2024",
            ref=f"LV-{n}",
            day=day,
            working=working,
            applied_at=applied,
            revoked_at=revoked,
            note={"vi": "Nghỉ", "en": "Off"},
        )
        for n, (day, working) in enumerate(days)
    ]
    return Corrections(vietnam(), tuple(found))


CORRECTED = st.lists(st.tuples(DAYS, st.booleans()), max_size=5)


@given(begun=DAYS, days=st.integers(1, 30), changed=CORRECTED)
def test_so_many_working_days_stay_so_many_working_days(
    begun: date, days: int, changed: list[tuple[date, bool]]
) -> None:
    corrections = corrected(*changed, applied=at(START + timedelta(days=70)))
    due = add_working_days(begun, days, corrections.shipped)
    limit = Running(at=at(begun), since=begun, due=due, counted=True)
    after = recounted(limit, due, corrections)
    assert remaining(begun, after, corrections.now) == days
    assert corrections.now.is_working(after)


@given(begun=DAYS, days=st.integers(1, 30), changed=CORRECTED, counted=st.booleans())
def test_recounting_again_moves_nothing(
    begun: date, days: int, changed: list[tuple[date, bool]], counted: bool
) -> None:
    corrections = corrected(*changed, applied=at(START + timedelta(days=70)))
    due = add_working_days(begun, days, corrections.shipped)
    limit = Running(at=at(begun), since=begun, due=due, counted=counted)
    once = recounted(limit, due, corrections)
    assert recounted(limit, once, corrections) == once


@given(begun=DAYS, days=st.integers(1, 30), changed=CORRECTED, counted=st.booleans())
def test_what_was_revoked_is_as_if_it_had_never_been(
    begun: date, days: int, changed: list[tuple[date, bool]], counted: bool
) -> None:
    late, later = (at(START + timedelta(days=n)) for n in (70, 71))
    due = add_working_days(begun, days, vietnam())
    limit = Running(at=at(begun), since=begun, due=due, counted=counted)
    moved = recounted(limit, due, corrected(*changed, applied=late))
    assert recounted(limit, moved, corrected(*changed, applied=late, revoked=later)) == due


@given(begun=DAYS, days=st.integers(1, 30), changed=CORRECTED)
def test_a_limit_counted_after_the_correction_is_not_counted_again(
    begun: date, days: int, changed: list[tuple[date, bool]]
) -> None:
    corrections = corrected(*changed, applied=at(START - timedelta(days=1)))
    due = add_working_days(begun, days, corrections.now)
    limit = Running(at=at(begun), since=begun, due=due, counted=True)
    assert recounted(limit, due, corrections) == due


def test_a_named_last_day_that_was_off_all_along_stays_as_it_was_named() -> None:
    sunday = date(2024, 6, 30)
    limit = Running(at=at(START), since=START, due=sunday, counted=False)
    assert recounted(limit, sunday, corrected((sunday, False), applied=at(date(2024, 6, 3)))) == sunday


def test_a_named_last_day_does_not_come_earlier_when_another_day_becomes_worked() -> None:
    monday, saturday = date(2024, 6, 17), date(2024, 6, 15)
    limit = Running(at=at(START), since=START, due=monday, counted=False)
    assert recounted(limit, monday, corrected((saturday, True), applied=at(date(2024, 6, 3)))) == monday


def entry(seq: int, act: str, day: date, due: date | None = None) -> Happened:
    """An entry that may set a limit."""
    effects = {"due": due.isoformat()} if due else {}
    return Happened(seq=seq, act=act, at=at(day), day=day, effects=effects)


def test_the_limit_counts_from_the_act_that_set_it_last_but_never_from_a_recount() -> None:
    limit, by_days = Limit(from_case="deadline"), Limit(working_days={"full": 10, "simplified": 5})
    submitted, recount = date(2024, 5, 6), date(2024, 5, 8)
    entries = [
        entry(1, "submit", submitted, date(2024, 5, 20)),
        entry(2, "recount", recount, date(2024, 5, 21)),
        entry(3, "judge", recount),
    ]
    found = running(entries, 1, by_days)
    assert found == Running(at=at(submitted), since=submitted, due=date(2024, 5, 20), counted=True)
    extended = [*entries, entry(4, "extend", date(2024, 5, 9), date(2024, 6, 3))]
    named = running(extended, 1, by_days)
    assert named == Running(
        at=at(date(2024, 5, 9)), since=date(2024, 5, 9), due=date(2024, 6, 3), counted=False
    )
    held = [*extended, entry(5, "release", date(2024, 5, 14), date(2024, 6, 5))]
    assert (again := running(held, 1, limit)) is not None
    assert (again.since, again.due, again.counted) == (date(2024, 5, 14), date(2024, 6, 5), True)
    assert running([], 1, limit) is None
