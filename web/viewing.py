"""Every answer that showed a dossier or gave a paper away is noted."""

from fastapi import Request

from web.site import site
from workflow.auditing import views
from workflow.people.identity import Viewer


def note(request: Request) -> None:
    """Write down the look behind a request that was answered, where it was one."""
    viewer: Viewer | None = getattr(request.state, "viewer", None)
    if viewer is None or request.method != "GET":
        return
    engine, number = site(request).engine, str(request.state.request_id)
    ref, paper = request.path_params.get("ref"), request.path_params.get("paper_id")
    if package := request.path_params.get("package_id"):
        name = request.url.path.removeprefix(f"/received/{package}").strip("/")
        views.package_read(engine, viewer.actor, package, name, number)
    elif paper:
        views.paper_fetched(engine, viewer.actor, paper, number)
    elif ref and (taken := _taken(request)):
        views.case_taken(engine, viewer.actor, ref, taken, number)
    elif ref:
        views.dossier_viewed(engine, viewer.actor, ref, _what(request), number)


def _what(request: Request) -> str:
    printed = "print" in request.query_params or request.url.path.endswith("/file")
    return "print" if printed else "page"


def _taken(request: Request) -> str:
    """What of a dossier leaves as a file; empty for a page."""
    last = request.url.path.rpartition("/")[2]
    return last if last in ("package", "scan") or last.endswith((".docx", ".zip")) else ""
