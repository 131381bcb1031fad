"""The council, its sessions, their rounds as the API shows them."""

from datetime import date

from pydantic import Field

from web.api.shapes import NamedUnit, Seat, Shape


class FigureOfRule(Shape):
    """Who says so, how sure we are of it."""

    confidence: str
    source: str


class RuleOfVote(Shape):
    """How one award is voted on; ``share`` in whole percents of all entitled members."""

    share: int
    strict: bool
    quorum: tuple[int, int]
    ballot: str
    written: bool
    recusal: str
    basis: dict[str, FigureOfRule]


class SeatAnswer(Shape):
    """One person's term; ``votes`` is false for who only serves the council."""

    seat: str
    name: str
    role: str
    area: str
    votes: bool
    valid_from: date
    valid_to: date | None
    basis: str


class MemberAnswer(SeatAnswer):
    """A seat of a session's roll."""

    attendance: str | None


class CouncilAnswer(Shape):
    """A council with everybody who ever sat on it, its rules by award."""

    ref: str
    title: str
    unit: NamedUnit
    station: str
    label: str
    version: int
    definition: str
    basis: str
    seats: list[SeatAnswer]
    rules: dict[str, RuleOfVote]


class QuorumAnswer(Shape):
    """Members in the room, all of them, how many have to be there."""

    present: int
    members: int
    needed: int
    reached: bool


class ConflictAnswer(Shape):
    """A member's interest in one nomination; ``lifted`` once the chair decided that it is none."""

    conflict: str
    seat: str
    dossier: str
    nomination: str
    why: str
    lifted: bool


class SignatureAnswer(Shape):
    """Who signed the minutes as what."""

    part: str
    name: str


class SessionAnswer(Shape):
    """A session as it stands."""

    ref: str
    title: str
    unit: NamedUnit
    period: str
    station: str
    label: str
    version: int
    definition: str
    due: date | None
    holder: Seat | None
    council: str | None
    date: date | None
    begins_at: str
    place: str
    presiding: str | None
    dossiers: list[str]
    quorum: QuorumAnswer | None
    members: list[MemberAnswer]
    conflicts: list[ConflictAnswer]
    open_round: str | None
    minutes: dict[str, str] | None
    signatures: list[SignatureAnswer]


class TotalsAnswer(Shape):
    """The votes on one nomination, in the room and by written opinions."""

    for_: int = Field(alias="for")
    against: int
    blank: int
    written_for: int
    written_against: int
    written_blank: int


class OutcomeAnswer(Shape):
    """What the council said of one nomination; ``share`` in tenths of a percent of ``entitled`` members."""

    result: str
    totals: TotalsAnswer
    entitled: int
    needed: int
    share: int
    missing: int
    silent: int
    recused: int
    present: int
    quorum: int
    members: int


class CandidateAnswer(Shape):
    """A nomination of an agenda's dossier, with the last word on it."""

    nomination: str
    name: str
    award: str
    subject_type: str
    recused: list[str]
    outcome: OutcomeAnswer | None


class AgendaItemAnswer(Shape):
    """One dossier of the agenda; ``state`` is done, now, postponed or to_come."""

    position: int
    dossier: str
    unit: NamedUnit
    kind: str
    period: str
    state: str
    undecided: int
    nominations: list[CandidateAnswer]


class AgendaOfSession(Shape):
    """The agenda in its order."""

    version: int
    items: list[AgendaItemAnswer]


class RoundAnswer(Shape):
    """One vote; ``totals`` by teller are told once both have typed, ``hands`` only of a named show of hands."""

    round: str
    dossier: str
    ballot: str
    opened: int
    closed: int | None
    seats: list[str]
    present: list[str]
    left: list[str]
    written: list[str]
    recused: dict[str, list[str]]
    awards: dict[str, str]
    rules: dict[str, RuleOfVote]
    tellers: list[str]
    totals: list[dict[str, TotalsAnswer]]
    hands: dict[str, dict[str, str]]
    agreed: bool
    scan: str | None
    outcomes: dict[str, OutcomeAnswer]


class RoundsOfSession(Shape):
    """Every round of a session, the first one first."""

    version: int
    rounds: list[RoundAnswer]
