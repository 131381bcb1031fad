"""A decision is replaced or corrected, an award revoked; the register says so in the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from builders import World, a_dossier, a_nomination, also
from builders_register import (
    LETTER,
    OPINION,
    TEXTS,
    a_proposal,
    an_award,
    before_the_chairman,
    changed,
    drafted,
    lines,
    proposed,
    ready_to_sign,
    revoked,
)
from hypothesis import HealthCheck, given, settings, strategies as st

from db import cases, register
from db.scope import Scope
from states.register.cases import DecisionChange, Revocation
from workflow.auditing.verification import Bad, verify
from workflow.loading import facts_in
from workflow.problems import Invalid, Refused
from workflow.sight import scope_of


def facts(world: World, ref: str) -> DecisionChange | Revocation:
    """The facts of a case that changes the register."""
    found = facts_in(world.record(ref))
    assert isinstance(found, DecisionChange | Revocation)
    return found


def marks(world: World, ref: str) -> list[tuple[str, str]]:
    """(status, case that changed it) of the lines of a dossier."""
    return [(line.status, line.changed_by) for line in lines(world, ref)]


def test_a_wrong_name_is_put_right_by_a_decision_that_takes_the_others_place(world: World) -> None:
    line = an_award(world, "CSTDCS", "CSTDCS")
    one, two = lines(world, line.ref)
    ref = changed(world, line.id, names=[{"entry": two.id, "name": "Y Thị Mới"}])
    old, other_old, new, other_new = sorted(
        lines(world, line.ref), key=lambda found: (bool(found.replaces), found.id)
    )
    assert {(found.status, found.changed_by) for found in (old, other_old)} == {("replaced", ref)}
    assert (new.replaces, other_new.replaces) == (old.id, other_old.id)
    assert {found.decision_no for found in (new, other_new)} == {"02/QĐ-UBND"}
    by_replaced = {found.replaces: found for found in (new, other_new)}
    assert (by_replaced[two.id].name, by_replaced[two.id].folded) == ("Y Thị Mới", "y thi moi")
    assert by_replaced[one.id].name == one.name
    assert by_replaced[one.id].bonus == one.bonus
    case = facts(world, ref)
    assert isinstance(case, DecisionChange)
    assert (case.about, case.decision_no, case.number) == (line.ref, "01/QĐ-UBND", 2)
    assert world.record(line.ref).station == "awarded"
    assert verify(world.engine).first_bad is None


def test_a_wrong_form_is_corrected_by_a_letter_and_the_decision_keeps_its_number(world: World) -> None:
    line = an_award(world)
    ref = changed(world, line.id, "correct")
    (after,) = lines(world, line.ref)
    assert (after.status, after.changed_by, after.decision_no) == ("corrected", ref, "01/QĐ-UBND")
    case = facts(world, ref)
    assert isinstance(case, DecisionChange)
    assert (case.letter_no, case.letter_date, case.number) == ("120/UBND-NV", date(2024, 5, 13), 0)
    assert lines(world, an_award(world).ref)[0].decision_no == "02/QĐ-UBND"
    assert verify(world.engine).first_bad is None


def test_a_corrected_decision_may_still_be_replaced_and_the_new_one_again(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    first = changed(world, line.id, "correct")
    second = changed(world, line.id)
    third = changed(world, f"{line.id}.{second}")
    assert marks(world, line.ref) == [("replaced", second), ("replaced", third), ("in_force", "")]
    assert first != second
    assert verify(world.engine).first_bad is None


def test_a_decision_replaced_already_is_not_changed_again_whoever_was_first(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    ref = changed(world, line.id)
    (reason,) = world.reasons(
        "ngoc",
        "draft_change",
        reason="Sai",
        unit="PNV",
        entry=line.id,
        category="correct",
        title="x",
        **TEXTS,
    )
    assert (reason["code"], reason["facts"]["by"]) == ("already_replaced", ref)


def test_a_change_signed_after_an_award_of_it_was_revoked_is_refused(world: World) -> None:
    line = an_award(world, "CSTDCS", "CSTDCS")
    waiting, gone = ready_to_sign(world, line.id), revoked(world, line.id)
    (reason,) = world.reasons("hung", "sign_change", waiting)
    assert (reason["code"], reason["facts"]["by"]) == ("already_revoked", gone)
    world.do("hung", "return_change", waiting, reason="Có trường hợp đã hủy bỏ")
    world.do("ngoc", "withdraw", waiting)
    again = drafted(world, line.id)
    assert len(facts(world, again).entries) == 1  # type: ignore[union-attr]  # it is a change of a decision
    assert verify(world.engine).first_bad is None


def test_only_who_signed_a_decision_changes_it(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world, body="province")
    (reason,) = world.reasons(
        "ngoc",
        "draft_change",
        reason="Sai",
        unit="PNV",
        entry=line.id,
        category="replace",
        title="x",
        **TEXTS,
    )
    assert (reason["code"], reason["facts"]) == (
        "decided_elsewhere",
        {"deciders": ["CT_UBND_TINH"], "number": "77/QĐ-CT"},
    )


def test_another_bodys_decision_is_nobodys_business_here(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    both = also(world.people["ngoc"], "home_affairs_officer", "NVTN")
    sent = {"entry": line.id, "category": "replace", "title": "x", **TEXTS}
    assert world.refused(both, "draft_change", reason="Sai", unit="NVTN", **sent) == ["decided_elsewhere"]
    for entry in ("nobody", line.id):
        stranger = also(world.people["khoa"], "home_affairs_officer", "NVTN")
        with pytest.raises(Invalid) as wrong:
            world.do(stranger, "draft_change", reason="Sai", unit="NVTN", **{**sent, "entry": entry})
        assert [(one.field, one.type) for one in wrong.value.fields] == [("entry", "no_such_entry")]


def test_one_change_at_a_time(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    ref = drafted(world, line.id)
    (reason,) = world.reasons(
        "ngoc",
        "draft_change",
        reason="Sai",
        unit="PNV",
        entry=line.id,
        category="correct",
        title="x",
        **TEXTS,
    )
    assert (reason["code"], reason["facts"]) == ("already_under_way", {"by": ref})
    world.do("ngoc", "withdraw", ref)
    drafted(world, line.id)


@pytest.mark.parametrize(
    ("category", "sent", "field"),
    [
        ("replace", LETTER, "document_no"),
        ("correct", {}, "document_no"),
        ("correct", {"document_no": "1/UBND"}, "date"),
    ],
)
def test_only_a_correction_has_a_letter(
    sqlite_world: World, category: str, sent: dict[str, str], field: str
) -> None:
    world = sqlite_world
    ref = ready_to_sign(world, an_award(world).id, category)
    with pytest.raises(Invalid) as wrong:
        world.do("hung", "sign_change", ref, **sent)
    assert field in [one.field for one in wrong.value.fields]


def test_names_are_of_the_decision_each_once_and_only_where_it_is_replaced(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    other = an_award(world, unit="P2")
    row = {"entry": line.id, "name": "Tên Mới"}
    for category, names, field in (
        ("correct", [row], "names.0.name"),
        ("replace", [row, row], "names.1.entry"),
        ("replace", [{**row, "entry": other.id}], "names.0.entry"),
    ):
        with pytest.raises(Invalid) as wrong:
            drafted(world, line.id, category, names=names)
        assert [one.field for one in wrong.value.fields] == [field]


def test_a_revoked_award_stays_awarded_in_its_dossier_and_revoked_in_the_register(world: World) -> None:
    line = an_award(world, "CSTDCS", "CSTDCS")
    ref = revoked(world, line.id)
    assert marks(world, line.ref) == [("revoked", ref), ("in_force", "")]
    assert world.record(line.ref).station == "awarded"
    case = facts(world, ref)
    assert isinstance(case, Revocation)
    assert (case.category, case.number, case.opinion and case.opinion.for_) == ("false_declaration", 2, 7)
    with world.engine.database.reading() as conn:
        found = register.totals(conn, _scope(world), register.Wanted())
    assert (found.lines, found.standing, found.bonus) == (2, 1, 1_800_000)
    assert verify(world.engine).first_bad is None
    assert world.refused("ngoc", "propose_revocation", **a_proposal(line.id)) == ["already_revoked"]


def _scope(world: World) -> Scope:
    return scope_of(world.people["ly"])


def test_what_the_province_awarded_is_submitted_to_it_and_its_answer_counts(world: World) -> None:
    line = an_award(world, body="province")
    ref = proposed(world, line.id)
    world.do("son", "check_revocation", ref)
    world.do("yen", "give_opinion", ref, **OPINION)
    assert world.record(ref).station == "revocation_submission"
    world.do("hung", "submit_revocation", ref, letter_no="30/TTr-UBND", date="2024-05-13")
    with pytest.raises(Invalid):
        world.do("ngoc", "record_revocation", ref, outcome="revoked", decision_no="90/QĐ-CT")
    world.do("ngoc", "record_revocation", ref, outcome="revoked", decision_no="90/QĐ-CT", date="2024-05-13")
    assert marks(world, line.ref) == [("revoked", ref)]
    assert verify(world.engine).first_bad is None


def test_an_award_that_is_kept_stays_as_it_was(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    ref = before_the_chairman(world, line.id)
    world.do("hung", "refuse_revocation", ref, reason="Không đủ căn cứ")
    above = an_award(world, body="province")
    other = proposed(world, above.id)
    world.do("son", "check_revocation", other)
    world.do("yen", "give_opinion", other, **OPINION)
    world.do("hung", "submit_revocation", other, letter_no="30/TTr-UBND", date="2024-05-13")
    world.do("ngoc", "record_revocation", other, outcome="kept", note="Chưa đủ căn cứ")
    assert {world.record(one).station for one in (ref, other)} == {"award_kept"}
    assert marks(world, line.ref) + marks(world, above.ref) == [("in_force", "")] * 2
    assert verify(world.engine).first_bad is None


def test_seven_days_from_the_conclusion_to_submit_then_five_working_days_to_decide(
    sqlite_world: World,
) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    ref = proposed(world, line.id)
    assert world.record(ref).due_on == date(2024, 5, 17)
    world.do("son", "check_revocation", ref)
    assert world.record(ref).due_on == date(2024, 5, 17)
    world.do("yen", "give_opinion", ref, **OPINION)
    assert world.record(ref).due_on == date(2024, 5, 20)


def test_a_conclusion_still_to_come_is_none(sqlite_world: World) -> None:
    sent = a_proposal(an_award(sqlite_world).id, concluded_on="2024-05-14")
    assert sqlite_world.refused("ngoc", "propose_revocation", **sent) == ["not_concluded_yet"]


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ({"present": 10, "for": 10, "against": 0}, "present"),
        ({"for": 8}, "for"),
        ({"entitled": 0}, "entitled"),
    ],
)
def test_the_councils_figures_add_up(sqlite_world: World, figures: dict[str, int], field: str) -> None:
    world = sqlite_world
    ref = proposed(world, an_award(world).id)
    world.do("son", "check_revocation", ref)
    with pytest.raises(Invalid) as wrong:
        world.do("yen", "give_opinion", ref, **{**OPINION, **figures})
    assert field in [one.field for one in wrong.value.fields]


def test_nobody_has_a_hand_in_revoking_their_own_award(sqlite_world: World) -> None:
    world, rows = sqlite_world, [a_nomination("CSTDCS", "Cao Thái Sơn", person="son")]
    (line,) = lines(world, a_dossier(world, "awarded", rows=rows))
    assert world.refused("son", "check_revocation", proposed(world, line.id)) == ["own_nomination"]


@pytest.mark.parametrize(
    "change",
    [
        "status = 'in_force', changed_by = ''",
        "status = 'corrected'",
        "changed_by = 'TH-2024-9999'",
    ],
)
def test_a_mark_changed_by_hand_is_named(sqlite_world: World, change: str) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    ref = revoked(world, line.id)
    with world.engine.database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE register SET {change}")
    bad = verify(world.engine).first_bad
    assert bad is not None
    assert bad.case in (ref, line.ref)
    assert bad.why.startswith(f"register_does_not_match_history:{line.id}")


@pytest.mark.parametrize("change", ["name = 'Ai Khác'", "bonus = 1", "decision_no = '9'", "replaces = ''"])
def test_a_line_that_followed_another_is_checked_too(sqlite_world: World, change: str) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    changed(world, line.id)
    with world.engine.database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE register SET {change} WHERE replaces <> ''")
    bad = verify(world.engine).first_bad
    assert bad is not None
    assert bad.why.startswith("register_does_not_match_history")


def test_a_line_that_followed_another_is_missed_when_it_is_gone(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    ref = changed(world, line.id)
    with world.engine.database.transaction() as conn:
        conn.exec_driver_sql("DELETE FROM register WHERE replaces <> ''")
    gone = f"register_does_not_match_history:{line.nomination}.{ref}:gone"
    assert verify(world.engine).first_bad == Bad(line.ref, 0, gone)


@pytest.mark.parametrize(("last", "whose"), [(1, "award"), (2, "revocation")])
def test_a_series_of_numbers_set_back_is_told_with_the_decision_it_is_behind(
    world: World, last: int, whose: str
) -> None:
    lines = [an_award(world), an_award(world)]
    named = {"award": lines[1].ref, "revocation": revoked(world, lines[0].id)}
    with world.engine.database.transaction() as conn:
        conn.exec_driver_sql(f"UPDATE number_series SET last = {last} WHERE kind = 'decision'")
    behind = f"number_series_is_behind:{last + 1:02d}/QĐ-UBND"
    assert verify(world.engine).first_bad == Bad(named[whose], 0, behind)


def test_an_award_given_by_hand_is_found(sqlite_world: World) -> None:
    world, line = sqlite_world, an_award(sqlite_world)
    with world.engine.database.transaction() as conn:
        register.mark(conn, [line.id], "revoked", "TH-2024-0001")
    bad = verify(world.engine).first_bad
    assert bad is not None
    assert bad.why.startswith(f"register_does_not_match_history:{line.id}")


def test_the_lines_of_an_act_are_kept_from_others_until_it_ends(world: World) -> None:
    line = an_award(world)
    with world.engine.database.transaction() as conn:
        assert [one.id for one in register.by_ids(conn, [line.id], lock=True)] == [line.id]
        assert cases.load(conn, line.ref) is not None


def test_of_two_who_sign_at_once_one_is_told_of_the_other(world: World) -> None:
    line = an_award(world)
    replacing, revoking = ready_to_sign(world, line.id), before_the_chairman(world, line.id)

    def signed(act: str, ref: str) -> str:
        try:
            world.do("hung", act, ref, version=world.record(ref).version)
        except Refused as refusal:
            return str(refusal.reasons[0]["code"])
        return "done"

    with ThreadPoolExecutor(2) as both:
        ends = both.map(signed, ["sign_change", "decide_revocation"], [replacing, revoking])
        assert sorted(ends) in (["already_replaced", "done"], ["already_revoked", "done"])
    assert verify(world.engine).first_bad is None


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    awards=st.lists(st.sampled_from(["CSTDCS", "TTLDTT"]), min_size=1, max_size=3),
    split=st.sampled_from(["together", "award"]),
    acts=st.lists(
        st.tuples(st.sampled_from(["correct", "replace", "revoke"]), st.integers(0, 9)), max_size=5
    ),
)
def test_whatever_is_changed_in_whatever_order_the_register_is_what_the_histories_say(
    sqlite_world: World, awards: list[str], split: str, acts: list[tuple[str, int]]
) -> None:
    world = sqlite_world
    ref = a_dossier(world, "awaiting_decision", awards=awards)
    world.do("hung", "award", ref, nominations=world.ids(ref), split=split)
    for act, which in acts:
        standing = [line for line in lines(world, ref) if line.stands]
        if standing:
            entry = standing[which % len(standing)].id
            if act == "revoke":
                revoked(world, entry)
            else:
                changed(world, entry, act)
    assert verify(world.engine).first_bad is None
    found = lines(world, ref)
    per_award = {line.nomination: 0 for line in found}
    for line in found:
        per_award[line.nomination] += line.stands
    gone = {line.nomination for line in found if line.status == "revoked"}
    assert len(per_award) == len(awards)
    assert all(count == (nomination not in gone) for nomination, count in per_award.items())
    assert len({line.id for line in found}) == len(found)
