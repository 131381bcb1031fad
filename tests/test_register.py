"""The award register is what the histories say, and says so when somebody changes it by hand."""

from datetime import date

import pytest
from builders import World, a_dossier, a_nomination, answered
from builders_register import lines

from db import register
from db.register import Wanted
from workflow.auditing.verification import verify
from workflow.sight import scope_of


def seen_by(world: World, who: str, wanted: Wanted = Wanted()) -> list[str]:  # noqa: B008 - never changed
    """The names of the lines somebody sees, newest first."""
    with world.engine.database.reading() as conn:
        found = register.listed(conn, scope_of(world.people[who]), wanted, limit=50)
    return [line.name for line in found]


def test_an_award_stands_in_the_register_with_its_decision_and_its_bonus(world: World) -> None:
    rows = [a_nomination("CSTDCS", "Vòng Nhịt Mùi", person="tam"), a_nomination("TTLDTT", "Tổ Địa chính")]
    ref = a_dossier(world, "awaiting_decision", rows=rows)
    world.do("hung", "award", ref, nominations=world.ids(ref), split="award")
    one, two = lines(world, ref)
    assert (one.name, one.folded, one.person_id, one.subject_type) == (
        "Vòng Nhịt Mùi",
        "vong nhit mui",
        "tam",
        "individual",
    )
    assert (one.decision_no, two.decision_no) == ("01/QĐ-UBND", "02/QĐ-UBND")
    assert (one.body, one.unit, one.ref, one.period) == ("LK", "P1", ref, "2023")
    assert (one.authority, one.status, one.changed_by) == ("CT_UBND_HUYEN", "in_force", "")
    assert (one.decided_on, one.base_salary, one.multiplier, one.bonus) == (
        date(2024, 5, 13),
        1_800_000,
        "1",
        1_800_000,
    )
    assert (two.multiplier, two.bonus) == ("0.8", 1_440_000)
    assert verify(world.engine).first_bad is None


def test_the_provinces_decision_counts_by_its_own_day_and_what_it_declined_is_not_entered(
    world: World,
) -> None:
    ref = a_dossier(world, "submitted_to_province", awards=("CSTD_TINH", "CO_TINH", "BK_TINH"))
    one, two, three = world.ids(ref)
    answered(world, ref, **{two: "declined", three: "returned"})
    (line,) = lines(world, ref)
    assert (line.id, line.decision_no, line.decided_on) == (one, "77/QĐ-CT", date(2024, 8, 19))
    assert (line.authority, line.base_salary, line.bonus) == ("CT_UBND_TINH", 2_340_000, 7_020_000)
    assert verify(world.engine).first_bad is None


def test_who_sees_a_dossier_sees_its_lines(sqlite_world: World) -> None:
    world = sqlite_world
    a_dossier(world, "awarded", rows=[a_nomination("CSTDCS", "Đàm Thị Ửng")])
    a_dossier(world, "awarded", unit="P2", rows=[a_nomination("CSTDCS", "Trần Văn Hiếu")])
    both = ["Trần Văn Hiếu", "Đàm Thị Ửng"]
    for who in ("ly", "uyen", "ngoc", "hung", "trung", "yen"):
        assert sorted(seen_by(world, who)) == both, who
    assert (seen_by(world, "lan"), seen_by(world, "binh")) == (["Đàm Thị Ửng"], ["Trần Văn Hiếu"])
    for who in ("quy", "khoa", "nga"):
        assert seen_by(world, who) == [], who


def test_the_register_is_searched_without_marks_and_narrowed(sqlite_world: World) -> None:
    world = sqlite_world
    ref = a_dossier(
        world, "awarded", rows=[a_nomination("CSTDCS", "Đàm Thị Ửng"), a_nomination("TTLDTT", "Tổ Một")]
    )
    world.on(date(2025, 1, 6))
    a_dossier(world, "awarded", unit="P2", rows=[a_nomination("CSTDCS", "Trần Văn Hiếu")])
    assert seen_by(world, "ly", Wanted(words="dam ung")) == ["Đàm Thị Ửng"]
    assert seen_by(world, "ly", Wanted(words=ref.lower())) == ["Tổ Một", "Đàm Thị Ửng"]
    assert seen_by(world, "ly", Wanted(words="01/qd")) == []
    assert seen_by(world, "ly", Wanted(year=2025)) == ["Trần Văn Hiếu"]
    assert seen_by(world, "ly", Wanted(award="TTLDTT")) == ["Tổ Một"]
    assert seen_by(world, "ly", Wanted(unit="P2")) == ["Trần Văn Hiếu"]
    assert seen_by(world, "ly", Wanted(status="revoked")) == []
    assert seen_by(world, "ly", Wanted(words="%")) == []
    with world.engine.database.reading() as conn:
        scope = scope_of(world.people["ly"])
        assert register.years(conn, scope) == [2025, 2024]
        assert register.totals(conn, scope, Wanted(year=2024)) == (2, 2, 3_240_000, 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ("bonus = 9000000", "bonus"),
        ("name = 'Ai Khác', folded = 'ai khac'", "name"),
        ("folded = 'ai khac'", "folded"),
        ("award = 'LDTT'", "award"),
        ("decision_no = '99/QĐ-UBND'", "decision_no"),
        ("decided_on = '2024-01-01'", "decided_on"),
        ("unit = 'P2'", "unit"),
        ("authority = 'CT_UBND_TINH'", "authority"),
    ],
)
def test_a_line_changed_by_hand_is_named(sqlite_world: World, change: str, field: str) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awarded")
    with world.engine.database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE register SET {change}")
    bad = verify(world.engine).first_bad
    assert bad is not None
    assert (bad.case, bad.why) == (ref, f"register_does_not_match_history:{world.ids(ref)[0]}:{field}")


def test_a_line_that_is_gone_is_missed(world: World) -> None:
    ref = a_dossier(world, "awarded")
    with world.engine.database.transaction() as conn:
        conn.exec_driver_sql("DELETE FROM register")
    bad = verify(world.engine).first_bad
    assert bad is not None
    assert (bad.case, bad.why) == (ref, f"register_does_not_match_history:{world.ids(ref)[0]}")


def test_what_was_awarded_is_not_awarded_again(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awarded")
    assert world.refused("hung", "award", ref, nominations=world.ids(ref)) == ["wrong_station"]
    assert len(lines(world, ref)) == 1
