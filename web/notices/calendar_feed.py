"""A person's deadlines for their calendar program, behind a secret address."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from web.access import public
from web.site import site
from workflow.deadline_feed import feed

router = APIRouter(include_in_schema=False)


@router.get("/calendar/{secret}.ics")
@public
async def calendar(request: Request, secret: str) -> Response:
    """The deadlines of whoever was given this address."""
    here = site(request)
    with here.engine.database.reading() as conn:
        body = feed(here.engine, conn, secret, here.settings.public_origin)
    return Response(body, media_type="text/calendar; charset=utf-8")
