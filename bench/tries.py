"""One thing somebody tries on a case: mostly what is theirs to do, sometimes anything at all."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from bench import council_tries, dossier_tries
from bench.small_world import World, clerk_of
from db.cases import CaseRecord
from states.case import Case
from states.council.session import Session
from states.dossier import Dossier
from states.kinds import KINDS, kind_of
from workflow.acts import ACTS
from workflow.loading import facts_in

TRIED = ("dossier", "council", "session", "decision_change", "revocation")
"""The kinds of case on which something is tried."""
NAMES = {
    kind: sorted(name for name in KINDS[kind].acts if not ACTS[name].follows and ACTS[name].begins is None)
    for kind in TRIED
}
PATIENCE = 0.5
"""How often a dossier that waits for the council is let wait, and something is done that brings a session about."""
UNDER_WAY = 0.6
"""How often a session that is under way is taken, where there is one; by itself it is soon over."""
BESIDE = 0.4
"""The share of tries on councils, sessions, changes of the register."""
OPEN_DOSSIERS = 12
SELDOM = frozenset(
    {
        *("lapse", "dissolve", "seat", "unseat", "set_rule", "cancel_session"),
        *("mark_attendance", "declare_conflict", "return_change"),
        "refuse_revocation",
    }
)
"""Acts that end a case, send it back, leave it where it is; wanted less often, so that cases get far."""
SOMETIMES = frozenset(
    {"withdraw", "decline", "remind", "recount", "put_on_agenda", "lift_conflict", "postpone_item"}
)
"""Acts wanted half as often as others."""
NEWS = 4
"""How much more an act is wanted where it never came to pass yet."""
OWN_WORK = 0.8
"""The share of tries by somebody whose role may do the act there."""


@dataclass(frozen=True, slots=True)
class Try:
    """Who tries what, on which case, at which version; ``present`` is the one it really has."""

    who: str
    act: str
    key: str
    station: str
    ref: str = ""
    version: int = 0
    present: int = 0
    sent: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Played:
    """What may be acted on: dossiers; beside them councils, sessions, changes of the register.

    ``came`` are the acts that came to pass so far: (definition, station, act).
    """

    came: set[tuple[str, str, str]]
    dossiers: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def add(self, ref: str) -> None:
        """Take in what has begun."""
        self._beside(ref).append(ref)

    def drop(self, ref: str) -> None:
        """Leave alone what nothing happens to any more."""
        self._beside(ref).remove(ref)

    def _beside(self, ref: str) -> list[str]:
        return self.dossiers if kind_of(ref) == "dossier" else self.others


def some_try(world: World, played: Played, chance: Random, key: str) -> Try:
    """Something new now and then, else an act on what there is; nothing may happen to what is taken out."""
    beside = chance.random() < BESIDE
    refs, most = (played.others, council_tries.OPEN) if beside else (played.dossiers, OPEN_DOSSIERS)
    while len(refs) > most:
        refs.pop(0)
    if (len(refs) < most and chance.random() < 0.3) or not refs:
        return _something_new(world, played, chance, key, beside=beside)
    record = world.record(chance.choice(refs))
    if beside and chance.random() < UNDER_WAY:
        sessions = (world.record(ref) for ref in refs if kind_of(ref) == "session")
        record = next((one for one in sessions if one.station == "voting"), record)
    if record.station == "awaiting_council" and played.others and chance.random() < PATIENCE:
        record = world.record(chance.choice(played.others))
    if record.final and chance.random() < 0.9:
        played.drop(record.ref)
    if chance.random() < OWN_WORK:
        return _own_work(world, played, record, chance, key)
    return _anything(world, played, record, chance, key)


def _something_new(world: World, played: Played, chance: Random, key: str, *, beside: bool) -> Try:
    if not beside:
        unit = chance.choice(("PH", "TH"))
        return Try(clerk_of(unit), "create", key, "start", sent=dossier_tries.begun(world.city, unit, chance))
    act = council_tries.next_begun(played.others, chance)
    who, told = council_tries.begun(world, act, chance)
    return Try(who, act, key, "start", sent=told)


def _own_work(world: World, played: Played, record: CaseRecord, chance: Random, key: str) -> Try:
    """An act of the station by somebody of a role that may do it, with arguments that fit."""
    case, definition = facts_in(record), world.engine.definitions[record.definition]
    acts = [act for act in definition.acts_at(record.station) if act in NAMES[record.kind]]
    if not acts:
        return _anything(world, played, record, chance, key)
    news = [NEWS if (record.definition, record.station, act) not in played.came else 1 for act in acts]
    wanted = [new * _likely(world, act, case) for new, act in zip(news, acts, strict=True)]
    act = chance.choices(acts, wanted)[0]
    roles = {role for row in definition.rows(record.station, act) for role in row.by}
    mine = [
        who
        for who, (_, role, unit) in world.city.people.items()
        if role in roles and (unit == case.unit or not role.startswith("unit_"))
    ]
    mine += ["clock"] * ("clock" in roles)
    if not mine:  # only a session brings that about here
        return _anything(world, played, record, chance, key)
    who = chance.choice(mine)
    return _on(record, who, act, key, record.version, _sent(world, played, act, case, who, chance))


def _likely(world: World, act: str, case: Case) -> float:
    if isinstance(case, Session) and act in council_tries.TIMELY:
        return 4 if council_tries.TIMELY[act](case, world.engine.today()) else 0.15
    if act == "part" and isinstance(case, Dossier):
        return 6 if len(case.standing()) > 1 else 0.15
    if act == "release" and case.on_hold:
        return 4
    return 0.25 if act in SELDOM else 0.5 if act in SOMETIMES else 1


def _anything(world: World, played: Played, record: CaseRecord, chance: Random, key: str) -> Try:
    """Any act by anybody, with arguments that may be another act's, on a version that may be old."""
    names, who = NAMES[record.kind], chance.choice(list(world.city.people))
    act, case = chance.choice(names), facts_in(record)
    sent = _sent(world, played, chance.choice((act, act, chance.choice(names))), case, who, chance)
    seen = record.version - chance.choice((0, 0, 0, 1))
    old_key = f"s{chance.randrange(1 + int(key[1:]))}"
    return _on(record, who, act, chance.choice((key, key, old_key)), seen, sent)


def _on(record: CaseRecord, who: str, act: str, key: str, version: int, sent: dict[str, Any]) -> Try:
    whole = {"ref": record.ref, "version": version, **sent}
    return Try(who, act, key, record.station, record.ref, version, record.version, whole)


def _sent(world: World, played: Played, act: str, case: Case, who: str, chance: Random) -> dict[str, Any]:
    """What fits the act, in one of the ways it may go."""
    if act == "recount":
        return _recount(world, case)
    if act == "extend":
        return _extension(world, case, chance)
    if not isinstance(case, Dossier):
        return council_tries.sent(world, act, case, who, played.dossiers, chance)
    return dossier_tries.sent(world, act, case, chance)


def _recount(world: World, case: Case) -> dict[str, Any]:
    """One more day, as after a correction of the calendar."""
    before = case.due or world.engine.today()
    moved = {"before": before.isoformat(), "after": (before + timedelta(days=1)).isoformat()}
    return {"args": {"correction": "LV-2024-0001", **moved}}


def _extension(world: World, case: Case, chance: Random) -> dict[str, Any]:
    """Mostly later than the limit there is."""
    due = (case.due or world.now.date()) + timedelta(days=chance.choice((-400, 9, 90)))
    return {"reason": "Cần thêm thời gian", "args": {"due": due.isoformat()}}
