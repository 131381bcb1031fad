"""One round of votes as its page shows it, nomination by nomination, counted while it is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from states.council.ballot_faults import Difference, differences
from states.council.ballots import Outcome, Roll, Totals, outcome
from states.council.session import Round
from states.council.shares import needed
from states.council.vote_rules import Rule
from states.labels import Lang, label
from web.award_names import award_short
from web.cases.acting import typed
from web.dossiers.vote_count import figure
from web.language import say
from workflow.council.session_reading import SessionView

FIELDS = ("for", "against", "blank", "written_for", "written_against", "written_blank")
"""The figures of one nomination, in the order of `Totals`."""

Figures = Mapping[str, str]
"""What stands in the form, by field; empty where nothing was typed."""


@dataclass(frozen=True, slots=True)
class Line:
    """One nomination of a round: who may vote on it, what is typed, what that comes to."""

    id: str
    name: str
    title: str
    award: str
    rule: Rule
    roll: Roll
    typed: Figures
    known: Outcome | None = None
    recused: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def entitled(self) -> int:
        """The members a share is counted of."""
        return self.roll.entitled(self.id, self.rule)

    @property
    def needed(self) -> int:
        """Votes in favour needed of them."""
        return needed(self.rule.share, self.entitled, strict=self.rule.strict)

    @property
    def writers(self) -> int:
        """Written opinions that have to be among the figures."""
        return len(self.roll.may_write(self.id, self.rule))

    @property
    def may(self) -> frozenset[str]:
        """The seats whose vote counts, in the room or in writing."""
        return self.roll.may_vote(self.id) | self.roll.may_write(self.id, self.rule)

    @property
    def totals(self) -> Totals | None:
        """The figures; ``None`` before the first is typed."""
        if self.known:
            return self.known.totals
        if not any(self.typed.get(name) for name in FIELDS):
            return None
        return _as_totals(self.typed)

    @property
    def off(self) -> int:
        """How many ballots are too many, or missing when negative, in the room or in writing."""
        totals = self.totals or Totals()
        room = totals.room - len(self.roll.may_vote(self.id))
        return room or totals.opinions - self.writers

    @property
    def outcome(self) -> Outcome | None:
        """What the figures come to; ``None`` until they add up."""
        totals = self.totals
        if self.known or totals is None or self.off:
            return self.known
        return outcome(self.rule, self.roll, self.id, totals)

    @property
    def so_far(self) -> Outcome:
        """What the figures come to as far as they are typed."""
        return self.known or outcome(self.rule, self.roll, self.id, self.totals or Totals())

    @property
    def left(self) -> int:
        """Members whose vote counts, of whom none is typed yet."""
        totals = self.so_far.totals
        return max(0, len(self.may) - totals.room - totals.opinions)

    def wrong(self, name: str) -> bool:
        """Whether the two tellers differ in this figure."""
        return any(one.field.rstrip("_") == name for one in self.differences)


def lines(
    view: SessionView, one: Round, figures: Mapping[str, Figures], lang: Lang, *, typing: bool
) -> list[Line]:
    """Every nomination of a round; ``figures`` is what to show of each, not kept yet while one is ``typing``."""
    apart = differing(view, one, figures if typing else None)
    return [
        Line(
            id=id_,
            name=view.nominees.get(id_, ""),
            title=_title(view, one, id_),
            award=award_short(one.awards[id_], lang),
            rule=one.rules[id_],
            roll=one.roll,
            typed=figures.get(id_, {}),
            known=one.outcomes.get(id_),
            recused=tuple(view.member(seat) for seat in one.recused.get(id_, ()) if seat in one.seats),
            differences=apart.get(id_, ()),
        )
        for id_ in view.in_order(one)
    ]


def _title(view: SessionView, one: Round, id_: str) -> str:
    item = view.item(one.dossier)
    return item.people[id_].role_title if item and id_ in item.people else ""


def differing(
    view: SessionView, one: Round, figures: Mapping[str, Figures] | None = None
) -> dict[str, tuple[Difference, ...]]:
    """Where two tellers differ, by nomination, once both have typed; ``figures`` stand for what this one typed."""
    seen = view.totals_seen(one)
    if one.closed or one.ballot == "hands" or len(seen) < 2:
        return {}
    if figures is not None and view.person in seen:
        seen[view.person] = {id_: _as_totals(row) for id_, row in figures.items()}
    first, second = seen.values()
    found: dict[str, tuple[Difference, ...]] = {}
    for difference in differences(first, second):
        found[difference.nomination] = (*found.get(difference.nomination, ()), difference)
    return found


def _as_totals(row: Figures) -> Totals:
    return Totals(*(figure(row.get(name, "")) or 0 for name in FIELDS))


def of_totals(totals: Mapping[str, Totals]) -> dict[str, Figures]:
    """Figures that were written down, as a form shows them."""
    return {id_: dict(zip(FIELDS, (str(n) for n in _six(one)), strict=True)) for id_, one in totals.items()}


def _six(one: Totals) -> tuple[int, ...]:
    return (
        one.for_,
        one.against,
        one.blank,
        one.written_for,
        one.written_against,
        one.written_blank,
    )


def as_typed(form: FormData) -> dict[str, Figures]:
    """What stands in the form, by nomination."""
    return dict(_rows(form))


def args_of(form: FormData) -> list[dict[str, int | str]]:
    """The act's rows; what is no figure is passed on as typed, to be refused by name."""
    return [
        {"nomination": id_, **{name: _number(text) for name, text in figures.items() if text}}
        for id_, figures in _rows(form)
    ]


def _number(text: str) -> int | str:
    known = figure(text)
    return text if known is None else known


def _rows(form: FormData) -> Iterator[tuple[str, Figures]]:
    count = sum(1 for name in form if name.startswith("totals.") and name.endswith(".nomination"))
    for place in range(count):
        figures = {name: typed(form, f"totals.{place}.{name}") for name in FIELDS}
        yield typed(form, f"totals.{place}.nomination"), figures


@dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule as one sentence, with who says so, for these awards."""

    said: str
    source: str
    confidence: str
    awards: tuple[str, ...] = field(default=())


def rule_words(rows: list[Line], lang: Lang) -> list[RuleWords]:
    """Each rule of a round once; members with an interest may make the number smaller."""
    found: dict[tuple[Rule, int], dict[str, None]] = {}
    for one in rows:
        found.setdefault((one.rule, one.entitled), {})[one.award] = None
    return [
        RuleWords(
            said=_needed(rule, entitled, lang),
            source=rule.source,
            confidence=label("confidence", rule.confidence, lang),
            awards=tuple(awards),
        )
        for (rule, entitled), awards in found.items()
    ]


def _needed(rule: Rule, entitled: int, lang: Lang) -> str:
    votes = needed(rule.share, entitled, strict=rule.strict)
    if rule.strict:
        return say(
            lang,
            "Cần %(n)s phiếu: trên %(share)s%% của tổng số %(all)s thành viên, không phải của số có mặt.",
            n=votes,
            share=rule.share,
            all=entitled,
        )
    return say(
        lang,
        "Cần %(n)s phiếu: ít nhất %(share)s%% của tổng số %(all)s thành viên, không phải của số có mặt.",
        n=votes,
        share=rule.share,
        all=entitled,
    )
