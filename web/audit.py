"""The auditors' page: does everything hold, which dossiers are there, what was refused."""

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import cases, commands, people
from db.engine import Connection
from db.text import fold
from db.units import all_units
from states import labels
from states.labels import Lang
from web import cursors
from web.access import roles, viewer
from web.case_rows import case_row
from web.language import language
from web.paging import AT_ONCE, address, plain
from web.rendering import page
from web.seals import seal_of_register
from web.sentences import at_text
from web.site import site
from workflow.audit import verification
from workflow.engine import Engine
from workflow.identity import Viewer
from workflow.inbox import item
from workflow.sight import sees

RECENT = 20
"""How many refused attempts are looked through for those the reader may see."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt that was refused."""

    ref: str
    who: str
    act: str
    at_text: str


@router.get("/audit")
@roles("auditor")
async def audit(request: Request, q: str = "", verify: bool = False, after: str | None = None) -> Response:
    """The register's seal on demand, the dossiers with their histories, the latest refused attempts."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    words = plain(q)
    with engine.database.reading() as conn:
        found = verification(conn, engine.log) if verify else None
        place = cursors.created_place(after)
        records = cases.listed(conn, reader.scope, words=fold(words), after=place, limit=AT_ONCE + 1)
        units = all_units(conn)
        refused = _refused(engine, conn, reader, lang)
        rows = [case_row(item(engine, record), units, lang) for record in records[:AT_ONCE]]
    last = records[AT_ONCE - 1] if len(records) > AT_ONCE else None
    more = cursors.written((last.created_at, last.id)) if last else None
    return page(
        request,
        "audit/audit.html",
        q=words,
        seal=seal_of_register(found, lang) if found else None,
        rows=rows,
        refused=refused,
        next_href=address("/audit", q=words, after=more) if more else "",
    )


def _refused(engine: Engine, conn: Connection, reader: Viewer, lang: Lang) -> list[Attempt]:
    today, found = engine.today(), []
    for command in commands.refused(conn, limit=RECENT):
        record = cases.by_id(conn, command.case_id) if command.case_id else None
        if record is None or not sees(reader.actor, record):
            continue
        person = people.person(conn, command.person_id)
        act, at = labels.label("act", command.act, lang), at_text(command.at, today, lang)
        found.append(Attempt(record.ref, person.name if person else "", act, at))
    return found
