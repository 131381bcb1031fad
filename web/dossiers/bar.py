"""The acts of a dossier, the reader's next one first among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from states import labels
from states.decide import Weighed, reasons_document
from states.dossier import Dossier
from states.labels import Lang
from states.roles import OFFICE_AT
from web.cases.act_objects import cases
from web.cases.acting import Reason, worded
from web.dossiers.route import ONWARD
from web.language import say
from workflow.dossiers.reading import DossierView

PRIMARY = (
    "judge",
    "forward",
    "submit",
    "resubmit",
    "put_on_agenda",
    "record_result",
    "confirm_result",
    "award",
    "submit_upward",
    "record_answer",
    "amend",
    "release",
    "decline",
)
"""Which allowed act a person most likely came for, first."""
PAGES = {
    "judge": "appraisal",
    "amend": "edit",
    "record_result": "council",
    "confirm_result": "council",
    "award": "decision",
    "submit_upward": "submission",
    "record_answer": "submission",
}
"""The page of each act that has one of its own."""
DANGER = frozenset({"withdraw", "decline"})


@dataclass(frozen=True, slots=True)
class Shown:
    """One act as the bar shows it: a link, or a lock with every reason."""

    act: str
    label: str
    href: str
    reasons: tuple[Reason, ...]
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """``primary`` last and blue, ``beside`` in the bar, ``more`` in the menu, ``locked`` below them there."""

    primary: Shown | None
    beside: tuple[Shown, ...]
    more: tuple[Shown, ...]
    locked: tuple[Shown, ...]


def href_of(ref: str, station: str, act: str) -> str:
    """The page on which an act is done."""
    page = "decision" if act == "decline" and station not in OFFICE_AT else PAGES.get(act, f"acts/{act}")
    return f"/dossiers/{ref}/{page}"


def bar(view: DossierView, weighed: Sequence[Weighed], lang: Lang) -> Bar:
    """Every act of the station: what can be done now, what cannot with why."""
    shown = {w.act: _shown(view, w, lang) for w in weighed}
    if view.case.on_hold is None:
        shown.pop("release", None)
    allowed = [act for act in shown if not shown[act].reasons]
    first = _first(view.case, allowed)
    nearly = [w.act for w in weighed if w.reasons and _mine(w)]
    beside = [act for act in nearly if act in ONWARD][:1] or [a for a in shown if a in ONWARD][:1]
    beside = [act for act in beside if shown[act].reasons]
    return Bar(
        primary=shown[first] if first else None,
        beside=tuple(shown[act] for act in beside),
        more=tuple(shown[act] for act in allowed if act != first),
        locked=tuple(one for act, one in shown.items() if one.reasons and act not in beside),
    )


def next_act(ref: str, case: Dossier, weighed: Sequence[Weighed], lang: Lang) -> Shown | None:
    """The one act the reader most likely came for; the same as the primary one of the bar."""
    allowed = [w.act for w in weighed if not w.reasons and (w.act != "release" or case.on_hold)]
    act = _first(case, allowed)
    return _link(ref, case, act, (), lang) if act else None


def _mine(weighed: Weighed) -> bool:
    return all(reason.code != "wrong_role" for reason in weighed.reasons)


def _first(case: Dossier, allowed: list[str]) -> str:
    """The reader's next act; what is done already steps back behind what follows it."""
    done = {"judge"} if not _unjudged(case) else set()
    done |= {"record_result"} if case.result else set()
    wanted = [*(act for act in PRIMARY if act not in done), *done]
    return next((act for act in wanted if act in allowed), "")


def _shown(view: DossierView, weighed: Weighed, lang: Lang) -> Shown:
    ref = view.record.ref
    reasons = tuple(worded(r, ref, lang, view.names) for r in reasons_document(weighed.reasons))
    return _link(ref, view.case, weighed.act, reasons, lang)


def _link(ref: str, case: Dossier, act: str, reasons: tuple[Reason, ...], lang: Lang) -> Shown:
    return Shown(act, _label(case, act, lang), href_of(ref, case.station, act), reasons, act in DANGER)


def _unjudged(case: Dossier) -> int:
    office = OFFICE_AT.get(case.station)
    return sum(1 for _ in case.unjudged(office)) if office else 0


def _label(case: Dossier, act: str, lang: Lang) -> str:
    """The words of an act with the number that says how much of it there is."""
    plain = labels.label("act", act, lang)
    if act == "judge":
        return _judging(_unjudged(case), len(case.standing()), lang)
    if act == "amend":
        return say(lang, "Bổ sung hồ sơ") if case.completion else say(lang, "Sửa hồ sơ")
    if act == "record_result" and case.result:
        return say(lang, "Ghi lại kết quả bỏ phiếu")
    if act == "resubmit" and case.completion:
        flags = case.completion.flags.values()
        done = sum(flag.answered for flag in flags)
        return say(lang, "%(act)s: đã bổ sung %(n)s/%(all)s", act=plain, n=done, all=len(flags))
    counted: Mapping[str, int] = {
        "submit": len(case.nominations),
        "award": len(case.electable()),
        "record_answer": len(case.standing()),
    }
    return f"{plain}: {cases(counted[act], lang)}" if counted.get(act) else plain


def _judging(left: int, standing: int, lang: Lang) -> str:
    if not left:
        return say(lang, "Xem lại phiếu thẩm định")
    if left == standing:
        return say(lang, "Thẩm định %(cases)s", cases=cases(left, lang))
    return say(lang, "Thẩm định tiếp: còn %(n)s", n=left)
