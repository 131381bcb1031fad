"""Awards in the register of the small city, with the cases that change them brought anywhere by performing acts."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from bench.small_world import World
from bench.small_year import ESCALATED, RECOUNTED, doer
from db import register
from states.kinds import page_of
from states.register.line import decided_here

HEARD = ("check_revocation", "give_opinion")
STEPS: Mapping[str, tuple[str, ...]] = {
    "revise_change": ("return_change",),
    "sign_change": ("check_change",),
    "give_opinion": HEARD[:1],
    **dict.fromkeys(("decide_revocation", "refuse_revocation", "submit_revocation"), HEARD),
    "record_revocation": (*HEARD, "submit_revocation"),
}
"""The acts after which an act is next; those not named are next as soon as the case has begun."""
ABOVE = ("submit_revocation", "record_revocation")
"""What happens only to what the province awarded."""
BEGINS = {"decision_change": "draft_change", "revocation": "propose_revocation"}
BEGUN_BY = "kien"


def an_award(world: World, *, above: bool = False) -> str:
    """A line of the register that was awarded here, or by the province."""
    act = "record_answer" if above else "award"
    ref = world.ready_for(act)
    world.do("kien" if above else "tuan", act, ref, **world.fitting(act, world.case(ref)))
    with world.engine.database.reading() as conn:
        return register.of_case(conn, world.record(ref).id)[0].id


def all_lines(world: World, *, above: bool = False) -> list[str]:
    """Every line of the register, or those that the province decided, in the order of their ids."""
    table = register.REGISTER
    wanted = sa.select(table.c.id, table.c.authority).order_by(table.c.id)
    with world.engine.database.reading() as conn:
        return [id_ for id_, authority in conn.execute(wanted) if not (above and decided_here(authority))]


def ready_for(world: World, kind: str, act: str) -> str:
    """A new case of a kind for which this act is next; the line it is about for the act that begins one."""
    line = an_award(world, above=act in ABOVE)
    if act == BEGINS[kind]:
        return line
    _, begun = said(world, line, BEGINS[kind])
    ref = world.do(BEGUN_BY, BEGINS[kind], reason=begun.pop("reason"), args=begun).ref
    for step in STEPS.get(act, ()):
        who, told = said(world, ref, step)
        world.do(who, step, ref, **told)
    return ref


def decided(world: World) -> list[tuple[str, str]]:
    """Who reads which page of a decision that replaced another, of one that revoked an award."""
    pages = []
    for kind, act in (("decision_change", "sign_change"), ("revocation", "decide_revocation")):
        ref = ready_for(world, kind, act)
        who, told = said(world, ref, act)
        world.do(who, act, ref, **told)
        pages.append((BEGUN_BY, page_of(ref)))
    return pages


def said(world: World, ref: str, act: str) -> tuple[str, dict[str, Any]]:
    """Who does an act with which body; ``ref`` is the line for an act that begins a case."""
    today = world.engine.today().isoformat()
    if act in BEGINS.values():
        return BEGUN_BY, {"unit": "NV", "entry": ref, **begun(act, today)}
    record = world.record(ref)
    return doer(world, record, act), {"version": record.version, **fitting(record.category, act, today)}


def begun(act: str, today: str) -> dict[str, Any]:
    """What begins a case, beside the line it is about."""
    if act == "draft_change":
        texts = {"wrong": "Ghi sai họ tên", "right": "Ghi đúng họ tên theo căn cước"}
        return {"reason": "Đơn vị báo sai", "category": "replace", "title": "Sửa quyết định", **texts}
    found = {"ground": "false_declaration", "document": "15/KL-TTr", "concluded_on": today}
    return {"reason": "Kê khai sáng kiến của người khác", "title": "Hủy bỏ khen thưởng", **found}


def fitting(category: str, act: str, today: str) -> dict[str, Any]:
    """A reason and arguments that fit a case; one that corrects the form of a decision is a letter."""
    figures = {"entitled": 9, "present": 8, "for": 7, "against": 1, "blank": 0}
    answer = {"outcome": "revoked", "decision_no": "90/QĐ-CT", "date": today}
    fits: dict[str, dict[str, Any]] = {
        "return_change": {"reason": "Ghi rõ hơn"},
        "revise_change": {"args": {"wrong": "Ghi sai họ tên", "right": "Ghi đúng"}},
        "extend": {"reason": "Cần thêm thời gian", "args": {"due": "2024-12-02"}},
        "give_opinion": {"args": {"session_no": "03/2024", "date": today, **figures}},
        "refuse_revocation": {"reason": "Không đủ căn cứ"},
        "submit_revocation": {"args": {"letter_no": "30/TTr-UBND", "date": today}},
        "record_revocation": {"args": answer},
        "recount": {"args": RECOUNTED},
        "escalate": ESCALATED,
        "sign_change": {"args": {"document_no": "120/UBND-NV", "date": today}}
        if category == "correct"
        else {},
    }
    return fits.get(act, {})
