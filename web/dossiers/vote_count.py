"""Votes are counted while they are typed, under the rules kept when the dossier was put on the agenda."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from states.awards import AWARDS
from states.council.shares import needed, quorum
from states.dossier import Result, RoundRule
from web.cases.acting import typed
from workflow.dossiers.reading import DossierView, NominationView

FIGURES = ("entitled", "present", "written")
BALLOTS = ("for", "against", "blank")

Figures = Mapping[str, str]
"""What stands in the form: the three figures of the session by name, votes as ``<nomination>.for``."""


def figure(text: str) -> int | None:
    """A count as it was typed; ``None`` where that is no whole number."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None


@dataclass(frozen=True, slots=True)
class Line:
    """The votes on one nomination as far as they are typed."""

    nomination: NominationView
    rule: RoundRule
    typed: Figures
    entitled: int | None
    took_part: int | None

    @property
    def cast(self) -> int | None:
        """All ballots on this nomination; ``None`` before the first is typed."""
        return sum(self.of(name) for name in BALLOTS) if any(self.typed.values()) else None

    @property
    def needed(self) -> int | None:
        """Votes in favour needed of all members, once their number is known."""
        return needed(self.rule.share, self.entitled) if self.entitled else None

    @property
    def off(self) -> int | None:
        """How many ballots are too many, or missing when negative; ``None`` until all is typed."""
        return None if self.cast is None or self.took_part is None else self.cast - self.took_part

    @property
    def passed(self) -> bool | None:
        """Whether the share is reached; ``None`` until the figures add up."""
        return None if self.off != 0 or self.needed is None else self.of("for") >= self.needed

    def of(self, ballot: str) -> int:
        """The votes of one kind, 0 where none were typed."""
        return figure(self.typed[ballot]) or 0


def as_typed(form: FormData) -> Figures:
    """Every figure of the form."""
    found = {name: typed(form, name) for name in FIGURES}
    for place in range(rows_of(form)):
        id_ = typed(form, f"votes.{place}.nomination")
        found |= {f"{id_}.{name}": typed(form, f"votes.{place}.{name}") for name in BALLOTS}
    return found


def rows_of(form: FormData) -> int:
    """How many nominations the form has votes for."""
    return sum(1 for name in form if name.startswith("votes.") and name.endswith(".nomination"))


def as_recorded(result: Result | None) -> Figures:
    """The figures of a result that was written down; of none, that nobody voted in writing."""
    if result is None:
        return {"written": "0"}
    found = {name: str(getattr(result, name)) for name in FIGURES}
    for id_, tally in result.votes.items():
        figures = (tally.for_, tally.against, tally.blank)
        found |= {f"{id_}.{name}": str(n) for name, n in zip(BALLOTS, figures, strict=True)}
    return found


def counted(view: DossierView, figures: Figures) -> dict[str, Any]:
    """What the figures come to, for the page."""
    entitled, present, written = (figure(figures.get(name, "")) for name in FIGURES)
    entitled = entitled or None
    took_part = present + written if present is not None and written is not None else None
    case = view.case
    rules = case.agenda.rules if case.agenda else {}
    shares = {rule.share for rule in rules.values()}
    return {
        "figures": {name: figures.get(name, "") for name in FIGURES},
        "lines": [
            Line(n, rules[n.facts.award], _ballots(figures, n.id), entitled, took_part)
            for n in view.nominations
            if n.facts.stands and n.facts.award in rules
        ],
        "rules": [
            (rule, [AWARDS[code] for code in rules if rules[code] == rule]) for rule in _distinct(rules)
        ],
        "awards": AWARDS,
        "agenda": case.agenda,
        "entitled": entitled,
        "present": present,
        "quorum": quorum(entitled) if entitled else None,
        "needed": {share: needed(share, entitled) for share in shares} if entitled else {},
    }


def _distinct(rules: Mapping[str, RoundRule]) -> list[RoundRule]:
    return list(dict.fromkeys(rules.values()))


def _ballots(figures: Figures, id_: str) -> Figures:
    return {name: figures.get(f"{id_}.{name}", "") for name in BALLOTS}
