"""Two versions of a process are told apart, in the words of their readers."""

import copy
import tomllib
from typing import Any

import pytest
from hypothesis import given, strategies as st

from states.definition import Definition
from states.definition_file import parse, shipped, shipped_texts
from states.guards import GUARDS
from states.labels import LANGS, words
from states.process.difference_words import sentences, told
from states.process.differences import Difference, differences, successors

A, B, C = (shipped()[f"dossier@{version}"] for version in ("A.1", "B.1", "C.1"))
EVERY = sorted(shipped())
BASIS = "Ghi biên bản sau phiên họp (tham số)"


def changed(**parts: Any) -> Definition:
    """Regime A with a part of a station or of a step written otherwise."""
    table = copy.deepcopy(tomllib.loads(shipped_texts()["dossier@A.1"]))
    station, step = parts.pop("station", None), parts.pop("step", None)
    if station:
        table["station"][station] |= parts
    if step is not None:
        table["step"][step] |= parts
    return parse(_toml(table))


def _toml(table: dict[str, Any]) -> str:
    """The table as TOML, without its comments."""
    tops = [f"{key} = {_value(value)}" for key, value in table.items() if key not in ("station", "step")]
    stations = [f"[station.{name}]\n{_lines(part)}" for name, part in table["station"].items()]
    return "\n".join([*tops, *stations, *(f"[[step]]\n{_lines(part)}" for part in table["step"])])


def _lines(part: dict[str, Any]) -> str:
    return "\n".join(f"{key} = {_value(value)}" for key, value in part.items())


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)


def step_of(act: str, station: str) -> int:
    """The place in the file of the first row of an act at a station."""
    return next(n for n, step in enumerate(A.steps) if step.act == act and station in step.sources)


@pytest.mark.parametrize("name", EVERY)
def test_a_version_does_not_differ_from_itself(name: str) -> None:
    assert differences(shipped()[name], shipped()[name]) == []


def test_the_culture_and_society_review_takes_the_place_of_home_affairs() -> None:
    assert successors(A, B) == {"home_affairs_review": "culture_social_review"}
    assert successors(B, A) == {"culture_social_review": "home_affairs_review"}


def test_from_a_to_b_the_education_review_ends_and_the_standing_agency_changes() -> None:
    found = {(d.station, d.act, d.part): (d.old, d.new) for d in differences(A, B)}
    assert found["education_review", "", "station"][1] is None
    assert found["culture_social_review", "", "holder"] == (
        (("", ("home_affairs_officer",)),),
        (("", ("culture_social_officer",)),),
    )
    assert found["drafting", "submit", "to"] == (
        (("school", ("education_review",)), ("other", ("culture_social_review",))),
        (("", ("culture_social_review",)),),
    )
    assert found["culture_social_review", "forward", "needs"][0] == (
        ("", ("all_judged", "something_stands", "education_has_spoken")),
    )
    assert ("council_vote", "record_result", "by") not in found
    assert ("awaiting_decision", "award", "by") not in found


def test_where_both_branch_alike_only_what_changed_is_told() -> None:
    (basis,) = (d for d in differences(A, B) if (d.act, d.part) == ("confirm_result", "basis"))
    assert basis.old == (("none_passed", ("Hội đồng tư vấn; Chủ tịch quyết định (Điều 80)",)),)
    assert basis.new == (("none_passed", ("Hội đồng tư vấn; Chủ tịch quyết định (NĐ 129/2025)",)),)


def test_from_b_to_c_only_the_version_itself_changes() -> None:
    assert [(d.station, d.part) for d in differences(B, C)] == [
        ("", "regime"),
        ("", "effective_from"),
        ("", "provisional"),
    ]


VOTE, DECISION = ("council_vote", ""), ("awaiting_decision", "award")
AWARD = step_of("award", "awaiting_decision")


@pytest.mark.parametrize(
    ("change", "place", "part"),
    [
        ({"station": "council_vote", "limit": {"working_days": 3, "basis": BASIS}}, VOTE, "limit"),
        ({"station": "council_vote", "holder": "council_chair"}, VOTE, "holder"),
        ({"station": "council_vote", "opens_to": ["registrar"]}, VOTE, "opens_to"),
        ({"step": AWARD, "by": ["council_chair"]}, DECISION, "by"),
        ({"step": AWARD, "basis": "Điều 81"}, DECISION, "basis"),
        ({"step": AWARD, "needs": ["something_to_award"]}, DECISION, "needs"),
        ({"step": AWARD, "asks": ["nominations"]}, DECISION, "asks"),
        ({"step": AWARD, "tells": ["unit_head"]}, DECISION, "tells"),
        ({"step": AWARD, "to": "declined"}, DECISION, "to"),
        ({"step": AWARD, "allocates": ""}, DECISION, "allocates"),
    ],
    ids=str,
)
def test_one_change_is_one_difference(change: dict[str, Any], place: tuple[str, str], part: str) -> None:
    assert [(d.station, d.act, d.part) for d in differences(A, changed(**change))] == [(*place, part)]


def test_an_act_that_one_version_alone_has_is_told_as_a_whole() -> None:
    without = changed(step=step_of("put_on_agenda", "awaiting_council"), act="hold", to="same")
    found = [(d.station, d.act, d.part, bool(d.new)) for d in differences(A, without)]
    assert ("awaiting_council", "put_on_agenda", "act", False) in found


@given(st.sampled_from(EVERY), st.sampled_from(EVERY))
def test_backwards_the_same_places_differ_the_other_way_round(one: str, other: str) -> None:
    old, new = shipped()[one], shipped()[other]
    heirs = successors(new, old)

    def mirrored(found: Difference) -> tuple[str, str, str]:
        return heirs.get(found.station, found.station), found.act, found.part

    there = sorted(mirrored(d) for d in differences(old, new))
    back = sorted((d.station, d.act, d.part) for d in differences(new, old))
    assert there == back


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "pair", [(A, B), (B, A), (B, C), (A, C)], ids=lambda p: f"{p[0].version}-{p[1].version}"
)
def test_every_difference_is_told_in_words(pair: tuple[Definition, Definition], lang: Any) -> None:
    found, said = told(*pair, lang), list(sentences(*pair, lang))
    assert len(found) == len(said) == len(differences(*pair))
    assert all(one.old != one.new for one in found)
    assert not any("_" in sentence for sentence in said)
    assert len(set(said)) == len(said)


def test_a_difference_reads_like_a_sentence() -> None:
    assert (
        "Soạn thảo, Trình hồ sơ, dẫn đến: trước là “đơn vị là trường học: GD-ĐT thẩm tra; đơn vị khác: "
        "Nội vụ thẩm định”, nay là “VH-XH thẩm định”." in sentences(A, B, "vi")
    )
    assert "regime: it was “Regime A (from 01/01/2024)”, it is “Regime B (from 01/07/2025)”." in sentences(
        A, B, "en"
    )


def test_every_guard_has_words() -> None:
    assert words()["guard"].keys() == GUARDS.keys()
