"""A definition file is used only when nothing is wrong with it."""

import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given, settings, strategies as st

from states.checking.check import KNOWN_ACTS, FaultyDefinition, Registries, checked, faults
from states.checking.faults import SENTENCES
from states.choices import CHOICES
from states.definition import Definition, DefinitionError, in_force
from states.definition_file import parse, shipped
from states.guards import GUARDS
from states.roles import Role

NAMES = Registries(
    guards=frozenset(GUARDS),
    choices={name: choice.values for name, choice in CHOICES.items()},
    roles=frozenset(Role),
)

SMALL = """
key = "dossier"
version = "A.1"
regime = "A"
effective_from = 2024-01-01
title = { vi = "Hồ sơ", en = "Dossier" }
initial = "drafting"

[station.drafting]
label = { vi = "Soạn thảo", en = "Drafting" }
place = [0, 0]
holder = "unit_clerk"
limit = { waits_forever = { reason = { vi = "Tùy đơn vị", en = "Up to the unit" }, remind_working_days = 10 } }

[station.review]
label = { vi = "Thẩm định", en = "Review" }
place = [1, 0]
holder = "home_affairs_officer"
hands_to = { role = "home_affairs_head", once = ["all_judged"] }
limit = { working_days = { full = 10, simplified = 3 }, basis = "Tham số" }
opens_to = ["auditor"]

[station.completion]
label = { vi = "Chờ bổ sung", en = "Completion" }
place = [1, 1]
holder = "unit_clerk"
limit = { from_argument = "due" }

[station.awarded]
label = { vi = "Đã khen", en = "Awarded" }
place = [2, 0]
final = true

[station.lapsed]
label = { vi = "Hết hạn", en = "Lapsed" }
place = [2, 1]
final = true

[[step]]
act = "create"
from = ["start"]
to = "drafting"
by = ["unit_clerk"]

[[step]]
act = "submit"
from = ["drafting"]
when = "unit_type:school"
to = "review"
by = ["unit_head"]
needs = ["has_nominations"]

[[step]]
act = "submit"
from = ["drafting"]
when = "unit_type:other"
to = "review"
by = ["unit_head"]
tells = ["home_affairs_officer"]

[[step]]
act = "lapse"
from = ["drafting"]
to = "lapsed"
by = ["clock"]

[[step]]
act = "request_completion"
from = ["review"]
to = "completion"
by = ["home_affairs_officer"]
asks = ["reason", "due"]

[[step]]
act = "take_back"
from = ["completion"]
to = "review"
by = ["home_affairs_officer", "clock"]

[[step]]
act = "award"
from = ["review"]
to = "awarded"
by = ["chairman"]

[[step]]
act = "hold"
from = ["*waiting", "!drafting"]
to = "same"
by = ["home_affairs_head"]
"""

NEW_STEP = '\n[[step]]\nact = "{act}"\nfrom = ["{source}"]\nto = "{to}"\nby = ["{by}"]\n'


def added(act: str, source: str, to: str, by: str = "unit_head") -> str:
    return SMALL + NEW_STEP.format(act=act, source=source, to=to, by=by)


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


