"""Every word a user reads exists in Vietnamese and English."""

import ast
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import TypeVar

import pytest

from states.definition_file import shipped
from states.kinds import KINDS
from states.labels import (
    LANGS,
    Lang,
    field,
    field_path,
    hint,
    label,
    problem,
    problem_hint,
    sentence,
    validation,
    words,
)
from states.periods import Period, PeriodError

Node = TypeVar("Node", bound=ast.AST)
WORKFLOW = Path(__file__).parents[1] / "workflow"
# The place of the mistake's code among the arguments.
KIND_OF_MISTAKE = {"Wrong": 1, "PydanticCustomError": 0}

REASONS: dict[str, dict[str, object]] = {
    "wrong_station": {"act": "submit", "station": "council_vote"},
    "wrong_role": {"needs": ["unit_head"], "has": ["unit_clerk", "auditor"]},
    "on_hold": {},
    "same_person": {"did": ["draft", "judge"]},
    "own_nomination": {"nominations": ["n1"]},
    "missing_paper": {"papers": ["TO_TRINH", "BIEN_BAN"]},
    "no_nominations": {},
    "not_all_judged": {"left": 1, "total": 3, "nominations": ["n1"], "office": "education"},
    "nothing_stands": {"total": 3},
    "something_stands": {"standing": 2, "total": 3},
    "mixed_routes": {
        "groups": [
            {"route": "here", "awards": ["CSTDCS"], "nominations": [0]},
            {"route": "upward", "awards": ["BK_TINH", "CO_TINH"], "nominations": [1, 2]},
        ]
    },
    "not_decided_here": {"awards": ["GK_XA"], "deciders": ["CT_UBND_XA"]},
    "completion_already_asked": {"office": "home_affairs"},
    "not_flagged": {"fields": ["title", "nominations"]},
    "office_has_acted": {},
    "education_opinion_missing": {"nominations": ["n1", "n2"]},
    "unit_ended": {"date": "2025-06-30"},
    "result_not_recorded": {},
    "not_passed": {"nominations": ["n1"]},
    "intake_closed": {},
    "report_incomplete": {"fields": ["movements"]},
    "not_corrected": {},
    "must_arise": {},
    "already_so": {"date": "2024-05-16"},
    "year_over": {"date": "2023-12-29", "today": "2024-05-13"},
    "past_date": {"date": "2024-05-03", "today": "2024-05-13"},
    "decided_elsewhere": {"deciders": ["CT_UBND_TINH"], "number": "77/QĐ-CT"},
    "already_replaced": {"number": "05/QĐ-UBND", "by": "SD-2024-0001", "count": 3},
    "already_revoked": {"number": "05/QĐ-UBND", "by": "TH-2024-0001", "count": 1},
    "already_under_way": {"by": "SD-2024-0001"},
    "not_concluded_yet": {"date": "2024-05-20", "today": "2024-05-13"},
    "not_past_due": {"date": "2024-05-24", "today": "2024-05-13"},
    "not_on_hold": {},
    "not_offered_yet": {"awards": ["GDVH", "KNC"]},
    "hindered": {"ref": "HS-2024-0001"},
    "no_agenda": {},
    "session_past": {"date": "2024-05-10", "today": "2024-05-13"},
    "session_not_yet": {"date": "2024-05-20", "today": "2024-05-13"},
    "no_quorum": {"present": 5, "needed": 6, "members": 9},
    "round_is_open": {"ref": "HS-2024-0001", "round": "2"},
    "no_round": {},
    "totals_missing": {"typed": 1, "needed": 2},
    "totals_differ": {"left": 1, "nominations": ["n1"]},
    "totals_outdated": {"faults": ["room_does_not_add_up"]},
    "missing_scan": {},
    "items_undecided": {"refs": ["HS-2024-0001"], "left": 3},
    "nothing_left": {"ref": "HS-2024-0001"},
    "own_interest": {},
    "not_seated": {},
    "two_tellers": {},
    "no_minutes": {},
    "minutes_signed": {},
    "secretary_signs_first": {},
    "session_votes": {"ref": "PH-2024-0001"},
}
EMPTY_LISTS: dict[str, dict[str, object]] = {
    code: {key: [] if isinstance(value, list) else value for key, value in facts.items()}
    for code, facts in REASONS.items()
}
CODES = {
    "role": "unit_clerk unit_head education_officer education_head home_affairs_officer home_affairs_head "
    "culture_social_officer culture_social_head council_secretary council_member council_vice_chair "
    "council_chair chairman registrar auditor publisher administrator clock",
    "act": "create amend submit withdraw lapse judge request_completion forward decline resubmit take_back "
    "put_on_agenda return_for_review record_result confirm_result award submit_upward record_answer "
    "hold release extend escalate",
    "station": "drafting education_review home_affairs_review culture_social_review awaiting_completion "
    "awaiting_council council_vote awaiting_decision awaiting_submission submitted_to_province awarded "
    "declined withdrawn lapsed",
    "verdict": "recommended lower_award declined",
    "outcome": "awarded declined returned",
    "council_outcome": "passed not_passed no_quorum",
    "hand": "draft judge forward record confirm decide",
    "office": "education home_affairs culture_social",
    "cause": "complaint denunciation inspection investigation discipline",
    "subject_type": "individual collective household village commune",
    "procedure": "full simplified",
    "route": "here upward not_here not_offered",
    "confidence": "high med low",
    "queue": "todo soon overdue completion done",
    "period": "year school_year half quarter",
    "problem": "invalid refused changed_meanwhile key_reused not_found unauthenticated too_many",
    "choice": "school other council simplified_here simplified_upward education home_affairs passed_here "
    "passed_upward none_passed no_quorum returned awarded declined none",
    "field": "title period unit kind nominations award subject name achievement due reason items verdicts "
    "votes entitled present written session_no date letter_no others_reason answers decision_no document "
    "cause papers type file version login password",
    "validation": "missing extra_forbidden string_too_long string_too_short date_from_datetime_parsing "
    "date_parsing int_parsing greater_than_equal less_than_equal enum literal_error too_short too_long "
    "json_invalid value_error",
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("group", sorted(CODES))
def test_every_code_of_the_field_has_a_word(group: str, lang: Lang) -> None:
    assert all(label(group, code, lang).strip() for code in CODES[group].split())


def test_no_word_is_missing_in_one_of_the_languages() -> None:
    for group, codes in words().items():
        for code, found in codes.items():
            assert set(found) == set(LANGS), (group, code)
            assert all(text.strip() and unicodedata.is_normalized("NFC", text) for text in found.values())
            # What comes worded already comes once in each language.
            vietnamese = {name.removesuffix("_vi") for name in _braces(found["vi"])}
            assert vietnamese == set(_braces(found["en"])), (group, code)


def test_a_process_speaks_with_the_same_words_as_everything_else() -> None:
    for definition in shipped().values():
        acts = {step.act for step in definition.steps}
        assert sorted(acts - words()["act"].keys()) == []
        if definition.key == "dossier":
            for name, station in definition.stations.items():
                assert (name, station.label.vi) == (name, label("station", name, "vi"))
                assert (name, station.label.en) == (name, label("station", name, "en"))


def test_what_belongs_together_is_said_for_the_same_codes() -> None:
    found = words()
    assert found["role"].keys() == found["role_title"].keys()
    assert found["act"].keys() == found["told"].keys()
    assert found["office"].keys() == found["office_short"].keys()
    assert found["reason"].keys() == found["reason_hint"].keys() == REASONS.keys()
    assert found["problem"].keys() == found["problem_hint"].keys()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", sorted(REASONS))
@pytest.mark.parametrize("facts", [REASONS, EMPTY_LISTS], ids=["facts", "empty lists"])
def test_every_reason_is_a_sentence_without_codes_or_gaps(
    facts: dict[str, dict[str, object]], code: str, lang: Lang
) -> None:
    said = sentence(code, lang, facts[code])
    assert not said[0].islower()
    assert said.endswith(".")
    assert not set("{}[]_") & set(said)
    assert "  " not in said


@pytest.mark.parametrize(
    ("kind", "lang", "said"),
    [
        ("report", "vi", "Báo cáo đang ở bước “Chưa nộp”, bước này không có thao tác “Gửi”."),
        ("session", "vi", "Phiên họp đang ở bước “Chưa nộp”, bước này không có thao tác “Gửi”."),
        ("plan_item", "en", "The item is at “Not sent yet”, where “Send” is not possible."),
        ("", "en", "The dossier is at “Not sent yet”, where “Send” is not possible."),
    ],
)
def test_a_refusal_says_what_kind_of_case_it_is_about(kind: str, lang: Lang, said: str) -> None:
    assert sentence("wrong_station", lang, {"act": "send", "station": "due"}, kind=kind) == said


def test_every_kind_of_case_has_its_word_in_a_sentence() -> None:
    assert KINDS.keys() <= words()["case_word"].keys()


@pytest.mark.parametrize(
    ("code", "lang", "said"),
    [
        ("past_date", "vi", "Ngày 03/05/2024 đã qua; hôm nay là 13/05/2024."),
        ("past_date", "en", "03/05/2024 has passed; today is 13/05/2024."),
        (
            "missing_paper",
            "en",
            "Papers are missing: Submission letter and Minutes of the selection meeting, with the ballot.",
        ),
        (
            "wrong_station",
            "vi",
            "Hồ sơ đang ở bước “Hội đồng bỏ phiếu”, bước này không có thao tác “Trình hồ sơ”.",
        ),
        (
            "not_decided_here",
            "vi",
            "Giấy khen của Chủ tịch UBND xã, phường không thuộc thẩm quyền ở đây; "
            "người quyết định là Chủ tịch Ủy ban nhân dân xã, phường.",
        ),
        (
            "mixed_routes",
            "en",
            "The dossier mixes nominations decided at different levels: "
            "decided here – Grassroots emulation fighter (1 nomination); submitted upward – Certificate of "
            "commendation, provincial chair and Provincial emulation flag (2 nominations).",
        ),
    ],
)
def test_a_reason_reads_as_an_officer_would_say_it(code: str, lang: Lang, said: str) -> None:
    assert sentence(code, lang, REASONS[code]) == said


def test_names_are_said_only_when_all_of_them_may_be_seen() -> None:
    facts = REASONS["education_opinion_missing"]
    both = sentence("education_opinion_missing", "vi", facts, {"n1": "Lê Thị Mai", "n2": "Trần Văn Bảo"})
    one = sentence("education_opinion_missing", "vi", facts, {"n1": "Lê Thị Mai"})
    assert "Lê Thị Mai và Trần Văn Bảo" in both
    assert "Lê Thị Mai" not in one
    assert "2 trường hợp" in one


def test_a_name_with_braces_is_said_as_it_is() -> None:
    assert "{papers}" in sentence("own_nomination", "en", {"nominations": ["n1"]}, {"n1": "{papers}"})


def test_a_word_that_is_missing_is_an_error_for_the_program_but_not_for_the_reader() -> None:
    with pytest.raises(KeyError):
        label("act", "approve", "vi")
    with pytest.raises(KeyError):
        sentence("no_such_reason", "vi", {})
    assert "“approve”" in sentence("wrong_station", "en", {"act": "approve", "station": "drafting"})


@pytest.mark.parametrize("lang", LANGS)
def test_every_reason_and_problem_says_what_to_do_next(lang: Lang) -> None:
    assert all(hint(code, lang, "").endswith(".") for code in REASONS)
    assert all(
        problem(code, lang) and problem_hint(code, lang).endswith(".") for code in CODES["problem"].split()
    )


def test_the_values_a_field_takes_are_listed_in_the_language_of_the_reader() -> None:
    ctx = {"expected": "'individual' or 'collective'"}
    assert validation("literal_error", ctx, "vi") == "Phải là một trong: 'individual' hoặc 'collective'."


def test_a_wrong_field_is_told_with_its_limit() -> None:
    assert field("achievement", "vi") == "Thành tích"
    assert validation("string_too_long", {"max_length": 200}, "vi") == "Dài quá: nhiều nhất 200 ký tự."
    assert validation("greater_than_equal", {"ge": 1}, "en") == "Must be at least 1."


def test_a_place_in_a_form_is_told_in_words() -> None:
    assert field_path("votes.0.for", "vi") == "Kết quả bỏ phiếu, dòng 1, Tán thành"
    assert field_path("nominations.2.subject.name", "en") == "Nominations, row 3, Subject, Name"
    assert field_path("x-unknown", "en") == "x-unknown"


def test_the_fields_that_were_not_asked_for_are_named_once_each() -> None:
    said = sentence("not_flagged", "vi", {"fields": ["achievement", "achievement", "TO_TRINH"]})
    assert said.endswith(": Thành tích và Tờ trình đề nghị khen thưởng.")


def test_a_limit_that_is_a_day_is_told_as_a_day() -> None:
    assert validation("not_later", {"due": "2024-05-13"}, "vi") == "Phải sau hạn hiện nay, 13/05/2024."


def test_every_mistake_the_acts_can_name_has_words() -> None:
    named = {
        kind.value
        for call in _workflow(ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id in KIND_OF_MISTAKE
        for kind in call.args[KIND_OF_MISTAKE[call.func.id] :][:1]
        if isinstance(kind, ast.Constant) and isinstance(kind.value, str)
    }
    assert "missing" in named
    assert sorted(named - words()["validation"].keys()) == []


def test_every_field_a_person_can_fill_in_has_a_name() -> None:
    named = {
        line.target.id.rstrip("_")
        for form in _workflow(ast.ClassDef)
        if any(isinstance(base, ast.Name) and base.id == "Form" for base in form.bases)
        for line in form.body
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
    }
    assert "others_reason" in named
    assert sorted(named - words()["field"].keys()) == []


@pytest.mark.parametrize("lang", LANGS)
def test_an_error_nobody_foresaw_still_has_words(lang: Lang) -> None:
    general = label("validation", "other", lang)
    assert validation("no_such_error", {}, lang) == general
    assert validation("string_too_long", {}, lang) == general


def test_an_error_that_has_its_own_words_uses_them() -> None:
    with pytest.raises(PeriodError) as caught:
        Period.parse("2024-2026")
    assert (
        validation("value_error", {"error": caught.value}, "vi")
        == "Không có năm học 2024-2026: hãy ghi 2024-2025"
    )


def _workflow(kind: type[Node]) -> Iterator[Node]:
    for path in WORKFLOW.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, kind):
                yield node


def _braces(text: str) -> set[str]:
    return {key for _, key, _, _ in Formatter().parse(text) if key}
