"""The facts of an award dossier: all that its history folds to, nothing personal among them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from states.case import Case
from states.register.line import Entered

DRAFTING = frozenset({"create", "amend", "branch"})
"""The acts that write texts beside the facts."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one office says of one nomination; ``seq`` is the entry whose payload holds the reason.

    ``told`` once the office has let the dossier go: from then on the unit may read it.
    """

    verdict: str
    seq: int
    award: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class Nomination:
    """One subject with one award; ``award`` is the one asked for now, ``asked`` the first when it was lowered.

    ``class_`` is leader, direct worker or other, of a collective small or not; empty where nobody wrote it down.
    """

    position: int
    award: str
    subject_type: str
    person: str = ""
    asked: str = ""
    opinions: dict[str, Opinion] = field(default_factory=dict)
    council: str = ""
    outcome: str = ""
    decision_no: str = ""
    settled_seq: int = 0
    entered: Entered | None = None
    class_: str = ""

    @property
    def stands(self) -> bool:
        """Still asked for: neither awarded nor declined for good."""
        return not self.outcome


@dataclass(frozen=True, slots=True)
class AttachedPaper:
    """A file of the dossier: its type, the nomination it is about (or none), the SHA-256 of its bytes."""

    type: str
    sha256: str
    nomination: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing the unit is asked to complete: a field or a paper, of one nomination or of the whole dossier."""

    nomination: str = ""
    field: str = ""
    paper: str = ""
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Completion:
    """An open completion request; ``left`` are the asking office's working days when its clock stopped."""

    asked_by: str
    seq: int
    flags: dict[str, Flag] = field(default_factory=dict)
    left: int | None = None


@dataclass(frozen=True, slots=True)
class RoundRule:
    """The vote rule of one award as it stood when the dossier was put on the agenda; ``share`` in percent."""

    share: int
    confidence: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """The session a dossier waits for, with the rules its vote will be counted under.

    ``session`` is its reference where it votes here: then its rounds keep the rules.
    """

    session_no: str
    date: date
    rules: dict[str, RoundRule] = field(default_factory=dict)
    session: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on one nomination; ``entitled`` and ``needed`` where a session counted each for itself."""

    for_: int = 0
    against: int = 0
    blank: int = 0
    entitled: int | None = None
    needed: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """The council's result: of a session here, or typed from minutes and then confirmed by a second person.

    ``scan`` is the SHA-256 of those minutes, where they were scanned.
    """

    entitled: int
    recorded_by: str
    seq: int
    present: int = 0
    written: int = 0
    votes: dict[str, Tally] = field(default_factory=dict)
    confirmed: bool = False
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The chairman's decision: its number of the year and its day."""

    number: int
    date: date


@dataclass(frozen=True, slots=True)
class Submission:
    """The letter that took the dossier to the province; ``package`` is the SHA-256 of what went with it."""

    letter_no: str
    date: date
    package: str = ""


@dataclass(frozen=True, slots=True)
class Dossier(Case):
    """Where a dossier stands and everything its rules ask about.

    ``origin`` is the dossier it was parted from.
    ``decision`` is the chairman's first; where each award got its own, ``decisions`` has them all, by award.
    """

    nominations: dict[str, Nomination] = field(default_factory=dict)
    papers: dict[str, AttachedPaper] = field(default_factory=dict)
    completion: Completion | None = None
    completed: dict[str, Completion] = field(default_factory=dict)
    agenda: Agenda | None = None
    result: Result | None = None
    decision: Decision | None = None
    decisions: dict[str, Decision] = field(default_factory=dict)
    submission: Submission | None = None
    origin: str = ""

    @property
    def pause(self) -> Completion | None:
        """While a completion is asked for, the asking office's clock stands still."""
        return self.completion

    @property
    def signed(self) -> tuple[Decision, ...]:
        """Every decision the chairman signed on it, by number."""
        first = (self.decision,) if self.decision else ()
        return tuple(sorted(self.decisions.values(), key=lambda one: one.number)) or first

    def standing(self) -> dict[str, Nomination]:
        """The nominations still asked for, by id."""
        return {id_: n for id_, n in self.nominations.items() if n.stands}

    def with_nominations(self, changed: dict[str, Nomination]) -> "Dossier":
        """The dossier with these nominations in place of the old ones."""
        return replace(self, nominations={**self.nominations, **changed})

    def unjudged(self, office: str) -> Iterator[str]:
        """Standing nominations that ``office`` has not spoken on."""
        return (id_ for id_, n in self.standing().items() if office not in n.opinions)

    def recommended(self, office: str) -> Iterator[str]:
        """Standing nominations that ``office`` would not decline (not spoken on counts as recommended)."""
        for id_, nomination in self.standing().items():
            opinion = nomination.opinions.get(office)
            if opinion is None or opinion.verdict != "declined":
                yield id_

    def electable(self) -> dict[str, Nomination]:
        """What the chairman may award: what the council passed; without a council, what stands."""
        if self.procedure == "simplified":
            return self.standing()
        return {id_: n for id_, n in self.standing().items() if n.council == "passed"}


def sessions_of(dossiers: Iterable[Dossier]) -> list[str]:
    """The sessions held here that voted on these, each once."""
    return sorted({one.agenda.session for one in dossiers if one.agenda and one.agenda.session})
