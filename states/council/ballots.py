"""Counting one round of votes, each nomination for itself, of all members, never of those present."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from states.council import shares
from states.council.vote_rules import Rule

CHOICES: Final = ("for", "against", "blank")
RESULTS: Final = ("passed", "not_passed", "tie", "no_quorum")
MAJORITY: Final = 50
"""Up to this share, in percent, as many for as against is a tie the chair has to break."""


@dataclass(frozen=True, slots=True)
class Roll:
    """Who may count in one round, by seat.

    ``seats`` are all members entitled on the day, ``present`` those in the room now, ``left`` those who went home
    after handing in their ballot, ``written`` those who sent an opinion, ``recused`` for each nomination those with
    an interest in it.
    """

    seats: tuple[str, ...]
    present: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    recused: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def room(self) -> frozenset[str]:
        """The members in the room, who alone make the quorum."""
        return frozenset(self.present).intersection(self.seats)

    def may_vote(self, nomination: str) -> frozenset[str]:
        """The members who voted in the room: none with an interest in the nomination."""
        return self._came() - self._apart(nomination)

    def may_write(self, nomination: str, rule: Rule) -> frozenset[str]:
        """The absent members whose written opinion counts for the nomination: none where the rule takes none."""
        if not rule.written:
            return frozenset()
        return frozenset(self.written).intersection(self.seats) - self._came() - self._apart(nomination)

    def entitled(self, nomination: str, rule: Rule) -> int:
        """The members a share is counted of: all, less those with an interest where these leave."""
        members = frozenset(self.seats)
        return len(members - self._apart(nomination) if rule.recusal == "leaves" else members)

    def _came(self) -> frozenset[str]:
        return self.room() | frozenset(self.left).intersection(self.seats)

    def _apart(self, nomination: str) -> frozenset[str]:
        return frozenset(self.recused.get(nomination, ())).intersection(self.seats)


@dataclass(frozen=True, slots=True)
class Totals:
    """The votes on one nomination: in the room, then by absent members' written opinions."""

    for_: int = 0
    against: int = 0
    blank: int = 0
    written_for: int = 0
    written_against: int = 0
    written_blank: int = 0

    @property
    def room(self) -> int:
        """All votes cast in the room."""
        return self.for_ + self.against + self.blank

    @property
    def opinions(self) -> int:
        """All written opinions counted."""
        return self.written_for + self.written_against + self.written_blank

    @property
    def all_for(self) -> int:
        """Votes in favour, wherever they were given."""
        return self.for_ + self.written_for

    @property
    def all_against(self) -> int:
        """Votes against, wherever they were given."""
        return self.against + self.written_against

    @property
    def all_blank(self) -> int:
        """Blank votes, wherever they were given: they are not in favour."""
        return self.blank + self.written_blank


def of_hands(hands: Mapping[str, str], roll: Roll, nomination: str, rule: Rule) -> Totals:
    """The totals of a named show of hands, ``for``, ``against`` or ``blank`` by seat.

    Hands of who may not vote on the nomination do not count; ``states.council.ballot_faults.of_hands`` says whose.
    """
    room = [hands[seat] for seat in roll.may_vote(nomination) if seat in hands]
    opinions = [hands[seat] for seat in roll.may_write(nomination, rule) if seat in hands]
    return Totals(*(votes.count(choice) for votes in (room, opinions) for choice in CHOICES))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the council said of one nomination, with every figure behind it.

    ``result`` is one of ``RESULTS``; ``needed`` votes in favour of ``entitled`` members; ``share`` is what was
    reached in tenths of a percent (889 is 88.9 %); ``missing`` votes in favour; ``silent`` members gave no vote;
    ``present`` were in the room at closing, ``quorum`` had to be, of ``members`` in all.
    """

    result: str
    totals: Totals
    members: int
    present: int
    quorum: int
    entitled: int
    needed: int
    share: int
    missing: int = 0
    silent: int = 0
    recused: int = 0


def has_quorum(rule: Rule, roll: Roll) -> bool:
    """Whether enough of all members are in the room; written opinions do not count for this."""
    return len(roll.room()) >= shares.quorum(len(set(roll.seats)), rule.fraction)


def outcome(rule: Rule, roll: Roll, nomination: str, totals: Totals) -> Outcome:
    """Count one nomination with the roll as it stands at closing; the totals must be free of faults."""
    members, entitled = len(set(roll.seats)), roll.entitled(nomination, rule)
    needed = shares.needed(rule.share, entitled, strict=rule.strict)
    return Outcome(
        result=_result(rule, totals, needed) if has_quorum(rule, roll) else "no_quorum",
        totals=totals,
        members=members,
        present=len(roll.room()),
        quorum=shares.quorum(members, rule.fraction),
        entitled=entitled,
        needed=needed,
        share=shares.tenths(totals.all_for, entitled),
        missing=max(0, needed - totals.all_for),
        silent=entitled - totals.room - totals.opinions,
        recused=len(set(roll.recused.get(nomination, ())).intersection(roll.seats)),
    )


def _result(rule: Rule, totals: Totals, needed: int) -> str:
    if totals.all_for >= needed:
        return "passed"
    level = totals.all_for == totals.all_against
    # Nobody for and nobody against is no tie: there is nothing to break.
    return "tie" if rule.share <= MAJORITY and level and totals.all_for else "not_passed"
