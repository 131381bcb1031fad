"""Facts are written in one spelling, compared by it, patched by it."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, strategies as st

from states.case import Hold
from states.document import canonical, difference, from_document, merged, rewritten, spelled, to_document
from states.dossier import Agenda, Completion, Decision, Dossier, Flag, Nomination, Opinion, RoundRule

LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "a", "Đặng", "Đặng"])
DOCUMENTS = st.recursive(
    st.dictionaries(st.sampled_from("abcde"), LEAVES.filter(lambda leaf: leaf is not None), max_size=4),
    lambda inner: st.dictionaries(st.sampled_from("abcde"), inner, max_size=4),
    max_leaves=12,
)
WORDS = st.sampled_from(["education", "home_affairs", "n1", "n2", "LDTT", "Đào"])
OPINIONS = st.builds(Opinion, verdict=WORDS, seq=st.integers(0, 9), award=WORDS, told=st.booleans())
NOMINATIONS = st.builds(
    Nomination,
    position=st.integers(0, 9),
    award=WORDS,
    subject_type=WORDS,
    opinions=st.dictionaries(WORDS, OPINIONS, max_size=2),
    settled_seq=st.integers(0, 3),
)
DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
DOSSIERS = st.builds(
    Dossier,
    unit=WORDS,
    body=WORDS,
    category=WORDS,
    procedure=WORDS,
    period=WORDS,
    due=st.none() | DAYS,
    nominations=st.dictionaries(WORDS, NOMINATIONS, max_size=3),
    completion=st.none()
    | st.builds(
        Completion,
        asked_by=WORDS,
        seq=st.integers(0, 3),
        flags=st.dictionaries(WORDS, st.builds(Flag, nomination=WORDS, answered=st.booleans())),
        left=st.none() | st.integers(-3, 3),
    ),
    on_hold=st.none() | st.builds(Hold, cause=WORDS, seq=st.just(1), left=st.none() | st.integers(-3, 3)),
    agenda=st.none()
    | st.builds(
        Agenda,
        session_no=WORDS,
        date=DAYS,
        rules=st.dictionaries(WORDS, st.builds(RoundRule, share=st.integers(1, 99), confidence=WORDS)),
    ),
    decision=st.none() | st.builds(Decision, number=st.integers(1, 9), date=DAYS),
    hands=st.dictionaries(WORDS, st.lists(WORDS, min_size=1, max_size=2).map(tuple)),
    opened_to=st.lists(WORDS, max_size=2).map(tuple),
)


@given(DOCUMENTS, DOCUMENTS)
def test_the_difference_applied_to_the_first_gives_the_second(before: dict, after: dict) -> None:
    assert merged(before, difference(before, after)) == after


@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document: dict) -> None:
    assert difference(document, document) == {}


@given(DOSSIERS)
def test_a_dossier_read_back_is_the_dossier_written(case: Dossier) -> None:
    assert from_document(Dossier, to_document(case)) == case


@given(DOSSIERS, DOSSIERS, st.sets(st.sampled_from(["due", "nominations", "completion", "hands", "on_hold"])))
def test_a_dossier_written_from_what_it_was_read_from_is_spelt_like_one_written_anew(
    first: Dossier, last: Dossier, changed: set[str]
) -> None:
    document = json.loads(canonical(to_document(first)))
    before = from_document(Dossier, document)
    after = replace(before, **{name: getattr(last, name) for name in changed})
    assert spelled(rewritten(after, before, document)) == canonical(to_document(after))


@given(DOSSIERS, DOSSIERS)
def test_a_history_of_differences_folds_to_the_last_facts(first: Dossier, last: Dossier) -> None:
    one, two = to_document(first), to_document(last)
    assert canonical(merged(merged({}, difference({}, one)), difference(one, two))) == canonical(two)


def test_nothing_left_of_a_stopped_clock_is_not_the_same_as_no_clock() -> None:
    stopped = replace(Dossier("u", "b", "k", "full", "2024"), on_hold=Hold("complaint", 3, 0))
    assert to_document(stopped)["on_hold"] == {"cause": "complaint", "seq": 3, "left": 0}


def test_two_ways_to_type_one_letter_are_one_spelling() -> None:
    assert canonical({"tên": "Đặng Thị Ngân"}) == canonical({"tên": "Đặng Thị Ngân"})
    assert canonical({"b": 1, "a": [True, None, "ế"]}) == '{"a":[true,null,"ế"],"b":1}'


@pytest.mark.parametrize("value", [0.7, b"bytes", date(2024, 5, 13), {1, 2}])
def test_what_has_no_single_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical({"x": value})
