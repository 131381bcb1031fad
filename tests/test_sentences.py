"""What happened reads as a sentence, in both languages; what is told has its notice."""

from datetime import UTC, date, datetime
from string import Formatter
from typing import Any

import pytest
from builders import World, a_dossier, a_draft, completion_asked, judged, nominations
from hypothesis import given, strategies as st

from notifications.catalogue import FACTS, notice_of, templates, worded
from states.case import Hold
from states.definition_file import shipped
from states.dossier import Dossier
from states.labels import LANGS, Lang
from web.cases.due import due_of, limited
from web.cases.looks import LOOKS
from web.cases.sentences import refusal, sentence

TODAY = date(2024, 5, 13)
SOME_INSTANT = datetime(2024, 5, 13, 2, tzinfo=UTC)
# The clock tells whom the rung names or who holds the case, not whom the row does.
TOLD = sorted(
    {
        notice_of(step.act, d.key)
        for d in shipped().values()
        for step in d.steps
        if step.tells or step.act in ("escalate", "recount")
    }
)
ACTS = sorted({step.act for d in shipped().values() for step in d.steps})


def said(world: World, who: str, ref: str, lang: Lang = "vi") -> list[str]:
    """The history of a dossier as this person reads it."""
    return [sentence(entry, lang, TODAY).plain for entry in world.view(who, ref).entries]


def test_a_sentence_names_who_in_which_role_did_what_with_which_result(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "awaiting_council", unit="T1")
    lines = said(sqlite_world, "ngoc", ref)
    assert lines[0] == ("Nguyễn Minh Thư, Văn thư đơn vị Trường THCS Bằng Lăng, lập hồ sơ với 1 trường hợp.")
    assert lines[2] == (
        "Phạm Trung Hiếu, Thủ trưởng đơn vị Trường THCS Bằng Lăng, trình hồ sơ, "
        "sang bước “GD-ĐT thẩm tra”. Hạn 27/05/2024."
    )
    assert lines[3] == "Ngô Đăng Khoa, Chuyên viên GD-ĐT, ghi ý kiến thẩm định: nhất trí Vòng Nhịt Mùi."


def test_the_same_sentence_reads_in_english(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "home_affairs_review")
    assert said(sqlite_world, "ngoc", ref, "en")[2] == (
        "Đỗ Quang Minh, Unit head, Phường Hoa Mai, submitted the dossier, on to “Home Affairs review”. "
        "Due 27/05/2024."
    )


def test_a_lowered_award_is_named_with_its_reason_as_a_quote(sqlite_world: World) -> None:
    ref = a_draft(sqlite_world, unit="T1", rows=nominations("CSTDCS", "CSTDCS"))
    sqlite_world.do("hieu", "submit", ref)
    first, second = sqlite_world.ids(ref)
    judged(sqlite_world, ref, lowered={first: "LDTT"}, declined=[second])
    line = sentence(sqlite_world.view("khoa", ref).entries[-1], "vi", TODAY)
    assert "đề nghị hạ Vòng Nhịt Mùi xuống Lao động tiên tiến; không nhất trí H'Bia Niê" in line.text
    assert line.quote == "Vòng Nhịt Mùi: Đề nghị mức thấp hơn\nH'Bia Niê: Chưa đủ thành tích"


def test_the_unit_is_not_told_why_its_dossier_waits(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "home_affairs_review")
    sqlite_world.do("son", "hold", ref, cause="denunciation", document="12/ĐT")
    assert said(sqlite_world, "minh", ref)[-1] == "Cao Thái Sơn, Trưởng phòng Nội vụ, tạm dừng hồ sơ."
    assert said(sqlite_world, "ngoc", ref)[-1].endswith("tạm dừng hồ sơ: tố cáo, văn bản 12/ĐT.")


