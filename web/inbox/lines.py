"""The lines of a person's work, by how urgent they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from db.cases import CaseLine
from db.engine import Connection
from db.kept import Kept
from db.units import Unit
from states.labels import Lang
from web.cases.due import SOON, working_days
from web.cases.rows import case_rows, stands_as
from web.language import say
from web.rendering import fixed
from workflow.inbox import Item, Queue

_LINES: Kept[str] = Kept(2048)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that are equally urgent; drawn apart, because many readers share them."""

    tone: str
    label: str
    note: str
    rows: Sequence[str]

    @property
    def lines(self) -> Markup:
        """The rows below each other."""
        return Markup("\n".join(self.rows))


def groups(
    conn: Connection,
    items: Sequence[Item[CaseLine]],
    units: Mapping[str, Unit],
    queue: Queue,
    mine: frozenset[str],
    lang: Lang,
) -> list[Group]:
    """The items of a queue; what waits for a role in ``mine`` is called the reader's own."""
    parts: dict[str, list[Item[CaseLine]]] = {"overdue": [], "soon": [], "time": []}
    for item in items:
        parts[_urgency(item, queue)].append(item)
    words = {
        "overdue": (say(lang, "Quá hạn"), ""),
        "soon": (say(lang, "Sắp hạn"), say(lang, "trong %(days)s tới", days=working_days(SOON, lang))),
        "time": (say(lang, "Đã làm") if queue == "done" else say(lang, "Còn thời gian"), ""),
    }
    own = frozenset() if queue in ("done", "completion") else mine
    return [
        Group(tone if tone != "time" else "", *words[tone], _lines(conn, part, units, own, lang))
        for tone, part in parts.items()
        if part
    ]


def _urgency(item: Item[CaseLine], queue: Queue) -> str:
    if queue == "done" or item.left is None or item.left > SOON:
        return "time"
    return "overdue" if item.left < 0 else "soon"


def _lines(
    conn: Connection,
    items: Sequence[Item[CaseLine]],
    units: Mapping[str, Unit],
    own: frozenset[str],
    lang: Lang,
) -> list[str]:
    """A row that says the same as before is not drawn again."""
    mine = [item.record.holder_role in own for item in items]
    keys = [(*stands_as(item, units, lang), held) for item, held in zip(items, mine, strict=True)]

    def drawn(places: list[int]) -> list[str]:
        rows = case_rows(conn, [items[place] for place in places], units, lang)
        return [
            fixed("inbox/row.html", lang, row=row, mine=mine[place])
            for row, place in zip(rows, places, strict=True)
        ]

    return _LINES.all(keys, drawn)
