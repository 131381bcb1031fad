"""What somebody fills in for an act on a dossier, in one of the ways it may go."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.cities import City
from bench.small_world import SUBJECTS, World, new_dossier, nomination, votes
from states.awards import lower_awards
from states.dossier import Dossier

UPWARD, UPWARD_AT_ONCE = ("CSTD_TINH", "BK_TINH", "BK_TTG"), ("BK_TINH",)


def begun(city: City, unit: str, chance: Random) -> dict[str, Any]:
    """What begins a dossier: one list or another."""
    kind = chance.choice(("CONG_TRANG", "CONG_TRANG", "DOT_XUAT"))
    awards = (city.at_once, UPWARD_AT_ONCE) if kind == "DOT_XUAT" else (city.here, UPWARD)
    wanted = chance.choices(chance.choice(awards), k=chance.choice((1, 2, 3, 4, 4)))
    return new_dossier(unit, *wanted, kind=kind)


def sent(world: World, act: str, case: Dossier, chance: Random) -> dict[str, Any]:
    """What somebody sends for an act on a dossier."""
    varied = _VARIED.get(act)
    return varied(world, case, chance) if varied else world.fitting(act, case)


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
        verdict = chance.choice((*["recommended"] * 5, "lower_award", "declined"))
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
    standing = list(case.standing())
    most = max(1, len(standing) - (chance.random() < 0.9))
    named = chance.sample(standing, chance.randint(1, most)) if standing else []
    return {
        "reason": "Đang xác minh",
        "args": {"nominations": named, "lands": chance.choice(("review", "council"))},
    }


_VARIED: Mapping[str, Callable[[World, Dossier, Random], dict[str, Any]]] = {
    "amend": _amendment,
    "judge": _verdicts,
    "record_result": _result,
    "award": _chosen,
    "record_answer": _answers,
    "request_completion": _request,
    "part": _parted,
}
