"""The form of one item of a plan: what is typed becomes the item, the item fills the form."""

from collections.abc import Mapping
from typing import Any, get_args

from states import labels
from states.labels import Lang
from states.year.plan import PARTIES, ItemKind, Recurrence, Serves
from states.year.plan_faults import PlanError
from web.cases.acting import typed
from web.language import say

TEXTS = ("text_vi", "text_en", "answer_vi", "answer_en")
DAYS = ("before", "by", "first", "last")
NEW_ONLY = ("id", "section", "kind", "serves", "recurrence")


def filled_form(item: Mapping[str, Any]) -> dict[str, str]:
    """The values of the form for an item as a document."""
    text, answer = item.get("text", {}), item.get("answer", {})
    due, window = item.get("due", {}), item.get("window", {})
    return {
        **{name: str(item.get(name, "")) for name in NEW_ONLY},
        "text_vi": text.get("vi", ""),
        "text_en": text.get("en", ""),
        "answer_vi": answer.get("vi", ""),
        "answer_en": answer.get("en", ""),
        "quarter": str(item.get("quarter", "")),
        "before": due.get("before", ""),
        "by": due.get("by", ""),
        "first": window.get("first", ""),
        "last": window.get("last", ""),
        "if_any": "1" if item.get("if_any") else "",
        "actor": next(iter(item.get("actor", ())), ""),
        "recipient": next(iter(item.get("recipient", ())), ""),
    }


def typed_form(form: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, field by field."""
    names = (*NEW_ONLY, *TEXTS, *DAYS, "quarter", "if_any", "actor", "recipient")
    return {name: typed(form, name) for name in names}


def changed_item(old: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """The item with what the form holds; what the form does not show stays as it was."""
    item = {name: value for name, value in old.items() if name not in ("quarter", "due", "window", "answer")}
    item["text"] = {"vi": values["text_vi"], "en": values["text_en"]}
    if values["answer_vi"] or values["answer_en"]:
        item["answer"] = {"vi": values["answer_vi"], "en": values["answer_en"]}
    if values["quarter"]:
        item["quarter"] = int(values["quarter"]) if values["quarter"].isdecimal() else values["quarter"]
    if due := {name: values[name] for name in ("before", "by") if values[name]}:
        item["due"] = due
    if window := {name: values[name] for name in ("first", "last") if values[name]}:
        item["window"] = window
    item["if_any"] = bool(values["if_any"])
    if not values["recipient"]:
        item.pop("recipient", None)
    for name in ("actor", "recipient"):
        if values[name] and values[name] not in old.get(name, ()):
            item[name] = [values[name], *list(old.get(name, ()))[1:]]
    return item


def new_item(values: Mapping[str, str]) -> dict[str, Any]:
    """An item nobody had before."""
    return changed_item({name: values[name] for name in NEW_ONLY}, values)


def options(lang: Lang) -> dict[str, list[tuple[str, str]]]:
    """The words to choose from."""
    groups: dict[str, tuple[str, tuple[str, ...]]] = {
        "actor": ("party", PARTIES),
        "recipient": ("party", PARTIES),
        "kind": ("item_kind", get_args(ItemKind)),
        "serves": ("serves", get_args(Serves)),
        "recurrence": ("recurrence", get_args(Recurrence)),
    }
    found = {
        name: [(code, labels.label(group, code, lang)) for code in codes]
        for name, (group, codes) in groups.items()
    }
    return found | {"quarter": [(str(n), say(lang, "Quý %(n)s", n=n)) for n in range(1, 5)]}


def faults(error: PlanError, lang: Lang) -> list[tuple[str, str]]:
    """Everything wrong with a plan: where, what to do."""
    return [(fault.where(lang), fault.sentence(lang)) for fault in error.faults]
