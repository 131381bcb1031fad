"""A plan that cannot be used is refused with every fault, where it is, what to do."""

import copy
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, strategies as st

from states.labels import LANGS
from states.year.plan_faults import PlanError, PlanFault
from states.year.plan_file import parse_plan, plan_document, plan_from_document, shipped_plan

Document = dict[str, Any]
DOCUMENT = plan_document(shipped_plan(2024))
SHORT: Document = {
    **DOCUMENT,
    "items": [one for one in DOCUMENT["items"] if one["id"] in {"I-01", "Q1-06b", "Q1-07a", "REP-6M-SCHOOL"}],
    "duties": DOCUMENT["duties"][3:4],
    "campaigns": DOCUMENT["campaigns"][:1],
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.just("2024-02-30"),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["vi", "id"]), inner),
    max_leaves=4,
)


def entry(document: Document, group: str, name: str) -> Document:
    key = "item" if group == "duties" else "id"
    found: Document = next(one for one in document[group] if one[key] == name)
    return found


def item(**change: Any) -> Callable[[Document], None]:
    return lambda document: entry(document, "items", "Q1-04").update(change)


def duty(**change: Any) -> Callable[[Document], None]:
    return lambda document: entry(document, "duties", "Q1-07b").update(change)


def campaign(**change: Any) -> Callable[[Document], None]:
    return lambda document: entry(document, "campaigns", "annual").update(change)


def parameter(name: str, value: int) -> Callable[[Document], None]:
    return lambda document: document["parameters"].update({name: value})


def faults_of(document: Document) -> tuple[PlanFault, ...]:
    try:
        plan_from_document(document)
    except PlanError as refused:
        return refused.faults
    return ()


def faults_after(change: Callable[[Document], object]) -> tuple[PlanFault, ...]:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    faults = faults_of(document)
    assert faults
    return faults


