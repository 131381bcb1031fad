"""Packages for the province over the API."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import Field

from db.blobs import TooLarge
from web.access import roles, viewer
from web.api.route import ApiRoute, Ref
from web.api.shapes import Shape
from web.papers.packages import stream_of, zip_of
from web.site import site
from workflow.batches.signing import MOST
from workflow.fields import Code, Day, Form, Line
from workflow.packages.limits import limits_of
from workflow.packages.problems import LostPaper, MixedBodies, NotGoing, TooManyFiles
from workflow.packages.receiving import PACKERS
from workflow.packages.sending import made
from workflow.papers.letter_paper import Letter
from workflow.problems import Invalid, NotFound, Wrong

router = APIRouter(route_class=ApiRoute)


class PackageRequest(Form):
    """The letter under which the dossier is to go."""

    letter_no: Line
    date: Day


class JointPackageRequest(PackageRequest):
    """Dossiers of one body that go under the same letter."""

    refs: list[Code] = Field(min_length=1, max_length=MOST)


class PackageAnswer(Shape):
    """A package that was made; ``submit_upward`` takes its ``sha256`` as ``package``."""

    sha256: str
    size: Annotated[int, Field(description="Bytes")]


@router.post("/dossiers/{ref}/package", status_code=201)
@roles(*sorted(PACKERS))
def make(request: Request, ref: Ref, sent: PackageRequest) -> PackageAnswer:
    """Make the package of a dossier under its letter; the same twice is the same package."""
    try:
        return _made(request, [ref], sent, "ref")
    except NotGoing:
        raise NotFound from None


@router.post("/packages", status_code=201)
@roles(*sorted(PACKERS))
def make_one_for_all(request: Request, sent: JointPackageRequest) -> PackageAnswer:
    """Make one package of several dossiers under one letter; a batch of ``submit_upward`` then names it for each."""
    try:
        return _made(request, sent.refs, sent, "refs")
    except NotGoing as found:
        place = sent.refs.index(str(found))
        raise Invalid(Wrong(f"refs.{place}", "not_going_up", {})) from None
    except MixedBodies:
        raise Invalid(Wrong("refs", "one_body", {})) from None


def _made(request: Request, refs: list[str], sent: PackageRequest, field: str) -> PackageAnswer:
    here, letter = site(request), Letter(sent.letter_no, sent.date)
    try:
        sha256, size = made(here.engine, viewer(request).actor, refs, letter, limits_of(here.settings))
    except LostPaper:
        raise Invalid(Wrong(field, "file_lost", {})) from None
    except (TooLarge, TooManyFiles):
        raise Invalid(Wrong(field, "package_too_large", {})) from None
    return PackageAnswer(sha256=sha256, size=size)


@router.get("/dossiers/{ref}/package", response_class=Response)
@roles(*sorted(PACKERS))
def fetch(request: Request, ref: Ref) -> Response:
    """The package that was sent; before that, a draft of it. A zip, to be verified by ``khenthuong package verify``."""
    try:
        return zip_of(stream_of(request, ref), f"{ref}.zip")
    except LostPaper:
        raise NotFound from None
