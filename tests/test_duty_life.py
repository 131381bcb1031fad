"""A report from the day it falls due to the day it is accepted; an item of the plan until it is done."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import World, a_world
from builders_plan import a_year
from builders_year import FIGURES, duty, filled_in, item, owed, planned, sent

from db import cases
from db.engine import Database
from states.decide import CLOCK
from workflow.auditing import verification
from workflow.clock.sweep import sweep
from workflow.problems import Invalid, NotFound


def wrong(world: World, who: str, ref: str, **args: Any) -> list[tuple[str, str]]:
    """Where a form is refused, with the kind of mistake."""
    with pytest.raises(Invalid) as refusal:
        world.do(who, "save", ref, **args)
    return [(one.field, one.type) for one in refusal.value.fields]


def test_a_wards_report_is_filled_in_sent_to_home_affairs_accepted(world: World) -> None:
    ref = owed(world)
    assert ref == "BC-2024-0001"
    assert duty(world, ref).due == date(2024, 5, 31)
    world.do("lan", "save", ref, figures=FIGURES, text={"results": "Ba phong trào"})
    assert duty(world, ref).holder.role == "unit_head"  # type: ignore[union-attr]  # a draft has a holder
    assert world.do("minh", "send", ref).station == "home_affairs_check"
    assert world.do("ngoc", "accept", ref).station == "accepted"
    done = duty(world, ref)
    assert (done.figures, done.sent_on, done.late, done.due) == (FIGURES, date(2024, 5, 13), 0, None)
    assert verification.verify(world.engine).first_bad is None


def test_a_schools_report_goes_through_the_education_offices_check_in_its_pack(world: World) -> None:
    ref = owed(world, "T1")
    sent(world, ref)
    assert duty(world, ref).station == "education_check"
    assert duty(world, ref).due == date(2024, 5, 15)
    world.do("khoa", "check", ref)
    assert duty(world, ref).due == date(2024, 6, 7), "a pack is due on the city's own last day"
    assert world.do("dung", "pass_on", ref, pack="01/GDĐT").station == "home_affairs_check"
    assert duty(world, ref).pack == "01/GDĐT"
    assert world.do("ngoc", "accept", ref).station == "accepted"


@pytest.mark.parametrize("by", ["khoa", "ngoc"])
def test_what_an_office_returned_goes_back_to_that_office(sqlite_world: World, by: str) -> None:
    world, ref = sqlite_world, owed(sqlite_world, "T1")
    sent(world, ref)
    if by == "ngoc":
        world.do("khoa", "check", ref)
        world.do("dung", "pass_on", ref, pack="01/GDĐT")
    at = duty(world, ref).station
    world.do(by, "send_back", ref, reason="Thiếu phong trào quý II")
    assert duty(world, ref).returned_by == ("education" if by == "khoa" else "home_affairs")
    assert world.refused("hieu", "send", ref) == ["not_corrected"]
    world.do("thu", "save", ref, figures={**FIGURES, "movements": 4})
    assert world.do("hieu", "send", ref).station == at


def test_the_first_sending_decides_whether_a_report_was_late(world: World) -> None:
    in_time, late = owed(world), owed(world, "P2")
    sent(world.on(date(2024, 5, 31)), in_time)
    sent(world.on(date(2024, 6, 4)), late)
    assert (duty(world, in_time).late, duty(world, late).late) == (0, 2)
    for ref, clerk, head in ((in_time, "lan", "minh"), (late, "tam", "binh")):
        world.on(date(2024, 6, 10))
        world.do("ngoc", "send_back", ref, reason="Số liệu chưa khớp")
        world.do(clerk, "save", ref, figures={**FIGURES, "members": 121})
        world.on(date(2024, 6, 20)).do(head, "send", ref)
    assert (duty(world, in_time).late, duty(world, late).late) == (0, 2)
    assert duty(world, in_time).sent_on == date(2024, 5, 31)


def test_a_unit_that_is_excused_owes_nothing_more(sqlite_world: World) -> None:
    ref = owed(sqlite_world)
    done = sqlite_world.do("son", "excuse", ref, reason="Đơn vị mới thành lập")
    assert (done.station, duty(sqlite_world, ref).due) == ("excused", None)
    assert sqlite_world.refused("lan", "save", ref, figures=FIGURES) == ["wrong_station"]


def test_an_extension_moves_the_units_last_day_and_the_citys_where_it_would_come_first(
    sqlite_world: World,
) -> None:
    world = sqlite_world
    little, much = owed(world), owed(world, "P2")
    world.do("son", "extend", little, due="2024-06-05", reason="Kế hoạch đến muộn")
    world.do("son", "extend", much, due="2024-06-15", reason="Kế hoạch đến muộn")
    days = [(duty(world, ref).due, duty(world, ref).deadline) for ref in (little, much)]
    assert days == [(date(2024, 6, 5),) * 2, (date(2024, 6, 17),) * 2], "a Saturday ends on Monday"
    assert [duty(world, ref).city_deadline for ref in (little, much)] == [date(2024, 6, 7), date(2024, 6, 17)]
    sent(world.on(date(2024, 6, 5)), little)
    assert duty(world, little).late == 0


def test_an_extension_at_an_office_leaves_the_units_last_day_alone(sqlite_world: World) -> None:
    world, ref = sqlite_world, owed(sqlite_world)
    sent(world, ref)
    world.do("son", "extend", ref, due="2024-06-28", reason="Nhiều báo cáo cùng lúc")
    assert (duty(world, ref).due, duty(world, ref).deadline) == (date(2024, 6, 28), date(2024, 5, 31))


def test_a_report_with_figures_missing_is_not_sent_and_says_which(sqlite_world: World) -> None:
    world, ref = sqlite_world, owed(sqlite_world)
    world.do("lan", "save", ref, figures={k: v for k, v in FIGURES.items() if k != "role_models"})
    (reason,) = world.reasons("minh", "send", ref)
    assert (reason["code"], reason["facts"]["fields"]) == ("report_incomplete", ["role_models"])
    world.do("lan", "save", ref, figures=FIGURES)
    assert world.do("minh", "send", ref).station == "home_affairs_check", "0 is a figure"


@pytest.mark.parametrize(
    ("args", "field", "kind"),
    [
        ({"figures": {"aeroplanes": 1}}, "figures.aeroplanes", "not_in_list"),
        ({"figures": {"members": "many"}}, "figures.members", "int_type"),
        ({"figures": {"members": -1}}, "figures.members", "greater_than_equal"),
        ({"figures": {"members": 1.5}}, "figures.members", "int_type"),
        ({"figures": [3]}, "figures", "dict_type"),
        ({"text": {"poem": "Trăng"}}, "text.poem", "not_in_list"),
        ({"colour": "red"}, "colour", "extra_forbidden"),
    ],
)
def test_what_a_form_cannot_take_is_named(
    sqlite_world: World, args: dict[str, Any], field: str, kind: str
) -> None:
    ref = owed(sqlite_world)
    assert wrong(sqlite_world, "lan", ref, **args) == [(field, kind)]
    assert duty(sqlite_world, ref).station == "due"


def test_saving_the_words_alone_keeps_the_figures(sqlite_world: World) -> None:
    world, ref = sqlite_world, owed(sqlite_world)
    filled_in(world, ref)
    world.do("lan", "save", ref, text={"next": "Nhân rộng điển hình"})
    kept = duty(world, ref)
    assert (kept.figures, kept.text_seq) == (FIGURES, 3)
    assert "Nhân rộng" not in world.record(ref).facts, "words live in the payload, not in the facts"


def test_another_units_report_is_not_there(sqlite_world: World) -> None:
    ref = owed(sqlite_world)
    for stranger in ("tam", "binh", "khoa", "hung"):
        with pytest.raises(NotFound):
            sqlite_world.do(stranger, "save", ref, figures=FIGURES)


def test_what_was_sent_is_not_sent_twice(world: World) -> None:
    ref = owed(world)
    sent(world, ref)
    assert world.refused("minh", "send", ref) == ["wrong_station"]


def test_only_the_clock_lets_a_duty_fall_due(sqlite_world: World) -> None:
    asked = {
        "unit": "P1",
        "duty": "REP-Y",
        "period": "2024",
        "title": "Báo cáo năm",
        "office": "home_affairs",
    }
    days = {"deadline": "2024-12-02", "city_deadline": "2024-12-02"}
    for who in ("lan", "son", "hung"):
        assert sqlite_world.refused(who, "owe", definition="report", **asked, **days) == ["wrong_role"]


def test_a_registration_goes_the_way_of_a_report_under_its_own_reference(sqlite_world: World) -> None:
    world = sqlite_world
    ref = owed(world, definition="registration", duty="REG-EARLY")
    assert (ref, world.record(ref).definition) == ("DK-2024-0001", "registration@A.1")
    titles = {"LDTT": 30, "CSTDCS": 4, "TTLDTT": 1}
    world.do("lan", "save", ref, figures=titles, text={"themes": "Dân vận khéo"})
    assert world.do("minh", "send", ref).station == "home_affairs_check"


# ---------------------------------------------------------------- items of the plan


def test_an_item_of_the_plan_is_opened_by_the_clock_done_by_the_office(world: World) -> None:
    ref = planned(world)
    assert (ref, item(world, ref).holder.role) == ("CV-2024-0001", "clock")  # type: ignore[union-attr]  # it waits
    assert world.do(CLOCK, "open", ref).station == "open"
    assert item(world, ref).due == date(2024, 6, 28)
    world.do("ngoc", "finish", ref, note="Đã họp", document_no="45/TB-HĐ", date="2024-05-10")
    done = item(world, ref)
    assert (done.station, done.ended_on, done.late) == ("done", date(2024, 5, 10), 0)
    assert done.document_no == "45/TB-HĐ"


def test_only_what_the_plan_marks_if_any_ends_as_not_having_arisen(sqlite_world: World) -> None:
    world = sqlite_world
    sure, maybe = planned(world), planned(world, if_any=True)
    for ref in (sure, maybe):
        world.do(CLOCK, "open", ref)
    assert world.refused("ngoc", "none_arose", sure) == ["must_arise"]
    assert world.do("ngoc", "none_arose", maybe, note="Không có vụ việc").station == "none_arose"


def test_an_overdue_item_is_done_late_or_extended_back_to_open(world: World) -> None:
    late, longer = planned(world), planned(world)
    for ref in (late, longer):
        world.do(CLOCK, "open", ref)
        assert world.refused(CLOCK, "mark_overdue", ref) == ["not_past_due"]
    world.on(date(2024, 7, 1))
    for ref in (late, longer):
        assert world.do(CLOCK, "mark_overdue", ref).station == "overdue"
    world.on(date(2024, 7, 3)).do("ngoc", "finish", late, note="Họp muộn")
    assert (item(world, late).station, item(world, late).late) == ("done", 3)
    assert world.refused("son", "extend", longer, due="2024-07-02", reason="Chờ tỉnh") == ["past_date"]
    world.do("son", "extend", longer, due="2024-07-15", reason="Chờ tỉnh")
    back = item(world, longer)
    assert (back.station, back.due, back.deadline) == ("open", date(2024, 7, 15), date(2024, 7, 15))


def test_an_item_is_taken_out_of_the_plan_with_a_reason(sqlite_world: World) -> None:
    world, ref = sqlite_world, planned(sqlite_world)
    with pytest.raises(Invalid):
        world.do("son", "drop", ref)
    assert world.do("son", "drop", ref, reason="Tỉnh bãi bỏ").station == "dropped"


def refused_duty(world: World, **asked: Any) -> list[tuple[str, str, Any]]:
    """Why the clock cannot let a duty fall due: where, what, the case that is there already."""
    with pytest.raises(Invalid) as refusal:
        owed(world, **asked)
    return [(one.field, one.type, one.facts.get("ref")) for one in refusal.value.fields]


def test_a_unit_owes_a_duty_once_in_a_period(world: World) -> None:
    ref = owed(world, duty="REP-6M-UNIT")
    assert refused_duty(world, duty="REP-6M-UNIT") == [("period", "begun_already", ref)]
    assert world.record(ref).version == 1
    assert owed(world, "P2", duty="REP-6M-UNIT") != ref
    assert owed(world, duty="REP-6M-UNIT", period="2025H1") != ref


def test_a_duty_goes_to_the_office_there_is_by_way_of_the_one_that_gathers(world: World) -> None:
    assert refused_duty(world, office="culture_social") == [("office", "not_in_list", None)]
    assert refused_duty(world, via="education") == [("via", "not_in_list", None)]
    assert owed(world, "T1", via="education")


def test_what_was_begun_by_hand_is_not_begun_again_by_the_plan(world: World) -> None:
    a_year(world, date(2024, 3, 29))
    by_hand = owed(world, duty="REP-6M-UNIT", deadline="2024-05-14", city_deadline="2024-05-14")
    swept = sweep(world.on(date(2024, 4, 1)).engine)
    assert not swept.failed
    assert by_hand not in {one.ref for one in swept.fired if one.act == "owe"}
    with world.engine.database.reading() as conn:
        left = conn.exec_driver_sql(
            "SELECT status, case_id FROM occurrence"
            " WHERE act = 'owe' AND status <> 'fired' AND nominal_on <= '2024-04-01'"
        ).all()
    assert [tuple(row) for row in left] == [("void", world.record(by_hand).id)]
    assert not sweep(world.on(date(2024, 4, 2)).engine).failed


def test_what_another_process_begins_in_that_very_moment_is_left_to_it_without_an_alarm(
    postgresql_database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    world = a_world(postgresql_database, tmp_path)
    a_year(world, date(2024, 3, 29))
    like = world.record(owed(world, "P2", duty="REP-6M-UNIT"))
    theirs = like._replace(id=f"{like.id}-9", ref="BC-2024-9999", unit="P1")
    world.on(date(2024, 4, 1))
    with ThreadPoolExecutor(1) as other, postgresql_database.transaction() as conn:
        cases.insert(conn, theirs)
        swept = other.submit(sweep, world.engine)
        while not conn.exec_driver_sql("SELECT count(*) FROM pg_locks WHERE NOT granted").scalar_one():
            assert not swept.done(), "nobody waited for the other process"
        conn.commit()
        assert not swept.result().failed
    assert "P1" not in {world.record(one.ref).unit for one in swept.result().fired if one.act == "owe"}
    assert [one.getMessage() for one in caplog.records if one.levelno > logging.INFO] == []
