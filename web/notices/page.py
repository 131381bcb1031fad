"""What a person was told, the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import cases, deliveries, outbox, preferences
from db.cases import CaseRecord
from db.engine import Connection
from db.outbox import OutboxRecord
from db.units import Unit, all_units
from notifications.catalogue import facts_of, worded
from states import labels
from states.labels import Lang
from web import cursors
from web.access import signed_in, viewer
from web.cases.looks import LOOKS
from web.cases.sentences import at_text
from web.language import language, say
from web.notices.deliveries import bodies, oversees
from web.paging import address
from web.rendering import page, see_other
from web.site import site
from workflow.dossiers.entries import EntryView, entries_of
from workflow.engine import ZONE, Engine
from workflow.people.identity import Viewer
from workflow.people.preferences import mark_as_read
from workflow.problems import Invalid, Wrong
from workflow.sight import only_as_its_unit, sees
from workflow.telling import addresses, left_on

AT_ONCE = 30

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Told:
    """One notice as the page shows it."""

    ref: str
    subject: str
    text: str
    at: datetime
    at_text: str
    icon: str
    tone: str
    new: bool


@router.get("/notices")
@signed_in
async def notices(request: Request, after: str | None = None) -> Response:
    """What was told to the roles the reader holds."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    with engine.database.reading() as conn:
        found = outbox.addressed_to(
            conn, addresses(reader.grants), after=cursors.created_place(after), limit=AT_ONCE + 1
        )
        units = all_units(conn)
        told = _told(engine, conn, reader, found[:AT_ONCE], units, lang)
        read_until = preferences.of(conn, reader.account_id).read_until
        dead = deliveries.counts(conn, bodies(reader)).get("dead", 0) if oversees(reader) else 0
    more = cursors.next_created(found, AT_ONCE)
    return page(
        request,
        "notices/notices.html",
        told=[replace(one, new=read_until is None or one.at > read_until) for one in told],
        newest=told[0].at.isoformat() if told else "",
        oversees=oversees(reader),
        dead=dead,
        demo=site(request).settings.demo,
        next_href=address("/notices", after=more) if more else "",
    )


@router.post("/notices/read")
@signed_in
async def mark_read(request: Request) -> Response:
    """What was shown is read; what came since is not."""
    form = await request.form()
    try:
        until = datetime.fromisoformat(str(form.get("until", "")))
    except ValueError:
        raise Invalid(Wrong("until", "value_error", {})) from None
    if until.tzinfo is None:
        raise Invalid(Wrong("until", "value_error", {}))
    mark_as_read(site(request).engine, viewer(request).account_id, until)
    return see_other(request, "/notices", say(language(request), "Đã đánh dấu mọi thông báo là đã đọc."))


def _told(
    engine: Engine,
    conn: Connection,
    reader: Viewer,
    found: list[OutboxRecord],
    units: Mapping[str, Unit],
    lang: Lang,
) -> list[Told]:
    """The notices of the dossiers the reader still sees; the entries of each dossier are read once."""
    records = {row.case_id: cases.by_id(conn, row.case_id) for row in found}
    seen = {id_: record for id_, record in records.items() if record and sees(reader.actor, record)}
    entries = {id_: _entries(engine, conn, reader, record) for id_, record in seen.items()}
    return [
        _notice(engine, row, seen[row.case_id], entries[row.case_id].get(row.seq), units, lang)
        for row in found
        if row.case_id in seen
    ]


def _entries(engine: Engine, conn: Connection, reader: Viewer, record: CaseRecord) -> dict[int, EntryView]:
    as_unit = only_as_its_unit(reader.actor, record)
    return {entry.seq: entry for entry in entries_of(engine, conn, record, as_unit=as_unit)}


def _notice(
    engine: Engine,
    row: OutboxRecord,
    record: CaseRecord,
    entry: EntryView | None,
    units: Mapping[str, Unit],
    lang: Lang,
) -> Told:
    """The notice as it was true on its day, of a limit as it is set now."""
    unit, act, at = units[record.unit], row.notice.rpartition("/")[2], row.created_at
    station = entry.to if entry else record.station
    left, who = left_on(engine, record, at.astimezone(ZONE).date()), _who(entry, lang)
    facts = facts_of(record, unit, seq=row.seq, who=who, station=station, left=left, lang=lang)
    said = worded(row.notice, lang, facts)
    icon, tone = LOOKS.get(act, ("bell", "grey"))
    said_at = at_text(at, engine.today(), lang)
    return Told(record.ref, said.subject, said.text, at, said_at, icon, tone, False)


def _who(entry: EntryView | None, lang: Lang) -> str:
    if entry is None:
        return labels.label("role", "clock", lang)
    return entry.actor or labels.label("role", entry.role, lang)
