"""What the year brings to the small city: duties of its units, items of its plan, wherever they stand."""

from typing import Any

from builders import CLERK, HEAD, World

from states.decide import CLOCK
from states.year.duty_forms import form_of
from states.year.plan_file import plan_document, shipped_plan

TEXT = {"results": "Đã phát động hai phong trào.", "limits": "", "next": "Tiếp tục."}
SCHOOL_STOPS = ("due", "draft", "education_check", "education_pack", "home_affairs_check", "accepted")
STOPS = ("due", "draft", "home_affairs_check", "accepted")


def figures(duty: str = "REP-6M-UNIT", **changed: int) -> dict[str, int]:
    """Every figure the form asks for, each one more than the one before."""
    return {name: place for place, name in enumerate(form_of(duty).required, 1)} | changed


def a_duty(
    world: World,
    station: str = "due",
    *,
    unit: str = "P1",
    duty: str = "",
    period: str = "2024H1",
    kind: str = "report",
    deadline: str = "2024-05-14",
) -> str:
    """The reference of a report that waits at ``station``: a ward's half-year one unless said otherwise."""
    school = unit.startswith("T")
    named = duty or ("REP-6M-SCHOOL" if school else "REP-6M-UNIT")
    ref = world.do(
        CLOCK,
        "owe",
        definition=kind,
        unit=unit,
        duty=named,
        period=period,
        title="Báo cáo sơ kết thi đua 6 tháng đầu năm",
        deadline=deadline,
        city_deadline="2024-05-17" if school else deadline,
        via="education" if school else "",
        office="home_affairs",
    ).ref
    steps: dict[str, tuple[str, str, dict[str, Any]]] = {
        "due": (CLERK[unit], "save", {"figures": figures(named), "text": TEXT}),
        "draft": (HEAD[unit], "send", {}),
        "education_check": ("khoa", "check", {}),
        "education_pack": ("dung", "pass_on", {"pack": "01/GD"}),
        "home_affairs_check": ("ngoc", "accept", {}),
    }
    for stop in SCHOOL_STOPS if school else STOPS:
        if stop == station:
            return ref
        who, act, args = steps[stop]
        world.do(who, act, ref, **args)
    raise AssertionError(f"no way to {station}")


def an_item(world: World, *, item: str = "Q2-01", if_any: bool = False, opened: bool = True) -> str:
    """The reference of an item of the plan of 2024, open unless said otherwise."""
    ref = world.do(
        CLOCK,
        "plan",
        unit="PNV",
        item=item,
        period="2024Q2",
        title="Xét khen thưởng chuyên đề quý II",
        opens="2024-04-01",
        deadline="2024-06-30",
        if_any=if_any,
    ).ref
    if opened:
        world.do(CLOCK, "open", ref)
    return ref


def the_plan(world: World) -> str:
    """The plan of 2024 in effect; nothing comes of it before the clock runs."""
    plan = plan_document(shipped_plan(2024))
    ref = world.do("ngoc", "draw_up", unit="PNV", year=2024, title="Kế hoạch năm 2024", plan=plan).ref
    world.do("son", "activate", ref, reason="Ban hành", effective_from="2024-01-01")
    return ref
