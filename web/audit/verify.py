"""Everything is computed again; the first entry that does not hold is named."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import cases
from states.kinds import page_of
from web.access import roles, viewer
from web.history.seals import seal_of_register, why
from web.language import language
from web.rendering import page
from web.site import site
from workflow.auditing.reach import audited
from workflow.auditing.verification import both_hashes, verify
from workflow.sight import sees

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first bad entry: both hashes where it is there, a link where the reader may follow it."""

    ref: str
    seq: int
    why: str
    recorded: str
    computed: str
    href: str


@router.get("/audit/verify")
@roles("auditor")
def verify_page(request: Request) -> Response:
    """The seal of the whole register; not async, because it reads every entry."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    found = verify(engine)
    fault = None
    if found.first_bad:
        with engine.database.reading() as conn:
            recorded, computed = both_hashes(conn, found.first_bad)
            record = cases.load(conn, found.first_bad.case)
        bad = found.first_bad
        mine = record is not None and bool(audited(reader.actor).bodies) and sees(reader.actor, record)
        href = f"{page_of(bad.case)}/history?entry={bad.seq}#chosen" if mine else ""
        fault = Fault(bad.case, bad.seq, why(bad.why, lang), recorded, computed, href)
    return page(
        request,
        "audit/verify.html",
        desk="/audit/verify",
        seal=seal_of_register(found, lang),
        found=found,
        fault=fault,
        checked_at=engine.now(),
    )
