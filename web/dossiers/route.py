"""The way of a dossier as stops: passed, now, to come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from states import choices
from states.definition import Definition
from states.dossier import Dossier
from states.facts import Facts
from states.labels import Lang
from states.roles import OFFICE_AT
from web.language import say
from web.rendering import dmy
from workflow.dossiers.reading import DossierView
from workflow.engine import Engine
from workflow.loading import Loaded, facts_of

ONWARD = (
    "submit",
    "forward",
    "resubmit",
    "put_on_agenda",
    "confirm_result",
    "award",
    "submit_upward",
    "record_answer",
)
"""The acts that carry a dossier on, whichever its way; each station has one of them."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One station of the way; ``state`` is passed, now or to_come."""

    label: str
    note: str
    state: str


def stops(engine: Engine, view: DossierView, loaded: Loaded, lang: Lang) -> list[Stop]:
    """The stations a dossier has passed, where it is, where it goes if everything goes well."""
    facts = facts_of(engine, loaded, "")
    way, here = _way(view, facts), _place(view.case)
    at = way.index(here)
    entered = _entered(view)
    return [
        Stop(
            view.definition.stations[name].label[lang],
            _note(view, name, entered.get(name), lang, now=place == at),
            ("passed", "now", "to_come")[(place >= at) + (place > at)],
        )
        for place, name in enumerate(way)
    ]


def offices_on_the_way(view: DossierView, loaded: Loaded, engine: Engine) -> list[str]:
    """The offices that speak on this dossier, in order."""
    way = _way(view, facts_of(engine, loaded, ""))
    spoken = [office for n in view.nominations for office in n.opinions]
    return list(dict.fromkeys([OFFICE_AT[name] for name in way if name in OFFICE_AT] + spoken))


def _place(case: Dossier) -> str:
    """Where on the way a dossier is: one that waits for completion is still with the office that asked."""
    if case.completion is None:
        return case.station
    return next(name for name, office in OFFICE_AT.items() if office == case.completion.asked_by)


def _way(view: DossierView, facts: Facts) -> list[str]:
    ahead = list(_from(view.definition, view.definition.initial, _answers(facts)))
    here = _place(view.case)
    if here in ahead:
        return ahead
    behind = [name for name in _entered(view) if name in view.definition.stations and name != here]
    return [*(name for name in ahead if name in behind), here]


def _answers(facts: Facts) -> Mapping[str, str]:
    """What each choice answers if everything goes well."""
    upward = choices.route(facts) == "upward"
    return {
        "unit_type": choices.unit_type(facts),
        "path": choices.path(facts),
        "vote": "passed_upward" if upward else "passed_here",
        "answer": "awarded",
    }


def _from(definition: Definition, station: str, answers: Mapping[str, str]) -> Iterator[str]:
    seen: set[str] = set()
    while station not in seen:
        yield station
        seen.add(station)
        rows = (row for act in ONWARD for row in definition.rows(station, act))
        ways = (r.to for r in rows if r.choice is None or answers.get(r.choice[0]) == r.choice[1])
        station = next(ways, station)


def _entered(view: DossierView) -> dict[str, datetime]:
    """When each station was entered last."""
    return {entry.to: entry.at for entry in view.entries if entry.from_ != entry.to}


def _note(view: DossierView, name: str, entered: datetime | None, lang: Lang, *, now: bool) -> str:
    if entered is None:
        return ""
    since = say(lang, "từ %(day)s", day=dmy(entered))
    if now and view.case.completion:
        return say(lang, "%(since)s, chờ bổ sung", since=since)
    if now and view.case.due:
        return say(lang, "%(since)s, hạn %(day)s", since=since, day=dmy(view.case.due))
    return dmy(entered) if view.definition.stations[name].final else since
