"""What protects the pages: headers, own forms only, limits, errors that give nothing away."""

import json
import logging
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from builders_identity import ORIGIN, HandClock, a_door, an_office, csrf_of, enter
from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.testclient import TestClient

from db.engine import Database
from web.access import public, signed_in
from web.limits import MOST_KEYS, Buckets, TooMany
from web.security import LARGEST_BODY, LARGEST_UPLOAD
from workflow.engine import Engine
from workflow.fields import Day, Form, Line
from workflow.people.tokens import create_token
from workflow.problems import ChangedMeanwhile, Invalid, KeyReused, Refused, Wrong

counter = APIRouter()
SECRET = "the inner workings"


class Slip(Form):
    """A form with two fields."""

    title: Line
    due: Day


class Pile(Form):
    """A form with rows."""

    slips: list[Slip]


@counter.post("/api/v1/slips")
@signed_in
async def take_slip(slip: Slip) -> dict[str, str]:
    return {"title": slip.title}


@counter.post("/api/v1/piles")
@signed_in
async def take_pile(pile: Pile) -> dict[str, int]:
    return {"slips": len(pile.slips)}


@counter.post("/slips")
@signed_in
async def take_form(request: Request) -> dict[str, str]:
    return {"title": str((await request.form())["title"])}


@counter.get("/api/v1/trouble/{kind}")
@counter.get("/trouble/{kind}")
@public
async def trouble(kind: str) -> None:
    reason = {"code": "missing_paper", "facts": {"papers": ["TO_TRINH"]}, "basis": "TTHC 2024"}
    raise {
        "invalid": Invalid(Wrong("title", "missing", {})),
        "refused": Refused([reason]),
        "changed": ChangedMeanwhile(
            by="Phạm Minh Tuấn", at="2024-05-13T09:18:00+07:00", station="awaiting_council", version=4
        ),
        "reused": KeyReused(),
        "broken": RuntimeError(SECRET),
    }[kind]


@counter.get("/api/v1/numbered/{n}")
@public
async def numbered(n: int) -> int:
    return n


@pytest.fixture
def engine(sqlite_database: Database) -> Engine:
    """The small office."""
    return an_office(sqlite_database)


@pytest.fixture
def browser(engine: Engine) -> TestClient:
    """A browser at the door, nobody signed in."""
    return a_door(engine, HandClock(), counter)


def token(engine: Engine) -> dict[str, str]:
    """What a program sends."""
    return {"Authorization": f"Bearer {create_token(engine, 'ha.ltt', 'thử', clock=HandClock())}"}


# ------------------------------------------------------------------ headers


