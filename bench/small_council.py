"""A council of the small city with its sessions, brought anywhere by performing acts."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from bench.small_world import World, scan_of
from bench.small_year import ESCALATED, RECOUNTED, doer
from states.case import Case
from states.council.session import Round, Session
from workflow.engine import ZONE
from workflow.loading import facts_in

SEATS = {"sang": "chair", "xuan": "standing_vice", "phuong": "secretary", "quan": "member"}
BASIS = "12/QĐ-UBND"
A_WHILE = timedelta(minutes=10)
"""A session is drafted and convened well within it."""
TELLERS = ("phuong", "quan")
BEGUN_BY = "phuong"
HIGH, LOWER = ("BK_TTG", "BK_TTG"), "BK_TINH"
"""Awards of which one may be lowered without its dossier going another way."""
CALLED = ("convene",)
SITTING = (*CALLED, "open_session")
COUNTED = (*SITTING, "open_round", "enter_totals", "enter_totals")
CLOSED = (*COUNTED, "close_round", "close_session", "write_minutes")
STEPS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("declare_conflict", "open_session"), CALLED),
    "lift_conflict": (*CALLED, "declare_conflict"),
    **dict.fromkeys(("mark_attendance", "open_round", "extend", "recount"), SITTING),
    **dict.fromkeys(("propose_lower", "set_aside", "postpone_item"), SITTING),
    "enter_totals": COUNTED[:-2],
    "close_round": COUNTED,
    "close_session": (*COUNTED, "close_round"),
    "write_minutes": CLOSED[:-1],
    "sign_minutes": CLOSED,
    "send_back_minutes": (*CLOSED, "sign_minutes"),
}
"""The acts after which an act of a session is next; those not named are next as soon as there is an agenda."""


def a_council(world: World) -> str:
    """A council of four who all vote."""
    return world.do(BEGUN_BY, "establish", args=begins(world, "establish")).ref


def ready_for(world: World, kind: str, act: str) -> str:
    """A new council or session for which this act is next; empty for the act that begins one."""
    if act in ("establish", "draft_session"):
        return ""
    if kind == "council":
        return a_council(world)
    awards = HIGH if act == "propose_lower" else ("CSTDCS", "CSTDCS")
    dossier = world.ready_for("put_on_agenda", awards=awards)
    if (world.now + A_WHILE).astimezone(ZONE).date() > world.engine.today():
        world.now += A_WHILE  # nobody is called to a day that ends meanwhile
    ref = world.do(BEGUN_BY, "draft_session", args=begins(world, "draft_session")).ref
    world.do(BEGUN_BY, "set_agenda", ref, args={"dossiers": [dossier]})
    for step in STEPS.get(act, ()):
        who, told = said(world, ref, step)
        world.do(who, step, ref, **told)
    return ref


def said(world: World, ref: str, act: str) -> tuple[str, dict[str, Any]]:
    """Who does an act with which body, as the case stands."""
    if not ref:
        return BEGUN_BY, begins(world, act)
    record = world.record(ref)
    facts = facts_in(record)
    who = _teller(facts) if act == "enter_totals" else doer(world, record, act)
    return who, {"version": record.version, **fitting(facts, act, who)}


def begins(world: World, act: str) -> dict[str, Any]:
    """What begins a council or a session."""
    today = world.engine.today().isoformat()
    if act == "establish":
        seats = [{**_seat(who), "role": role} for who, role in SEATS.items()]
        return {"unit": "HD", "title": "Hội đồng", "basis": BASIS, "seats": seats}
    about = {"title": "Phiên họp quý II", "period": "2024Q2", "begins_at": "14:00", "place": "Hội trường B"}
    return {"unit": "HD", "date": today, **about}


def _seat(who: str) -> dict[str, Any]:
    return {"person": who, "votes": True, "basis": BASIS, "valid_from": "2024-01-02"}


def fitting(facts: Case, act: str, who: str) -> dict[str, Any]:
    """A reason and arguments that fit a council or a session as it stands."""
    if not isinstance(facts, Session):
        seats = getattr(facts, "seats", {})
        return _of_council(act, next(iter(seats), ""))
    dossier = next(iter(facts.items), "")
    nomination = next(iter(facts.items[dossier].nominations), "") if dossier else ""
    return {**_of_agenda(act, dossier, nomination), **_of_sitting(facts, act, who)}


def _of_council(act: str, seat: str) -> dict[str, Any]:
    fits: dict[str, dict[str, Any]] = {
        "seat": {"args": {**_seat("nam"), "role": "member"}},
        "unseat": {"reason": "Nghỉ hưu", "args": {"seat": seat, "valid_to": "2024-05-31"}},
        "set_rule": {
            "reason": "Quy chế mới",
            "args": {"award": "CSTDCS", "share": 85, "source": "Quy chế 5", "confidence": "high"},
        },
        "dissolve": {"reason": "Lập Hội đồng mới"},
    }
    return fits.get(act, {})


def _of_agenda(act: str, dossier: str, nomination: str) -> dict[str, Any]:
    fits: dict[str, dict[str, Any]] = {
        "set_agenda": {"args": {"dossiers": [dossier]}},
        "declare_conflict": {"reason": "Em vợ được đề nghị", "args": {"dossier": dossier}},
        "open_round": {"args": {"dossier": dossier}},
        "propose_lower": {
            "reason": "Chưa đủ sáng kiến",
            "args": {"dossier": dossier, "nomination": nomination, "award": LOWER},
        },
        "set_aside": {"reason": "Có đơn", "args": {"dossier": dossier, "nominations": [nomination]}},
        "postpone_item": {"reason": "Chờ xác minh", "args": {"dossier": dossier}},
    }
    return fits.get(act, {})


def _of_sitting(session: Session, act: str, who: str) -> dict[str, Any]:
    roll = list(session.roll)
    fits: dict[str, dict[str, Any]] = {
        "change_session": {"args": {"place": "Hội trường C"}},
        "cancel_session": {"reason": "Trùng lịch"},
        "lift_conflict": {
            "reason": "Không có lợi ích",
            "args": {"conflict": next(iter(session.conflicts), "")},
        },
        "open_session": {"args": {"present": roll}},
        "mark_attendance": {"args": {"seat": roll[0] if roll else "", "attendance": "present"}},
        "write_minutes": {"args": {"text": {"opening": "Đủ thành phần", "closing": "Nhất trí"}}},
        "send_back_minutes": {"reason": "Ghi thiếu ý kiến"},
        "extend": {"reason": "Còn phiếu gửi về", "args": {"due": "2024-12-16"}},
        "recount": {"args": RECOUNTED},
        "escalate": ESCALATED,
    }
    if act == "enter_totals" and (found := session.open_round):
        return {"args": {"totals": counted(found[1]), "scan": scan_of(who)}}
    return fits.get(act, {})


def counted(one: Round, against: Collection[str] = ()) -> list[dict[str, Any]]:
    """All in the room for it, or against those named; whoever may write wrote for it."""
    rows = []
    for id_, rule in one.rules.items():
        said, room = "against" if id_ in against else "for", len(one.roll.may_vote(id_))
        rows.append({"nomination": id_, said: room, "written_for": len(one.roll.may_write(id_, rule))})
    return rows


def _teller(facts: Case) -> str:
    """Who types next."""
    assert isinstance(facts, Session)
    typed = facts.open_round[1].totals if facts.open_round else {}
    return next((who for who in TELLERS if who not in typed), TELLERS[0])