def test_a_refused_attempt_says_how_many_reasons_there_were() -> None:
    line = refusal("Vũ Bích Ngọc", "forward", ["Một", "Hai"], SOME_INSTANT, "vi", TODAY)
    assert line.refused
    assert line.plain == "Vũ Bích Ngọc muốn “Chuyển tiếp”; hệ thống từ chối, số lý do: 2."
    assert line.quote == "Một\nHai"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "station",
    ["awarded", "awaiting_completion", "submitted_to_province", "declined", "withdrawn"],
)
def test_every_step_of_every_way_has_its_sentence(sqlite_world: World, station: str, lang: Lang) -> None:
    ref = a_dossier(sqlite_world, station)
    for reader in ("ngoc", "minh"):
        if reader == "minh" or station != "withdrawn":
            lines = said(sqlite_world, reader, ref, lang)
            assert all(line.endswith((".", ". ")) and "{" not in line and "%" not in line for line in lines)


def test_every_act_has_its_drawing() -> None:
    assert set(ACTS) <= LOOKS.keys()


def test_every_act_that_tells_somebody_has_a_notice_and_no_other_has() -> None:
    assert set(TOLD) == templates().keys()


def test_an_act_that_several_kinds_of_case_know_is_told_in_the_words_of_each() -> None:
    told = {notice_of("extend", kind) for kind in ("dossier", "report", "plan_item", "intake")}
    assert len({templates()[notice]["text"]["vi"] for notice in told}) == 4
    assert notice_of("extend", "registration") == notice_of("extend", "report")


def facts_named(template: str) -> set[str]:
    """The facts a template asks for."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("notice_name", TOLD)
def test_a_notice_speaks_only_of_what_everybody_told_may_know(notice_name: str, lang: Lang) -> None:
    parts = templates()[notice_name]
    assert {"ref"} <= facts_named(parts["subject"][lang]) <= {"ref", "due", "limit"}
    assert facts_named(parts["text"][lang]) <= FACTS
    facts = {name: f"<{name}>" for name in FACTS}
    notice = worded(notice_name, lang, facts)
    assert notice.subject.startswith("<ref>")
    assert notice.text.endswith(".")


def test_a_title_with_braces_stays_as_it_was_typed() -> None:
    facts = dict.fromkeys(FACTS, "x") | {"title": "{who} {0}"}
    assert "“{who} {0}”" in worded("dossier/submit", "vi", facts).text


@given(left=st.integers(-400, 400), lang=st.sampled_from(LANGS))
def test_a_limit_is_red_only_when_it_is_over(left: int, lang: Lang) -> None:
    badge = limited(left, TODAY, lang)
    assert (badge.kind == "overdue") == (left < 0)
    assert (badge.kind in ("soon", "today")) == (0 <= left <= 3)
    assert left == 0 or str(abs(left)) in badge.text
    assert badge.date_text == "13/05/2024"


@pytest.mark.parametrize(
    ("changes", "left", "words"),
    [
        ({"due": TODAY}, 1, "Còn 1 ngày làm việc"),
        ({"due": TODAY}, 0, "Hạn hôm nay"),
        ({"due": TODAY}, -2, "Quá hạn 2 ngày làm việc"),
        ({"on_hold": Hold("", 3, 4)}, None, "Tạm dừng, còn 4 ngày làm việc"),
        ({"on_hold": Hold("", 3, -1)}, None, "Tạm dừng, quá hạn 1 ngày làm việc"),
        ({"on_hold": Hold("", 3, None)}, None, "Tạm dừng"),
        ({"remind": date(2024, 5, 27)}, None, "Không có hạn, nhắc lại 27/05/2024"),
    ],
)
def test_how_long_there_is_reads_as_officers_say_it(
    changes: dict[str, Any], left: int | None, words: str
) -> None:
    case = Dossier("P1", "LK", "CONG_TRANG", "full", "2023", **changes)
    assert due_of(case, left, "vi").text == words


def test_what_completion_was_asked_for_is_counted(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "home_affairs_review")
    completion_asked(sqlite_world, ref)
    assert "yêu cầu bổ sung 1 mục, hạn 24/05/2024" in said(sqlite_world, "minh", ref)[-1]
