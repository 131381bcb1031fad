"""The council with its sessions at the API: the same shapes as everywhere, no ballot, no figures early."""

from pathlib import Path
from typing import Any

import pytest
from builders import World
from builders_api import Api, an_api
from builders_council import THE_DAY, a_council, a_scan, opened, ready, session, voted

from db.engine import Database


@pytest.fixture
def api(database: Database, tmp_path: Path) -> Api:
    """The small city behind its API, on each kind of database."""
    return an_api(database, tmp_path)


def act(api: Api, who: str, ref: str, name: str, **body: Any) -> Any:
    """An act on a session at its present version."""
    version = api.world.record(ref).version
    return api.post(who, f"sessions/{ref}/acts/{name}", {"version": version, **body})


def figures(world: World, ref: str, against: int = 0) -> list[dict[str, Any]]:
    """One teller's figures of the open round."""
    found = session(world, ref).open_round
    assert found is not None
    return [
        {"nomination": id_, "for": len(found[1].roll.may_vote(id_)) - against, "against": against}
        for id_ in found[1].rules
    ]


def test_a_program_takes_a_session_from_its_draft_to_a_closed_round(api: Api) -> None:
    a_council(api.world)
    dossier = ready(api.world)
    about = {"title": "Phiên họp quý II", "period": "2024Q2", "date": "2024-05-20", "begins_at": "14:00"}
    missing = api.post("yen", "sessions", {"unit": "HD", **about})
    assert (missing.status_code, missing.json()["fields"][0]["field"]) == (422, "place")
    made = api.post("yen", "sessions", {"unit": "HD", "place": "Hội trường B", **about})
    assert made.status_code == 201
    ref = made.json()["ref"]
    assert set(made.json()) == {"ref", "station", "version", "definition"}
    assert act(api, "yen", ref, "set_agenda", args={"dossiers": [dossier]}).status_code == 200
    assert act(api, "chau", ref, "convene").json()["station"] == "convened"
    api.world.on(THE_DAY)
    roll = [one["seat"] for one in api.get("chau", f"sessions/{ref}").json()["members"]]
    refused = act(api, "chau", ref, "open_session", args={"present": roll[:2]})
    assert (refused.status_code, refused.json()["reasons"][0]["code"]) == (409, "no_quorum")
    act(api, "chau", ref, "open_session", args={"present": roll})
    assert api.get("yen", f"dossiers/{dossier}").json()["agenda"]["session"] == ref
    act(api, "yen", ref, "open_round", args={"dossier": dossier})
    rows = figures(api.world, ref)
    act(api, "yen", ref, "enter_totals", args={"totals": rows, "scan": a_scan(api.world, "yen")})
    act(api, "quang", ref, "enter_totals", args={"totals": rows})
    assert act(api, "chau", ref, "close_round").status_code == 200
    agenda = api.get("chau", f"sessions/{ref}/agenda").json()
    said = agenda["items"][0]["nominations"][0]["outcome"]
    assert (said["result"], said["entitled"], said["needed"], said["share"]) == ("passed", 9, 7, 1000)
    listed = api.get("chau", "sessions", period="2024Q2").json()["items"]
    assert [one["ref"] for one in listed] == [ref]
    history = api.get("chau", f"sessions/{ref}/history").json()["items"]
    assert [one["act"] for one in history][-1] == "close_round"


def test_a_teller_is_not_told_what_the_other_counted(api: Api) -> None:
    world = api.world
    a_council(world)
    dossier = ready(world)
    ref = opened(world, dossier)
    world.do("yen", "open_round", ref, dossier=dossier)
    world.do("yen", "enter_totals", ref, totals=figures(world, ref, against=2))
    seen = {
        who: api.get(who, f"sessions/{ref}/rounds").json()["rounds"][0] for who in ("yen", "quang", "chau")
    }
    assert [len(seen[who]["totals"]) for who in ("yen", "quang", "chau")] == [1, 0, 0]
    assert seen["quang"]["tellers"] == ["Trịnh Hải Yến"]
    world.do("quang", "enter_totals", ref, totals=figures(world, ref))
    both = api.get("chau", f"sessions/{ref}/rounds").json()["rounds"][0]
    assert (len(both["totals"]), both["agreed"], both["hands"]) == (2, False, {})
    offers = api.get("chau", f"sessions/{ref}/acts").json()["acts"]
    closing = next(one for one in offers if one["act"] == "close_round")
    assert "totals_differ" in [reason["code"] for reason in closing["reasons"]]


def test_a_closed_session_is_told_with_its_excerpts(api: Api) -> None:
    world = api.world
    a_council(world)
    dossier = ready(world)
    ref = opened(world, dossier, written=("duc",))
    voted(world, ref, dossier)
    world.do("chau", "close_session", ref)
    told = api.get("lan", f"dossiers/{dossier}").json()
    said = told["nominations"][0]
    assert (said["votes"]["for"], said["entitled"], said["needed"]) == (9, 9, 7)
    assert api.get("chau", f"sessions/{ref}/rounds").json()["rounds"][0]["written"] != []


def test_a_council_is_told_with_its_terms_and_its_rules(api: Api) -> None:
    ref = a_council(api.world, until={"duc": "2024-03-31"})
    told = api.get("quang", f"councils/{ref}").json()
    ended = [one for one in told["seats"] if one["valid_to"]]
    assert [one["name"] for one in ended] == ["Hoàng Anh Đức"]
    rule = told["rules"]["CSTD_TINH"]
    assert (rule["share"], rule["quorum"], rule["basis"]["share"]["confidence"]) == (80, [2, 3], "low")
    assert [one["ref"] for one in api.get("quang", "councils").json()["items"]] == [ref]


@pytest.mark.parametrize("path", ["", "/agenda", "/rounds", "/acts", "/history"])
def test_who_has_nothing_to_do_with_a_session_is_told_there_is_none(api: Api, path: str) -> None:
    a_council(api.world)
    ref = opened(api.world, ready(api.world))
    assert api.get("lan", f"sessions/{ref}{path}").status_code == 404
    assert api.get("chau", f"councils/{ref}{path}").status_code == 404