@pytest.mark.parametrize(
    "path", ["/sign-in", "/", "/nowhere", "/api/v1/slips", "/trouble/broken", "/healthz"]
)
def test_every_answer_carries_the_headers(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert headers["vary"] == "HX-Request, Accept-Language, Cookie"
    assert headers["strict-transport-security"].startswith("max-age=")
    assert len(headers["x-request-id"]) == 16


def test_no_two_requests_have_one_number(browser: TestClient) -> None:
    numbers = {browser.get("/healthz").headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3


def test_a_style_sheet_is_kept_for_ever_under_the_address_of_its_content(browser: TestClient) -> None:
    from web.assets import static_url

    address = static_url("app.css")
    assert address.startswith("/static/app.css?v=")
    kept = browser.get(address)
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert "vary" not in kept.headers
    assert browser.get("/static/app.css").headers["cache-control"] == "public, max-age=3600"
    assert browser.get("/static/../app.py").status_code == 404


def test_the_cookie_is_bound_to_https_and_out_of_reach_of_scripts(browser: TestClient) -> None:
    cookie = enter(browser).headers["set-cookie"]
    assert cookie.startswith("__Host-sid=")
    for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
        assert part in cookie


def test_on_plain_http_the_cookie_works_and_the_log_warns(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        browser = a_door(engine, HandClock(), origin="http://may-chu")
    assert "http://may-chu is not https" in caplog.text
    answer = enter(browser)
    assert answer.headers["set-cookie"].startswith("sid=")
    assert "Secure" not in answer.headers["set-cookie"]
    assert "strict-transport-security" not in answer.headers
    assert browser.get("/account").status_code == 200


# ------------------------------------------------------------------ own forms only


def test_a_form_is_taken_with_the_token_of_its_session_in_field_or_header(browser: TestClient) -> None:
    enter(browser)
    mine = csrf_of(browser)
    assert browser.post("/slips", data={"title": "Tờ trình", "csrf": mine}).json() == {"title": "Tờ trình"}
    files = {"file": ("a.txt", b"x")}
    assert browser.post("/slips", data={"title": "b", "csrf": mine}, files=files).json() == {"title": "b"}
    headers = {"X-CSRF-Token": mine}
    slip = {"title": "Tờ trình", "due": "2024-05-14"}
    assert browser.post("/api/v1/slips", json=slip, headers=headers).json() == {"title": "Tờ trình"}


def test_a_form_without_the_token_or_with_that_of_another_session_is_refused(
    engine: Engine, browser: TestClient
) -> None:
    other = a_door(engine, HandClock(), counter)
    enter(browser), enter(other, "tuan.pm")
    for sent in ({}, {"csrf": ""}, {"csrf": csrf_of(other)}, {"csrf": "đ"}):
        answer = browser.post("/slips", data={"title": "x"} | sent)
        assert answer.status_code == 403
        assert "Biểu mẫu đã hết hiệu lực" in answer.text
    answer = browser.post("/api/v1/slips", json={"title": "x", "due": "2024-05-14"})
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


def test_a_file_that_came_with_a_refused_form_is_closed(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []
    close = UploadFile.close

    async def noted(file: UploadFile) -> None:
        closed.append(file.filename or "")
        await close(file)

    monkeypatch.setattr(UploadFile, "close", noted)
    enter(browser)
    sent = {"title": "x", "csrf": "of somebody else"}
    assert browser.post("/slips", data=sent, files={"file": ("a.txt", b"x")}).status_code == 403
    assert closed == ["a.txt"]


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", f"{ORIGIN}.evil.example", "http://khenthuong.example"]
)
def test_a_form_from_another_site_is_refused_even_with_the_token(browser: TestClient, origin: str) -> None:
    enter(browser)
    sent = {"title": "x", "csrf": csrf_of(browser)}
    assert browser.post("/slips", data=sent, headers={"Origin": origin}).status_code == 403


def test_without_an_origin_the_referrer_counts(browser: TestClient) -> None:
    enter(browser)
    sent = {"title": "x", "csrf": csrf_of(browser)}
    del browser.headers["origin"]
    assert browser.post("/slips", data=sent, headers={"Referer": f"{ORIGIN}/account"}).status_code == 200
    assert browser.post("/slips", data=sent, headers={"Referer": "https://evil.example/"}).status_code == 403
    assert browser.post("/slips", data=sent).status_code == 403


def test_nobody_can_be_signed_in_from_another_site(browser: TestClient) -> None:
    form = {"login": "ha.ltt", "password": "chuồn chuồn bay thấp"}
    answer = browser.post("/sign-in", data=form, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_a_program_with_a_token_needs_no_form_token(browser: TestClient, engine: Engine) -> None:
    del browser.headers["origin"]
    slip = {"title": "Tờ trình", "due": "2024-05-14"}
    assert browser.post("/api/v1/slips", json=slip, headers=token(engine)).status_code == 200


# ------------------------------------------------------------------ limits


def test_a_bucket_gives_a_minutes_worth_then_says_how_long_to_wait() -> None:
    seconds = [0.0]
    bucket = Buckets(6, ticks=lambda: seconds[0])
    for _ in range(6):
        bucket.take("ha")
    with pytest.raises(TooMany) as told:
        bucket.take("ha")
    assert told.value.wait == 10
    bucket.take("tuan")
    seconds[0] = 10.0
    bucket.take("ha")
    with pytest.raises(TooMany):
        bucket.take("ha")


def test_full_buckets_are_forgotten_before_they_fill_the_memory() -> None:
    seconds = [0.0]
    bucket = Buckets(1, ticks=lambda: seconds[0])
    for n in range(MOST_KEYS):
        bucket.take(f"address {n}")
    seconds[0] = 60.0
    bucket.take("one more")
    assert len(bucket._left) == 1


def test_who_asks_too_often_is_told_when_to_come_back(engine: Engine) -> None:
    browser = a_door(engine, HandClock(), counter, writes_per_minute=2, reads_per_minute=3)
    headers, slip = token(engine), {"title": "a", "due": "2024-05-14"}
    statuses = [browser.post("/api/v1/slips", json=slip, headers=headers).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    answer = browser.post("/api/v1/slips", json=slip, headers=headers)
    assert answer.json()["code"] == "too_many"
    assert 1 <= int(answer.headers["retry-after"]) <= 30
    enter(browser)
    assert [browser.get("/account").status_code for _ in range(4)] == [200, 200, 200, 429]


def test_guessing_from_one_address_is_slowed_down_for_the_next_name_too(engine: Engine) -> None:
    browser = a_door(engine, HandClock(), sign_ins_per_minute=3)
    assert [enter(browser, f"ten.{n}", "sai").status_code for n in range(4)] == [422, 422, 422, 429]


def test_a_demonstration_is_patient(engine: Engine) -> None:
    browser = a_door(engine, HandClock(), counter, demo=True, reads_per_minute=1)
    enter(browser)
    assert {browser.get("/account").status_code for _ in range(5)} == {200}


def test_a_page_of_a_demonstration_shows_the_day_another_process_moved_to(engine: Engine) -> None:
    replace(engine).set_clock(datetime(2031, 3, 7, 3, tzinfo=UTC))
    browser = a_door(engine, HandClock(), demo=True)
    enter(browser)
    assert "07/03/2031" in browser.get("/account").text


@pytest.mark.parametrize(
    ("kind", "largest"),
    [("application/json", LARGEST_BODY), ("multipart/form-data; boundary=x", LARGEST_UPLOAD)],
)
@pytest.mark.parametrize("told", [True, False])
def test_a_body_too_large_is_refused_whether_it_tells_its_size_or_not(
    browser: TestClient, engine: Engine, kind: str, largest: int, told: bool
) -> None:
    body = b"x" * (largest + 1)
    headers = token(engine) | {"Content-Type": kind}
    answer = browser.post("/api/v1/slips", content=body if told else iter([body]), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["fields"][0]["message"].startswith("Tệp lớn quá")


# ------------------------------------------------------------------ errors


def test_a_refusal_gives_every_reason_in_the_readers_language(browser: TestClient) -> None:
    answer = browser.get("/api/v1/trouble/refused", headers={"Accept-Language": "en"})
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (409, 409, "refused")
    (reason,) = body["reasons"]
    assert reason["code"] == "missing_paper"
    assert reason["message"].startswith("Papers are missing:")
    assert (reason["basis"], reason["facts"]) == ("TTHC 2024", {"papers": ["TO_TRINH"]})
    assert reason["message"] in browser.get("/trouble/refused", headers={"Accept-Language": "en"}).text
    assert "Còn thiếu giấy tờ: Tờ trình" in browser.get("/trouble/refused").text


def test_losing_a_race_says_who_when_and_how_it_stands(browser: TestClient) -> None:
    body = browser.get("/api/v1/trouble/changed").json()
    assert {key: body[key] for key in ("status", "code", "by", "at", "station", "version")} == {
        "status": 409,
        "code": "changed_meanwhile",
        "by": "Phạm Minh Tuấn",
        "at": "2024-05-13T09:18:00+07:00",
        "station": "awaiting_council",
        "version": 4,
    }
    page = browser.get("/trouble/changed")
    assert page.status_code == 409
    assert "Phạm Minh Tuấn đã thao tác trước" in page.text


def test_a_key_used_for_something_else_is_said_so(browser: TestClient) -> None:
    answer = browser.get("/api/v1/trouble/reused")
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")


@pytest.mark.parametrize(
    ("path", "sent", "fields"),
    [
        ("slips", {}, ["title", "due"]),
        ("slips", {"title": "a", "due": "2024-02-30"}, ["due"]),
        ("slips", {"title": "a", "due": "13/05/2024"}, ["due"]),
        ("slips", {"title": "a", "due": "2024-05-14", "more": 1}, ["more"]),
        ("slips", [], ["body"]),
        (
            "piles",
            {"slips": [{"title": "a", "due": "2024-05-14"}, {"title": 5}]},
            ["slips.1.title", "slips.1.due"],
        ),
    ],
)
def test_a_wrong_field_is_named_with_what_to_do(
    browser: TestClient, engine: Engine, path: str, sent: Any, fields: list[str]
) -> None:
    answer = browser.post(f"/api/v1/{path}", json=sent, headers=token(engine))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [one["field"] for one in answer.json()["fields"]] == fields
    assert all(one["message"] and one["label"] for one in answer.json()["fields"])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("{", "application/json"),
        ("", "application/json"),
        ("title=a", "application/x-www-form-urlencoded"),
        ("{}", "text/plain"),
        ("\x00", "application/json"),
        ("no parts", "multipart/form-data"),
        ("[" * 200_000, "application/json"),
        ('{"title": "\\ud800", "due": "2024-05-14"}', "application/json"),
        ('{"title": NaN, "due": Infinity}', "application/json"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_and_never_breaks_us(
    browser: TestClient, engine: Engine, content: str, kind: str
) -> None:
    headers = token(engine) | {"Content-Type": kind}
    answer = browser.post("/api/v1/slips", content=content, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert answer.json()["fields"]


def test_a_form_that_cannot_be_read_is_refused_on_a_page_too(browser: TestClient) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = browser.post("/sign-in", content="no parts", headers=kind)
    assert answer.status_code in (200, 422)
    enter(browser)
    assert browser.post("/slips", content="--x\r\nbroken", headers=kind).status_code in (403, 422)


def test_what_is_not_there_and_what_cannot_be_done_are_problems_too(browser: TestClient) -> None:
    for path, status in (("/api/v1/nothing", 404), ("/api/v1/numbered/x", 404)):
        answer = browser.get(path)
        assert (answer.status_code, answer.json()["code"]) == (status, "not_found")
    answer = browser.delete("/api/v1/slips")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert answer.headers["content-type"] == "application/problem+json"
    page = browser.get("/nothing")
    assert page.status_code == 404
    assert "Không tìm thấy" in page.text


def test_what_breaks_gives_a_number_and_nothing_else(
    browser: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("/api/v1/trouble/broken", "/trouble/broken"):
        answer = browser.get(path)
        assert answer.status_code == 500
        number = answer.headers["x-request-id"]
        assert number in answer.text
        assert number in caplog.text
        assert SECRET not in answer.text
        assert "RuntimeError" not in answer.text
    assert SECRET in caplog.text


def test_a_part_of_a_page_gets_only_the_message(browser: TestClient) -> None:
    answer = browser.get("/trouble/refused", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "<html" not in answer.text
    assert 'role="alert"' in answer.text


# ------------------------------------------------------------------ language


def test_the_language_is_chosen_by_link_and_remembered(browser: TestClient) -> None:
    assert '<html lang="vi">' in browser.get("/sign-in").text
    assert '<html lang="en">' in browser.get("/sign-in", headers={"Accept-Language": "en"}).text
    browser.get("/language/en?next=/sign-in")
    assert "Sign in" in browser.get("/sign-in", headers={"Accept-Language": "vi"}).text
    assert browser.get("/language/fr").status_code == 404


def test_a_program_is_answered_in_the_language_of_each_request(browser: TestClient) -> None:
    browser.get("/language/en")
    assert browser.get("/api/v1/nothing").json()["title"] == "Không tìm thấy"
    assert browser.get("/api/v1/nothing", headers={"Accept-Language": "en"}).json()["title"] == "Not found"


# ------------------------------------------------------------------ operators


def test_operators_see_that_it_lives_and_whether_it_is_ready(database: Database) -> None:
    browser = a_door(an_office(database), HandClock())
    assert browser.get("/healthz").text == "ok"
    assert browser.get("/readyz").json() == {"ready": True, "migrated": True, "guarded": True}


def test_the_description_of_the_api_holds_no_pages(browser: TestClient) -> None:
    described = json.loads(browser.get("/api/v1/openapi.json").text)
    assert "/api/v1/slips" in described["paths"]
    assert [path for path in described["paths"] if not path.startswith("/api/")] == []
