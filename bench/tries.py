"""One thing somebody tries on a dossier: mostly what is theirs to do, sometimes anything at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.cities import City
from bench.small_world import SUBJECTS, World, clerk_of, new_dossier, nomination, votes
from db.cases import CaseRecord
from states.awards import lower_awards
from states.dossier import Dossier
from states.kinds import KINDS
from workflow.acts import ACTS
from workflow.loading import dossier_in

NAMES = sorted(name for name in KINDS["dossier"].acts if not ACTS[name].follows)
OPEN_DOSSIERS = 12
UPWARD, UPWARD_AT_ONCE = ("CSTD_TINH", "BK_TINH"), ("BK_TINH",)
SELDOM = frozenset({"withdraw", "decline", "lapse", "remind"})
"""Acts that end a dossier or leave it where it is; wanted less often, so that dossiers get far."""
OWN_WORK = 0.8
"""The share of tries by somebody whose role may do the act there."""


@dataclass(frozen=True, slots=True)
class Try:
    """Who tries what, on which dossier, at which version; ``present`` is the one it really has."""

    who: str
    act: str
    key: str
    station: str
    ref: str = ""
    version: int = 0
    present: int = 0
    sent: dict[str, Any] = field(default_factory=dict)


def some_try(world: World, refs: list[str], chance: Random, key: str) -> Try:
    """A new dossier now and then, else an act on one there is; ``refs`` loses those that nothing may happen to."""
    while len(refs) > OPEN_DOSSIERS:
        refs.pop(0)
    if (len(refs) < OPEN_DOSSIERS and chance.random() < 0.3) or not refs:
        unit = chance.choice(("PH", "TH"))
        return Try(clerk_of(unit), "create", key, "start", sent=_new(world.city, unit, chance))
    record = world.record(chance.choice(refs))
    if record.final and chance.random() < 0.9:
        refs.remove(record.ref)
    if chance.random() < OWN_WORK:
        return _own_work(world, record, chance, key)
    return _anything(world, record, chance, key)


def _own_work(world: World, record: CaseRecord, chance: Random, key: str) -> Try:
    """An act of the station by somebody of a role that may do it, with arguments that fit."""
    case, definition = dossier_in(record), world.engine.definitions[record.definition]
    acts = [act for act in definition.acts_at(record.station) if act in NAMES]
    if not acts:
        return _anything(world, record, chance, key)
    likely = [0.15 if act in SELDOM else 4 if act == "release" and case.on_hold else 1 for act in acts]
    act = chance.choices(acts, likely)[0]
    roles = {role for row in definition.rows(record.station, act) for role in row.by}
    mine = [
        who
        for who, (_, role, unit) in world.city.people.items()
        if role in roles and (unit == case.unit or not role.startswith("unit_"))
    ]
    mine += ["clock"] * ("clock" in roles)
    if not mine:  # only a session brings that about here
        return _anything(world, record, chance, key)
    return _on(record, chance.choice(mine), act, key, record.version, _sent(world, act, case, chance))


def _anything(world: World, record: CaseRecord, chance: Random, key: str) -> Try:
    """Any act by anybody, with arguments that may be another act's, on a version that may be old."""
    act = chance.choice([name for name in NAMES if name != "create"])
    case = dossier_in(record)
    sent = _sent(world, chance.choice((act, act, chance.choice(NAMES))), case, chance)
    seen = record.version - chance.choice((0, 0, 0, 1))
    old_key = f"s{chance.randrange(1 + int(key[1:]))}"
    return _on(
        record, chance.choice(list(world.city.people)), act, chance.choice((key, key, old_key)), seen, sent
    )


def _on(record: CaseRecord, who: str, act: str, key: str, version: int, sent: dict[str, Any]) -> Try:
    whole = {"ref": record.ref, "version": version, **sent}
    return Try(who, act, key, record.station, record.ref, version, record.version, whole)


