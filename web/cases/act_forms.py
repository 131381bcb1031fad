"""What the small page of an act asks for, where the act is not a dossier's."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from states.document import Document
from states.labels import LANGS, label
from web.cases.acting import filled, typed


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``kind`` is line, area, date, number or choice, which is between the ``codes`` of a ``group``."""

    name: str
    kind: str
    required: bool = True
    group: str = ""
    codes: tuple[str, ...] = ()

    @property
    def worded(self) -> Mapping[str, list[tuple[str, str]]]:
        """The codes with their words, by language."""
        return {lang: [(code, label(self.group, code, lang)) for code in self.codes] for lang in LANGS}


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
    "sign_change": (Field("document_no", "line"), Field("date", "date")),
    "give_opinion": (
        Field("session_no", "line"),
        Field("date", "date"),
        Field("entitled", "number"),
        Field("present", "number"),
        Field("for", "number"),
        Field("against", "number"),
        Field("blank", "number"),
    ),
    "submit_revocation": (Field("letter_no", "line"), Field("date", "date")),
    "record_revocation": (
        Field("outcome", "choice", group="revocation_outcome", codes=("revoked", "kept")),
        Field("decision_no", "line", required=False),
        Field("date", "date", required=False),
        Field("note", "area", required=False),
    ),
}
"""The fields of each act besides its reason; an act that is not here has none."""
SIMPLE = frozenset(
    {
        *("send", "check", "pass_on", "send_back", "accept", "excuse", "extend", "remind"),
        *("open", "finish", "none_arose", "drop", "close_intake"),
        *("activate", "withdraw", "close_plan"),
        *("check_change", "return_change", "sign_change"),
        *("check_revocation", "give_opinion", "decide_revocation", "refuse_revocation"),
        *("submit_revocation", "record_revocation"),
    }
)
"""The acts done on a small page of their own."""


def fields_of(act: str, category: str) -> tuple[Field, ...]:
    """The fields of an act on a case of a category: a decision that replaces another has no letter."""
    return () if (act, category) == ("sign_change", "replace") else FIELDS.get(act, ())


def args_of(act: str, form: Mapping[str, Any]) -> Document:
    """The act's arguments as typed into its form."""
    fields = FIELDS.get(act, ())
    args: Document = filled({field.name: typed(form, field.name) for field in fields})
    return args | {f.name: _figure(args[f.name]) for f in fields if f.kind == "number" and f.name in args}


def _figure(text: str) -> int | str:
    """A figure; what is none stays as it was typed, to be told so."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else text
