"""Programs order the same act on many cases at once, then ask what came of each."""

from pathlib import Path
from typing import Any

import pytest
from builders import a_dossier
from builders_api import Api, an_api
from builders_signing import ordered, signatures, simplified, warned

from db.engine import Database
from workflow.batches.runner import QUIET


@pytest.fixture
def api(sqlite_database: Database, tmp_path: Path) -> Api:
    """The small city behind its API."""
    return an_api(sqlite_database, tmp_path)


def items(api: Api, *refs: str, **more: Any) -> list[dict[str, Any]]:
    """These cases as an order to award names them."""
    world = api.world
    return [
        {
            "ref": ref,
            "version": world.record(ref).version,
            "args": {"nominations": list(world.case(ref).standing())},
            **more,
        }
        for ref in refs
    ]


def test_a_batch_tells_what_came_of_each_case(database: Database, tmp_path: Path) -> None:
    api = an_api(database, tmp_path)
    first, second = simplified(api.world, 2)
    (doubtful,) = warned(api.world)
    sent = {"act": "award", "items": items(api, first, doubtful, second)}
    sent["items"][2]["version"] -= 1
    told = api.post("hung", "batches", sent)
    assert told.status_code == 202, told.text
    body = told.json()
    assert (body["act"], body["state"]) == ("award", "finished")
    assert [item["state"] for item in body["items"]] == ["done", "left_out", "conflict"]
    assert (body["done"], body["left_out"], body["conflict"], body["waiting"]) == (1, 1, 1, 0)
    assert body["items"][0]["answer"]["station"] == "awarded"
    assert [one["code"] for one in body["items"][1]["warnings"]] == ["papers_wished"]
    assert body["items"][2]["changed"]["station"] == "awaiting_decision"
    assert api.get("hung", f"batches/{body['id']}").json() == body


def test_a_warning_that_was_confirmed_holds_nothing_back(api: Api) -> None:
    (doubtful,) = warned(api.world)
    sent = {"act": "award", "items": items(api, doubtful, confirmed=True)}
    assert api.post("hung", "batches", sent).json()["items"][0]["state"] == "done"


def test_a_repeated_order_is_the_same_batch(api: Api) -> None:
    (ref,) = simplified(api.world, 1)
    sent = {"act": "award", "items": items(api, ref)}
    first = api.post("hung", "batches", sent, key="again").json()
    assert api.post("hung", "batches", sent, key="again").json() == first
    assert signatures(api.world, ref) == 1
    other = {"act": "award", "items": [{**sent["items"][0], "version": 1}]}
    assert api.post("hung", "batches", other, key="again").json()["code"] == "key_reused"


def test_a_reason_is_asked_for_as_by_the_act_itself(api: Api) -> None:
    ref = a_dossier(api.world, "awaiting_decision")
    item = {"ref": ref, "version": api.world.record(ref).version}
    refused = api.post("hung", "batches", {"act": "return_for_review", "items": [item]})
    assert refused.status_code == 422
    assert [one["field"] for one in refused.json()["fields"]] == ["items.0.reason"]
    sent = {"act": "return_for_review", "items": [{**item, "reason": "Xem lại hồ sơ"}]}
    assert api.post("hung", "batches", sent).json()["items"][0]["answer"]["station"] == "home_affairs_review"


def test_who_may_not_do_an_act_is_refused_case_by_case(api: Api) -> None:
    (ref,) = simplified(api.world, 1)
    visible = api.post("son", "batches", {"act": "award", "items": items(api, ref)}).json()["items"][0]
    assert [reason["code"] for reason in visible["reasons"]] == ["wrong_role"]
    hidden = api.post("mai", "batches", {"act": "award", "items": items(api, ref)}).json()["items"][0]
    assert (hidden["state"], [reason["code"] for reason in hidden["reasons"]]) == ("refused", ["not_found"])
    assert hidden["warnings"] == []


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"act": "create", "items": [{"ref": "HS-2024-0001", "version": 1}]}, "act"),
        ({"act": "award", "items": []}, "items"),
        ({"act": "award", "items": [{"ref": "HS-2024-0001", "version": 1}]}, "items.0.nominations"),
        ({"act": "award", "items": [{"ref": "HS-2024-0001", "version": "1"}]}, "items.0.version"),
        ({"act": "award", "items": [{"ref": "HS-2024-0001", "version": 2**31}]}, "items.0.version"),
        ({"act": "award"}, "items"),
    ],
)
def test_an_order_that_cannot_be_taken_names_its_fields(api: Api, sent: dict[str, Any], field: str) -> None:
    answer = api.post("hung", "batches", sent)
    assert answer.status_code == 422
    assert field in [one["field"] for one in answer.json()["fields"]]


def test_a_batch_of_somebody_else_is_not_found(api: Api) -> None:
    batch = ordered(api.world, simplified(api.world, 1))
    for who in ("chau", "son", "trung"):
        assert api.get(who, f"batches/{batch}").status_code == 404
        assert api.post(who, f"batches/{batch}/resume", {}).status_code == 404
    assert api.get("hung", "batches/no-such-batch").status_code == 404


def test_an_interrupted_batch_is_gone_on_with(api: Api) -> None:
    batch = ordered(api.world, simplified(api.world, 1))
    assert api.get("hung", f"batches/{batch}").json()["state"] == "running"
    api.world.now += QUIET
    assert api.get("hung", f"batches/{batch}").json()["state"] == "interrupted"
    resumed = api.post("hung", f"batches/{batch}/resume", {})
    assert (resumed.status_code, resumed.json()["state"]) == (202, "finished")
