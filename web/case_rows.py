"""One case as a line of a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from db.cases import CaseRecord
from db.units import Unit
from states import labels
from states.awards import KINDS
from states.labels import Lang
from states.periods import Period
from web.due import Due, due_of
from web.sentences import cases
from workflow.inbox import Item
from workflow.loading import facts_in


@dataclass(frozen=True, slots=True)
class CaseRow:
    """What every list shows of a case, in the reader's words."""

    ref: str
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


def case_row(item: Item, units: Mapping[str, Unit], lang: Lang) -> CaseRow:
    """A list's line of one case."""
    unit = units[item.record.unit]
    return row_of(
        item.record, item.left, item.label[lang], unit.short_vi if lang == "vi" else unit.short_en, lang
    )


@lru_cache(maxsize=1024)
def row_of(record: CaseRecord, left: int | None, station: str, unit: str, lang: Lang) -> CaseRow:
    """The same from all it follows from; most rows of a list stand there as they did the time before."""
    case, role = facts_in(record), record.holder_role or ""
    said = (
        cases(len(case.nominations), lang),
        kind_name(case.category, lang),
        period_name(record.period, lang),
    )
    return CaseRow(
        ref=record.ref,
        title=record.title,
        sub=", ".join(said),
        unit=unit,
        station=record.station,
        label=station,
        holder=labels.label("role", role, lang) if role else "",
        holder_role=role,
        since=record.entered_at,
        due=None if record.final else due_of(case, left, lang),
        on_hold=case.on_hold is not None,
    )
