"""Every route says who may open it, and nobody else can."""

from typing import Any

import pytest
from builders_identity import CHEAP, ORIGIN, HandClock, a_door, an_office, enter
from fastapi import APIRouter, Request
from hypothesis import given, strategies as st
from starlette.testclient import TestClient

from db.engine import Database
from web.access import UndeclaredRoute, own_path, public, roles, signed_in, viewer
from web.app import create_app
from workflow.engine import Engine
from workflow.people.tokens import create_token
from workflow.settings import Settings

desk = APIRouter()


@desk.get("/api/v1/desk")
@desk.post("/api/v1/desk")
@signed_in
async def own_desk(request: Request) -> dict[str, str]:
    return {"login": viewer(request).login, "lang": viewer(request).lang}


@desk.get("/api/v1/seals")
@desk.get("/seals")
@roles("auditor", "registrar")
async def seals() -> dict[str, str]:
    return {"seals": "whole"}


@desk.get("/api/v1/notice-board")
@public
async def notice_board(request: Request) -> dict[str, Any]:
    return {"viewer": request.state.viewer is not None}


@pytest.fixture
def engine(sqlite_database: Database) -> Engine:
    """The small office."""
    return an_office(sqlite_database)


@pytest.fixture
def browser(engine: Engine) -> TestClient:
    """A browser at the door, nobody signed in."""
    return a_door(engine, HandClock(), desk)


def bearer(engine: Engine, login: str = "ha.ltt") -> dict[str, str]:
    """The header a program sends."""
    return {"Authorization": f"Bearer {create_token(engine, login, 'thử', clock=HandClock())}"}


def test_a_route_that_does_not_say_who_may_open_it_stops_the_start(engine: Engine) -> None:
    forgotten = APIRouter()

    @forgotten.post("/salaries")
    async def salaries() -> None:
        """Nobody said who may see these."""

    with pytest.raises(UndeclaredRoute, match="POST /salaries"):
        create_app(engine, Settings(), passwords=CHEAP, more_routers=(desk, forgotten))


def test_a_mounted_folder_must_say_it_too(engine: Engine) -> None:
    forgotten = APIRouter()

    async def folder(scope: object, receive: object, send: object) -> None:
        """Serves whatever it likes."""

    forgotten.mount("/files", folder)
    with pytest.raises(UndeclaredRoute, match="/files"):
        create_app(engine, Settings(), passwords=CHEAP, more_routers=(forgotten,))


def test_a_rule_can_only_name_roles_there_are() -> None:
    with pytest.raises(ValueError, match="mayor"):
        roles("mayor")


def test_a_page_sends_a_stranger_to_sign_in_and_brings_them_back(browser: TestClient) -> None:
    answer = browser.get("/seals?year=2024&note=a%26b")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/sign-in?next=/seals%3Fyear%3D2024%26note%3Da%2526b",
    )
    form = browser.get(answer.headers["location"]).text
    assert 'name="next" value="/seals?year=2024&amp;note=a%26b"' in form
    back = enter(browser, "tuan.pm", next_="/seals?year=2024&note=a%26b")
    assert back.headers["location"] == "/seals?year=2024&note=a%26b"
    assert browser.get(back.headers["location"]).status_code == 200


def test_a_part_of_a_page_sends_a_stranger_to_sign_in_as_a_whole_page(browser: TestClient) -> None:
    answer = browser.get("/seals", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in")


def test_a_script_that_saves_in_the_background_is_told_that_nobody_is_signed_in(browser: TestClient) -> None:
    answer = browser.post("/sign-out", headers={"Accept": "text/plain"})
    assert (answer.status_code, answer.text) == (401, "Cần đăng nhập")


def test_a_program_without_a_token_is_told_so(browser: TestClient) -> None:
    for headers in ({}, {"Authorization": "Bearer kt_unknown"}, {"Authorization": "Bearer "}):
        answer = browser.get("/api/v1/desk", headers=headers)
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["code"] == "unauthenticated"


def test_a_bad_token_is_not_saved_by_a_good_cookie(browser: TestClient) -> None:
    enter(browser)
    assert browser.get("/api/v1/desk").status_code == 200
    assert browser.get("/api/v1/desk", headers={"Authorization": "Bearer kt_bad"}).status_code == 401


def test_a_program_comes_in_with_a_token(browser: TestClient, engine: Engine) -> None:
    answer = browser.get("/api/v1/desk", headers=bearer(engine) | {"Accept-Language": "en"})
    assert answer.json() == {"login": "ha.ltt", "lang": "en"}


def test_what_another_role_may_open_does_not_exist_for_this_one(browser: TestClient, engine: Engine) -> None:
    refused = browser.get("/api/v1/seals", headers=bearer(engine))
    unknown = browser.get("/api/v1/no-such-thing", headers=bearer(engine))
    assert (refused.status_code, refused.json()) == (404, unknown.json())
    assert browser.get("/api/v1/seals", headers=bearer(engine, "tuan.pm")).status_code == 200
    enter(browser)
    assert browser.get("/seals").status_code == 404


def test_a_public_route_still_knows_who_is_signed_in(browser: TestClient) -> None:
    assert browser.get("/api/v1/notice-board").json() == {"viewer": False}
    enter(browser)
    assert browser.get("/api/v1/notice-board").json() == {"viewer": True}


def test_strangers_learn_nothing_from_a_body_that_cannot_be_read(engine: Engine) -> None:
    intake = APIRouter()

    @intake.post("/api/v1/intake")
    @signed_in
    async def take(body: dict[str, int]) -> dict[str, int]:
        """Only reads."""
        return body

    browser = a_door(engine, HandClock(), intake)
    json = {"Content-Type": "application/json"}
    assert browser.post("/api/v1/intake", content="{", headers=json).status_code == 401
    assert browser.post("/api/v1/intake", content="{", headers=json | bearer(engine)).status_code == 422


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "///evil.example",
        "/\t/evil.example",
        "inbox",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(browser: TestClient, elsewhere: str) -> None:
    assert enter(browser, next_=elsewhere).headers["location"] == "/"
    assert browser.get("/sign-in", params={"next": elsewhere}).headers["location"] == "/"
    assert browser.get("/language/en", params={"next": elsewhere}).headers["location"] == "/"


@given(st.text())
def test_whatever_is_wanted_next_stays_on_this_site(wanted: str) -> None:
    path = own_path(wanted)
    assert path.startswith("/")
    assert not path.startswith(("//", "/\\"))
    assert path.isprintable()


def test_the_address_of_this_site_is_not_an_own_path() -> None:
    assert own_path(f"{ORIGIN}/inbox") == "/"
    assert own_path("/inbox?queue=soon") == "/inbox?queue=soon"
