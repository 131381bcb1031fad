"""The package of a dossier is taken away for the province."""

from collections.abc import Iterator
from typing import BinaryIO

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from web.access import roles, viewer
from web.api.route import Ref
from web.language import language, say
from web.rendering import see_other
from web.site import site
from workflow.dossiers.reading import DossierView
from workflow.packages.problems import LostPaper, NotGoing
from workflow.packages.receiving import PACKERS
from workflow.packages.taking import taken
from workflow.papers.official_papers import UPWARD
from workflow.problems import NotFound

PIECE = 1 << 16

router = APIRouter(include_in_schema=False)


@router.get("/dossiers/{ref}/package.zip")
@roles(*sorted(PACKERS))
def package(request: Request, ref: Ref) -> Response:
    """The package that was sent; before that, what would be sent now."""
    try:
        return zip_of(stream_of(request, ref), f"{ref}.zip")
    except LostPaper:
        said = say(
            language(request),
            "Chưa lập được gói: tệp của một giấy tờ bị mất hoặc khác bản đã ghi. Báo người vận hành khôi phục.",
        )
        return see_other(request, f"/dossiers/{ref}", said, "error")


def stream_of(request: Request, ref: str) -> BinaryIO:
    """The package to read. Raises NotFound, or LostPaper where it cannot be made."""
    try:
        return taken(site(request).engine, [ref], viewer(request).actor)
    except NotGoing:
        raise NotFound from None


def may_pack(view: DossierView, held: frozenset[str]) -> bool:
    """Whether the page of a dossier leads to its package."""
    case = view.case
    there = bool(case.submission and case.submission.package) or case.station in UPWARD
    return there and not view.as_unit and bool(PACKERS & held)


def zip_of(stream: BinaryIO, name: str) -> Response:
    """A zip as an answer, closed once it was sent."""
    size = stream.seek(0, 2)
    stream.seek(0)
    headers = {"Content-Length": str(size), "Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces_of(stream), headers=headers, media_type="application/zip")


def pieces_of(stream: BinaryIO) -> Iterator[bytes]:
    """A file piece by piece, closed at its end."""
    with stream:
        while piece := stream.read(PIECE):
            yield piece
