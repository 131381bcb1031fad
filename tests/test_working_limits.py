"""How long each station may keep a dossier, in working days."""

from datetime import date

import pytest
from builders import World, a_dossier, completion_asked, recorded

from workflow.problems import Invalid

# Monday 13 May 2024; a plain fortnight follows.
DUE = {
    "drafting": None,
    "education_review": date(2024, 5, 27),
    "home_affairs_review": date(2024, 5, 27),
    "awaiting_completion": date(2024, 5, 24),
    "awaiting_council": None,
    "council_vote": date(2024, 5, 20),
    "awaiting_decision": date(2024, 5, 20),
    "awaiting_submission": date(2024, 5, 27),
    "submitted_to_province": None,
    "awarded": None,
    "declined": None,
    "withdrawn": None,
}
SIMPLIFIED = {
    "home_affairs_review": date(2024, 5, 16),
    "awaiting_decision": date(2024, 5, 15),
    "awaiting_submission": date(2024, 5, 16),
}
HOLDER = {
    "drafting": ("unit_head", "P1"),  # everything is there, the head submits
    "education_review": ("education_officer", "PGD"),
    "home_affairs_review": ("home_affairs_officer", "PNV"),
    "awaiting_completion": ("unit_clerk", "P1"),
    "awaiting_council": ("council_secretary", "HD"),
    "council_vote": ("council_secretary", "HD"),
    "awaiting_decision": ("chairman", "LK"),
    "awaiting_submission": ("chairman", "LK"),
    "submitted_to_province": ("home_affairs_officer", "PNV"),
}


@pytest.mark.parametrize("station", DUE)
def test_each_station_has_its_limit_and_its_holder(sqlite_world: World, station: str) -> None:
    ref = a_dossier(sqlite_world, station)
    record = sqlite_world.record(ref)
    assert record.due_on == DUE[station]
    assert (record.holder_role, record.holder_unit) == HOLDER.get(station, (None, None))
    assert record.final == (station not in HOLDER)


@pytest.mark.parametrize("station", SIMPLIFIED)
def test_the_simplified_procedure_is_quicker(sqlite_world: World, station: str) -> None:
    award = "BK_TINH" if station == "awaiting_submission" else "GK_HUYEN"
    ref = a_dossier(sqlite_world, station, kind="DOT_XUAT", awards=(award,))
    assert sqlite_world.record(ref).due_on == SIMPLIFIED[station]


def test_a_limit_over_holidays_skips_them(sqlite_world: World) -> None:
    """From Monday 22 April 2024: 29 and 30 April, 1 May off, Saturday 4 May worked for the 29th."""
    sqlite_world.on(date(2024, 4, 22))
    ref = a_dossier(sqlite_world, "home_affairs_review")
    assert sqlite_world.record(ref).due_on == date(2024, 5, 8)


def test_one_timer_is_armed_for_each_stay_with_a_limit(world: World) -> None:
    ref = a_dossier(world, "council_vote")
    with world.engine.database.reading() as conn:
        rows = conn.exec_driver_sql("SELECT status, count(*) FROM timer GROUP BY status ORDER BY status")
        assert [tuple(row) for row in rows] == [("armed", 1), ("cancelled", 3)]
    recorded(world, ref)
    world.do("chau", "confirm_result", ref)
    with world.engine.database.reading() as conn:
        due = conn.exec_driver_sql("SELECT due_on FROM timer WHERE status = 'armed'").scalars().all()
    assert [str(day) for day in due] == ["2024-05-15"]  # the first reminder before 20 May


@pytest.mark.parametrize(
    ("station", "who"),
    [
        ("education_review", "dung"),
        ("home_affairs_review", "son"),
        ("awaiting_completion", "son"),
        ("awaiting_council", "chau"),
        ("council_vote", "chau"),
        ("awaiting_decision", "hung"),
        ("awaiting_submission", "hung"),
        ("submitted_to_province", "son"),
    ],
)
def test_an_extension_ends_later_and_on_a_working_day(sqlite_world: World, station: str, who: str) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, station)
    world.do(who, "extend", ref, reason="Cần thêm thời gian", due="2024-08-31")
    case = world.case(ref)
    assert (case.due or case.remind) == date(2024, 9, 4)  # a Saturday, then the National Day holidays
    assert (case.due is None) == (DUE[station] is None)


def test_an_extension_is_neither_earlier_than_the_limit_nor_past(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    for due in ("2024-05-20", "2024-05-27"):
        with pytest.raises(Invalid):
            world.do("son", "extend", ref, reason="Sớm hơn", due=due)
    assert world.refused("son", "extend", ref, reason="Đã qua", due="2024-05-10") == ["past_date"]
    world.on(date(2024, 6, 10))
    assert world.refused("son", "extend", ref, reason="Đã qua", due="2024-06-07") == ["past_date"]
    world.do("son", "extend", ref, reason="Quá hạn rồi", due="2024-06-10")
    assert world.record(ref).due_on == date(2024, 6, 10)


def test_where_nothing_is_due_an_extension_moves_the_reminder_and_only_later(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_council")
    assert world.case(ref).remind == date(2024, 5, 27)
    with pytest.raises(Invalid):
        world.do("chau", "extend", ref, reason="Sớm hơn", due="2024-05-27")
    world.do("chau", "extend", ref, reason="Phiên sau", due="2024-05-28")
    assert (world.case(ref).due, world.case(ref).remind) == (None, date(2024, 5, 28))


def test_the_offices_clock_stops_while_the_unit_completes(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.on(date(2024, 5, 15))  # eight working days are left
    completion_asked(world, ref)
    world.on(date(2024, 5, 23))
    world.do("minh", "resubmit", ref)
    assert world.record(ref).due_on == date(2024, 6, 4)


def test_an_office_that_asked_when_overdue_is_overdue_by_as_much_again(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    world.on(date(2024, 5, 30))  # three working days over
    completion_asked(world, ref, due="2024-06-07")
    world.on(date(2024, 6, 6))
    world.do("minh", "resubmit", ref)
    assert world.record(ref).due_on == date(2024, 6, 3)
