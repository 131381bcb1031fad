"""Awards in the register, with the cases that change them brought to a station by performing acts."""

from typing import Any

from builders import World, a_dossier

from db import register
from states.register import RegisterEntry

OPINION = {"session_no": "03/2024", "date": "2024-05-13", "entitled": 9, "present": 8, "for": 7, "against": 1, "blank": 0}
TEXTS = {"wrong": "Ghi sai họ tên", "right": "Ghi đúng họ tên theo căn cước"}
LETTER = {"letter_no": "120/UBND-NV", "date": "2024-05-13"}


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


def drafted(world: World, entry: str, category: str = "replace", **more: Any) -> str:
    """A change of the decision in which a line stands, to be checked."""
    said = {"unit": "PNV", "entry": entry, "category": category, "title": "Sửa quyết định", **TEXTS, **more}
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


def proposed(world: World, entry: str, **more: Any) -> str:
    """A revocation, to be checked."""
    said = {
        "unit": "PNV",
        "entry": entry,
        "title": "Hủy bỏ khen thưởng",
        "ground": "false_declaration",
        "document": "15/KL-TTr",
        "concluded_on": "2024-05-10",
        **more,
    }
    return world.do("ngoc", "propose_revocation", reason="Kê khai sáng kiến của người khác", **said).ref


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
