"""One case as a line of a list."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from db.cases import CaseLine, CaseRecord, by_ids
from db.engine import Connection
from db.kept import Kept
from db.units import Unit
from states import labels
from states.awards import KINDS
from states.case import Case
from states.dossier import Dossier
from states.kinds import kind_of, page_of
from states.labels import Lang
from states.periods import Period
from web.cases.act_objects import cases
from web.cases.due import Due, due_of
from workflow.inbox import Item
from workflow.loading import facts_in


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


_ROWS: Kept[CaseRow] = Kept(2048)


@lru_cache
def kind_name(code: str, lang: Lang) -> str:
    """The name of a kind of commendation as it stands within a sentence."""
    name = KINDS[code].name(lang).partition(" (")[0]
    return f"{name[:1].lower()}{name[1:]}"


@lru_cache
def period_name(code: str, lang: Lang) -> str:
    """A period as it stands within a sentence; the years of a school year stay on one line."""
    name = Period.parse(code).label(lang).replace("-", "\u2060–\u2060")
    return f"{name[:1].lower()}{name[1:]}"


def case_rows(
    conn: Connection, items: Sequence[Item[CaseLine]], units: Mapping[str, Unit], lang: Lang
) -> list[CaseRow]:
    """The lines of a list; the facts are only read of cases that do not stand as they stood before."""
    return _ROWS.all(
        [stands_as(item, units, lang) for item in items],
        lambda places: _read(conn, [items[place] for place in places], units, lang),
    )


def stands_as(item: Item[CaseLine], units: Mapping[str, Unit], lang: Lang) -> tuple[Hashable, ...]:
    """All that a line follows from; the last entry's hash stands for the whole history of a case."""
    record = item.record
    return (
        record.id,
        record.head_hash,
        record.title,
        item.left,
        item.label[lang],
        units[record.unit].short(lang),
        lang,
    )


def _read(
    conn: Connection, items: Sequence[Item[CaseLine]], units: Mapping[str, Unit], lang: Lang
) -> list[CaseRow]:
    records = by_ids(conn, [item.record.id for item in items])
    return [case_row(Item(records[item.record.id], item.label, item.left), units, lang) for item in items]


def case_row(item: Item[CaseRecord], units: Mapping[str, Unit], lang: Lang) -> CaseRow:
    """A list's line of one case."""
    record, case = item.record, facts_in(item.record)
    role = record.holder_role or ""
    return CaseRow(
        ref=record.ref,
        href=page_of(record.ref),
        title=record.title,
        sub=about(case, lang),
        unit=units[record.unit].short(lang),
        station=record.station,
        label=item.label[lang],
        holder=labels.label("role", role, lang) if role else "",
        holder_role=role,
        since=record.entered_at,
        due=None if record.final else due_of(case, item.left, lang),
        on_hold=case.on_hold is not None,
    )


def about(case: Case, lang: Lang) -> str:
    """What a case is about in a few words, its period last."""
    said = [named_kind(case.ref, case.category, lang), period_name(case.period, lang)]
    return ", ".join([cases(len(case.nominations), lang), *said] if isinstance(case, Dossier) else said)


def named_kind(ref: str, category: str, lang: Lang) -> str:
    """What kind of case a reference is about; of a dossier, what kind of commendation it asks for."""
    kind = kind_of(ref)
    return kind_name(category, lang) if kind == "dossier" else labels.label("case_kind", kind, lang)