def _new(city: City, unit: str, chance: Random) -> dict[str, Any]:
    kind = chance.choice(("CONG_TRANG", "CONG_TRANG", "DOT_XUAT"))
    awards = (city.at_once, UPWARD_AT_ONCE) if kind == "DOT_XUAT" else (city.here, UPWARD)
    wanted = chance.choices(chance.choice(awards), k=chance.randint(1, 3))
    return new_dossier(unit, *wanted, kind=kind)


def _sent(world: World, act: str, case: Dossier, chance: Random) -> dict[str, Any]:
    """What fits the act, in one of the ways it may go."""
    varied: dict[str, Callable[[World, Dossier, Random], dict[str, Any]]] = {
        "amend": _amendment,
        "judge": _verdicts,
        "record_result": _result,
        "award": _chosen,
        "record_answer": _answers,
        "request_completion": _request,
        "extend": _extension,
        "part": _parted,
    }
    return varied[act](world, case, chance) if act in varied else world.fitting(act, case)


def _amendment(world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    if chance.random() < 0.6:
        return world.fitting("amend", case)
    if chance.random() < 0.5:
        return {"args": {"title": f"Đề nghị lần {chance.randrange(9)}"}}
    kept = [
        {**nomination(n.award, chance.choice(SUBJECTS)), "id": id_}
        for id_, n in case.standing().items()
        if chance.random() < 0.9
    ]
    fresh = [nomination(chance.choice(world.city.here), chance.choice(SUBJECTS))] * (chance.random() < 0.3)
    return {"args": {"nominations": [*kept, *fresh]}}


def _verdicts(world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    rows = []
    for id_, n in case.standing().items():
        verdict = chance.choice(("recommended", "recommended", "lower_award", "declined"))
        lower = sorted(lower_awards(n.award, n.subject_type, world.city.regime))
        if verdict == "lower_award" and lower:
            rows.append(
                {"nomination": id_, "verdict": verdict, "award": chance.choice(lower), "reason": "Thấp hơn"}
            )
        elif verdict == "declined":
            rows.append({"nomination": id_, "verdict": verdict, "reason": "Chưa đủ"})
        else:
            rows.append({"nomination": id_, "verdict": "recommended"})
    return {"args": {"verdicts": rows}}


def _result(_world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    against = [id_ for id_ in case.standing() if chance.random() < 0.3]
    return {"args": votes(case, chance.choice((9, 9, 7, 5)), against)}


def _chosen(_world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    passed = [id_ for id_ in case.electable() if chance.random() < 0.8] or list(case.standing())
    return {"args": {"nominations": passed, "others_reason": "Để đợt sau"}}


def _answers(_world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    rows = []
    for id_ in case.standing():
        outcome = chance.choice(("awarded", "declined", "returned"))
        said = (
            {"decision_no": "77/QĐ-CT", "date": "2024-08-19"}
            if outcome == "awarded"
            else {"reason": "Vì thế"}
        )
        rows.append({"nomination": id_, "outcome": outcome, **said})
    return {"args": {"answers": rows}}


def _request(_world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    asked = [{"nomination": id_, "field": "achievement", "note": "Ghi rõ"} for id_ in case.standing()]
    items = [
        *asked,
        {"field": "title", "note": "Ghi rõ năm"},
        {"paper": "BAO_CAO_CA_NHAN", "note": "Bổ sung"},
    ]
    wanted = chance.sample(items, chance.randint(1, len(items)))
    due = datetime.fromisoformat(case.at).date() + timedelta(days=chance.choice((9, 90, 900)))
    return {"reason": "Thiếu số liệu", "args": {"items": wanted, "due": due.isoformat()}}


def _parted(_world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    """Mostly a part of what stands, now and then all of it."""
    named = [id_ for id_ in case.standing() if chance.random() < 0.5] or list(case.standing())
    return {
        "reason": "Đang xác minh",
        "args": {"nominations": named, "lands": chance.choice(("review", "council"))},
    }


def _extension(world: World, case: Dossier, chance: Random) -> dict[str, Any]:
    """Mostly later than the limit there is."""
    due = (case.due or world.now.date()) + timedelta(days=chance.choice((-400, 9, 90)))
    return {"reason": "Cần thêm thời gian", "args": {"due": due.isoformat()}}