AT = "items.Q1-04"
CASES: list[tuple[Callable[[Document], object], str, str]] = [
    (item(actor=["UBND_TP", "PHONG_LA"]), f"{AT}.actor.2", "unknown_party"),
    (item(drafter="AI_DO"), f"{AT}.drafter", "unknown_party"),
    (item(kind="holiday"), f"{AT}.kind", "unknown_word"),
    (item(award_kinds=["KHAC"]), f"{AT}.award_kinds", "unknown_word"),
    (item(depends_on=["Q9-99"]), f"{AT}.depends_on", "unknown_item"),
    (item(follows="Q9-99"), f"{AT}.follows", "unknown_item"),
    (item(due={"by": "2024-02-30"}), f"{AT}.due.by", "no_such_date"),
    (item(due={"by": datetime(2024, 2, 1)}), f"{AT}.due.by", "no_such_date"),  # noqa: DTZ001  # as TOML gives it
    (item(due={"by": "20240201"}), f"{AT}.due.by", "no_such_date"),
    (item(due={"by": 20240201}), f"{AT}.due.by", "no_such_date"),
    (item(due={"by": "2024-02-01", "before": "2024-02-02"}), f"{AT}.due", "before_or_by"),
    (item(due={}), f"{AT}.due", "before_or_by"),
    (item(due={"by": "2025-02-01"}), f"{AT}.due", "outside_year"),
    (item(fixed_dates=["2023-05-19"]), f"{AT}.fixed_dates", "outside_year"),
    (item(quarter=5), f"{AT}.quarter", "quarter"),
    (item(quarter="1"), f"{AT}.quarter", "not_a_number"),
    (item(quarter=True), f"{AT}.quarter", "not_a_number"),
    (item(if_any="yes"), f"{AT}.if_any", "not_yes_or_no"),
    (item(document=3), f"{AT}.document", "not_text"),
    (item(text={"vi": "Hội nghị"}), f"{AT}.text.en", "no_en"),
    (item(text={"vi": " ", "en": "Conference"}), f"{AT}.text.vi", "no_vi"),
    (item(text={"vi": "Hội nghị", "en": "Conference", "fr": "x"}), f"{AT}.text.fr", "unknown_field"),
    (item(text="Hội nghị"), f"{AT}.text", "not_a_table"),
    (item(actor="UBND_TP"), f"{AT}.actor", "not_a_list"),
    (item(actor=[]), f"{AT}.actor", "nobody_acts"),
    (item(colour="red"), f"{AT}.colour", "unknown_field"),
    (item(anniversaries=[1890]), f"{AT}.text.vi", "anniversary"),
    (item(award_period="2023-2025"), f"{AT}.award_period", "period"),
    (item(window={"first": "2024-03-02", "last": "2024-03-01"}), f"{AT}.window", "ends_before"),
    (item(quarter=2, due={"before": "2024-01-01"}), f"{AT}.due", "ends_before"),
    (item(id="Q2-04"), "items.Q2-04", "doubled"),
    (item(id="Q1:04"), "items.Q1:04", "name"),
    (item(quarter=4, due={"by": "2024-01-31"}), f"{AT}.due", "ends_before"),
    (lambda d: entry(d, "items", "I-01").pop("answer"), "items.I-01.answer", "no_answer"),
    (lambda d: entry(d, "items", "Q1-04").pop("actor"), f"{AT}.actor", "missing"),
    (duty(item="Q9-99"), "duties.Q9-99.item", "unknown_item"),
    (duty(item="Q1-05", due=None), "duties.Q1-05.due", "not_a_table"),
    (duty(owed_by=["office", "factory"]), "duties.Q1-07b.owed_by", "unknown_unit_kind"),
    (duty(owed_by=[]), "duties.Q1-07b.owed_by", "nobody_owes"),
    (duty(opens="2024-03-18"), "duties.Q1-07b.opens", "ends_before"),
    (duty(period="quý I"), "duties.Q1-07b.period", "period"),
    (duty(definition="dossier"), "duties.Q1-07b.definition", "unknown_word"),
    (campaign(closes="2024-01-01", opens="2024-01-02"), "campaigns.annual.closes", "ends_before"),
    (campaign(kind="KHAC"), "campaigns.annual.kind", "unknown_word"),
    (lambda d: entry(d, "campaigns", "annual").pop("closes"), "campaigns.annual", "half_open"),
    (lambda d: d.update(body_kind="kingdom"), "body_kind", "unknown_unit_kind"),
    (lambda d: d.update(year=1824), "year", "year"),
    (lambda d: d.update(items={}), "items", "not_a_list"),
    (parameter("internal_days_for_schools", 3), "parameters.internal_days_for_schools", "out_of_bounds"),
    (parameter("report_cut_off_days", -1), "parameters.report_cut_off_days", "out_of_bounds"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "code"), CASES, ids=[f"{p}-{c}" for _, p, c in CASES])
def test_what_is_wrong_is_named_with_its_place(
    change: Callable[[Document], object], place: str, code: str
) -> None:
    faults = faults_after(change)
    assert (place, code) in {(fault.place, fault.code) for fault in faults}
    for fault in faults:
        for lang in LANGS:
            said = fault.sentence(lang)
            assert said
            assert not set("{}") & set(said)
            assert fault.where(lang)


def test_a_duty_under_an_item_without_a_date_needs_a_last_day() -> None:
    def change(document: Document) -> None:
        entry(document, "duties", "Q1-07b")["item"] = "I-06"
        del document["duties"][-2]["due"]

    assert [(f.place, f.code) for f in faults_after(change)] == [("duties.I-06.due", "no_last_day")]


def test_all_faults_are_told_at_once() -> None:
    def change(document: Document) -> None:
        item(quarter=7, depends_on=["Q9-99"])(document)
        campaign(period="?")(document)

    assert [fault.code for fault in faults_after(change)] == ["quarter", "unknown_item", "period"]


def test_a_ring_of_dependencies_is_named_in_full() -> None:
    def change(document: Document) -> None:
        entry(document, "items", "Q1-06b")["depends_on"] = ["Q1-07a"]
        entry(document, "items", "Q1-07a")["depends_on"] = ["Q1-04"]

    (fault,) = faults_after(change)
    assert fault.place == "items.Q1-04.depends_on"
    assert fault.figures == {"names": "Q1-04 → Q1-06b → Q1-07a → Q1-04"}
    assert "Q1-04 → Q1-06b → Q1-07a → Q1-04" in fault.sentence("vi")


