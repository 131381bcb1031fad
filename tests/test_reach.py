"""Bad input is sent to every route the program has, with people who may open it."""

from fastapi import APIRouter, FastAPI

from bench.p17_inputs import unreached
from bench.route_table import leads_to, routes_of
from web.routers import CHECKED

TABLE = routes_of(CHECKED.routes)


def test_a_route_nothing_is_sent_to_or_that_turns_all_away_is_named() -> None:
    answers = {route.name: {200, 422} for route in TABLE}
    assert unreached(TABLE, answers) == {}
    del answers["POST /api/v1/plan-items/{ref}/acts/finish"]
    answers["GET /year"] = {404, 401}
    assert unreached(TABLE, answers) == {
        "POST /api/v1/plan-items/{ref}/acts/finish": "nothing is sent",
        "GET /year": "[401, 404]",
    }


def test_a_new_route_is_in_the_table_by_itself_with_what_it_reads_from_the_address() -> None:
    router = APIRouter(prefix="/new")

    @router.get("/{ref}")
    def look(ref: str, day: str = "") -> str:
        return ref + day

    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.include_router(router)
    (route,) = routes_of(app.routes)
    assert (route.name, route.places, route.asked) == ("GET /new/{ref}", ("ref",), ("day",))


def test_an_address_leads_to_the_route_that_answers_it() -> None:
    assert [leads_to(TABLE, "GET", path) for path in ("/nowhere", "/year")] == [
        None,
        next(route for route in TABLE if route.name == "GET /year"),
    ]
    found = leads_to(TABLE, "POST", "/plans/KH-2024-0001/activate")
    assert found is not None
    assert (found.template, found.places_of("/plans/KH-2024-0001/activate")) == (
        "/plans/{ref}/{act}",
        {"ref": "KH-2024-0001", "act": "activate"},
    )
