"""A proposal as it stands in its form: the dossier's own fields, then who is proposed for what."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import FormData

from states.council.subject_classes import classes_of, suggested
from web.cases.acting import Trouble, filled, typed
from workflow.dossiers.reading import DossierView

CELL = re.compile(r"nominations\.(\d{1,4})\.name")
PART_OF = {
    "subject.name": "name",
    "subject.type": "type",
    "subject.title": "position",
    "subject.person": "person",
    "subject.class": "class",
}
"""Where the form shows what the act's arguments nest."""
FIELDS_OF = {
    "subject": ("name", "position", "type", "person"),
    "award": ("award",),
    "achievement": ("achievement",),
}
"""The cells of a row that a completion item opens."""
EMPTY_ROWS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list; ``open`` are the cells that may be typed in."""

    id: str = ""
    name: str = ""
    position: str = ""
    type: str = "individual"
    award: str = ""
    achievement: str = ""
    person: str = ""
    class_: str = ""
    open: frozenset[str] = frozenset(cell for cells in FIELDS_OF.values() for cell in cells)

    @property
    def blank(self) -> bool:
        """Nothing was typed into this line."""
        return not (self.id or self.name or self.position or self.award or self.achievement)

    @property
    def classes(self) -> tuple[str, ...]:
        """What the subject of this line may be noted as."""
        return classes_of(self.type)

    @property
    def suggested(self) -> str:
        """The class the job title sounds like, for whoever fills in the form to agree to."""
        return suggested(self.type, self.position)

    @property
    def args(self) -> dict[str, Any]:
        """The line as the act takes it."""
        subject = {"type": self.type, "name": self.name, "title": self.position, "person": self.person}
        # Who turns a person into a collective means no class of persons any more.
        subject["class"] = self.class_ if self.class_ in self.classes else ""
        whole = filled({"id": self.id, "award": self.award})
        return {**whole, "subject": filled(subject), "achievement": self.achievement}


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything the form holds; ``title_open`` unless a completion leaves the title alone."""

    unit: str = ""
    kind: str = "CONG_TRANG"
    period: str = ""
    title: str = ""
    rows: tuple[Row, ...] = ()
    title_open: bool = True

    @property
    def written(self) -> list[tuple[int, Row]]:
        """The lines that are not blank, with their places in the form."""
        return [(place, row) for place, row in enumerate(self.rows) if not row.blank]

    @property
    def nominations(self) -> list[dict[str, Any]]:
        """The list as the act takes it."""
        return [row.args for _, row in self.written]

    def with_room(self, lines: int = EMPTY_ROWS) -> "Proposal":
        """The same with blank lines at the end."""
        return replace(self, rows=(*self.rows, *(Row() for _ in range(lines))))

    def without(self, place: int) -> "Proposal":
        """The same less one line."""
        return replace(self, rows=(*self.rows[:place], *self.rows[place + 1 :]))

    def locked(self) -> "Proposal":
        """The same with nothing open, for those who only read it."""
        rows = tuple(replace(row, open=frozenset()) for row in self.rows)
        return replace(self, rows=rows, title_open=False)

    def only(self, places: Iterable[int]) -> "Proposal":
        """The same with these lines alone."""
        return replace(self, rows=tuple(self.rows[place] for place in sorted(places)))

    def placed(self, trouble: Trouble) -> Trouble:
        """The trouble with its messages at the form's own cells: blank lines were not sent."""
        places = [place for place, _ in self.written]
        return replace(trouble, fields={_cell(path, places): said for path, said in trouble.fields.items()})


def _cell(path: str, places: list[int]) -> str:
    list_name, _, rest = path.partition(".")
    number, _, part = rest.partition(".")
    if list_name != "nominations" or not number.isdecimal() or int(number) >= len(places):
        return path
    return f"nominations.{places[int(number)]}.{PART_OF.get(part, part)}"


def from_form(form: FormData) -> Proposal:
    """What was typed, line by line in the order of the form."""
    numbers = sorted({int(found[1]) for name in form if (found := CELL.fullmatch(name))})
    return Proposal(
        unit=typed(form, "unit"),
        kind=typed(form, "kind") or "CONG_TRANG",
        period=typed(form, "period"),
        title=typed(form, "title"),
        rows=tuple(_row(form, f"nominations.{number}.") for number in numbers),
    )


def _row(form: FormData, at: str) -> Row:
    return Row(
        id=typed(form, at + "id"),
        name=typed(form, at + "name"),
        position=typed(form, at + "position"),
        type=typed(form, at + "type") or "individual",
        award=typed(form, at + "award"),
        achievement=typed(form, at + "achievement"),
        person=typed(form, at + "person"),
        class_=typed(form, at + "class"),
    )


def from_dossier(view: DossierView) -> Proposal:
    """The proposal as it was saved; while something is to be completed only that is open."""
    case, record = view.case, view.record
    flags = case.completion.flags.values() if case.completion else None
    opened: dict[str, set[str]] = {}
    for flag in flags or ():
        opened.setdefault(flag.nomination, set()).update(FIELDS_OF.get(flag.field, (flag.field,)))
    rows = tuple(
        Row(
            id=n.id,
            name=n.name,
            position=n.title,
            type=n.facts.subject_type,
            award=n.facts.award,
            achievement=n.achievement,
            person=n.facts.person,
            class_=n.facts.class_,
            open=Row().open if flags is None else frozenset(opened.get(n.id, ())),
        )
        for n in view.nominations
        if n.facts.stands
    )
    title_open = flags is None or "title" in opened.get("", ())
    return Proposal(record.unit, record.category, record.period, record.title, rows, title_open)


def merged(saved: Proposal, sent: Proposal) -> Proposal:
    """What is saved with what was typed into its open cells; locked cells and lines stay as they are."""
    given: Mapping[str, Row] = {row.id: row for row in sent.rows if row.id}
    rows = tuple(
        replace(row, **{cell: getattr(given[row.id], cell) for cell in row.open if hasattr(row, cell)})
        if row.id in given
        else row
        for row in saved.rows
    )
    return replace(saved, title=sent.title if saved.title_open else saved.title, rows=rows)