def test_an_item_cannot_wait_for_itself() -> None:
    (fault,) = faults_after(item(depends_on=["Q1-04"]))
    assert fault.figures == {"names": "Q1-04 → Q1-04"}


def test_two_rings_are_both_named() -> None:
    def change(document: Document) -> None:
        item(depends_on=["Q1-04"])(document)
        entry(document, "items", "Q4-04")["depends_on"] = ["Q4-05"]
        entry(document, "items", "Q4-05")["depends_on"] = ["Q4-04"]

    assert [f.figures["names"] for f in faults_after(change)] == [
        "Q1-04 → Q1-04",
        "Q4-04 → Q4-05 → Q4-04",
    ]


def test_a_fault_is_told_in_the_language_of_its_reader() -> None:
    (fault,) = faults_after(item(due={"by": "2025-02-01"}))
    assert fault.where("vi") == "đầu việc, Q1-04, hạn"
    assert fault.sentence("vi") == "ngày 01/02/2025 không thuộc năm 2024 của kế hoạch; hãy sửa ngày"
    assert str(fault) == (
        "items.Q1-04.due: 01/02/2025 lies outside 2024, the year of the plan; correct the date"
    )


@pytest.mark.parametrize(
    ("source", "code", "figures"),
    [
        ("year = 2024\nissued = 2024-02-30\n", "no_such_date_on_line", {"name": "2024-02-30", "line": 2}),
        ("year = 2024\nissued = hôm nay\n", "not_toml", {"line": 2, "column": 10}),
        ("issued = 2024-01-29T99:00:00", "not_toml", {"line": 1, "column": 20}),
        ('number = "152', "not_toml_to_the_end", {}),
        ("year = " + "9" * 5000, "not_toml_to_the_end", {}),
        ("year = " + "[" * 5000, "not_toml_to_the_end", {}),
    ],
)
def test_a_file_that_is_not_toml_is_refused_with_the_line(
    source: str, code: str, figures: dict[str, object]
) -> None:
    with pytest.raises(PlanError) as refused:
        parse_plan(source)
    (fault,) = refused.value.faults
    assert (fault.code, fault.figures) == (code, figures)
    assert all(fault.sentence(lang) for lang in LANGS)


@pytest.mark.parametrize(
    "change",
    [
        duty(opens="2024-03-15"),
        campaign(opens="2024-03-31"),
        item(window={"first": "2024-03-01", "last": "2024-03-01"}),
        item(window={"first": "2024-03-01", "last": "2024-03-04"}, due={"by": "2024-03-01"}),
    ],
)
def test_what_begins_on_its_last_day_is_no_fault(change: Callable[[Document], object]) -> None:
    document = copy.deepcopy(DOCUMENT)
    change(document)
    assert faults_of(document) == ()


def test_text_typed_letter_by_mark_is_kept_in_the_common_form() -> None:
    document = copy.deepcopy(DOCUMENT)
    entry(document, "items", "Q1-04")["text"]["vi"] = unicodedata.normalize("NFD", "Hội nghị")
    assert plan_from_document(document).item("Q1-04").text.vi == unicodedata.normalize("NFC", "Hội nghị")


@pytest.mark.parametrize("document", [None, [], "plan", {}, {"items": []}])
def test_what_is_no_plan_at_all_is_refused(document: object) -> None:
    with pytest.raises(PlanError):
        plan_from_document(document)


def test_dates_may_be_written_as_dates_or_as_text() -> None:
    assert plan_from_document({**DOCUMENT, "issued": date(2024, 1, 29)}) == plan_from_document(DOCUMENT)


def test_a_part_of_a_plan_that_is_whole_in_itself_is_a_plan() -> None:
    assert faults_of(SHORT) == ()


@given(data=st.data())
def test_a_document_changed_anywhere_is_a_plan_or_a_list_of_faults(data: st.DataObject) -> None:
    place: Any = (document := copy.deepcopy(SHORT))
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            place[key] = data.draw(JSON)
            break
        place = inner
    for fault in faults_of(document):
        assert all(fault.sentence(lang) for lang in LANGS)
