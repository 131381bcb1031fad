"""What the pages of everything but dossiers have in common."""

from collections.abc import Sequence
from typing import Any

from db.engine import Connection
from db.units import Unit
from states.decide import Weighed
from states.kinds import page_of
from states.labels import Lang, label
from web.cases.bar import case_bar
from web.cases.due import due_of
from web.cases.rows import period_name
from web.cases.sentences import sentence
from web.history.seals import seal_of_case
from web.language import say
from workflow.auditing.verification import verify_case
from workflow.case_reading import CaseView
from workflow.engine import Engine

LATEST = 8
"""How much of the timeline a page shows."""


def head(
    engine: Engine,
    conn: Connection,
    view: CaseView,
    weighed: Sequence[Weighed],
    units: dict[str, Unit],
    lang: Lang,
) -> dict[str, Any]:
    """Where the case is, until when, what the reader can do, what happened last."""
    record, today = view.record, engine.today()
    found = verify_case(conn, engine.log, record)
    return {
        "view": view,
        "case": view.case,
        "ref": record.ref,
        "here": page_of(record.ref),
        "unit_name": view.unit.name(lang),
        "period": period_name(record.period, lang),
        "kind_label": label("case_kind", record.kind, lang),
        "station_label": view.definition.stations[record.station].label[lang],
        "due": due_of(view.case, view.left, lang) if view.case.due and not record.final else None,
        "held_by": _holder(view, units, lang),
        "bar": case_bar(view, weighed, lang),
        "timeline": [sentence(entry, lang, today) for entry in view.entries[-LATEST:][::-1]],
        "entry_count": len(view.entries),
        "seal": seal_of_case(found, lang, count=not view.as_unit),
    }


def _holder(view: CaseView, units: dict[str, Unit], lang: Lang) -> str:
    """Whose turn it is; nobody's while only the clock moves it."""
    role, unit = view.record.holder_role, units.get(view.record.holder_unit or "")
    if role in (None, "clock") or unit is None:
        return ""
    short = unit.short(lang)
    return say(lang, "%(role)s giữ, %(unit)s", role=label("role", str(role), lang), unit=short)
