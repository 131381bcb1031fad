"""What the small page of one act says, whatever the case is about."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

from states import labels
from states.decide import Weighed, reasons_document
from states.kinds import page_of
from states.labels import Lang
from web.cases.acting import Reason, Trouble, fresh_key, typed, worded
from web.cases.whereabouts import whereabouts
from web.language import language, say
from workflow.acts import ACTS
from workflow.case_reading import AnyView


def done_words(request: Request, act: str, ref: str) -> str:
    """What the next page says of an act that was carried out."""
    lang = language(request)
    said = say(lang, "Đã %(told)s (%(ref)s).", ref=ref, told=labels.label("told", act, lang))
    return f"{said} {whereabouts(request, ref)}"


def about_act(
    view: AnyView,
    act: str,
    weighed: Weighed | None,
    form: Mapping[str, Any],
    trouble: Trouble | None,
    lang: Lang,
) -> dict[str, Any]:
    """The case, the act, where it leads, every reason against it, what was typed already."""
    record = view.record
    return {
        "view": view,
        "ref": record.ref,
        "here": page_of(record.ref),
        "act": act,
        "act_label": labels.label("act", act, lang),
        "unit_name": view.unit.name(lang),
        "station_label": view.definition.stations[record.station].label[lang],
        "leads_to": _leads_to(view, weighed, lang),
        "reasons": _reasons(view, act, weighed, trouble, lang),
        "values": {name: typed(form, name) for name in form},
        "needs_reason": ACTS[act].needs_reason,
        "trouble": trouble,
        "key": fresh_key(),
    }


def _reasons(
    view: AnyView, act: str, weighed: Weighed | None, trouble: Trouble | None, lang: Lang
) -> tuple[Reason, ...]:
    """Why it cannot be done: what the attempt was told, else what is known before it."""
    if trouble and trouble.reasons:
        return trouble.reasons
    ref = view.record.ref
    if weighed is None:
        facts = {"act": act, "station": view.record.station}
        return (worded({"code": "wrong_station", "facts": facts}, ref, lang, view.names),)
    return tuple(worded(reason, ref, lang, view.names) for reason in reasons_document(weighed.reasons))


def _leads_to(view: AnyView, weighed: Weighed | None, lang: Lang) -> str:
    """Where the case will be afterwards; empty where it stays or nobody can tell yet."""
    if weighed is None or weighed.row is None:
        return ""
    target = weighed.row.target(view.record.station)
    return "" if target == view.record.station else view.definition.stations[target].label[lang]


def reminded(act: str, weighed: Weighed | None, lang: Lang) -> list[str]:
    """Who hears of a reminder, with what it leaves as it is."""
    if act != "remind" or weighed is None or weighed.row is None:
        return []
    whom = ", ".join(labels.label("role", role, lang) for role in weighed.row.tells)
    return [say(lang, "Người được nhắc: %(roles)s. Hạn và bước không đổi.", roles=whom)]
