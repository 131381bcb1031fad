"""One item of a plan in the making is changed, added, dropped; the rest stays."""

from collections.abc import Mapping
from typing import Any

Document = dict[str, Any]


def with_item(plan: Mapping[str, Any], item: Mapping[str, Any], *, place: str = "") -> Document:
    """The plan with an item in the place of the one called ``place``, or at the end of its section."""
    items = list(plan.get("items", ()))
    if place:
        changed = [dict(item) if one.get("id") == place else one for one in items]
    else:
        same = [n for n, one in enumerate(items) if one.get("section") == item.get("section")]
        at = same[-1] + 1 if same else len(items)
        changed = [*items[:at], dict(item), *items[at:]]
    return {**plan, "items": changed}


def without_item(plan: Mapping[str, Any], id: str) -> Document:  # noqa: A002  # the word every file and page uses for it
    """The plan without an item, without what units owed under it, without what waited for it."""
    items = [_free_of(one, id) for one in plan.get("items", ()) if one.get("id") != id]
    duties = [one for one in plan.get("duties", ()) if one.get("item") != id]
    return {**plan, "items": items, "duties": duties}


def _free_of(item: Mapping[str, Any], gone: str) -> Document:
    left = {key: value for key, value in item.items() if not (key == "follows" and value == gone)}
    if "depends_on" in left:
        left["depends_on"] = [name for name in left["depends_on"] if name != gone]
    return left
