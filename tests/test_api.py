"""A program carries dossiers through the API and reads what its person may read."""

import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from builders import a_dossier, a_draft, completion_asked, judged, recorded
from builders_api import PDF, Api, an_api

from db.engine import Database
from states.kinds import KINDS
from workflow.acts import ACTS


@pytest.fixture
def api(sqlite_database: Database, tmp_path: Path) -> Api:
    """The API on the quicker of the two databases."""
    return an_api(sqlite_database, tmp_path)


@pytest.fixture
def either_api(database: Database, tmp_path: Path) -> Api:
    """The API, once on each kind of database."""
    return an_api(database, tmp_path)


def everything(api: Api, who: str, path: str, **query: Any) -> Iterator[str]:
    """The references of a whole list, page after page of one."""
    cursor: str | None = ""
    while cursor is not None:
        page = api.get(who, path, limit=1, **query, **({"cursor": cursor} if cursor else {})).json()
        yield from (item["ref"] for item in page["items"])
        cursor = page["next"]


def test_a_dossier_goes_from_its_draft_to_the_decision(either_api: Api) -> None:
    api = either_api
    papers = [
        {"paper": api.upload("lan", kind=kind).json()["id"], "type": kind}
        for kind in ("TO_TRINH", "BIEN_BAN")
    ]
    subject = {"type": "individual", "name": "Vòng Nhịt Mùi", "person": "tam"}
    draft = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Chiến sĩ thi đua"}
    nominations = [{"award": "CSTDCS", "subject": subject, "achievement": "Hai sáng kiến"}]
    created = api.post("lan", "dossiers", {**draft, "nominations": nominations})
    assert created.status_code == 201
    ref = created.json()["ref"]
    assert created.json() == {"ref": ref, "station": "drafting", "version": 1, "definition": "dossier@A.1"}
    id_ = api.world.ids(ref)[0]
    votes = [{"nomination": id_, "for": 8, "against": 0, "blank": 1}]
    way = [
        ("lan", "amend", {"papers": papers}, "drafting"),
        ("minh", "submit", {}, "home_affairs_review"),
        (
            "ngoc",
            "judge",
            {"verdicts": [{"nomination": id_, "verdict": "recommended"}]},
            "home_affairs_review",
        ),
        ("son", "forward", {}, "awaiting_council"),
        ("yen", "put_on_agenda", {"session_no": "02/2024", "date": "2024-05-20"}, "council_vote"),
        ("yen", "record_result", {"entitled": 9, "present": 9, "written": 0, "votes": votes}, "council_vote"),
        ("chau", "confirm_result", {}, "awaiting_decision"),
        ("hung", "award", {"nominations": [id_]}, "awarded"),
    ]
    for version, (who, act, args, station) in enumerate(way, 2):
        answer = api.act(who, ref, act, args=args)
        assert answer.status_code == 200, answer.text
        assert answer.json() == {"ref": ref, "station": station, "version": version, "seq": version}
    told = api.get("lan", f"dossiers/{ref}").json()
    assert told["decision"] == {"number": "01/QĐ-UBND", "date": "2024-05-13"}
    assert told["nominations"][0]["outcome"] == "awarded"
    assert told["nominations"][0]["votes"] == {"for": 8, "against": 0, "blank": 1}
    assert told["nominations"][0]["subject"]["person"] == "tam"
    assert told["nominations"][0]["verdicts"]["home_affairs"]["by"] == "Vũ Bích Ngọc"
    assert [paper["type"] for paper in told["papers"]] == ["TO_TRINH", "BIEN_BAN"]
    assert api.get("trung", "verify").json() == {
        "ok": True,
        "cases": 1,
        "entries": 9,
        "anchored_to": None,
        "first_bad": None,
    }


def test_a_repeated_key_is_answered_the_same_whatever_happened_since(either_api: Api) -> None:
    api = either_api
    ref = a_draft(api.world)
    body = {"version": 2}
    first = api.act("minh", ref, "submit", key="once", **body)
    refused = api.act("lan", ref, "judge", key="no", version=3, args={"verdicts": []})
    judged(api.world, ref)
    again = api.act("minh", ref, "submit", key="once", **body)
    assert (again.status_code, again.json()) == (first.status_code, first.json()) == (200, first.json())
    same = api.act("lan", ref, "judge", key="no", version=3, args={"verdicts": []})
    assert (same.status_code, same.json()) == (409, refused.json())
    assert api.world.record(ref).version == 4


