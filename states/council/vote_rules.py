"""The rule a nomination is voted under: the catalogue's figures overlaid by the council's own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from states.award_shapes import Basis
from states.awards import COUNCIL, vote_rule

BALLOTS: Final = ("paper", "hands")
RECUSALS: Final = ("stays", "leaves")
OPINIONS: Final = ("allowed", "refused")
NO_BASIS: Final = Basis()


@dataclass(frozen=True, slots=True)
class Rule:
    """How one award is voted on; every figure with how sure we are of it and who says so.

    ``share`` is in whole percents of all entitled members, ``strict`` asks for more than it. A member with an
    interest ``stays`` in the number of members or ``leaves`` it, and votes under neither.
    """

    share: int
    strict: bool = False
    quorum_numerator: int = 2
    quorum_denominator: int = 3
    ballot: str = "paper"
    written: bool = False
    recusal: str = "stays"
    share_basis: Basis = NO_BASIS
    quorum_basis: Basis = NO_BASIS
    ballot_basis: Basis = NO_BASIS
    written_basis: Basis = NO_BASIS
    recusal_basis: Basis = NO_BASIS

    @property
    def fraction(self) -> tuple[int, int]:
        """The part of all members that must be present."""
        return self.quorum_numerator, self.quorum_denominator

    @property
    def confidence(self) -> str:
        """How sure we are of the share, the figure that decides."""
        return self.share_basis.confidence

    @property
    def source(self) -> str:
        """Who says so."""
        return self.share_basis.source


@dataclass(frozen=True, slots=True)
class Setting:
    """What a council decided for itself; what is 0 or empty stays as it was.

    ``strict`` counts only beside a ``share``; ``written`` is ``allowed`` or ``refused``. ``confidence`` with
    ``source`` (the charter's number) are those of every figure given here.
    """

    share: int = 0
    strict: bool = False
    quorum_numerator: int = 0
    quorum_denominator: int = 0
    ballot: str = ""
    written: str = ""
    recusal: str = ""
    confidence: str = ""
    source: str = ""

    @property
    def basis(self) -> Basis:
        """What stands behind its figures."""
        return Basis(self.confidence, self.source)


def rule_of(award: str, *settings: Setting) -> Rule:
    """The rule of an award under a council's settings, the last one strongest. Raises UnknownAward."""
    rule = _catalogued(award)
    for setting in settings:
        rule = overlaid(rule, setting)
    return rule


def _catalogued(award: str) -> Rule:
    vote = vote_rule(award)
    return Rule(
        share=vote.share,
        quorum_numerator=COUNCIL.quorum_numerator,
        quorum_denominator=COUNCIL.quorum_denominator,
        ballot="paper" if COUNCIL.ballot == "secret" else "hands",
        written=COUNCIL.written,
        recusal=COUNCIL.recusal,
        share_basis=Basis(vote.confidence, vote.source),
        quorum_basis=COUNCIL.quorum_basis,
        ballot_basis=COUNCIL.ballot_basis,
        written_basis=COUNCIL.written_basis,
        recusal_basis=COUNCIL.recusal_basis,
    )


def overlaid(rule: Rule, setting: Setting) -> Rule:
    """The rule with what a council set for itself in place of the catalogue's figures."""
    basis = setting.basis
    if setting.share:
        rule = replace(rule, share=setting.share, strict=setting.strict, share_basis=basis)
    if setting.quorum_numerator and setting.quorum_denominator:
        part, whole = setting.quorum_numerator, setting.quorum_denominator
        rule = replace(rule, quorum_numerator=part, quorum_denominator=whole, quorum_basis=basis)
    if setting.ballot:
        rule = replace(rule, ballot=setting.ballot, ballot_basis=basis)
    if setting.written:
        rule = replace(rule, written=setting.written == "allowed", written_basis=basis)
    if setting.recusal:
        rule = replace(rule, recusal=setting.recusal, recusal_basis=basis)
    return rule


def setting_faults(setting: Setting) -> Iterator[tuple[str, str]]:
    """Figures nobody could vote under: (field, code of the sentence)."""
    if not 0 <= setting.share <= 100:
        yield "share", "share_range"
    if setting.strict and setting.share == 100:
        yield "share", "share_unreachable"
    if (setting.quorum_numerator or setting.quorum_denominator) and not (
        1 <= setting.quorum_numerator <= setting.quorum_denominator
    ):
        yield "quorum_numerator", "quorum_range"
