"""Awards in the register, with the cases that change them brought to a station by performing acts."""

from typing import Any

from builders import World, a_dossier

from db import register
from states.register.line import RegisterEntry

OPINION = {
    "session_no": "03/2024",
    "date": "2024-05-13",
    "entitled": 9,
    "present": 8,
    "for": 7,
    "against": 1,
    "blank": 0,
}
TEXTS = {"wrong": "Ghi sai họ tên", "right": "Ghi đúng họ tên theo căn cước"}
LETTER = {"document_no": "120/UBND-NV", "date": "2024-05-13"}


def lines(world: World, ref: str) -> list[RegisterEntry]:
    """The lines of a dossier."""
    with world.engine.database.reading() as conn:
        return register.of_case(conn, world.record(ref).id)


def an_award(world: World, *awards: str, unit: str = "", body: str = "here") -> RegisterEntry:
    """The first line of a dossier that was awarded here, or by the province."""
    if body == "here":
        return lines(world, a_dossier(world, "awarded", unit=unit, awards=awards or ("CSTDCS",)))[0]
    ref = a_dossier(world, "submitted_to_province", unit=unit, awards=awards or ("CSTD_TINH",))
    answers = [
        {"nomination": id_, "outcome": "awarded", "decision_no": "77/QĐ-CT", "date": "2024-05-10"}
        for id_ in world.ids(ref)
    ]
    world.do("ngoc", "record_answer", ref, answers=answers)
    return lines(world, ref)[0]


def drafted(world: World, entry: str, category: str = "replace", *, unit: str = "PNV", **more: Any) -> str:
    """A change of the decision in which a line stands, to be checked."""
    said = {"unit": unit, "entry": entry, "category": category, "title": "Sửa quyết định", **TEXTS, **more}
    return world.do("ngoc", "draft_change", reason="Đơn vị báo sai", **said).ref


def ready_to_sign(world: World, entry: str, category: str = "replace", **more: Any) -> str:
    """The same before the chairman."""
    ref = drafted(world, entry, category, **more)
    world.do("son", "check_change", ref)
    return ref


def changed(world: World, entry: str, category: str = "replace", **more: Any) -> str:
    """The same signed."""
    ref = ready_to_sign(world, entry, category, **more)
    world.do("hung", "sign_change", ref, **(LETTER if category == "correct" else {}))
    return ref


def a_proposal(entry: str, *, unit: str = "PNV", **more: Any) -> dict[str, Any]:
    """What a revocation of the award of a line is proposed with."""
    said = {"title": "Hủy bỏ khen thưởng", "reason": "Kê khai sáng kiến của người khác"}
    found = {"ground": "false_declaration", "document": "15/KL-TTr", "concluded_on": "2024-05-10"}
    return {"unit": unit, "entry": entry, **said, **found, **more}


def proposed(world: World, entry: str, **more: Any) -> str:
    """A revocation, to be checked."""
    return world.do("ngoc", "propose_revocation", **a_proposal(entry, **more)).ref


def before_the_chairman(world: World, entry: str) -> str:
    """The same, with the council's opinion."""
    ref = proposed(world, entry)
    world.do("son", "check_revocation", ref)
    world.do("yen", "give_opinion", ref, **OPINION)
    return ref


def revoked(world: World, entry: str) -> str:
    """The same decided."""
    ref = before_the_chairman(world, entry)
    world.do("hung", "decide_revocation", ref)
    return ref


def a_change(world: World, place: str) -> str:
    """A change of a decision at a place of the table."""
    station, *how = place.split("/")
    category = "correct" if how else "replace"
    line = an_award(world)
    if station == "changed":
        return changed(world, line.id, category)
    ref = drafted(world, line.id, category)
    if station == "change_revision":
        world.do("son", "return_change", ref, reason="Ghi rõ hơn")
    elif station == "change_signing":
        world.do("son", "check_change", ref)
    return ref


def a_revocation(world: World, station: str) -> str:
    """A revocation at a station."""
    above = station in ("revocation_submission", "revocation_submitted")
    line = an_award(world, body="province" if above else "here")
    if station == "award_revoked":
        return revoked(world, line.id)
    ref = proposed(world, line.id)
    onward = {
        "revocation_check": ("son", "check_revocation"),
        "revocation_council": ("yen", "give_opinion"),
        "revocation_submission": ("hung", "submit_revocation"),
        "revocation_decision": ("hung", "refuse_revocation"),
    }
    while (here := world.record(ref).station) != station:
        who, act = onward[here]
        world.do(who, act, ref, **fitting(world, ref, act))
    return ref


def fitting(world: World, ref: str, act: str) -> dict[str, Any]:
    """A reason and arguments that fit, for whoever may do the act."""
    category = world.record(ref).category
    fitting_: dict[str, dict[str, Any]] = {
        "return_change": {"reason": "Ghi rõ hơn"},
        "revise_change": TEXTS,
        "sign_change": LETTER if category == "correct" else {},
        "extend": {"reason": "Cần thêm thời gian", "due": "2024-12-02"},
        "escalate": {"rung": 0, "tells": "home_affairs_officer", "left": 3},
        "give_opinion": OPINION,
        "refuse_revocation": {"reason": "Không đủ căn cứ"},
        "submit_revocation": {"letter_no": "30/TTr-UBND", "date": "2024-05-13"},
        "record_revocation": {"outcome": "revoked", "decision_no": "90/QĐ-CT", "date": "2024-05-13"},
    }
    return fitting_.get(act, {})
