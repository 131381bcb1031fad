"""A program reads and moves reports, registrations, items of the plan."""

from pathlib import Path

import pytest
from builders import a_dossier
from builders_api import Api, acted, an_api
from builders_reports import TEXT, a_duty, an_item, figures, the_plan

from db.engine import Database
from states.year.plan_file import shipped_plan


@pytest.fixture
def api(sqlite_database: Database, tmp_path: Path) -> Api:
    """The API on the quicker of the two databases."""
    return an_api(sqlite_database, tmp_path)


@pytest.fixture
def either_api(database: Database, tmp_path: Path) -> Api:
    """The API, once on each kind of database."""
    return an_api(database, tmp_path)


def test_a_schools_report_goes_through_the_education_office(either_api: Api) -> None:
    api = either_api
    ref = a_duty(api.world, unit="T1")
    way = [
        ("thu", "save", {"figures": figures(), "text": TEXT}, "draft"),
        ("hieu", "send", {}, "education_check"),
        ("khoa", "check", {}, "education_pack"),
        ("dung", "pass_on", {"pack": "07/GD-ĐT"}, "home_affairs_check"),
        ("ngoc", "accept", {}, "accepted"),
    ]
    for who, act, args, station in way:
        assert acted(api, who, "reports", ref, act, args=args) == (200, station)
    told = api.get("thu", f"reports/{ref}").json()
    assert told["sent_on"] == "2024-05-13"
    assert (told["late"], told["pack"], told["via"]) == (0, "07/GD-ĐT", "education")
    assert {f["name"]: f["value"] for f in told["figures"]} == figures()
    assert [section["text"] for section in told["text"]] == list(TEXT.values())
    assert [version["figures"] for version in told["versions"]] == [figures()]
    entries = api.get("ngoc", f"reports/{ref}/history").json()["items"]
    assert [entry["act"] for entry in entries] == ["owe", "save", "send", "check", "pass_on", "accept"]


def test_every_kind_is_listed_under_its_own_place(api: Api) -> None:
    report, registration = a_duty(api.world), a_duty(api.world, kind="registration", duty="Q1-07b")
    item, dossier = an_item(api.world), a_dossier(api.world, "home_affairs_review")
    places = {"reports": report, "registrations": registration, "plan-items": item, "dossiers": dossier}
    for place, ref in places.items():
        assert [one["ref"] for one in api.get("ngoc", place).json()["items"]] == [ref]
        for other in places.values():
            status = 200 if other == ref else 404
            for part in ("", "/acts", "/history"):
                assert api.get("ngoc", f"{place}/{other}{part}").status_code == status
            if other != ref:
                sent = {"version": 1, "reason": "Thêm ngày", "args": {"due": "2024-12-02"}}
                assert api.post("son", f"{place}/{other}/acts/extend", sent).status_code == 404
    work = api.get("lan", "inbox").json()["items"]
    assert {(one["ref"], one["kind"]) for one in work} == {(report, "report"), (registration, "registration")}


def test_a_list_is_narrowed_and_comes_page_by_page(api: Api) -> None:
    refs = [a_duty(api.world, unit=unit) for unit in ("P1", "P2", "T1")]
    later = a_duty(api.world, unit="P1", duty="REP-12M-UNIT", period="2024")
    first = api.get("ngoc", "reports", limit=2).json()
    rest = api.get("ngoc", "reports", limit=2, cursor=first["next"]).json()
    assert [one["ref"] for one in first["items"] + rest["items"]] == [later, *refs[::-1]]
    assert rest["next"] is None
    for query, found in (({"unit": "P1", "period": "2024H1"}, refs[:1]), ({"period": "2024"}, [later])):
        assert [one["ref"] for one in api.get("ngoc", "reports", **query).json()["items"]] == found
    assert [one["ref"] for one in api.get("khoa", "reports").json()["items"]] == refs[2:]
    item = an_item(api.world)
    for query, count in (({"year": 2024}, 1), ({"quarter": 2}, 1), ({"year": 2024, "quarter": 3}, 0)):
        assert len(api.get("son", "plan-items", **query).json()["items"]) == count
    assert api.get("lan", f"plan-items/{item}").status_code == 404


@pytest.mark.parametrize(
    ("args", "field", "message"),
    [
        ({"figures": {"movements": "hai"}}, "figures.movements", "Phải là số nguyên."),
        ({"figures": {"movements": 2.5}}, "figures.movements", "Phải là số nguyên"),
        ({"figures": {"movements": -1}}, "figures.movements", "Ít nhất là 0."),
        ({"figures": {"movements": 100_001}}, "figures.movements", "Nhiều nhất là 100000."),
        ({"figures": {"wrong": 1}}, "figures.wrong", "Không có trong danh mục."),
        ({"text": {"wrong": "x"}}, "text.wrong", "Không có trong danh mục."),
    ],
)
def test_a_figure_that_is_none_is_named(api: Api, args: object, field: str, message: str) -> None:
    ref = a_duty(api.world)
    answer = api.post("lan", f"reports/{ref}/acts/save", {"version": 1, "args": args}, lang="vi")
    assert answer.status_code == 422
    [wrong] = answer.json()["fields"]
    assert wrong["field"] == field
    assert message in wrong["message"]
    english = api.post("lan", f"reports/{ref}/acts/save", {"version": 1, "args": args})
    assert english.json()["fields"][0]["message"] != wrong["message"]
    assert api.world.record(ref).version == 1


