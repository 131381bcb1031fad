"""The facts of a session of the council: agenda, roll, interests, rounds, signatures; nothing personal among them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from states.case import Case
from states.council.ballots import Outcome, Roll, Totals, outcome
from states.council.seats import Seat, seated
from states.council.vote_rules import Rule

UNDECIDED = frozenset({"", "no_quorum", "tie"})
"""Results after which a nomination still waits for a vote, for another session, or to be set aside."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One nomination as the council meets it."""

    award: str
    subject_type: str = ""
    person: str = ""
    class_: str = ""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One dossier on the agenda.

    ``heads`` lead its unit, ``apart`` drafted or judged it: the first have an interest in it, the second may not
    close its rounds. ``postponed`` is the entry with the reason why it was not voted.
    """

    position: int
    unit: str
    nominations: dict[str, Candidate] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    postponed: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """A member's interest in one nomination: ``why`` is nominee, unit_head or declared.

    ``lifted`` is the entry in which the chair decided that it is none.
    """

    seat: str
    dossier: str
    nomination: str
    why: str
    seq: int
    lifted: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One vote on one dossier, for these ``awards`` under the rules and the roll as they were when it opened.

    ``present`` follows who comes and goes until it closes, ``left`` are those who went after voting. ``totals`` are
    what each teller typed, by person;
    ``hands`` a named show of hands by nomination and seat.
    """

    dossier: str
    ballot: str
    opened: int
    seats: tuple[str, ...]
    present: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    recused: dict[str, tuple[str, ...]] = field(default_factory=dict)
    awards: dict[str, str] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    totals: dict[str, dict[str, Totals]] = field(default_factory=dict)
    hands: dict[str, dict[str, str]] = field(default_factory=dict)
    closed: int = 0
    closed_by: str = ""
    scan: str = ""
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    @property
    def roll(self) -> Roll:
        """Who counts in it."""
        return Roll(self.seats, self.present, self.left, self.written, self.recused)

    @property
    def agreed(self) -> Mapping[str, Totals] | None:
        """The totals two tellers agree on; of a show of hands those of one are enough. ``None`` until then."""
        typed = list(self.totals.values())
        enough = 1 if self.ballot == "hands" else 2
        same = len(typed) >= enough and all(one == typed[0] for one in typed)
        return typed[0] if same else None

    def counted(self) -> dict[str, Outcome]:
        """What the totals come to with the roll as it stands; without a quorum nothing was voted."""
        totals = self.agreed or {}
        return {
            id_: outcome(rule, self.roll, id_, totals.get(id_, Totals())) for id_, rule in self.rules.items()
        }


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed the minutes, by which entry."""

    person: str
    seq: int


@dataclass(frozen=True, slots=True)
class Session(Case):
    """Where a session stands; ``items`` by the dossier's reference, ``rounds`` by number.

    ``roll`` is everybody who sits on the council on its day, ``minutes`` the entry with the text of the minutes,
    ``sha256`` that of their Word file at the last signature.
    """

    council: str = ""
    day: date | None = None
    begins_at: str = ""
    place: str = ""
    items: dict[str, AgendaItem] = field(default_factory=dict)
    roll: dict[str, Seat] = field(default_factory=dict)
    attendance: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    quorum_numerator: int = 2
    quorum_denominator: int = 3
    presiding: str = ""
    minutes: int = 0
    signatures: dict[str, Signature] = field(default_factory=dict)
    sha256: str = ""

    @property
    def members(self) -> dict[str, Seat]:
        """Those of the roll who vote: the number every share is counted of."""
        assert self.day is not None  # every session has its day
        return seated(self.roll, self.day)

    @property
    def sitting(self) -> tuple[str, ...]:
        """The members in the room now."""
        return self._who("present")

    @property
    def writing(self) -> tuple[str, ...]:
        """The absent members who sent a written opinion."""
        return self._who("written")

    def _who(self, attendance: str) -> tuple[str, ...]:
        return tuple(seat for seat in sorted(self.members) if self.attendance.get(seat) == attendance)

    @property
    def open_round(self) -> tuple[str, Round] | None:
        """The round that is being voted, with its number."""
        return next(((no, one) for no, one in self.rounds.items() if not one.closed), None)

    def rounds_of(self, dossier: str) -> Iterator[tuple[str, Round]]:
        """The closed rounds on one dossier, first to last."""
        held = ((no, one) for no, one in self.rounds.items() if one.dossier == dossier and one.closed)
        return iter(sorted(held, key=lambda pair: int(pair[0])))

    def outcomes(self, dossier: str) -> dict[str, Outcome]:
        """What the council last said of each nomination of a dossier, for the award it is asked for now."""
        latest: dict[str, Outcome] = {}
        asked = {id_: one.award for id_, one in self.items[dossier].nominations.items()}
        for _, one in self.rounds_of(dossier):
            latest |= {id_: said for id_, said in one.outcomes.items() if asked.get(id_) == one.awards[id_]}
        return {id_: latest[id_] for id_ in asked if id_ in latest}

    def undecided(self, dossier: str) -> list[str]:
        """The nominations of a dossier nothing was decided on; none of one that was postponed."""
        item = self.items[dossier]
        if item.postponed:
            return []
        said = self.outcomes(dossier)
        return [id_ for id_ in item.nominations if id_ not in said or said[id_].result in UNDECIDED]

    def recused(self, dossier: str) -> dict[str, tuple[str, ...]]:
        """The seats with an interest in each nomination of a dossier."""
        held = [one for one in self.conflicts.values() if one.dossier == dossier and not one.lifted]
        return {
            id_: tuple(sorted({one.seat for one in held if one.nomination == id_}))
            for id_ in self.items[dossier].nominations
            if any(one.nomination == id_ for one in held)
        }

    def seat_of(self, person: str) -> str:
        """The seat a person has on the roll; empty for who has none."""
        return next((id_ for id_, seat in self.roll.items() if seat.person == person), "")
