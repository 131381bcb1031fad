"""Reports, registrations, items of the plan as the API shows them."""

from datetime import date

from web.api.shapes import CaseItem, Instant, NamedUnit, Seat, Shape


class YearItem(CaseItem):
    """A case of the year in a list; ``category`` is the duty or the item of the plan."""

    category: str


class YearList(Shape):
    """One page; ``next`` is the cursor of the page after it."""

    items: list[YearItem]
    next: str | None


class SaidAnswer(Shape):
    """The reason of an act, with the new last day where it gave one."""

    reason: str
    by: str
    role: str
    at: Instant
    due: date | None


class VersionAnswer(Shape):
    """What was sent once."""

    seq: int
    at: Instant
    by: str
    figures: dict[str, int]
    text: dict[str, str]


class FigureAnswer(Shape):
    """A whole number the form asks for; ``before`` is what the unit gave a year earlier."""

    name: str
    label: str
    required: bool
    value: int | None
    before: int | None


class SectionAnswer(Shape):
    """A part of the form's text."""

    name: str
    label: str
    text: str


class CaseAnswer(Shape):
    """What every case that is no dossier tells of itself; ``due`` is the last day of its present station."""

    ref: str
    kind: str
    category: str
    title: str
    unit: NamedUnit
    period: str
    station: str
    label: str
    version: int
    definition: str
    since: Instant
    due: date | None
    working_days_left: int | None
    holder: Seat | None
    extensions: list[SaidAnswer]


class YearAnswer(CaseAnswer):
    """A case of the year with the day by which the plan wants it."""

    deadline: date | None
    late: int


class DutyAnswer(YearAnswer):
    """A report or registration; ``deadline`` is the unit's own last day, ``city_deadline`` the plan's."""

    city_deadline: date | None
    via: str | None
    office: str
    pack: str | None
    sent_on: date | None
    figures: list[FigureAnswer]
    text: list[SectionAnswer]
    versions: list[VersionAnswer]
    returned: SaidAnswer | None
    excused: SaidAnswer | None


class Needed(Shape):
    """An item that comes first, with its case where it has one, else how many units of all have done with it."""

    item: str
    text: str
    ref: str | None
    station: str | None
    label: str | None
    done: int
    owed: int


class PlanItemAnswer(YearAnswer):
    """An item of the plan; ``text`` is the plan's own wording in the reader's language."""

    section: str | None
    text: str
    opens: date | None
    if_any: bool
    document_no: str | None
    ended_on: date | None
    depends_on: list[Needed]
