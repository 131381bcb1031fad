"""What is not the same in two plans."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from states.awards import KINDS
from states.definition import Words
from states.labels import Lang, label
from states.year.plan import Due, Plan, Window

Part = Literal["plan", "items", "duties", "campaigns"]

ENTRIES: Final[Mapping[Part, str]] = {"items": "id", "duties": "item", "campaigns": "id"}
"""The lists of a plan with the field their entries are known by from year to year."""
WORDS_OF_FIELD: Final[Mapping[str, str]] = {
    "actor": "party",
    "drafter": "party",
    "recipient": "party",
    "via": "party",
    "recurrence": "recurrence",
    "serves": "serves",
    "document": "document_type",
    "confidence": "confidence",
    "body_kind": "unit_kind",
    "owed_by": "unit_kind",
}


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """One field that is not the same; an entry only one plan has, has the field ``whole``.

    ``part`` is where it stands, ``entry`` the code there (empty for the plan itself); ``old`` and ``new`` are
    the values as in the dataclasses, ``None`` where there is nothing.
    """

    part: Part
    entry: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class ToldDifference:
    """A difference in words: where, in what, how it was, how it is."""

    where: str
    field: str
    old: str
    new: str


def plan_differences(old: Plan, new: Plan) -> list[PlanDifference]:
    """Every difference: the plan itself, its items, duties, intakes, each in the order of the newer plan."""
    head = {field.name for field in dataclasses.fields(Plan)} - ENTRIES.keys() - {"parameters"}
    found = [*_of_fields("plan", "", old, new, head)]
    found += _of_fields("plan", "", old.parameters, new.parameters, None)
    for part, key in ENTRIES.items():
        found += _of_entries(part, key, getattr(old, part), getattr(new, part))
    return found


def told(difference: PlanDifference, lang: Lang) -> ToldDifference:
    """A difference in the words of its readers; dates as day/month/year."""
    part = label("plan_part", difference.part, lang)
    where = f"{part} {difference.entry}".strip()
    field, group = difference.field, "plan_change" if difference.field == "whole" else "plan_part"
    old, new = (said(difference.part, field, value, lang) for value in (difference.old, difference.new))
    return ToldDifference(where, label(group, field, lang), old, new)


def said(part: Part, field: str, value: Any, lang: Lang) -> str:
    """A value of a field in words; nothing is said to be nothing."""
    if isinstance(value, bool):
        return label("plan_change", "yes" if value else "nothing", lang)
    if value is None or value in ("", ()):
        return label("plan_change", "nothing", lang)
    if isinstance(value, tuple):
        return "; ".join(said(part, field, one, lang) for one in value)
    if isinstance(value, Words):
        return value[lang]
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, Due):
        name = "by" if value.before is None else "before"
        return label("plan_change", name, lang).format(date=_day(value.named))
    if isinstance(value, Window):
        return label("plan_change", "window", lang).format(first=_day(value.first), last=_day(value.last))
    return _word(part, field, str(value), lang)


def _word(part: Part, field: str, code: str, lang: Lang) -> str:
    if field == "award_kinds" or (field == "kind" and part == "campaigns"):
        return KINDS[code].name(lang)
    group = "item_kind" if field == "kind" else WORDS_OF_FIELD.get(field)
    return code if group is None else label(group, code, lang)


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _of_entries(part: Part, key: str, old: tuple[Any, ...], new: tuple[Any, ...]) -> Iterator[PlanDifference]:
    before = {getattr(entry, key): entry for entry in old}
    after = {getattr(entry, key): entry for entry in new}
    for name in dict.fromkeys([*after, *before]):
        if name in before and name in after:
            yield from _of_fields(part, name, before[name], after[name], None)
        else:
            was, now = (_summary(entries.get(name)) for entries in (before, after))
            yield PlanDifference(part, name, "whole", was, now)


def _summary(entry: Any) -> Any:
    """What an entry that one plan alone has is told by: its text, its name, else its item."""
    if entry is None:
        return None
    return getattr(entry, "text", None) or getattr(entry, "name", None) or entry.item


def _of_fields(
    part: Part, name: str, old: Any, new: Any, fields: set[str] | None
) -> Iterator[PlanDifference]:
    for field in dataclasses.fields(new):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was != now and (fields is None or field.name in fields):
            yield PlanDifference(part, name, field.name, was, now)
