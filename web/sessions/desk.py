"""What the page of a session shows: its agenda, the item being voted on, its members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from db.engine import Connection
from db.units import Unit, all_units
from states.council.session import Round, Session
from states.decide import Weighed
from states.labels import Lang, label
from web.award_names import award_short
from web.cases.head import head
from web.sessions.bar import bar
from web.sessions.parts import agenda, members, progress, quorum_of
from web.sessions.round import Figures, Line, RuleWords, lines, of_totals, rule_words
from workflow.council.session_reading import ItemView, SessionView
from workflow.dossiers.entries import entry_at
from workflow.engine import ZONE, Engine


@dataclass(frozen=True, slots=True)
class Held:
    """One round, open or closed, with every nomination it is about."""

    no: str
    round: Round
    ballot: str
    awards: str
    opened: str
    closed: str
    lines: Sequence[Line]
    rules: Sequence[RuleWords]

    @property
    def shows_writing(self) -> bool:
        """Whether anybody's written opinion belongs to its figures."""
        return any(one.writers for one in self.lines)


@dataclass(frozen=True, slots=True)
class Standing:
    """A nomination of the item as the council has left it so far; ``no`` is the round that said it."""

    id: str
    name: str
    title: str
    award: str
    line: Line | None
    no: str


@dataclass(frozen=True, slots=True)
class Panel:
    """The item in the middle of the page."""

    item: ItemView
    place: int
    unit: str
    open: Held | None
    standing: tuple[Standing, ...]
    past: tuple[Held, ...]
    undecided: int


def context(
    engine: Engine,
    conn: Connection,
    view: SessionView,
    weighed: Sequence[Weighed],
    chosen: str,
    figures: Mapping[str, Figures] | None,
    lang: Lang,
) -> dict[str, Any]:
    """Everything but the forms' own state; ``figures`` is what somebody has just typed."""
    facts, units = view.session, all_units(conn)
    shown = panel(view, chosen, figures, lang)
    sits = facts.station not in ("drafted", "convened", "cancelled")
    return {
        **head(engine, conn, view.of, weighed, units, lang),
        "session": view,
        "facts": facts,
        "bar": bar(view, weighed, lang),
        "agenda": agenda(view, shown.item.ref if shown and sits else "", lang),
        "progress": progress(facts),
        "members": members(view, lang),
        "quorum": quorum_of(facts) if facts.roll and facts.day else None,
        "panel": shown,
        "sits": sits,
        "presiding": view.names.get(facts.presiding, ""),
        "body": _named(units.get(facts.body), lang),
        "may": frozenset(one.act for one in weighed if one.allowed),
    }


def _named(unit: Unit | None, lang: Lang) -> str:
    return unit.name(lang) if unit else ""


def chosen_item(facts: Session, wanted: str) -> str:
    """The item asked for, else the one being voted on, else the first without a result."""
    order = sorted(facts.items, key=lambda ref: facts.items[ref].position)
    if wanted in facts.items:
        return wanted
    if facts.open_round:
        return facts.open_round[1].dossier
    return next((ref for ref in order if facts.undecided(ref)), order[0] if order else "")


def panel(view: SessionView, wanted: str, figures: Mapping[str, Figures] | None, lang: Lang) -> Panel | None:
    """The item in the middle; ``None`` for a session about nothing yet."""
    facts = view.session
    item = view.item(chosen_item(facts, wanted))
    if item is None:
        return None
    found = facts.open_round
    here = found if found and found[1].dossier == item.ref else None
    past = [_held(view, no, one, {}, lang) for no, one in facts.rounds_of(item.ref)]
    return Panel(
        item=item,
        place=view.items.index(item) + 1,
        unit=item.unit.name(lang),
        open=_open(view, *here, figures, lang) if here else None,
        standing=tuple(_standing(item, past, lang)),
        past=tuple(past),
        undecided=len(facts.undecided(item.ref)),
    )


def _open(view: SessionView, no: str, one: Round, figures: Mapping[str, Figures] | None, lang: Lang) -> Held:
    return _held(view, no, one, figures or _own(view, one), lang, typing=bool(figures))


def _own(view: SessionView, one: Round) -> dict[str, Figures]:
    """What to show in the form: what this teller typed before; to who is none, what both agree on."""
    seen = view.totals_seen(one)
    mine = seen.get(view.person) or one.agreed
    return of_totals(mine) if mine else {}


def _held(
    view: SessionView,
    no: str,
    one: Round,
    figures: Mapping[str, Figures],
    lang: Lang,
    *,
    typing: bool = False,
) -> Held:
    rows = lines(view, one, figures, lang, typing=typing)
    return Held(
        no=no,
        round=one,
        ballot=label("ballot", one.ballot, lang),
        awards="; ".join(dict.fromkeys(row.award for row in rows)),
        opened=_hour(view, one.opened),
        closed=_hour(view, one.closed),
        lines=rows,
        rules=rule_words(rows, lang),
    )


def _hour(view: SessionView, seq: int) -> str:
    found = entry_at(view.of.entries, seq)
    return f"{found.at.astimezone(ZONE):%H:%M}" if found else ""


def _standing(item: ItemView, past: Sequence[Held], lang: Lang) -> list[Standing]:
    """The last word on each nomination for the award it is asked for now."""
    found = []
    asked = item.item.nominations
    order = sorted(asked, key=lambda id_: (item.people[id_].position if id_ in item.people else 0, id_))
    for id_ in order:
        said = [
            (held.no, line)
            for held in past
            for line in held.lines
            if line.id == id_ and held.round.awards[id_] == asked[id_].award
        ]
        no, line = said[-1] if said else ("", None)
        title = item.people[id_].role_title if id_ in item.people else ""
        found.append(Standing(id_, item.name(id_), title, award_short(asked[id_].award, lang), line, no))
    return found
