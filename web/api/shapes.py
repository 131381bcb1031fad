"""What the API answers, shape by shape."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from db.units import Unit
from states.labels import Lang
from workflow.auditing.verification import Verification
from workflow.engine import ZONE

Instant = Annotated[datetime, AfterValidator(lambda moment: moment.astimezone(ZONE))]
"""RFC 3339 with Vietnam's offset."""


class Shape(BaseModel):
    """One answer or a part of one."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Reason(Shape):
    """Why an act is refused: a code with its figures, and the same in words."""

    code: str
    message: str
    hint: str
    basis: str
    facts: dict[str, Any]


class FieldProblem(Shape):
    """A field that cannot be taken as it is."""

    field: str
    label: str
    message: str


class ProblemAnswer(Shape):
    """RFC 9457; ``fields`` with ``invalid``, ``by``, ``at``, ``station``, ``version`` with ``changed_meanwhile``."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    reasons: list[Reason]
    fields: list[FieldProblem] | None = None
    by: str | None = None
    at: str | None = None
    station: str | None = None
    version: int | None = None


class Seat(Shape):
    """A role in a unit."""

    role: str
    unit: str


class Me(Shape):
    """Who is asking."""

    login: str
    name: str
    roles: list[Seat]


class NamedUnit(Shape):
    """A unit by id, with its name in the reader's language."""

    id: str
    name: str

    @classmethod
    def of(cls, unit: Unit, lang: Lang) -> Self:
        """The unit as a reader of this language knows it."""
        return cls(id=unit.id, name=unit.name(lang))


class CaseItem(Shape):
    """A case in a list; ``kind`` is a dossier's kind of commendation, else what kind of case it is.

    ``working_days_left`` is negative once overdue.
    """

    ref: str
    kind: str
    title: str
    unit: NamedUnit
    period: str
    procedure: str
    station: str
    label: str
    since: Instant
    due: date | None
    working_days_left: int | None
    holder: Seat | None


class CaseList(Shape):
    """One page of dossiers; ``next`` is the cursor of the page after it."""

    items: list[CaseItem]
    next: str | None


class Counts(Shape):
    """How many dossiers each queue holds."""

    todo: int
    soon: int
    overdue: int
    completion: int
    done: int


class InboxPage(CaseList):
    """One page of one queue."""

    counts: Counts


class Created(Shape):
    """The dossier as it was opened."""

    ref: str
    station: str
    version: int
    definition: str


class ActDone(Shape):
    """How the dossier stands after the act."""

    ref: str
    station: str
    version: int
    seq: int


class ActOffer(Shape):
    """An act of the station: allowed, or every reason why not."""

    act: str
    label: str
    allowed: bool
    reasons: list[Reason]
    asks: list[str]


class ActOffers(Shape):
    """Every act of the station, for the caller, at this version."""

    version: int
    acts: list[ActOffer]


class Person(Shape):
    """Who did something, in which role where."""

    name: str
    role: str
    unit: str
    on_behalf_of: str | None = None


class HistoryItem(Shape):
    """One sealed entry."""

    seq: int
    at: Instant
    act: str
    from_: str = Field(alias="from")
    to: str
    actor: Person
    reason: str | None
    definition: str
    hash: str


class StateThen(Shape):
    """Where the dossier stood at the moment asked for."""

    station: str
    version: int


class HistoryPage(Shape):
    """The history up to a moment, with what it folds to; no state before the first entry."""

    items: list[HistoryItem]
    state: StateThen | None
    next: str | None


class PaperAnswer(Shape):
    """A paper that was taken in."""

    id: str
    sha256: str
    name: str
    size: int


class FirstBad(Shape):
    """The first thing that does not hold."""

    case: str
    seq: int
    why: str


class VerificationAnswer(Shape):
    """What was checked and what was found."""

    ok: bool
    cases: int
    entries: int
    anchored_to: str | None
    first_bad: FirstBad | None

    @classmethod
    def of(cls, found: Verification) -> Self:
        """The answer for what a verification found."""
        bad = found.first_bad
        return cls(
            ok=found.ok,
            cases=found.cases,
            entries=found.entries,
            anchored_to=found.anchored_to,
            first_bad=FirstBad(case=bad.case, seq=bad.seq, why=bad.why) if bad else None,
        )
