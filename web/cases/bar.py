"""The acts of a report, an item of the plan, an intake, the reader's next one first among them."""

from collections.abc import Sequence

from states import labels
from states.decide import Weighed, reasons_document
from states.kinds import page_of
from states.labels import Lang
from web.cases.acting import worded
from web.dossiers.bar import Bar, Shown
from web.language import say
from workflow.case_reading import NOBODY, CaseView

PRIMARY = (
    *("convene", "open_session", "close_session", "write_minutes", "sign_minutes"),
    *("sign_change", "check_change", "revise_change"),
    *("decide_revocation", "submit_revocation", "give_opinion", "check_revocation", "record_revocation"),
    "send",
    "check",
    "pass_on",
    "accept",
    "save",
    "activate",
    "finish",
    "open",
    "close_intake",
)
"""Which allowed act a person most likely came for, first."""
BESIDE = frozenset({"send_back", "none_arose", "return_change", "refuse_revocation"})
"""What is as likely as the first act, so it stands beside it, not in the menu."""
DANGER = frozenset({"decide_revocation", "excuse", "drop", "close_plan", "withdraw"})
FILLED_IN = "save"
"""The act that is done on the page of the case itself."""


def href_of(ref: str, act: str) -> str:
    """The page on which an act is done."""
    return f"{page_of(ref)}#figures" if act == FILLED_IN else f"{page_of(ref)}/acts/{act}"


def case_bar(view: CaseView, weighed: Sequence[Weighed], lang: Lang) -> Bar:
    """Every act of the station: what can be done now, what cannot with why."""
    shown = {w.act: _shown(view.record.ref, w, lang) for w in weighed}
    allowed = [act for act in shown if not shown[act].reasons]
    first = next((act for act in PRIMARY if act in allowed), "")
    nearly = [w.act for w in weighed if w.reasons and all(r.code != "wrong_role" for r in w.reasons)]
    beside = [act for act in nearly if act in PRIMARY][:1]
    beside += [act for act in allowed if act in BESIDE]
    return Bar(
        primary=shown[first] if first else None,
        beside=tuple(shown[act] for act in beside),
        more=tuple(shown[act] for act in allowed if act != first and act not in beside),
        locked=tuple(one for act, one in shown.items() if one.reasons and act not in beside),
    )


def next_step(ref: str, weighed: Sequence[Weighed], lang: Lang) -> Shown | None:
    """The one act the reader most likely came for; the same as the primary one of the bar."""
    found = {w.act: w for w in weighed if w.allowed}
    first = next((act for act in PRIMARY if act in found), "")
    return _shown(ref, found[first], lang) if first else None


def _shown(ref: str, weighed: Weighed, lang: Lang) -> Shown:
    act = weighed.act
    return Shown(
        act=act,
        label=say(lang, "Điền số liệu")
        if act == FILLED_IN and weighed.allowed
        else labels.label("act", act, lang),
        href=href_of(ref, act),
        reasons=tuple(worded(r, ref, lang, NOBODY) for r in reasons_document(weighed.reasons)),
        danger=act in DANGER,
    )
