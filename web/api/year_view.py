"""What every case of the year tells of itself, turned into the API's answer."""

from typing import Any

from states.labels import Lang
from web.api.shapes import NamedUnit, Seat
from web.api.year_shapes import SaidAnswer
from workflow.case_reading import CaseView, Said


def common(view: CaseView, lang: Lang) -> dict[str, Any]:
    """The fields all of them share but for the last day, which each keeps in its own way."""
    record, holder = view.record, view.case.holder
    return {
        "ref": record.ref,
        "kind": record.kind,
        "category": record.category,
        "title": record.title,
        "unit": NamedUnit.of(view.unit, lang),
        "period": record.period,
        "station": record.station,
        "label": view.definition.stations[record.station].label[lang],
        "version": record.version,
        "definition": view.definition.name,
        "since": record.entered_at,
        "due": record.due_on,
        "working_days_left": None if record.final else view.left,
        "holder": Seat(role=holder.role, unit=holder.unit) if holder else None,
        "extensions": [said(one) for one in view.said("extend")],
    }


def said(given: Said | None) -> SaidAnswer | None:
    """A reason with who gave it, when."""
    if given is None:
        return None
    return SaidAnswer(reason=given.reason, by=given.by, role=given.role, at=given.entry.at, due=given.due)
