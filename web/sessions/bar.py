"""The acts of a session, the reader's next one first among them."""

from collections.abc import Sequence

from states import labels
from states.council.ballot_faults import faults
from states.council.session import Round, Session
from states.decide import Weighed, reasons_document
from states.kinds import page_of
from states.labels import Lang
from web.cases.acting import worded
from web.dossiers.bar import Bar, Shown
from web.language import say
from web.sessions.round import differing
from workflow.council.session_reading import SessionView

BESIDE = {
    "drafted": ("convene",),
    "convened": ("open_session",),
    "voting": ("close_session", "close_round"),
    "closed": ("sign_minutes",),
}
"""What stands in the bar of each station even while it is refused."""
ON_THE_PAGE = frozenset(
    {
        *("set_agenda", "mark_attendance", "enter_totals", "open_round", "lift_conflict"),
        *("propose_lower", "set_aside", "postpone_item"),
    }
)
"""Acts done beside what they are about, not from the menu."""
DANGER = frozenset({"cancel_session", "send_back_minutes"})


def bar(view: SessionView, weighed: Sequence[Weighed], lang: Lang) -> Bar:
    """Every act of the station: what can be done now, what cannot with why."""
    shown = {w.act: _shown(view, w, lang) for w in weighed}
    allowed = [act for act in shown if not shown[act].reasons]
    first = _first(view, frozenset(allowed), lang)
    taken = {first.act} if first else set()
    beside = [act for act in BESIDE.get(view.session.station, ()) if act in shown and act not in taken]
    if view.session.station == "voting" and view.session.open_round is None and "close_round" in beside:
        beside.remove("close_round")
    rest = [act for act in shown if act not in taken and act not in beside]
    return Bar(
        primary=first,
        beside=tuple(shown[act] for act in beside),
        more=tuple(shown[act] for act in rest if act in allowed and act not in ON_THE_PAGE),
        locked=tuple(shown[act] for act in rest if act not in allowed),
    )


def _shown(view: SessionView, weighed: Weighed, lang: Lang) -> Shown:
    names = view.nominees
    return Shown(
        act=weighed.act,
        label=labels.label("act", weighed.act, lang),
        href=_door(view, weighed.act),
        reasons=tuple(worded(r, view.ref, lang, names) for r in reasons_document(weighed.reasons)),
        danger=weighed.act in DANGER,
    )


def _first(view: SessionView, allowed: frozenset[str], lang: Lang) -> Shown | None:
    """What this person most likely came for."""
    facts, here = view.session, page_of(view.ref)
    if facts.station == "voting":
        return _while_voting(view, allowed, lang)
    if facts.station == "drafted" and not facts.items and "set_agenda" in allowed:
        return Shown("set_agenda", labels.label("act", "set_agenda", lang), f"{here}#waiting", ())
    wanted = ("convene", "open_session")
    if facts.station == "closed":
        wanted = ("sign_minutes", "write_minutes") if facts.minutes else ("write_minutes", "sign_minutes")
    act = next((one for one in wanted if one in allowed), "")
    return Shown(act, labels.label("act", act, lang), _door(view, act), ()) if act else None


def _door(view: SessionView, act: str) -> str:
    """Where an act is done: the minutes are written beside what they say, the rest on a small page each."""
    return f"{page_of(view.ref)}/minutes" if act == "write_minutes" else f"{page_of(view.ref)}/acts/{act}"


def _while_voting(view: SessionView, allowed: frozenset[str], lang: Lang) -> Shown | None:
    facts, here = view.session, page_of(view.ref)
    if facts.open_round:
        return _of_round(view, facts.open_round[1], allowed, lang)
    for place, item in enumerate(view.items, 1):
        if "open_round" in allowed and facts.undecided(item.ref):
            said = say(lang, "Mở vòng phiếu: nội dung %(n)s", n=place)
            return Shown("open_round", said, f"{here}/acts/open_round?dossier={item.ref}", ())
    if "close_session" in allowed:
        return Shown(
            "close_session", labels.label("act", "close_session", lang), f"{here}/acts/close_session", ()
        )
    return None


def _of_round(view: SessionView, one: Round, allowed: frozenset[str], lang: Lang) -> Shown | None:
    here = page_of(view.ref)
    if "enter_totals" in allowed and (said := to_type(view, one, lang)):
        return Shown("enter_totals", said, f"{here}#totals", ())
    if "close_round" in allowed:
        return Shown("close_round", labels.label("act", "close_round", lang), f"{here}/acts/close_round", ())
    return None


def to_type(view: SessionView, one: Round, lang: Lang) -> str:
    """What a teller has to type now, in words; empty where there is nothing."""
    wrong = differing(view, one)
    if wrong:
        return say(lang, "Sửa %(n)s chỗ lệch", n=len(wrong)) if view.person in one.totals else ""
    if one.agreed and list(faults(one.rules, one.roll, one.agreed.items())):
        return say(lang, "Nhập lại số phiếu") if view.person in one.totals else ""
    wanted = 1 if one.ballot == "hands" else 2
    if view.person not in one.totals and len(one.totals) < wanted:
        return say(lang, "Nhập số phiếu: còn %(n)s", n=len(one.rules))
    return ""


def may_type(facts: Session, person: str) -> bool:
    """Whether the form of the open round is this person's: a third teller there is none."""
    found = facts.open_round
    return found is not None and (person in found[1].totals or len(found[1].totals) < 2)
