"""The closed registry of what a case may be, by the key of its definition."""

from collections.abc import Mapping
from dataclasses import dataclass

from states.calendar.calendar_case import CALENDAR_DAY, CalendarDay
from states.case import Case
from states.council.council import Council
from states.council.session import Session
from states.dossier import Dossier
from states.register.cases import DECISION_CHANGE, REVOCATION, DecisionChange, Revocation
from states.year.duty import Duty
from states.year.plan_case import Intake, Item, YearPlan


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case: the class of its facts, how its references begin, the acts its definition may name.

    ``series`` counts its references, for the whole installation; ``place`` is where its pages stand, a report's
    beside a registration's.
    """

    facts: type[Case]
    prefix: str
    series: str
    place: str
    acts: frozenset[str]


_DOSSIER = """
    create amend submit withdraw lapse judge request_completion forward decline resubmit take_back put_on_agenda
    return_for_review record_result confirm_result award submit_upward record_answer hold release extend remind
    recount escalate take_result lower_award part branch
"""
_COUNCIL = "establish seat unseat set_rule dissolve"
_SESSION = """
    draft_session change_session set_agenda convene cancel_session declare_conflict lift_conflict open_session
    mark_attendance open_round enter_totals close_round propose_lower set_aside postpone_item close_session
    write_minutes sign_minutes send_back_minutes extend remind recount escalate
"""
_DUTY = "owe save send send_back check pass_on accept excuse extend remind recount escalate"
_ITEM = "plan open mark_overdue finish none_arose drop extend remind recount escalate"
_DECISION_CHANGE = """
    draft_change check_change return_change revise_change sign_change withdraw extend recount escalate
"""
_REVOCATION = """
    propose_revocation check_revocation withdraw give_opinion decide_revocation refuse_revocation
    submit_revocation record_revocation extend recount escalate
"""

KINDS: Mapping[str, Kind] = {
    "dossier": Kind(Dossier, "HS", "ref", "dossiers", frozenset(_DOSSIER.split())),
    "report": Kind(Duty, "BC", "ref/BC", "reports", frozenset(_DUTY.split())),
    "registration": Kind(Duty, "DK", "ref/DK", "reports", frozenset(_DUTY.split())),
    "plan_item": Kind(
        Item,
        "CV",
        "ref/CV",
        "plan-items",
        frozenset(_ITEM.split()),
    ),
    "intake": Kind(
        Intake,
        "DX",
        "ref/DX",
        "intakes",
        frozenset(["open_intake", "close_intake", "extend", "recount", "escalate"]),
    ),
    "plan": Kind(
        YearPlan,
        "KH",
        "ref/KH",
        "plans",
        frozenset(["draw_up", "revise", "activate", "withdraw", "close_plan"]),
    ),
    CALENDAR_DAY: Kind(
        CalendarDay,
        "LV",
        "ref/LV",
        "calendar",
        frozenset(["propose_day", "apply_day", "withdraw", "revoke_day", "escalate"]),
    ),
    "council": Kind(Council, "HD", "ref/HD", "councils", frozenset(_COUNCIL.split())),
    "session": Kind(Session, "PH", "ref/PH", "sessions", frozenset(_SESSION.split())),
    DECISION_CHANGE: Kind(
        DecisionChange,
        "SD",
        "ref/SD",
        "decision-changes",
        frozenset(_DECISION_CHANGE.split()),
    ),
    REVOCATION: Kind(Revocation, "TH", "ref/TH", "revocations", frozenset(_REVOCATION.split())),
}
"""By HS hồ sơ, BC báo cáo, DK đăng ký, CV công việc, DX đợt xét, KH kế hoạch, LV ngày làm việc, HD hội đồng, PH phiên
họp, SD sửa đổi quyết định, TH thu hồi people tell what a reference is about."""
_BY_PREFIX: Mapping[str, str] = {kind.prefix: key for key, kind in KINDS.items()}


def kind_of(ref: str) -> str:
    """What a reference is about, as its letters say; empty for what never was one."""
    return _BY_PREFIX.get(ref.partition("-")[0], "")


def page_of(ref: str) -> str:
    """The address of a case's own page."""
    return f"/{KINDS[kind_of(ref) or 'dossier'].place}/{ref}"
