"""Operators ask whether the program lives, whether it is ready, what its API takes."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse

from db.guards import guards_present
from db.migrate import at_head
from web.access import public
from web.site import site

router = APIRouter(include_in_schema=False)


@router.get("/healthz")
@public
async def healthz() -> PlainTextResponse:
    """The process answers."""
    return PlainTextResponse("ok")


@router.get("/readyz")
@public
async def readyz(request: Request) -> JSONResponse:
    """The database answers, has today's tables, guards its history; 503 otherwise."""
    database = site(request).engine.database
    with database.reading() as conn:
        guarded = guards_present(conn)
    checks = {"migrated": at_head(database), "guarded": guarded}
    ready = all(checks.values())
    return JSONResponse({"ready": ready, **checks}, 200 if ready else 503)


@router.get("/api/v1/openapi.json")
@public
async def openapi(request: Request) -> dict[str, Any]:
    """The API in OpenAPI's terms, without the pages."""
    described: dict[str, Any] = request.app.openapi()
    paths = {path: item for path, item in described["paths"].items() if path.startswith("/api/")}
    return described | {"paths": paths}
