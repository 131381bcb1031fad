"""The lines of a person's work, by how urgent they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from db.cases import CaseRecord
from db.units import Unit
from states.labels import Lang
from web.case_rows import row_of
from web.due import SOON, working_days
from web.language import say
from web.rendering import fixed
from workflow.inbox import Item, Queue


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are equally urgent."""

    tone: str
    label: str
    note: str
    count: int
    lines: Markup


def groups(
    items: Sequence[Item], units: Mapping[str, Unit], queue: Queue, mine: frozenset[str], lang: Lang
) -> list[Group]:
    """The items of a queue; what waits for a role in ``mine`` is called the reader's own."""
    parts: dict[str, list[Item]] = {"overdue": [], "soon": [], "time": []}
    for item in items:
        parts[_urgency(item, queue)].append(item)
    words = {
        "overdue": (say(lang, "Quá hạn"), ""),
        "soon": (say(lang, "Sắp hạn"), say(lang, "trong %(days)s tới", days=working_days(SOON, lang))),
        "time": (say(lang, "Đã làm") if queue == "done" else say(lang, "Còn thời gian"), ""),
    }
    own = frozenset() if queue in ("done", "completion") else mine
    return [
        Group(tone if tone != "time" else "", *words[tone], len(part), _lines(part, units, own, lang))
        for tone, part in parts.items()
        if part
    ]


def _urgency(item: Item, queue: Queue) -> str:
    if queue == "done" or item.left is None or item.left > SOON:
        return "time"
    return "overdue" if item.left < 0 else "soon"


def _lines(items: Sequence[Item], units: Mapping[str, Unit], mine: frozenset[str], lang: Lang) -> Markup:
    names = {id_: unit.short_vi if lang == "vi" else unit.short_en for id_, unit in units.items()}
    drawn = [
        _line(i.record, i.left, i.label[lang], names[i.record.unit], i.record.holder_role in mine, lang)
        for i in items
    ]
    return Markup("\n".join(drawn))


@lru_cache(maxsize=1024)
def _line(record: CaseRecord, left: int | None, station: str, unit: str, mine: bool, lang: Lang) -> Markup:
    """One line, from all it follows from: one that says the same is not drawn again."""
    return fixed("inbox/row.html", lang, row=row_of(record, left, station, unit, lang), mine=mine)
