"""The package of a dossier is taken away for the province."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import BinaryIO

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from states.dossier import Dossier
from web.access import roles, viewer
from web.api_route import Ref
from web.language import language, say
from web.rendering import see_other
from web.site import site
from workflow import reading
from workflow.official_papers import UPWARD
from workflow.package_make import LostPaper, package_of
from workflow.problems import NotFound
from workflow.reading import DossierView
from workflow.receiving import PACKERS

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
            language(request), "Chưa lập được gói: thiếu tệp của một giấy tờ. Báo người vận hành khôi phục."
        )
        return see_other(request, f"/dossiers/{ref}", said, "error")


def stream_of(request: Request, ref: str) -> BinaryIO:
    """The package to read. Raises NotFound, or LostPaper where it cannot be made."""
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        view, _ = reading.dossier(engine, conn, ref, actor)
    if view.as_unit or not offered(view.case):
        raise NotFound
    if sent := sent_package(view.case):
        try:
            return engine.blobs.open(sent)
        except FileNotFoundError:
            raise LostPaper(sent) from None
    draft = package_of(engine, [ref], actor)
    held = TemporaryFile()  # noqa: SIM115 - closed when the answer has been sent
    draft.write(held)
    held.seek(0)
    return held


def sent_package(case: Dossier) -> str:
    """The SHA-256 of the package that went with the letter; empty where none did."""
    return case.submission.package if case.submission else ""


def offered(case: Dossier) -> bool:
    """Whether there is a package: the one sent, or one to be sent."""
    return bool(sent_package(case)) or case.station in UPWARD


def may_pack(view: DossierView, held: frozenset[str]) -> bool:
    """Whether the page of a dossier leads to its package."""
    return not view.as_unit and bool(PACKERS & held) and offered(view.case)


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
