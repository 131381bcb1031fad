"""The award register at the API, shape by shape."""

from datetime import date

from web.api.shapes import NamedUnit, Shape
from web.api.year_shapes import CaseAnswer


class RegisterItem(Shape):
    """One award; money in whole đồng, ``bonus`` null where it is unknown, ``why`` then says why.

    ``changed_by`` is the case that replaced, corrected or revoked it; ``replaces`` the line it follows.
    """

    id: str
    year: int
    decision_no: str
    decided_on: date
    authority: str
    award: str
    award_name: str
    name: str
    subject_type: str
    person: str | None
    unit: NamedUnit
    period: str
    dossier: str
    nomination: str
    base_salary: int | None
    multiplier: str | None
    bonus: int | None
    why: str | None
    status: str
    changed_by: str | None
    replaces: str | None


class RegisterTotals(Shape):
    """All that was sought: lines, awards that stand, the sum of their bonuses, how many have an unknown one."""

    lines: int
    in_force: int
    bonus: int
    unknown: int


class RegisterPage(Shape):
    """One page of the register, newest first."""

    items: list[RegisterItem]
    totals: RegisterTotals
    next: str | None


class RestingAnswer(Shape):
    """A later award of the same subject that needs this one so many times, by which article."""

    entry: str
    award: str
    decision_no: str
    times: int
    basis: str
    confidence: str


class RegisterEntryAnswer(RegisterItem):
    """One award with the cases about it, the line that took its place, the awards that rest on it."""

    changes: list[str]
    replaced_by: str | None
    resting: list[RestingAnswer]


class _RegisterCaseAnswer(CaseAnswer):
    """What both cases tell of themselves."""

    dossier: str
    decision_no: str
    authority: str


class DecisionChangeAnswer(_RegisterCaseAnswer):
    """A change of a decision: its lines, what is wrong, how it should read, by what it was changed."""

    entries: list[str]
    wrong: str | None
    right: str | None
    names: dict[str, str]
    new_decision_no: str | None
    document_no: str | None
    done_on: date | None


class OpinionAnswer(Shape):
    """The council's opinion as its minutes say."""

    session_no: str
    date: date
    entitled: int
    present: int
    yes: int
    against: int
    blank: int


class RevocationAnswer(_RegisterCaseAnswer):
    """A revocation: the award, its ground, the opinion, what was decided, what rests on the award."""

    entry: str
    award: str
    ground: str
    concluded_on: date | None
    submit_by: date | None
    opinion: OpinionAnswer | None
    revocation_no: str | None
    revoked_on: date | None
    resting: list[RestingAnswer]
