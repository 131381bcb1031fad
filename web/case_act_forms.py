"""What the small page of an act asks for, where the act is not a dossier's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from states.document import Document
from web.acting import filled, typed


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``kind`` is line, area, date or choice, ``options`` are a choice's (code, words)."""

    name: str
    kind: str
    required: bool = True
    options: tuple[tuple[str, str], ...] = ()


FIELDS: Mapping[str, tuple[Field, ...]] = {
    "pass_on": (Field("pack", "line"),),
    "extend": (Field("due", "date"),),
    "activate": (Field("effective_from", "date"),),
    "finish": (
        Field("note", "area"),
        Field("document_no", "line", required=False),
        Field("date", "date", required=False),
    ),
    "remind": (Field("note", "area", required=False),),
    "none_arose": (Field("note", "area", required=False),),
}
"""The fields of each act besides its reason; an act that is not here has none."""
SIMPLE = frozenset(
    {
        *("send", "check", "pass_on", "send_back", "accept", "excuse", "extend", "remind"),
        *("open", "finish", "none_arose", "drop", "close_intake"),
        *("activate", "withdraw", "close_plan"),
    }
)
"""The acts done on a small page of their own."""


def args_of(act: str, form: Mapping[str, Any]) -> Document:
    """The act's arguments as typed into its form."""
    return filled({field.name: typed(form, field.name) for field in FIELDS.get(act, ())})
