"""The facts of the cases that change what the register says: a decision put right, an award revoked."""

from dataclasses import dataclass
from datetime import date

from states.case import Case
from states.register.line import decided_here

DECISION_CHANGE = "decision_change"
REVOCATION = "revocation"
"""The keys of their definitions."""


@dataclass(frozen=True, slots=True)
class DecisionChange(Case):
    """A signed decision that is wrong: in content, then another takes its place; in form, then a letter corrects it.

    ``entries`` are its lines in the register, ``about`` the dossier. ``text_seq`` is the entry whose payload holds
    what is wrong, how it should read and the names as they should be. ``number`` is the replacing decision's.
    """

    entries: tuple[str, ...] = ()
    about: str = ""
    decision_no: str = ""
    decided_on: date | None = None
    authority: str = ""
    text_seq: int = 0
    number: int = 0
    letter_no: str = ""
    letter_date: date | None = None
    done_on: date | None = None
    done_at: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The council's opinion on a revocation, as its minutes say."""

    session_no: str
    date: date
    entitled: int
    present: int = 0
    for_: int = 0
    against: int = 0
    blank: int = 0


@dataclass(frozen=True, slots=True)
class Revocation(Case):
    """An award to be revoked (Luật 06/2022 Điều 93 khoản 2); ``category`` is the ground.

    ``entry`` is its line in the register, ``submit_by`` the last day to bring it before whoever decides.
    ``text_seq`` is the entry whose payload holds what was found.
    """

    entry: str = ""
    about: str = ""
    award: str = ""
    decision_no: str = ""
    authority: str = ""
    concluded_on: date | None = None
    submit_by: date | None = None
    text_seq: int = 0
    opinion: Opinion | None = None
    number: int = 0
    answer_no: str = ""
    letter_no: str = ""
    letter_date: date | None = None
    revoked_on: date | None = None
    done_at: str = ""

    @property
    def decided_here(self) -> bool:
        """Whether whoever awarded it sits here; else it is submitted upward."""
        return decided_here(self.authority)


RegisterCase = DecisionChange | Revocation
