"""The nominations of a dossier in tabs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from states.labels import Lang
from states.roles import OFFICE_AT
from web.award_names import award_short
from web.language import say
from workflow.dossiers.reading import DossierView, NominationView, OpinionView

LISTS = ("individuals", "collectives")
"""The tabs that together hold every nomination once."""
AT_ONCE = 30
"""How many rows a tab shows before somebody asks for all of them."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One cut through the nominations."""

    code: str
    href: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Opinion:
    """One office's cell: a verdict, below it what it lowers to with the reason."""

    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """One nomination as a line of the table."""

    id: str
    position: int
    name: str
    title: str
    award: str
    asked: str
    opinions: tuple[Opinion, ...]
    council: str
    outcome: str
    reason: str
    achievement: str


Kept = Callable[[NominationView], bool]


def tabs(view: DossierView, chosen: str, lang: Lang) -> list[Tab]:
    """The tabs that hold something, the chosen one marked, else the first."""
    words = {
        "individuals": say(lang, "Cá nhân"),
        "collectives": say(lang, "Tập thể"),
        "unjudged": say(lang, "Chưa có ý kiến"),
        "differing": say(lang, "Ý kiến khác nhau"),
    }
    counts = {code: sum(map(kept, view.nominations)) for code, kept in _cuts(view).items()}
    filled = [code for code, count in counts.items() if count]
    current = chosen if chosen in filled else next(iter(filled), "")
    return [
        Tab(code, f"/dossiers/{view.record.ref}?tab={code}", words[code], counts[code], code == current)
        for code in filled
    ]


def rows(view: DossierView, offices: Sequence[str], tab: str, lang: Lang) -> list[Row]:
    """The nominations of a tab, those the present office has not spoken on first."""
    kept = _cuts(view).get(tab, lambda _: True)
    found = sorted(filter(kept, view.nominations), key=lambda n: not _waits_for_a_word(view, n))
    return [_row(n, offices, lang) for n in found]


def _cuts(view: DossierView) -> Mapping[str, Kept]:
    return {
        "individuals": lambda n: n.facts.subject_type == "individual",
        "collectives": lambda n: n.facts.subject_type != "individual",
        "unjudged": lambda n: _waits_for_a_word(view, n),
        "differing": lambda n: len({o.verdict for o in n.opinions.values()}) > 1,
    }


def _waits_for_a_word(view: DossierView, nomination: NominationView) -> bool:
    """Whether the office that holds the dossier has yet to speak; a unit is not told, so never for it."""
    office = OFFICE_AT.get(view.case.station)
    return bool(office) and not view.as_unit and nomination.facts.stands and office not in nomination.opinions


def _row(nomination: NominationView, offices: Sequence[str], lang: Lang) -> Row:
    facts = nomination.facts
    return Row(
        id=nomination.id,
        position=facts.position,
        name=nomination.name,
        title=nomination.title,
        award=award_short(facts.award, lang),
        asked=award_short(facts.asked, lang) if facts.asked else "",
        opinions=tuple(_opinion(nomination.opinions.get(office), lang, facts.stands) for office in offices),
        council=facts.council,
        outcome=facts.outcome,
        reason=nomination.reason,
        achievement=nomination.achievement,
    )


def _opinion(opinion: OpinionView | None, lang: Lang, stands: bool) -> Opinion:
    """No office is still to speak on what no longer stands."""
    if opinion is None:
        return Opinion("pending" if stands else "", "")
    if not opinion.award:
        return Opinion(opinion.verdict, opinion.reason)
    down = say(
        lang, "Xuống %(award)s: %(reason)s", award=award_short(opinion.award, lang), reason=opinion.reason
    )
    return Opinion(opinion.verdict, down)
