"""A dossier's whole file on one page: what it asks for, its papers, every entry with its chain."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import commands, history
from db.engine import Connection
from db.people import person
from states import labels
from states.history import genesis
from states.labels import Lang
from web.access import roles, viewer
from web.api.route import Ref
from web.award_names import award_name
from web.cases.rows import kind_name, period_name
from web.cases.sentences import Sentence, refusal, sentence
from web.dossiers import paper_list
from web.history.changes import Change, changes_by_entry
from web.history.seals import seal_of_case
from web.language import language
from web.rendering import page
from web.site import site
from workflow.auditing.search import reasons_in
from workflow.auditing.verification import verify_case
from workflow.dossiers import reading
from workflow.dossiers.entries import EntryView
from workflow.dossiers.reading import DossierView
from workflow.engine import Engine
from workflow.loading import Loaded
from workflow.problems import NotFound

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One entry of the file with its place in the chain."""

    entry: EntryView
    sentence: Sentence
    prev: str
    changes: list[Change]


@router.get("/dossiers/{ref}/file")
@roles("auditor")
async def file(request: Request, ref: Ref) -> Response:
    """The file, to be printed. Raises NotFound for who sees the dossier only as its unit."""
    engine, lang = site(request).engine, language(request)
    with engine.database.reading() as conn:
        view, loaded = reading.dossier(engine, conn, ref, viewer(request).actor)
        if view.as_unit:
            raise NotFound
        seal = seal_of_case(verify_case(conn, engine.log, view.record), lang, count=True)
        prev = {entry.seq: entry.prev_hash for entry, _, _ in history.of_case(conn, view.record.id)}
        refused = list(_refused(engine, conn, view, lang))
    return page(
        request,
        "audit/file.html",
        view=view,
        ref=ref,
        seal=seal,
        genesis=genesis(engine.log, view.record.kind, view.record.id),
        entries=_sealed(engine, view, loaded, prev, lang),
        refused=refused,
        printed_at=engine.now(),
        **_head(view, lang),
    )


def _head(view: DossierView, lang: Lang) -> dict[str, Any]:
    return {
        "unit_name": view.unit.name(lang),
        "kind": kind_name(view.record.category, lang),
        "period": period_name(view.record.period, lang),
        "station_label": view.definition.stations[view.case.station].label[lang],
        "awards": {n.id: award_name(n.facts.award, lang) for n in view.nominations},
        "asked": {n.id: award_name(n.facts.asked, lang) for n in view.nominations if n.facts.asked},
        "paper_names": {p.type: paper_list.paper_name(p.type, lang) for p in view.papers},
        "replaced": {p.paper.id: p.paper.name for p in view.papers},
    }


def _sealed(
    engine: Engine, view: DossierView, loaded: Loaded, prev: dict[int, str], lang: Lang
) -> list[Sealed]:
    changed = changes_by_entry(view, loaded.units, lang)
    return [
        Sealed(entry, sentence(entry, lang, engine.today()), prev[entry.seq], changed[entry.seq])
        for entry in view.entries
    ]


def _refused(engine: Engine, conn: Connection, view: DossierView, lang: Lang) -> Iterator[Sentence]:
    for command in commands.of_case(conn, view.record.id, "refused"):
        found = person(conn, command.person_id)
        reasons = [
            labels.sentence(reason["code"], lang, reason["facts"], view.names)
            for reason in reasons_in(command.answer)
        ]
        yield refusal(found.name if found else "", command.act, reasons, command.at, lang, engine.today())
