"""What a year brings to the small city: a case of each kind, brought to any station by performing acts."""

from collections.abc import Mapping
from typing import Any

from bench.small_world import World
from db.cases import CaseRecord
from states.decide import CLOCK
from states.roles import UNIT_ROLES, Role
from states.year.duty_forms import form_of
from states.year.next_plan import next_plan
from states.year.plan_edit import without_item
from states.year.plan_file import plan_document, plan_from_document, shipped_plan
from workflow.command import checked
from workflow.loading import definition_of
from workflow.step import perform

KEPT = ("I-03", "Q2-05", "Q3-03", "Q3-04", "REP-6M-UNIT", "REP-12M-SCHOOL")
"""Of the plan of 2024, so that looking at everything stored stays quick."""
SENT = ("save", "send", "check", "pass_on")
STEPS: Mapping[str, tuple[str, ...]] = {
    **{act: SENT[:place] for place, act in enumerate((*SENT, "accept"))},
    "send_back": SENT,
    "finish": ("open",),
    "none_arose": ("open",),
    "drop": ("open",),
}
"""The acts after which an act is next; those not named are next at once."""
BY_THE_CLOCK = frozenset({"open", "recount", "escalate", "mark_overdue", "lapse"})
ESCALATED = {"args": {"rung": 0, "tells": "council_secretary", "left": 3}}
RECOUNTED = {"correction": "LV-2024-0001", "before": "2024-06-03", "after": "2024-06-04"}


def a_year(world: World) -> dict[str, str]:
    """A plan in effect with a unit late, the next one drawn up, a corrected day, a window; their references by kind."""
    plan = _short_plan()
    args = {"unit": "NV", "year": 2024, "title": "Kế hoạch 2024", "plan": plan_document(plan)}
    now = world.do("kien", "draw_up", args=args).ref
    told = {"effective_from": world.engine.today().isoformat()}
    world.do("nam", "activate", now, reason="Ban hành", args=told)
    following = next_plan(plan)
    args = {"unit": "NV", "year": 2025, "title": "Kế hoạch 2025", "plan": plan_document(following)}
    draft = world.do("kien", "draw_up", args={**args, "based_on": now}).ref
    late = {"unit": "PH", "via": "", "deadline": "2024-05-06", "city_deadline": "2024-05-06"}
    _owed(world, "report", duty="REP-6M-UNIT", **late)
    return {"plan": now, "draft": draft, "calendar_day": _corrected(world), "intake": _window(world)}


def ready_for(world: World, kind: str, act: str) -> str:
    """A new report, registration or item of the plan for which this act is next."""
    ref = _item(world) if kind == "plan_item" else _owed(world, kind)
    for step in STEPS.get(act, ()):
        record = world.record(ref)
        told = fitting(record, step)
        if step in BY_THE_CLOCK:
            _by_the_clock(world, step, ref=ref, version=record.version)
        else:
            world.do(doer(world, record, step), step, ref, **told)
    return ref


def doer(world: World, record: CaseRecord, act: str) -> str:
    """Who does an act on a case as it stands; an officer who may not, where only the clock may."""
    rows = definition_of(world.engine, record).rows(record.station, act)
    role = next((role for row in rows for role in row.by if role != Role.clock), Role.home_affairs_officer)
    people = world.city.people
    return next(
        login
        for login in world.city.holders(role)
        if role not in UNIT_ROLES or people[login][2] == record.unit
    )


def said(world: World, ref: str, act: str) -> tuple[str, dict[str, Any]]:
    """Who does an act with which body, as the case stands."""
    record = world.record(ref)
    return doer(world, record, act), {"version": record.version, **fitting(record, act)}


def fitting(record: CaseRecord, act: str) -> dict[str, Any]:
    """A reason and arguments that fit a case as it stands."""
    fits: dict[str, dict[str, Any]] = {
        "send_back": {"reason": "Số liệu chưa khớp"},
        "excuse": {"reason": "Đơn vị mới thành lập"},
        "drop": {"reason": "Không còn cần"},
        "extend": {"reason": "Kế hoạch đến muộn", "args": {"due": "2024-07-15"}},
        "pass_on": {"args": {"pack": "01/GDĐT"}},
        "finish": {"args": {"document_no": "12/KH-UBND", "note": "Đã họp"}},
        "none_arose": {"args": {"note": "Không phát sinh"}},
        "recount": {"args": RECOUNTED},
    }
    if act != "save":
        return fits.get(act, {})
    form = form_of(record.category)
    return {"args": {"figures": dict.fromkeys(form.required, 1), "text": dict.fromkeys(form.sections, "Đạt")}}


def _short_plan() -> Any:
    document = plan_document(shipped_plan(2024))
    for item in document["items"]:
        if item["id"] not in KEPT:
            document = without_item(document, item["id"])
    return plan_from_document(document)


def _owed(world: World, kind: str, **changes: str) -> str:
    code = "REG" if kind == "registration" else "REP"
    asked = {
        "definition": kind,
        "unit": "TH",
        "duty": f"{code}-{next(world.keys)}",
        "period": "2024H1",
        "title": "Báo cáo sáu tháng đầu năm",
        "deadline": "2024-05-31",
        "city_deadline": "2024-06-07",
        "via": "education",
        "office": "home_affairs",
    }
    return _by_the_clock(world, "owe", args={**asked, **changes})


def _item(world: World) -> str:
    args = {
        "unit": "NV",
        "item": f"Q2-{next(world.keys)}",
        "period": "2024Q2",
        "title": "Họp Hội đồng quý II",
    }
    days = {"opens": "2024-04-01", "deadline": "2024-06-28"}
    return _by_the_clock(world, "plan", args={**args, **days, "if_any": True})


def _window(world: World) -> str:
    args = {
        "unit": "NV",
        "intake": "EDU",
        "kind": "CONG_TRANG",
        "period": "2023-2024",
        "title": "Đợt xét giáo dục",
    }
    return _by_the_clock(world, "open_intake", args={**args, "opens": "2024-05-13", "deadline": "2024-06-14"})


def _corrected(world: World) -> str:
    args = {"unit": "NV", "day": "2024-12-30", "working": False, "title": "Nghỉ hoán đổi"}
    return world.do("kien", "propose_day", args={**args, "source": "9/TB-BNV", "confidence": "med"}).ref


def _by_the_clock(world: World, act: str, **sent: Any) -> str:
    command = checked(act, key=f"w{next(world.keys)}", **sent)
    return perform(world.engine, command, CLOCK).ref
