"""What a year asks of units: duties that fell due, items of the plan, brought to a station by performing acts."""

from typing import Any

from builders import CLERK, HEAD, World
from builders_wards import CLERK as WARD_CLERK, HEAD as WARD_HEAD

from states.case import Case
from states.decide import CLOCK
from states.year.duty import Duty
from states.year.plan_case import Item
from workflow.loading import facts_in

FIGURES = {
    "movements": 3,
    "thematic": 1,
    "members": 120,
    "collectives_commended": 2,
    "individuals_commended": 15,
    "direct_workers": 9,
    "role_models": 0,
}
"""Everything the form of a report asks for."""


def case(world: World, ref: str) -> Case:
    """The facts of a case of any kind."""
    return facts_in(world.record(ref))


def duty(world: World, ref: str) -> Duty:
    """The facts of a duty."""
    found = case(world, ref)
    assert isinstance(found, Duty)
    return found


def item(world: World, ref: str) -> Item:
    """The facts of an item of the plan."""
    found = case(world, ref)
    assert isinstance(found, Item)
    return found


def owed(world: World, unit: str = "P1", **changes: Any) -> str:
    """A six-month report that has just fallen to a unit: due on 31 May, on 7 June for the whole city."""
    asked: dict[str, Any] = {
        "definition": "report",
        "unit": unit,
        "duty": f"REP-6M-{next(world.keys)}",
        "period": "2024H1",
        "title": "Báo cáo sáu tháng đầu năm",
        "deadline": "2024-05-31",
        "city_deadline": "2024-06-07",
        "office": "home_affairs",
    }
    if unit.startswith("T") and not changes.get("office"):
        asked["via"] = "education"
    return world.do(CLOCK, "owe", **{**asked, **changes}).ref


def owed_in_a_ward(world: World, unit: str) -> str:
    """The same under regime B: due on 30 September 2025, to the ward's own office."""
    days = {"deadline": "2025-09-30", "city_deadline": "2025-10-10", "period": "2025H1"}
    return owed(world, unit, office="culture_social", **days)


def planned(world: World, *, deadline: str = "2024-06-28", if_any: bool = False) -> str:
    """An item of the plan in the hands of Home Affairs, not open yet."""
    return world.do(
        CLOCK,
        "plan",
        unit="PNV",
        item=f"Q2-{next(world.keys)}",
        period="2024Q2",
        title="Họp Hội đồng quý II",
        opens="2024-04-01",
        deadline=deadline,
        if_any=if_any,
    ).ref


def filled_in(world: World, ref: str, **figures: int) -> None:
    """The unit's clerk gives every figure."""
    clerks = CLERK | WARD_CLERK
    world.do(clerks[world.record(ref).unit], "save", ref, figures={**FIGURES, **figures})


def sent(world: World, ref: str) -> None:
    """Filled in by the clerk, sent by the head."""
    filled_in(world, ref)
    world.do((HEAD | WARD_HEAD)[world.record(ref).unit], "send", ref)


def fitting(world: World, ref: str, act: str) -> dict[str, Any]:
    """A reason with arguments that fit, for whoever may do the act."""
    later = "2024-07-15" if world.now.year == 2024 else "2025-12-01"
    known: dict[str, dict[str, Any]] = {
        "save": {"figures": FIGURES, "text": {"results": "Đạt"}},
        "send_back": {"reason": "Số liệu chưa khớp"},
        "excuse": {"reason": "Đơn vị mới thành lập"},
        "drop": {"reason": "Không còn cần"},
        "extend": {"reason": "Kế hoạch đến muộn", "due": later},
        "pass_on": {"pack": "01/GDĐT"},
        "finish": {"note": "Đã họp"},
        "escalate": {"rung": 0, "tells": "home_affairs_head", "left": 3},
    }
    return known.get(act, {})
