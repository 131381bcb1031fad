"""A line of the register in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.units import Unit
from states import labels
from states.awards import AUTHORITIES
from states.labels import Lang
from states.register.line import RegisterEntry
from web.award_names import award_short
from web.cases.rows import period_name


@dataclass(frozen=True, slots=True)
class Line:
    """What a list shows of a line; ``bonus`` is empty where it is unknown, ``why`` then says why."""

    id: str
    name: str
    subject_type: str
    unit: str
    award: str
    period: str
    decision_no: str
    decided_on: date
    authority: str
    base_salary: str
    multiplier: str
    bonus: str
    why: str
    status: str
    status_label: str
    changed_by: str
    ref: str


def line_of(entry: RegisterEntry, units: Mapping[str, Unit], lang: Lang) -> Line:
    """The line in words."""
    unit = units[entry.unit]
    return Line(
        id=entry.id,
        name=entry.name,
        subject_type=labels.label("subject_type", entry.subject_type, lang),
        unit=unit.short(lang),
        award=award_short(entry.award, lang),
        period=period_name(entry.period, lang),
        decision_no=entry.decision_no,
        decided_on=entry.decided_on,
        authority=authority_name(entry.authority, lang),
        base_salary=money(entry.base_salary),
        multiplier=entry.multiplier.replace(".", ",") if lang == "vi" else entry.multiplier,
        bonus=money(entry.bonus),
        why=labels.label("no_bonus", entry.why, lang) if entry.why else "",
        status=entry.status,
        status_label=labels.label("register_status", entry.status, lang),
        changed_by=entry.changed_by,
        ref=entry.ref,
    )


def authority_name(code: str, lang: Lang) -> str:
    """Who decided; the bare code of one that left the catalogue."""
    found = AUTHORITIES.get(code)
    return found.name(lang) if found else code


def money(amount: int | None) -> str:
    """Whole đồng with a dot at every thousand: 1.800.000; nothing for what is unknown."""
    return "" if amount is None else f"{amount:,}".replace(",", ".")