# What is wrong, the text that is wrong in this way alone, where the fault is found, its code.
REFUSED = {
    "a guard nobody knows": (changed("has_nominations", "is_nice"), "step 2", "unknown_guard"),
    "a hand-over on an unknown guard": (changed("all_judged", "most_judged"), "station review", "unknown_guard"),
    "an act nobody knows": (changed('"award"', '"praise"'), "step 7", "unknown_act"),
    "an unknown role that may act": (changed('"chairman"', '"king"'), "step 7", "unknown_role"),
    "an unknown role that is told": (
        changed('tells = ["home_affairs_officer"]', 'tells = ["press"]'),
        "step 3",
        "unknown_role",
    ),
    "telling the clock": (
        changed('tells = ["home_affairs_officer"]', 'tells = ["clock"]'),
        "step 3",
        "unknown_role",
    ),
    "an unknown role that sees": (changed('"auditor"', '"neighbour"'), "station review", "unknown_role"),
    "an unknown holder": (changed('holder = "home_', 'holder = "far_'), "station review", "unknown_role"),
    "a hand-over to the clock": (
        changed('role = "home_affairs_head"', 'role = "clock"'),
        "station review",
        "unknown_role",
    ),
    "a hand-over to an unknown role": (
        changed('role = "home_affairs_head"', 'role = "boss"'),
        "station review",
        "unknown_role",
    ),
    "a choice nobody knows": (changed("unit_type:school", "weather:school"), "step 2", "unknown_choice"),
    "a choice without a value": (changed("unit_type:school", "unit_type"), "step 2", "unknown_value"),
    "a condition without a choice": (changed("unit_type:school", ":school"), "step 2", "unknown_choice"),
    "a value the choice lacks": (changed("unit_type:school", "unit_type:ship"), "step 2", "unknown_value"),
    "a way from a station that is not there": (
        changed('from = ["review"]', 'from = ["preview"]'),
        "step 5",
        "unknown_station",
    ),
    "a way to a station that is not there": (
        changed('to = "awarded"', 'to = "rewarded"'),
        "step 7",
        "unknown_station",
    ),
    "a star that means everywhere": (changed('from = ["review"]', 'from = ["*"]'), "step 5", "unknown_station"),
    "an exception for a station that is not there": (
        changed('"!drafting"', '"!drifting"'),
        "step 8",
        "unknown_station",
    ),
    "a station beside every waiting one": (changed('"!drafting"', '"review"'), "step 8", "unknown_station"),
    "a source that is no list": (changed('from = ["review"]', 'from = "*"'), "step 5", "form"),
    "roles that are no list": (changed('["chairman"]', '"chairman"'), "step 7", "form"),
    "an act nobody may do": (changed('["chairman"]', "[]"), "step 7", "form"),
    "an act from nowhere": (changed('from = ["review"]', "from = []"), "step 5", "form"),
    "an empty name": (changed('to = "awarded"', 'to = ""'), "step 7", "form"),
    "an empty label": (changed('en = "Review"', 'en = " "'), "station review", "form"),
    "a place that is no number": (changed("[1, 0]", '["1", 0]'), "station review", "form"),
    "a place with three numbers": (changed("[1, 0]", "[1, 0, 0]"), "station review", "form"),
    "a final mark that is no yes or no": (changed("final = true", 'final = "true"'), "awarded", "form"),
    "a moment instead of a day": (changed("2024-01-01", "2024-01-01T08:00:00"), "definition", "form"),
    "a limit in words": (changed("full = 10", 'full = "ten"'), "station review, limit", "form"),
    "a confidence nobody knows": (
        changed('basis = "Tham số"', 'confidence = "sure"'),
        "station review, limit",
        "form",
    ),
    "a version of another regime": (changed('"A.1"', '"B.1"'), "definition", "version"),
    "a version that cannot be ordered": (changed('"A.1"', '"A.one"'), "definition", "version"),
    "a station named start": (changed("[station.lapsed]", "[station.start]"), "station start", "station_name"),
    "a station named with a blank": (
        changed("[station.lapsed]", '[station."has lapsed"]'),
        "station has lapsed",
        "station_name",
    ),
    "an initial station that is not there": (
        changed('initial = "drafting"', 'initial = "drift"'),
        "definition",
        "initial",
    ),
    "an initial station that is final": (
        changed('initial = "drafting"', 'initial = "lapsed"'),
        "definition",
        "initial",
    ),
    "staying at the start": (
        changed('from = ["start"]\nto = "drafting"', 'from = ["start"]\nto = "same"'),
        "step 1",
        "same_from_start",
    ),
    "starting elsewhere than at the initial station": (
        changed('from = ["start"]\nto = "drafting"', 'from = ["start"]\nto = "review"'),
        "step 1",
        "start_elsewhere",
    ),
    "a way out of a final station": (added("forward", "awarded", "review"), "step 9", "out_of_final"),
    "an act that stays at a final station": (added("amend", "awarded", "same"), "step 9", "out_of_final"),
    "two stations at one place": (changed("[1, 1]", "[1, 0]"), "station completion", "place_taken"),
    "a waiting station nobody holds": (
        changed('holder = "home_affairs_officer"\n', ""),
        "station review",
        "no_holder",
    ),
    "a final station somebody holds": (
        changed("final = true", 'final = true\nholder = "registrar"'),
        "station awarded",
        "final_holds",
    ),
    "a final station with a limit": (
        changed("final = true", "final = true\nlimit = { working_days = 3 }"),
        "station awarded",
        "final_holds",
    ),
    "a waiting station without a limit": (
        changed('limit = { from_argument = "due" }\n', ""),
        "station completion",
        "no_limit",
    ),
    "a limit of no days": (changed("full = 10", "full = 0"), "station review, limit", "too_few_days"),
    "a limit for one procedure only": (
        changed("full = 10, simplified = 3", "full = 10"),
        "station review, limit",
        "procedures",
    ),
    "a limit for a procedure nobody knows": (
        changed("full = 10", "full = 10, fast = 1"),
        "station review, limit",
        "procedures",
    ),
    "a limit from an argument nobody gives": (
        changed('from_argument = "due"', 'from_argument = "until"'),
        "station completion, limit",
        "argument_not_asked",
    ),
    "a limit from an argument that may be left out": (
        changed('"due"]', '"due?"]'),
        "station completion, limit",
        "argument_not_asked",
    ),
    "waiting for ever without a reminder": (
        changed("remind_working_days = 10", "remind_working_days = 0"),
        "station drafting, limit",
        "no_reminder",
    ),
    "rows of one act that use two choices": (
        changed("unit_type:school", "settled:none"),
        "station drafting, act submit",
        "two_choices",
    ),
    "a value without a row": (
        changed('when = "unit_type:other"\nto', "to").replace('act = "submit"', 'act = "amend"', 1),
        "station drafting, act amend",
        "value_missing",
    ),
    "a value with two rows": (
        changed("unit_type:other", "unit_type:school"),
        "station drafting, act submit",
        "value_doubled",
    ),
    "rows with and without a condition": (
        changed('when = "unit_type:other"\n', ""),
        "station drafting, act submit",
        "mixed_rows",
    ),
    "one act with two rows": (added("award", "review", "awarded"), "act award", "doubled_row"),
    "a station nobody reaches": (
        changed('from = ["review"]\nto = "completion"', 'from = ["completion"]\nto = "completion"'),
        "station completion",
        "unreachable",
    ),
    "a station without a way to an end": (
        changed('from = ["completion"]\nto = "review"', 'from = ["completion"]\nto = "same"'),
        "station completion",
        "no_end",
    ),
    "a timer with no way out": (
        changed('["home_affairs_officer", "clock"]', '["clock"]'),
        "station completion",
        "timer_trap",
    ),
    "a loop the clock runs alone": (
        changed('"request_completion"\nfrom = ["review"]\nto = "completion"\nby = [', '"request_completion"\n'
                'from = ["review"]\nto = "completion"\nby = ["clock", '),
        "station review",
        "automatic_loop",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_definition_is_refused_for(wrong: str) -> None:
    text, place, code = REFUSED[wrong]
    found = faults(parse(text), NAMES)
    assert [fault.code for fault in found if place in fault.place and fault.code == code], found
    with pytest.raises(FaultyDefinition) as refusal:
        checked(parse(text), NAMES)
    assert all(str(fault) in str(refusal.value) for fault in found)


OF_LADDERS = {"unknown_ladder", "rung_tells_or_acts", "rung_acts_early"} | {
    f"ladder_{what}" for what in ("unserved", "no_end", "goes_on", "order")
}
"""Refusals that the tests of the ladders earn."""


def test_every_refusal_has_a_text_that_earns_it() -> None:
    assert {code for _, _, code in REFUSED.values()} == set(SENTENCES) - OF_LADDERS


@pytest.mark.parametrize("wrong", REFUSED)
def test_a_refusal_is_a_sentence_in_both_languages(wrong: str) -> None:
    for fault in faults(parse(REFUSED[wrong][0]), NAMES):
        for sentence in (fault.message_vi, fault.message_en):
            assert sentence.strip()
            assert "{name" not in sentence
            assert "{kind" not in sentence
        assert fault.message_vi != fault.message_en
        assert unicodedata.is_normalized("NFC", fault.message_vi)


@pytest.mark.parametrize(
    "text",
    [
        changed('en = "Review"', 'fr = "Examen"'),
        changed(', en = "Review"', ""),
        changed('act = "award"', 'act = "award"\ncolour = "red"'),
        changed("final = true", "last = true"),
        changed('key = "dossier"', 'key = "dossier"\nowner = "me"'),
        changed('basis = "Tham số"', 'days = "calendar"'),
        changed("place = [1, 0]", "place = [1]"),
        changed("{ waits_forever = { reason", "{ waits_forever = { because"),
        changed(", remind_working_days = 10", ""),
        changed('limit = { from_argument = "due" }', 'limit = { from_argument = "due", working_days = 3 }'),
        changed("effective_from = 2024-01-01", 'effective_from = "soon"'),
        changed("full = 10", "full = 1.5"),
        'extends = "Z.9"\n' + SMALL,
        "not = a = definition",
        "",
    ],
)
def test_a_file_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(DefinitionError):
        parse(text)


@pytest.mark.parametrize(
    ("text", "place", "part"),
    [
        (changed('act = "award"', 'act = "award"\ncolour = "red"'), "step award", "colour"),
        (changed("final = true", "last = true"), "station awarded", "last"),
        (changed('key = "dossier"', 'key = "dossier"\nowner = "me"'), "definition", "owner"),
        (changed('basis = "Tham số"', 'days = "calendar"'), "limit of station review", "days"),
    ],
)
def test_an_unknown_part_is_refused_with_its_place(text: str, place: str, part: str) -> None:
    with pytest.raises(DefinitionError, match=f"{place}.*{part}"):
        parse(text)


def test_a_definition_that_extends_itself_is_refused() -> None:
    text = 'extends = "A.1"\n' + SMALL
    with pytest.raises(DefinitionError):
        parse(text, parents={"dossier@A.1": text})


def test_an_extension_takes_over_what_it_does_not_say() -> None:
    child = parse(
        'extends = "A.1"\nversion = "A.2"\neffective_from = 2024-07-01', parents={"dossier@A.1": SMALL}
    )
    assert child.stations == parse(SMALL).stations
    assert (child.version, child.effective_from) == ("A.2", date(2024, 7, 1))
    assert faults(child, NAMES) == []


# ---------------------------------------------------------------- what is shipped


def test_what_is_shipped_has_no_fault() -> None:
    assert shipped()
    for definition in shipped().values():
        acts = KNOWN_ACTS
        assert faults(definition, replace(NAMES, acts=acts)) == []


def test_the_clock_may_hold_what_only_waits_for_its_day() -> None:
    assert not faults(parse(changed('holder = "unit_clerk"', 'holder = "clock"')), NAMES)


def test_a_small_definition_has_no_fault() -> None:
    assert checked(parse(SMALL), NAMES).name == "dossier@A.1"


# ---------------------------------------------------------------- digests


def test_the_spelling_of_a_file_does_not_change_its_digest() -> None:
    digest = parse(SMALL).digest
    moved = changed('holder = "unit_clerk"\n', "").replace(
        "place = [0, 0]", 'holder = "unit_clerk"\nplace = [0, 0]'
    )
    assert parse(moved).digest == digest
    assert parse(SMALL.replace(" = ", "   =  ").replace("\n\n", "\n# a remark\n\n")).digest == digest
    assert unicodedata.normalize("NFD", SMALL) != SMALL
    assert parse(unicodedata.normalize("NFD", SMALL)).digest == digest


CHANGES = [
    ("full = 10", "full = 11"),
    ('tells = ["home_affairs_officer"]', "tells = []"),
    ('en = "Review"', 'en = "Appraisal"'),
    ("2024-01-01", "2024-01-02"),
    ('needs = ["has_nominations"]\n', ""),
    ("[2, 1]", "[2, 2]"),
    ('"reason", "due"', '"due", "reason"'),
]


def test_any_change_of_content_changes_the_digest() -> None:
    digests = [parse(SMALL).digest, *(parse(changed(old, new)).digest for old, new in CHANGES)]
    assert len(set(digests)) == len(CHANGES) + 1


# ---------------------------------------------------------------- which one is in force


def version(name: str, day: str) -> Definition:
    return parse(SMALL.replace('"A.1"', f'"{name}"').replace("2024-01-01", day))


def in_force_on(day: date, *found: Definition) -> str:
    return in_force({d.name: d for d in found}, key="dossier", day=day).version


def test_the_latest_version_that_is_effective_is_in_force() -> None:
    first, second = version("A.1", "2024-01-01"), version("A.2", "2024-07-01")
    assert in_force_on(date(2024, 6, 30), second, first) == "A.1"
    assert in_force_on(date(2024, 7, 1), first, second) == "A.2"


def test_of_two_with_one_day_the_higher_number_is_in_force() -> None:
    ninth, tenth = version("A.9", "2024-01-01"), version("A.10", "2024-01-01")
    assert in_force_on(date(2024, 1, 1), tenth, ninth) == "A.10"
    assert in_force_on(date(2024, 1, 1), ninth, tenth) == "A.10"


def test_before_the_first_version_none_is_in_force() -> None:
    with pytest.raises(DefinitionError, match="2023-12-31"):
        in_force_on(date(2023, 12, 31), version("A.1", "2024-01-01"))


# ---------------------------------------------------------------- anything else

SHIPPED_TEXTS = [
    entry.read_text("utf-8")
    for entry in (files("states") / "definitions").iterdir()
    if entry.name.endswith(".toml")
]
LINES = SMALL.splitlines()
PIECES = st.one_of(
    st.text(max_size=12),
    st.sampled_from([*LINES, "", "[]", "{}", "0", "true", '"*"', "1979-05-27T07:32:00", "1.5", "[[step]]"]),
)


@settings(max_examples=150)
@given(
    cuts=st.lists(
        st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from(["line", "value"]), PIECES), max_size=4
    )
)
def test_garbage_is_refused_as_a_definition_and_nothing_else(cuts: list[tuple[int, str, str]]) -> None:
    lines = list(LINES)
    for at, what, piece in cuts:
        before, is_pair, _ = lines[at].partition("=")
        lines[at] = f"{before}= {piece}" if what == "value" and is_pair else piece
    with suppress(DefinitionError):
        checked(parse("\n".join(lines)), NAMES)


@settings(max_examples=60)
@given(data=st.data())
def test_a_shipped_text_cut_short_or_doubled_raises_nothing_unexpected(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SHIPPED_TEXTS))
    begin, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    mutated = data.draw(st.sampled_from([text[:begin] + text[end:], text[:end] + text[begin:]]))
    with suppress(DefinitionError):
        checked(parse(mutated), NAMES)
