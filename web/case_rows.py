"""One case as a line of a list."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from db.units import Unit
from states import labels
from states.awards import KINDS
from states.case import Case
from states.document import from_document
from states.dossier import Dossier
from states.kinds import KINDS as CASE_KINDS
from states.kinds import page_of
from states.labels import Lang
from states.periods import Period
from web.due import Due, due_of
from web.sentences import cases
from workflow.inbox import Item


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What every list shows of a case, in the reader's words."""

    ref: str
    href: str
    title: str
    sub: str
    unit: str
    station: str
    label: str
    holder: str
    holder_role: str
    since: datetime
    due: Due | None
    on_hold: bool


@lru_cache
def kind_name(code: str, lang: Lang) -> str:
    """The name of a kind of commendation as it stands within a sentence."""
    name = (KINDS[code].name_vi if lang == "vi" else KINDS[code].name_en).partition(" (")[0]
    return f"{name[:1].lower()}{name[1:]}"


@lru_cache
def period_name(code: str, lang: Lang) -> str:
    """A period as it stands within a sentence; the years of a school year stay on one line."""
    name = Period.parse(code).label(lang).replace("-", "\u2060–\u2060")
    return f"{name[:1].lower()}{name[1:]}"


@lru_cache(maxsize=2048)
def _facts(kind: str, stored: str) -> Case:
    """The facts a row keeps; a page shows the same ones many times between two acts."""
    return from_document(CASE_KINDS[kind].facts, json.loads(stored))


def about(case: Case, kind: str, lang: Lang) -> str:
    """What a case is about in short, its period last."""
    said = [named_kind(kind, case.category, lang), period_name(case.period, lang)]
    return ", ".join([cases(len(case.nominations), lang), *said] if isinstance(case, Dossier) else said)


def named_kind(kind: str, category: str, lang: Lang) -> str:
    """What kind of case it is; of a dossier, what kind of commendation it asks for."""
    return kind_name(category, lang) if kind == "dossier" else labels.label("case_kind", kind, lang)


def case_row(item: Item, units: Mapping[str, Unit], lang: Lang) -> CaseRow:
    """A list's line of one case."""
    record, case = item.record, _facts(item.record.kind, item.record.facts)
    unit, role = units[record.unit], record.holder_role or ""
    return CaseRow(
        ref=record.ref,
        href=page_of(record.ref),
        title=record.title,
        sub=about(case, record.kind, lang),
        unit=unit.short_vi if lang == "vi" else unit.short_en,
        station=record.station,
        label=item.label[lang],
        holder=labels.label("role", role, lang) if role else "",
        holder_role=role,
        since=record.entered_at,
        due=None if record.final else due_of(case, item.left, lang),
        on_hold=case.on_hold is not None,
    )
