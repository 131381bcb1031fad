"""A program reads the register, changes decisions, revokes awards."""

from pathlib import Path

import pytest
from builders import a_dossier, a_nomination
from builders_api import Api, acted, an_api
from builders_register import LETTER, OPINION, TEXTS, an_award

from db.engine import Database


@pytest.fixture
def api(sqlite_database: Database, tmp_path: Path) -> Api:
    """The API on the quicker of the two databases."""
    return an_api(sqlite_database, tmp_path)


@pytest.fixture
def either_api(database: Database, tmp_path: Path) -> Api:
    """The API, once on each kind of database."""
    return an_api(database, tmp_path)


def test_the_register_is_searched_without_diacritics_and_paged(either_api: Api) -> None:
    api = either_api
    rows = [a_nomination("CSTDCS", "Đàm Thị Ửng"), a_nomination("TTLDTT", "Tổ Địa chính")]
    ref = a_dossier(api.world, "awarded", rows=rows)
    found = api.get("ly", "register", q="dam ung").json()
    (item,) = found["items"]
    assert (item["name"], item["bonus"], item["status"], item["dossier"]) == (
        "Đàm Thị Ửng",
        1_800_000,
        "in_force",
        ref,
    )
    assert (item["award_name"], item["authority"], item["year"]) == (
        "Grassroots emulation fighter",
        "CT_UBND_HUYEN",
        2024,
    )
    first = api.get("ly", "register", limit=1).json()
    second = api.get("ly", "register", limit=1, cursor=first["next"]).json()
    names = {page["items"][0]["name"] for page in (first, second)}
    assert (names, second["next"]) == ({"Đàm Thị Ửng", "Tổ Địa chính"}, None)
    assert first["totals"] == {"lines": 2, "in_force": 2, "bonus": 3_240_000, "unknown": 0}
    assert api.get("binh", "register").json()["items"] == []
    assert api.get("quy", "register").json()["totals"]["lines"] == 0
    assert api.get("ly", "register", year="last").status_code == 422
    assert api.get("ly", "register", cursor="nonsense").status_code == 422


def test_one_list_is_awarded_by_several_decisions(api: Api) -> None:
    ref = a_dossier(api.world, "awaiting_decision", awards=("CSTDCS", "TTLDTT"))
    args = {"nominations": api.world.ids(ref), "split": "award"}
    assert api.act("hung", ref, "award", args=args).status_code == 200
    told = api.get("hung", f"dossiers/{ref}").json()
    assert [one["number"] for one in told["decisions"]] == ["01/QĐ-UBND", "02/QĐ-UBND"]
    assert told["decision"]["number"] == "01/QĐ-UBND"
    assert [one["decision_no"] for one in told["nominations"]] == ["01/QĐ-UBND", "02/QĐ-UBND"]


def test_a_decision_is_replaced_and_the_register_links_both(either_api: Api) -> None:
    api, line = either_api, an_award(either_api.world)
    sent = {
        "unit": "PNV",
        "entry": line.id,
        "category": "replace",
        "title": "Sửa",
        "reason": "Sai tên",
        **TEXTS,
    }
    names = [{"entry": line.id, "name": "Tên Đúng"}]
    created = api.post("ngoc", "decision-changes", {**sent, "names": names})
    assert created.status_code == 201, created.json()
    ref, place = created.json()["ref"], "decision-changes"
    assert api.post("ngoc", place, sent).json()["reasons"][0]["code"] == "already_under_way"
    assert api.get("son", f"{place}/{ref}").json()["names"] == {line.id: "Tên Đúng"}
    assert acted(api, "son", place, ref, "check_change") == (200, "change_signing")
    offered = {one["act"]: one["allowed"] for one in api.get("hung", f"{place}/{ref}/acts").json()["acts"]}
    assert offered["sign_change"]
    assert acted(api, "hung", place, ref, "sign_change", args=LETTER) == (422, "invalid")
    assert acted(api, "hung", place, ref, "sign_change") == (200, "changed")
    told = api.get("ngoc", f"{place}/{ref}").json()
    assert (told["decision_no"], told["new_decision_no"]) == ("01/QĐ-UBND", "02/QĐ-UBND")
    old = api.get("ly", f"register/{line.id}").json()
    new = api.get("ly", f"register/{old['replaced_by']}").json()
    assert (old["status"], old["changed_by"], old["changes"]) == ("replaced", ref, [ref])
    assert (new["name"], new["replaces"], new["decision_no"]) == ("Tên Đúng", line.id, "02/QĐ-UBND")
    acts = [one["act"] for one in api.get("ly", f"{place}/{ref}/history").json()["items"]]
    assert acts == ["draft_change", "check_change", "sign_change"]
    assert api.get("minh", f"{place}/{ref}").status_code == 404
    assert api.get("trung", "verify").json()["ok"]


def test_an_award_is_revoked(either_api: Api) -> None:
    api, line = either_api, an_award(either_api.world)
    sent = {
        "unit": "PNV",
        "entry": line.id,
        "title": "Hủy bỏ",
        "ground": "later_finding",
        "document": "1/KL",
        "concluded_on": "2024-05-10",
        "reason": "Có bản án",
    }
    assert api.post("ngoc", "revocations", {**sent, "ground": "rumour"}).status_code == 422
    assert (
        api.post("ngoc", "revocations", {**sent, "entry": "nobody"}).json()["fields"][0]["field"] == "entry"
    )
    ref, place = api.post("ngoc", "revocations", sent).json()["ref"], "revocations"
    assert acted(api, "son", place, ref, "check_revocation") == (200, "revocation_council")
    assert acted(api, "yen", place, ref, "give_opinion", args=OPINION) == (200, "revocation_decision")
    assert acted(api, "son", place, ref, "decide_revocation") == (409, "refused")
    assert acted(api, "hung", place, ref, "decide_revocation") == (200, "award_revoked")
    told = api.get("hung", f"{place}/{ref}").json()
    assert (told["ground"], told["revocation_no"], told["opinion"]["yes"]) == (
        "later_finding",
        "02/QĐ-UBND",
        7,
    )
    assert api.get("ly", f"register/{line.id}").json()["status"] == "revoked"
    assert api.get("ly", "register", status="revoked").json()["totals"]["in_force"] == 0
    assert api.get("trung", "verify").json()["ok"]
    assert api.get("hung", f"decision-changes/{ref}").status_code == 404
