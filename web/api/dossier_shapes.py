"""One dossier as the API shows it."""

from datetime import date

from pydantic import Field

from web.api.shapes import Instant, NamedUnit, Seat, Shape


class SubjectAnswer(Shape):
    """Who or what is proposed; ``class`` as a unit wrote it down, if it did."""

    type: str
    name: str
    title: str | None
    person: str | None
    class_: str | None = Field(alias="class")


class VerdictAnswer(Shape):
    """What an office said of a nomination, as far as told."""

    verdict: str
    award: str | None
    reason: str | None
    by: str | None
    at: Instant | None


class TallyAnswer(Shape):
    """The votes on one nomination."""

    for_: int = Field(alias="for")
    against: int
    blank: int


class NominationAnswer(Shape):
    """A nomination with what every station said of it; ``asked`` is the award before it was lowered.

    ``needed`` votes of ``entitled`` members, where a session counted each nomination for itself.
    """

    id: str
    position: int
    award: str
    award_name: str
    asked: str | None
    subject: SubjectAnswer
    achievement: str
    verdicts: dict[str, VerdictAnswer]
    council: str | None
    votes: TallyAnswer | None
    entitled: int | None
    needed: int | None
    outcome: str | None
    decision_no: str | None
    reason: str | None


class PaperInPlace(Shape):
    """A paper of the dossier, or of one nomination."""

    id: str
    type: str
    name: str
    size: int
    sha256: str
    nomination: str | None
    replaced_by: str | None


class HoldAnswer(Shape):
    """A time during which only release was possible; the unit never reads the cause."""

    since: Instant
    until: Instant | None
    cause: str | None


class FlagAnswer(Shape):
    """One thing to complete."""

    id: str
    nomination: str | None
    field: str | None
    paper: str | None
    note: str
    answered: bool


class CompletionAnswer(Shape):
    """The open completion request."""

    asked_by: str
    due: date | None
    items: list[FlagAnswer]


class RuleAnswer(Shape):
    """Whole percents of all members, with how sure the source is."""

    share: int
    confidence: str


class AgendaAnswer(Shape):
    """The session, with the vote rule of each award as it was when put on the agenda.

    ``session`` is its reference where it votes here; then its rounds keep the rules.
    """

    session_no: str
    date: date
    rules: dict[str, RuleAnswer]
    session: str | None


class ResultAnswer(Shape):
    """The figures of the minutes; they count once confirmed. ``scan`` is the SHA-256 of those of a paper session."""

    entitled: int
    present: int
    written: int
    confirmed: bool
    scan: str | None


class DecisionAnswer(Shape):
    """The decision's number as written on paper, with its day."""

    number: str
    date: date


class SubmissionAnswer(Shape):
    """The letter to the province."""

    letter_no: str
    package: str | None = None
    date: date


class DossierAnswer(Shape):
    """Everything the caller may know of one dossier."""

    ref: str
    kind: str
    title: str
    unit: NamedUnit
    period: str
    procedure: str
    station: str
    label: str
    version: int
    definition: str
    since: Instant
    due: date | None
    remind: date | None
    working_days_left: int | None
    holder: Seat | None
    on_hold: bool
    nominations: list[NominationAnswer]
    papers: list[PaperInPlace]
    holds: list[HoldAnswer]
    completion: CompletionAnswer | None
    agenda: AgendaAnswer | None
    result: ResultAnswer | None
    decision: DecisionAnswer | None
    decisions: list[DecisionAnswer]
    submission: SubmissionAnswer | None
    origin: str | None
