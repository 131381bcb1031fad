"""What somebody fills in for an act on a council, a session, a change of the register, in one of the ways it may go."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from bench import small_council, small_register
from bench.small_world import World, scan_of
from db import councils
from states.awards import lower_awards
from states.case import Case
from states.council.council import Council
from states.council.session import Session
from states.kinds import kind_of
from workflow.loading import facts_in

OPEN = 6
AT_ONCE = 2
"""Sessions of the council, and cases in all, that are open at a time."""
TIMELY: Mapping[str, Callable[[Session, date], bool]] = {
    "set_agenda": lambda session, _: not session.items,
    "change_session": lambda session, today: _day(session) < today,
    "convene": lambda session, today: bool(session.items) and _day(session) >= today,
    "open_session": lambda session, today: _day(session) <= today,
    "open_round": lambda session, _: session.open_round is None and bool(_left(session)),
    "enter_totals": lambda session, _: session.open_round is not None,
    "close_round": lambda session, _: session.open_round is not None,
    "close_session": lambda session, _: session.open_round is None and not _left(session),
    "set_aside": lambda session, _: session.open_round is None and bool(_several(session)),
    "propose_lower": lambda session, _: session.open_round is None,
    "send_back_minutes": lambda session, _: bool(session.signatures),
    "write_minutes": lambda session, _: not session.minutes,
    "sign_minutes": lambda session, _: bool(session.minutes),
}
"""When an act of a session may be due; without most of them it gets nowhere."""
HERE, GONE = ("present", "present", "written"), ("excused", "absent", "left")


def _day(session: Session) -> date:
    assert session.day is not None  # drafting one names its day
    return session.day


def _left(session: Session) -> list[str]:
    """The dossiers that still wait for a vote."""
    return [ref for ref in session.items if session.undecided(ref)]


def _several(session: Session) -> list[str]:
    """The dossiers without a vote of which a part can be set aside."""
    return [ref for ref in _left(session) if len(session.items[ref].nominations) > 1]


def next_begun(refs: Sequence[str], chance: Random) -> str:
    """What is begun beside what there is: a council where there is none, a session where there are few."""
    kinds = Counter(map(kind_of, refs))
    if not kinds["council"]:
        return "establish"
    if kinds["session"] < AT_ONCE:
        return "draft_session"
    return chance.choice(("draft_change", "propose_revocation"))


def begun(world: World, act: str, chance: Random) -> tuple[str, dict[str, Any]]:
    """Who begins such a case with what; a revocation is as often of an award of the province as of any."""
    today = world.engine.today()
    if act == "establish":
        return small_council.BEGUN_BY, {"args": small_council.begins(world, act)}
    if act == "draft_session":
        said = {**small_council.begins(world, act), "date": _soon(world, chance)}
        return small_council.BEGUN_BY, {"args": said}
    who = small_register.BEGUN_BY
    said = small_register.begun(act, today.isoformat())
    lines = small_register.all_lines(world, above=act != "draft_change" and chance.random() < 0.5)
    line = chance.choice(lines or ["none"])
    about = {"unit": world.city.people[who][2], "entry": line}
    if act == "draft_change":
        about["category"] = chance.choice(("replace", "correct"))
    return who, {"reason": said.pop("reason"), "args": {**said, **about}}


def _soon(world: World, chance: Random) -> str:
    return (world.engine.today() + timedelta(days=chance.choice((5, 15, 30)))).isoformat()


def sent(
    world: World, act: str, case: Case, who: str, dossiers: Sequence[str], chance: Random
) -> dict[str, Any]:
    """What somebody sends for an act on such a case."""
    if act == "seat":
        person = chance.choice(list(world.city.people))
        known = small_council.fitting(case, act, who)["args"]
        return {"args": {**known, "person": person, "role": small_council.SEATS.get(person, "member")}}
    if act == "record_revocation" and chance.random() < 0.5:
        return {"args": {"outcome": "kept", "note": "Chưa đủ căn cứ"}}
    if not isinstance(case, Session):
        if case.definition.startswith("council"):
            return small_council.fitting(case, act, who)
        return small_register.fitting(case.category, act, world.engine.today().isoformat())
    if act == "set_agenda":
        return {"args": {"dossiers": _waiting(world, dossiers, chance)}}
    if act == "change_session":
        return {"args": {"date": _soon(world, chance)}}
    varied = _VARIED.get(act)
    return (
        varied(world, case, who, chance) if varied and case.items else small_council.fitting(case, act, who)
    )


def _waiting(world: World, dossiers: Sequence[str], chance: Random) -> list[str]:
    """Some of those that wait for the council, now and then one that does not."""
    ready = [ref for ref in dossiers if world.record(ref).station == "awaiting_council"]
    other = [chance.choice(dossiers)] if dossiers and (not ready or chance.random() < 0.05) else []
    return [*chance.sample(ready, min(len(ready), chance.randint(1, 2))), *other]


def _opened(world: World, session: Session, _who: str, chance: Random) -> dict[str, Any]:
    """All who sit on the council by now, but for one now and then."""
    with world.engine.database.reading() as conn:
        record = councils.of_body(conn, session.body)
    council = facts_in(record) if record else None
    seats = list(council.sitting(_day(session))) if isinstance(council, Council) else []
    away = chance.sample(seats, 1) if seats and chance.random() < 0.3 else []
    return {"args": {"present": [seat for seat in seats if seat not in away], "excused": away}}


def _marked(_world: World, session: Session, _who: str, chance: Random) -> dict[str, Any]:
    way = chance.choice(HERE if chance.random() < 0.7 else GONE)
    return {"args": {"seat": chance.choice(list(session.roll) or ["none"]), "attendance": way}}


def _round(_world: World, session: Session, _who: str, chance: Random) -> dict[str, Any]:
    again = {"again": "Phiếu in sai"} if chance.random() < 0.2 else {}
    return {"args": {"dossier": chance.choice(_left(session) or list(session.items)), **again}}


def _totals(_world: World, session: Session, who: str, chance: Random) -> dict[str, Any]:
    """Both tellers count the same ballots, unless one errs."""
    found = session.open_round
    if found is None:
        return small_council.fitting(session, "enter_totals", who)
    failed = [id_ for id_ in found[1].rules if id_[-1] in "0123"]
    erring = list(found[1].rules)[:1] if chance.random() < 0.05 else failed
    return {"args": {"totals": small_council.counted(found[1], erring), "scan": scan_of(who)}}


def _lower(world: World, session: Session, _who: str, chance: Random) -> dict[str, Any]:
    """Mostly of an award whose next lower one goes the same way."""
    asked = [(ref, id_, one) for ref, item in session.items.items() for id_, one in item.nominations.items()]
    same_way = [row for row in asked if row[2].award in small_council.HIGH]
    dossier, id_, one = chance.choice(same_way or asked)
    lower = lower_awards(one.award, one.subject_type, world.city.regime) or ("LDTT",)
    named = {"dossier": dossier, "nomination": id_, "award": lower[0]}
    return {"reason": "Chưa đủ sáng kiến", "args": named}


def _aside(_world: World, session: Session, _who: str, chance: Random) -> dict[str, Any]:
    dossier = chance.choice(_several(session) or list(session.items))
    named = [chance.choice(list(session.items[dossier].nominations))]
    lands = chance.choice(("council", "review"))
    return {"reason": "Có đơn", "args": {"dossier": dossier, "nominations": named, "lands": lands}}


def _dossier(_world: World, session: Session, _who: str, chance: Random) -> dict[str, Any]:
    """An act about one dossier of the agenda, for a reason."""
    return {"reason": "Chờ xác minh", "args": {"dossier": chance.choice(list(session.items))}}


def _lifted(_world: World, session: Session, _who: str, chance: Random) -> dict[str, Any]:
    return {
        "reason": "Không có lợi ích",
        "args": {"conflict": chance.choice(list(session.conflicts) or ["none"])},
    }


_VARIED: Mapping[str, Callable[[World, Session, str, Random], dict[str, Any]]] = {
    "open_session": _opened,
    "mark_attendance": _marked,
    "open_round": _round,
    "enter_totals": _totals,
    "propose_lower": _lower,
    "set_aside": _aside,
    "postpone_item": _dossier,
    "declare_conflict": _dossier,
    "lift_conflict": _lifted,
}
