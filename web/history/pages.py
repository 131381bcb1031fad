"""The whole history of a case, as it stands or as it stood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import commands, people
from db.engine import Connection
from states import labels
from states.case import Case
from states.deadlines import remaining
from states.kinds import page_of
from states.labels import Lang
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.acting import Trouble, tried
from web.cases.due import Due, due_of
from web.cases.sentences import Sentence, refusal, sentence
from web.history.changes import changes
from web.history.seals import seal_of_case
from web.language import language
from web.rendering import page
from web.site import site
from workflow import case_reading
from workflow.auditing.asof import moment_named
from workflow.auditing.search import reasons_in
from workflow.auditing.verification import verify_case
from workflow.case_reading import AnyView
from workflow.dossiers import reading
from workflow.dossiers.entries import entry_at
from workflow.engine import ZONE, Engine
from workflow.problems import NotFound

LOCAL = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history; ``seq`` is 0 for an attempt that was refused, ``later`` than the chosen moment."""

    seq: int
    at: datetime
    sentence: Sentence
    hash: str
    later: bool
    href: str


@dataclass(frozen=True, slots=True)
class Then:
    """How the dossier stood at a moment, its limit counted from that day."""

    station: str
    label: str
    due: Due | None
    holder: str
    entries: int
    on_hold: bool


@router.get("/dossiers/{ref}/history")
@router.get("/reports/{ref}/history")
@router.get("/plan-items/{ref}/history")
@router.get("/intakes/{ref}/history")
@router.get("/plans/{ref}/history")
@router.get("/decision-changes/{ref}/history")
@router.get("/revocations/{ref}/history")
@router.get("/sessions/{ref}/history")
@router.get("/councils/{ref}/history")
@signed_in
async def history(request: Request, ref: Ref, as_of: str = "", entry: int = 0) -> Response:
    """Every entry the reader is told, the newest first, cut at the moment that was asked for."""
    if not request.url.path.startswith(f"{page_of(ref)}/"):
        raise NotFound
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    asked = tried(request, "", lambda: _moment(as_of)) if as_of else None
    trouble = asked if isinstance(asked, Trouble) else None
    moment = asked if isinstance(asked, datetime) else None
    with engine.database.reading() as conn:
        view, loaded = case_reading.of_any_kind(engine, conn, ref, actor)
        assert loaded.record is not None  # it was loaded by its reference
        found = verify_case(conn, engine.log, loaded.record)
        then = _then(engine, conn, view, moment, lang) if moment else None
        audits = _audits(request, view)
        refused = list(_refused(engine, conn, view, moment, lang)) if audits else []
    lines = [*_lines(engine, view, moment, as_of, lang), *refused]
    chosen = entry_at(view.entries, entry)
    return page(
        request,
        "history/history.html",
        status=trouble.status if trouble else 200,
        view=view,
        ref=ref,
        here=page_of(ref),
        is_dossier=view.record.kind == "dossier",
        unit_name=view.unit.name(lang),
        lines=sorted(lines, key=lambda line: (line.at, line.seq), reverse=True),
        earlier=sum(not line.later for line in lines),
        audits=audits,
        as_of=f"{moment.astimezone(ZONE):%Y-%m-%dT%H:%M}" if moment else as_of,
        moment=moment,
        trouble=trouble,
        then=then,
        seal=seal_of_case(found, lang, count=not view.as_unit),
        chosen=chosen,
        changed=changes(view, chosen.seq, loaded.units, lang) if chosen and not view.as_unit else [],
    )


def _moment(text: str) -> datetime:
    """A browser's local time is Vietnam's. Raises Invalid."""
    return moment_named(f"{text}+07:00" if LOCAL.fullmatch(text) else text)


def _audits(request: Request, view: AnyView) -> bool:
    grants = viewer(request).grants
    return any(grant.role == "auditor" and grant.body == view.record.body for grant in grants)


def _lines(engine: Engine, view: AnyView, moment: datetime | None, as_of: str, lang: Lang) -> Iterator[Line]:
    today = engine.today()
    asked = f"&as_of={as_of}" if as_of and moment else ""
    for entry in view.entries:
        href = "" if view.as_unit else f"{page_of(view.record.ref)}/history?entry={entry.seq}{asked}"
        later = moment is not None and entry.at > moment
        yield Line(entry.seq, entry.at, sentence(entry, lang, today), entry.hash, later, href)


def _refused(
    engine: Engine, conn: Connection, view: AnyView, moment: datetime | None, lang: Lang
) -> Iterator[Line]:
    for command in commands.of_case(conn, view.record.id, "refused"):
        person = people.person(conn, command.person_id)
        reasons = [
            labels.sentence(reason["code"], lang, reason["facts"], view.names, kind=view.record.kind)
            for reason in reasons_in(command.answer)
        ]
        said = refusal(person.name if person else "", command.act, reasons, command.at, lang, engine.today())
        yield Line(0, command.at, said, "", moment is not None and command.at > moment, "")


def _then(engine: Engine, conn: Connection, view: AnyView, moment: datetime, lang: Lang) -> Then | None:
    """Only what its unit may know too, so that the past tells nobody more than the present."""
    case = reading.state_as_of(conn, view.record, moment)
    if case is None:
        return None
    station = view.definition.stations.get(case.station)
    return Then(
        station=case.station,
        label=station.label[lang] if station else labels.label("station", case.station, lang),
        due=_due_then(engine, case, moment, lang) if station and not station.final else None,
        holder=labels.label("role", case.holder.role, lang) if case.holder else "",
        entries=sum(entry.at <= moment for entry in view.entries),
        on_hold=case.on_hold is not None,
    )


def _due_then(engine: Engine, case: Case, moment: datetime, lang: Lang) -> Due:
    day = moment.astimezone(ZONE).date()
    left = remaining(day, case.due, engine.calendar) if case.due else None
    return due_of(case, left, lang)
