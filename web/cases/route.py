"""The way of a report as stops: passed, now, to come."""

from collections.abc import Iterator

from states.labels import Lang
from states.year.duty import Duty
from web.dossiers.route import Stop
from web.language import say
from web.rendering import dmy
from workflow.case_reading import CaseView

ONWARD = ("save", "send", "check", "pass_on", "accept")
"""The acts that carry a report on; each station has one of them."""
STANDS_IN = {"returned": "draft"}
"""A returned report is where it was written."""


def stops(view: CaseView, lang: Lang) -> list[Stop]:
    """The stations a report has passed, where it is, where it goes if nobody returns it."""
    facts = view.case
    assert isinstance(facts, Duty)
    way = list(_way(view, "school" if facts.via else "other"))
    here = STANDS_IN.get(facts.station, facts.station)
    if here not in way:
        way = [name for name in way if name in _entered(view)] + [here]
    at, entered = way.index(here), _entered(view)
    return [
        Stop(
            _label(view, facts.station if place == at else name, lang),
            _note(view, entered.get(name, "") if place <= at else "", lang, now=place == at),
            ("passed", "now", "to_come")[(place >= at) + (place > at)],
        )
        for place, name in enumerate(way)
    ]


def _way(view: CaseView, unit_type: str) -> Iterator[str]:
    station, seen = view.definition.initial, set[str]()
    while station not in seen:
        yield station
        seen.add(station)
        rows = (row for act in ONWARD for row in view.definition.rows(station, act))
        ways = (r.to for r in rows if r.to != "same" and (r.choice is None or r.choice[1] == unit_type))
        station = next(ways, station)


def _entered(view: CaseView) -> dict[str, str]:
    """The day on which each station was entered last."""
    return {entry.to: dmy(entry.at) for entry in view.entries if entry.from_ != entry.to}


def _label(view: CaseView, station: str, lang: Lang) -> str:
    return view.definition.stations[station].label[lang]


def _note(view: CaseView, day: str, lang: Lang, *, now: bool) -> str:
    if now and view.case.due and not view.record.final:
        return say(lang, "hạn %(day)s", day=dmy(view.case.due))
    return day