def test_a_report_sent_twice_by_the_wrong_unit_after_it_was_closed_or_without_its_figures_is_refused(
    api: Api,
) -> None:
    ref = a_duty(api.world)
    assert acted(api, "lan", "reports", ref, "save", args={"figures": {"movements": 3}}) == (200, "draft")
    refused = api.post("minh", f"reports/{ref}/acts/send", {"version": 2}, lang="vi").json()
    [reason] = refused["reasons"]
    assert reason["code"] == "report_incomplete"
    assert "Số người tham gia" in reason["message"]
    assert acted(api, "lan", "reports", ref, "save", args={"figures": figures()}) == (200, "draft")
    assert acted(api, "binh", "reports", ref, "send") == (404, "not_found")
    assert acted(api, "lan", "reports", ref, "send")[0] == 409
    assert acted(api, "minh", "reports", ref, "send") == (200, "home_affairs_check")
    again = api.post("minh", f"reports/{ref}/acts/send", {"version": 4}, lang="vi").json()
    assert [one["code"] for one in again["reasons"]] == ["wrong_station"]
    assert again["reasons"][0]["message"].startswith("Báo cáo đang ở bước")
    assert acted(api, "minh", "reports", ref, "send", version=3) == (409, "home_affairs_check")
    assert acted(api, "ngoc", "reports", ref, "accept") == (200, "accepted")
    closed = api.post("minh", f"reports/{ref}/acts/send", {"version": 5}, lang="vi").json()
    assert [one["code"] for one in closed["reasons"]] == ["wrong_station"]


def test_a_key_is_answered_once(api: Api) -> None:
    ref = a_duty(api.world)
    body = {"version": 1, "args": {"figures": figures()}}
    first = api.post("lan", f"reports/{ref}/acts/save", body, key="once")
    again = api.post("lan", f"reports/{ref}/acts/save", body, key="once")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert api.world.record(ref).version == 2
    other = api.post("lan", f"reports/{ref}/acts/save", {"version": 2, "args": {}}, key="once")
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_the_unit_reads_why_its_report_came_back(api: Api) -> None:
    ref = a_duty(api.world, "home_affairs_check")
    sent = {"args": {}, "reason": "Thiếu số liệu quý II"}
    assert acted(api, "ngoc", "reports", ref, "send_back", **sent) == (200, "returned")
    told = api.get("minh", f"reports/{ref}").json()
    assert (told["returned"]["reason"], told["returned"]["by"]) == ("Thiếu số liệu quý II", "Vũ Bích Ngọc")
    offers = {one["act"]: one for one in api.get("minh", f"reports/{ref}/acts").json()["acts"]}
    assert [reason["code"] for reason in offers["send"]["reasons"]] == ["not_corrected"]
    api.world.do("lan", "save", ref, figures=figures(movements=9))
    api.world.do("minh", "send", ref)
    told = api.get("ngoc", f"reports/{ref}").json()
    assert told["returned"] is None
    assert [version["figures"]["movements"] for version in told["versions"]] == [1, 9]


def test_an_extension_moves_the_last_day_never_into_the_past(api: Api) -> None:
    ref = a_duty(api.world)
    late = {"reason": "Mới nhận kế hoạch", "args": {"due": "2024-05-10"}}
    assert acted(api, "son", "reports", ref, "extend", **late) == (409, "refused")
    later = {"reason": "Mới nhận kế hoạch", "args": {"due": "2024-05-24"}}
    assert acted(api, "son", "reports", ref, "extend", **later) == (200, "due")
    told = api.get("lan", f"reports/{ref}").json()
    assert (told["due"], told["deadline"]) == ("2024-05-24", "2024-05-24")
    assert [(one["reason"], one["due"]) for one in told["extensions"]] == [
        ("Mới nhận kế hoạch", "2024-05-24")
    ]


def test_an_item_tells_the_plans_words_and_what_comes_first(api: Api) -> None:
    the_plan(api.world)
    plan = shipped_plan(2024)
    ref, first = an_item(api.world, item="Q2-03", if_any=True), an_item(api.world, item="Q2-02b")
    for lang in ("vi", "en"):
        told = api.get("son", f"plan-items/{ref}", lang=lang).json()
        assert told["text"] == plan.item("Q2-03").text[lang]
    [needed] = told["depends_on"]
    assert (needed["item"], needed["ref"], needed["label"]) == ("Q2-02b", first, "Open")
    assert acted(api, "ngoc", "plan-items", ref, "none_arose") == (200, "none_arose")
    assert acted(api, "ngoc", "plan-items", first, "none_arose") == (409, "refused")
    note = {"args": {"note": "Đã họp", "document_no": "15/TB-PNV", "date": "2024-05-10"}}
    assert acted(api, "ngoc", "plan-items", first, "finish", **note) == (200, "done")
    assert api.get("son", f"plan-items/{first}").json()["document_no"] == "15/TB-PNV"


def test_every_act_says_what_it_takes(api: Api) -> None:
    def taken(path: str) -> list[str]:
        spec = api.client.app.openapi()  # type: ignore[attr-defined]  # the app behind the client
        body = spec["paths"][f"/api/v1/{path}"]["post"]["requestBody"]["content"]["application/json"]
        return sorted(spec["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]["properties"])

    for path in ("reports/{ref}/acts/save", "registrations/{ref}/acts/send", "plan-items/{ref}/acts/finish"):
        assert taken(path) == ["args", "reason", "version"]
