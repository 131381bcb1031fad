"""A scan sent with a form, kept even where the rest of the form is refused."""

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from web.access import viewer
from web.cases.acting import typed
from web.site import site
from workflow.papers.uploads import take_in
from workflow.problems import Invalid, Wrong


def scan_sent(request: Request, form: FormData, paper_type: str) -> str:
    """The id of the scan: the one just sent, else the one sent with an earlier attempt. Raises Invalid."""
    file = form.get("scan")
    if not isinstance(file, UploadFile) or not file.filename:
        return typed(form, "scan_kept")
    engine = site(request).engine
    try:
        return take_in(engine, viewer(request), file.file, name=file.filename, paper_type=paper_type).id
    except Invalid as wrong:
        raise Invalid(*(Wrong("scan", one.type, one.facts) for one in wrong.fields)) from None