def test_opening_twice_under_one_key_opens_one_dossier(either_api: Api) -> None:
    body = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Một lần", "nominations": []}
    answers = [either_api.post("lan", "dossiers", body, key="new") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(either_api.get("lan", "dossiers").json()["items"]) == 1


def test_a_key_is_not_taken_for_another_command(either_api: Api) -> None:
    ref = a_draft(either_api.world)
    either_api.act("minh", ref, "submit", key="taken")
    answer = either_api.act("minh", ref, "withdraw", key="taken")
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


def test_who_acts_on_what_they_saw_before_learns_who_was_faster(either_api: Api) -> None:
    api = either_api
    ref = a_dossier(api.world, "home_affairs_review")
    judged(api.world, ref)
    answer = api.act("son", ref, "forward", version=3)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "changed_meanwhile")
    assert (told["by"], told["station"], told["version"]) == ("Vũ Bích Ngọc", "home_affairs_review", 4)
    assert told["at"] == "2024-05-13T08:04:00+07:00"


def test_of_two_who_act_at_once_one_is_first_and_the_other_is_told(either_api: Api) -> None:
    api = either_api
    ref = a_dossier(api.world, "home_affairs_review")
    judged(api.world, ref)
    answers: list[Any] = []
    together = threading.Barrier(2)

    def forward() -> None:
        together.wait()
        answers.append(api.act("son", ref, "forward", version=4))

    racers = [threading.Thread(target=forward) for _ in range(2)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert api.world.record(ref).version == 5


@pytest.mark.parametrize("who", ["tam", "khoa", "hung", "quy", "trung"])
def test_what_one_may_not_see_is_not_there(api: Api, who: str) -> None:
    ref = a_draft(api.world)
    for path in ("", "/acts", "/history"):
        assert api.get(who, f"dossiers/{ref}{path}").status_code == 404
    assert api.act(who, ref, "submit").json()["code"] == "not_found"
    assert api.get(who, "dossiers").json()["items"] == []


def test_the_unit_reads_verdicts_once_the_office_let_the_dossier_go(api: Api) -> None:
    ref = a_dossier(api.world, "home_affairs_review")
    judged(api.world, ref)
    assert api.get("ngoc", f"dossiers/{ref}").json()["nominations"][0]["verdicts"]
    assert not api.get("lan", f"dossiers/{ref}").json()["nominations"][0]["verdicts"]
    assert [e["seq"] for e in api.get("lan", f"dossiers/{ref}/history").json()["items"]] == [1, 2, 3]
    api.world.do("son", "forward", ref)
    assert api.get("lan", f"dossiers/{ref}").json()["nominations"][0]["verdicts"]


def test_the_unit_never_reads_why_its_dossier_is_on_hold(api: Api) -> None:
    ref = a_dossier(api.world, "home_affairs_review")
    api.act("son", ref, "hold", args={"cause": "denunciation", "document": "12/TB-TTr"})
    office, unit = (api.get(who, f"dossiers/{ref}") for who in ("ngoc", "lan"))
    assert office.json()["holds"][0]["cause"] == "denunciation"
    assert unit.json()["on_hold"]
    assert unit.json()["holds"][0]["cause"] is None
    assert "denunciation" not in unit.text + api.get("lan", f"dossiers/{ref}/history").text
    assert "12/TB-TTr" not in unit.text + api.get("lan", f"dossiers/{ref}/history").text


def test_work_is_found_in_the_queue_it_belongs_to(either_api: Api) -> None:
    api = either_api
    ref = a_dossier(api.world, "home_affairs_review")

    def counts(who: str, **query: Any) -> dict[str, int]:
        return {name: n for name, n in api.get(who, "inbox", **query).json()["counts"].items() if n}

    assert counts("ngoc") == {"todo": 1}
    assert counts("son") == {}
    assert counts("son", all=1) == {"todo": 1}
    assert counts("minh") == {"done": 1}
    api.world.on(date(2024, 5, 22))
    assert counts("ngoc") == {"todo": 1, "soon": 1}
    api.world.on(date(2024, 5, 28))
    (overdue,) = api.get("ngoc", "inbox", queue="overdue").json()["items"]
    assert (overdue["ref"], overdue["due"], overdue["working_days_left"]) == (ref, "2024-05-27", -1)
    completion_asked(api.world, ref, due="2024-06-03")
    assert counts("ngoc") == {"completion": 1, "done": 1}
    assert counts("lan") == {"todo": 1, "completion": 1}
    assert api.get("lan", "inbox", queue="completion").json()["items"][0]["ref"] == ref
    assert counts("khoa") == {}


def test_the_office_that_asked_waits_and_no_other(either_api: Api) -> None:
    api = either_api
    ref = a_dossier(api.world, "education_review")
    judged(api.world, ref)
    api.world.do("dung", "forward", ref)
    completion_asked(api.world, ref)
    assert list(everything(api, "son", "inbox", queue="completion")) == [ref]
    assert list(everything(api, "khoa", "inbox", queue="completion")) == []


def test_every_page_of_a_list_together_holds_everything_once(either_api: Api) -> None:
    api = either_api
    refs = [a_dossier(api.world, "home_affairs_review", unit=unit) for unit in ("P1", "P2", "X1")]
    for ref in refs[:2]:
        completion_asked(api.world, ref)
    judged(api.world, refs[2])
    assert list(everything(api, "ngoc", "dossiers")) == refs[::-1]
    assert list(everything(api, "ngoc", "dossiers", q="phuong")) == refs[1::-1]
    assert sorted(everything(api, "ngoc", "inbox", queue="completion")) == refs[:2]
    assert list(everything(api, "ngoc", "inbox", queue="done")) == refs[::-1]
    assert list(everything(api, "son", "inbox")) == refs[2:]


def test_a_list_is_narrowed_by_station_unit_period_and_words_without_marks(api: Api) -> None:
    first = a_dossier(api.world, "home_affairs_review", unit="P1")
    second = a_draft(api.world, unit="P1", awards=("CSTDCS", "CSTDCS"))
    for query, refs in (
        ({"station": "drafting"}, [second]),
        ({"unit": "P2"}, []),
        ({"period": "2023"}, [second, first]),
        ({"period": ""}, [second, first]),
        ({"q": "h'bia nie"}, [second]),
        ({"q": f"{first} khen thuong"}, [first]),
    ):
        assert [item["ref"] for item in api.get("lan", "dossiers", **query).json()["items"]] == refs


def test_the_history_is_read_as_of_a_day_or_a_moment(api: Api) -> None:
    ref = a_draft(api.world)
    api.world.on(date(2024, 5, 14))
    api.world.do("minh", "submit", ref)
    for as_of, state in (
        ("2024-05-12", None),
        ("2024-05-13", {"station": "drafting", "version": 2}),
        ("2024-05-13T08:01:30+07:00", {"station": "drafting", "version": 1}),
        ("2024-05-13T01:01:30Z", {"station": "drafting", "version": 1}),
        ("2024-05-14", {"station": "home_affairs_review", "version": 3}),
    ):
        page = api.get("lan", f"dossiers/{ref}/history", as_of=as_of).json()
        assert page["state"] == state
        assert len(page["items"]) == (state["version"] if state else 0)
    entry = page["items"][2]
    assert entry["actor"] == {
        "name": "Đỗ Quang Minh",
        "role": "unit_head",
        "unit": "Phường Hoa Mai",
        "on_behalf_of": None,
    }
    assert (entry["from"], entry["to"], entry["at"]) == (
        "drafting",
        "home_affairs_review",
        "2024-05-14T08:01:00+07:00",
    )


def test_a_plus_sign_that_was_not_escaped_still_names_the_moment(api: Api) -> None:
    ref = a_draft(api.world)
    path = f"/api/v1/dossiers/{ref}/history?as_of=2024-05-13T08:01:30+07:00"
    assert api.client.get(path, headers=api.headers("lan")).json()["state"]["version"] == 1


def test_a_long_history_comes_in_pages(api: Api) -> None:
    ref = a_dossier(api.world, "awaiting_council")
    first = api.get("lan", f"dossiers/{ref}/history", limit=3).json()
    second = api.get("lan", f"dossiers/{ref}/history", limit=3, cursor=first["next"]).json()
    assert [e["seq"] for e in first["items"] + second["items"]] == [1, 2, 3, 4, 5]
    assert second["next"] is None


def test_a_paper_comes_back_as_it_was_brought_to_those_who_may_see_it(either_api: Api) -> None:
    api = either_api
    brought = api.upload("lan", name="C:\\Tờ trình số 5.PDF")
    assert brought.status_code == 201
    paper = brought.json()
    assert (paper["name"], paper["size"]) == ("Tờ trình số 5.PDF", len(PDF))
    for who, status in (("lan", 200), ("minh", 404), ("ngoc", 404)):
        assert api.get(who, f"papers/{paper['id']}").status_code == status
    ref = a_draft(api.world)
    api.act("lan", ref, "amend", args={"papers": [{"paper": paper["id"], "type": "TO_TRINH"}]})
    api.world.do("minh", "submit", ref)
    file = api.get("ngoc", f"papers/{paper['id']}")
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment; filename*=UTF-8''T%E1%BB%9D")
    assert api.get("tam", f"papers/{paper['id']}").status_code == 404
    replaced = {p["id"]: p["replaced_by"] for p in api.get("ngoc", f"dossiers/{ref}").json()["papers"]}
    assert replaced["lan-TO_TRINH"] == paper["id"]


@pytest.mark.parametrize(
    "harm", [Path.unlink, lambda kept: kept.write_bytes(PDF + b" ")], ids=["gone", "other"]
)
def test_a_paper_without_the_bytes_it_was_brought_with_is_not_given_and_the_operator_reads_which(
    api: Api, tmp_path: Path, caplog: pytest.LogCaptureFixture, harm: Callable[[Path], object]
) -> None:
    paper = api.upload("lan").json()
    (kept,) = tmp_path.rglob(paper["sha256"])
    harm(kept)
    assert api.get("lan", f"papers/{paper['id']}").status_code == 404
    assert f"the bytes of paper {paper['id']} are not there" in caplog.text


def test_the_acts_offered_are_those_that_are_taken(api: Api) -> None:
    ref = a_dossier(api.world, "home_affairs_review")
    offers = api.get("son", f"dossiers/{ref}/acts").json()
    by_act = {offer["act"]: offer for offer in offers["acts"]}
    assert offers["version"] == 3
    assert by_act["hold"]["allowed"]
    assert by_act["forward"]["reasons"][0]["code"] == "not_all_judged"
    assert "Vòng Nhịt Mùi" in by_act["forward"]["reasons"][0]["message"]
    assert by_act["judge"]["reasons"][0]["code"] == "wrong_role"
    taken = {act: api.act("son", ref, act, args={}).status_code for act in ("forward", "withdraw")}
    assert taken == {"forward": 409, "withdraw": 409}


def test_the_words_are_the_readers(api: Api) -> None:
    ref = a_dossier(api.world, "home_affairs_review")
    labels = {lang: api.get("ngoc", f"dossiers/{ref}", lang=lang).json()["label"] for lang in ("vi", "en")}
    assert labels == {"vi": "Nội vụ thẩm định", "en": "Home Affairs review"}
    body = {"version": 3}
    refusals = [api.post("son", f"dossiers/{ref}/acts/forward", body, lang=lang).json() for lang in labels]
    assert [r["title"] for r in refusals] == ["Chưa làm được việc này", "This cannot be done now"]
    assert refusals[0]["reasons"][0]["code"] == refusals[1]["reasons"][0]["code"]
    assert refusals[0]["reasons"][0]["message"] != refusals[1]["reasons"][0]["message"]


def test_the_rules_are_told_as_data(api: Api) -> None:
    items = api.get("lan", "definitions").json()["items"]
    (listed,) = [d for d in items if d["in_force"] and d["name"].startswith("dossier@")]
    told = api.get("lan", f"definitions/{listed['name']}").json()
    assert told["digest"] == api.world.engine.definitions["dossier@A.1"].digest
    assert told["mermaid"].startswith("stateDiagram-v2")
    assert told["svg"].startswith("<svg")
    assert {"act": "submit", "to": "education_review"}.items() <= {**told["steps"][2]}.items()
    assert api.get("lan", "definitions/dossier@A.99").status_code == 404
    awards = {award["code"]: award for award in api.get("lan", "awards").json()["items"]}
    assert awards["CSTDCS"]["deciders"][0]["authority"] == "CT_UBND_HUYEN"


def test_nobody_comes_in_without_a_token_and_only_auditors_verify(api: Api) -> None:
    assert api.get("lan", "me").json() == {
        "login": "lan",
        "name": "Trần Thị Lan",
        "roles": [{"role": "unit_clerk", "unit": "P1"}],
    }
    stranger = api.client.get("/api/v1/me")
    assert (stranger.status_code, stranger.json()["code"]) == (401, "unauthenticated")
    wrong = api.client.get("/api/v1/me", headers={"Authorization": "Bearer nonsense"})
    assert wrong.status_code == 401
    assert api.get("lan", "verify").status_code == 404


def fits(schema: dict[str, Any], value: Any, schemas: dict[str, Any]) -> bool:
    """Whether a value is what a schema of our own OpenAPI document promises."""
    if "$ref" in schema:
        return fits(schemas[schema["$ref"].rpartition("/")[2]], value, schemas)
    if "anyOf" in schema:
        return any(fits(way, value, schemas) for way in schema["anyOf"])
    match schema.get("type"):
        case "object":
            return isinstance(value, dict) and _object_fits(schema, value, schemas)
        case "array":
            return isinstance(value, list) and all(fits(schema["items"], one, schemas) for one in value)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case kind:
            return isinstance(
                value, {"string": str, "boolean": bool, "null": type(None)}.get(str(kind), object)
            )


def _object_fits(schema: dict[str, Any], value: dict[str, Any], schemas: dict[str, Any]) -> bool:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    if not set(schema.get("required", ())) <= value.keys():
        return False
    if others is False and not value.keys() <= known.keys():
        return False
    loose = others if isinstance(others, dict) else {}
    return all(fits(known.get(name, loose), part, schemas) for name, part in value.items())


def test_every_answer_is_what_the_openapi_document_promises(api: Api) -> None:
    document = api.client.get("/api/v1/openapi.json").json()
    ref = a_dossier(api.world, "council_vote")
    recorded(api.world, ref)
    waiting = a_dossier(api.world, "awaiting_completion")
    held = a_dossier(api.world, "home_affairs_review")
    api.act("son", held, "hold", args={"cause": "inspection", "document": "1"})
    asked = [
        ("me", "me"),
        ("inbox", "inbox"),
        ("dossiers", "dossiers"),
        *(
            (f"dossiers/{one}{end}", f"dossiers/{{ref}}{end}")
            for one in (ref, waiting, held)
            for end in ("", "/acts")
        ),
        (f"dossiers/{ref}/history", "dossiers/{ref}/history"),
        ("definitions", "definitions"),
        ("definitions/dossier@A.1", "definitions/{name}"),
        ("awards", "awards"),
        ("dossiers/HS-1999-0001", "dossiers/{ref}"),
        ("inbox?queue=nothing", "inbox"),
    ]
    answers = [(path, "get", api.get("ngoc", asked_for)) for asked_for, path in asked]
    act = "dossiers/{ref}/acts/forward"
    for version in (3, 4):
        sent = api.act("ngoc", held, "forward", version=version)
        answers.append((act, "post", sent))
    answers.append(("verify", "get", api.get("trung", "verify")))
    answers.append(("papers", "post", api.upload("lan")))
    for path, method, answer in answers:
        promised = document["paths"][f"/api/v1/{path}"][method]["responses"][str(answer.status_code)]
        schema = promised["content"]["application/json"]["schema"]
        assert fits(schema, answer.json(), document["components"]["schemas"]), (path, answer.text)
        assert not fits(schema, answer.json() | {"unheard_of": 1}, document["components"]["schemas"])


def test_openapi_says_what_each_act_takes(api: Api) -> None:
    document = api.client.get("/api/v1/openapi.json").json()
    paths, schemas = document["paths"], document["components"]["schemas"]
    places = {"dossier": "dossiers", "report": "reports", "plan_item": "plan-items"}
    taken = {name: places[kind] for kind in reversed(places) for name in KINDS[kind].acts}
    for name, act in ACTS.items():
        path = "/api/v1/dossiers" if name == "create" else f"/api/v1/{taken.get(name)}/{{ref}}/acts/{name}"
        if act.follows:
            assert path not in paths
            continue
        if name not in KINDS["dossier"].acts and path not in paths:
            assert name not in taken or act.begins or name == "mark_overdue"
            continue
        body = paths[path]["post"]["requestBody"]["content"]["application/json"]["schema"]
        schema = schemas[body["$ref"].rpartition("/")[2]]
        assert schema["additionalProperties"] is False
        if name != "create":
            assert ("reason" in schema["required"]) == act.needs_reason
            args = schemas[schema["properties"]["args"]["$ref"].rpartition("/")[2]]
            names = {f.alias or n for n, f in act.form.model_fields.items()}
            assert set(args.get("properties", {})) == names
