"""Papers over the API."""

from collections.abc import Iterator
from typing import Annotated, BinaryIO
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import StreamingResponse

from db.papers import PaperRecord
from web.access import roles, signed_in, viewer
from web.api.route import ApiRoute, Id
from web.api.shapes import PaperAnswer
from web.site import site
from workflow.engine import Engine
from workflow.papers.uploads import bytes_of, paper, take_in

PIECE = 1 << 16
TELLERS = ("council_secretary", "council_member", "council_vice_chair")
"""Who brings the scanned minutes of a count."""

router = APIRouter(route_class=ApiRoute, prefix="/papers")


@router.post("", status_code=201)
@roles("unit_clerk", "unit_head", *TELLERS)
def bring(
    request: Request,
    file: Annotated[UploadFile, File()],
    type: Annotated[str, Form(max_length=80)],  # noqa: A002 - the form says type
) -> PaperAnswer:
    """Take a file in; ``amend`` then puts it into a dossier. PDF, Word, Excel, PNG, JPEG, at most 20 MB."""
    engine = site(request).engine
    kept = take_in(engine, viewer(request), file.file, name=file.filename or "", paper_type=type)
    return PaperAnswer(id=kept.id, sha256=kept.sha256, name=kept.name, size=kept.size)


@router.get("/{paper_id}", response_class=StreamingResponse)
@signed_in
def fetch(request: Request, paper_id: Id) -> StreamingResponse:
    """The file, to be saved under its name."""
    engine = site(request).engine
    return sent_as_file(engine, paper(engine, viewer(request), paper_id))


def sent_as_file(engine: Engine, found: PaperRecord) -> StreamingResponse:
    """A paper as an attachment under its name. Raises NotFound where its bytes are gone."""
    headers = {
        "Content-Length": str(found.size),
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
    }
    stream = _pieces(bytes_of(engine, found))
    return StreamingResponse(stream, headers=headers, media_type=found.media_type)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
