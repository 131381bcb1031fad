"""What the small page of an act asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from states import labels
from states.awards import PAPERS, required_papers, wished_papers
from states.document import Document
from states.labels import Lang
from web.cases.act_forms import Field
from web.cases.acting import filled, typed
from web.dossiers.paper_list import paper_name
from workflow.dossiers.completion import FIELDS
from workflow.dossiers.reading import DossierView

SIMPLE = frozenset(
    {
        "submit",
        "withdraw",
        "forward",
        "decline",
        "resubmit",
        "take_back",
        "return_for_review",
        "request_completion",
        "hold",
        "release",
        "extend",
        "remind",
        "put_on_agenda",
        "part",
    }
)
"""The acts done on a small page of their own."""
CAUSES = ("complaint", "denunciation", "inspection", "investigation", "discipline")
MOST_ITEMS = 200


@dataclass(frozen=True, slots=True)
class Item:
    """One line of what is to be completed: whose, what (``field:title`` or ``paper:TO_TRINH``), why."""

    nomination: str = ""
    what: str = ""
    note: str = ""

    @property
    def args(self) -> Document:
        """The line as the act takes it."""
        kind, _, code = self.what.partition(":")
        return filled({"nomination": self.nomination, kind if code else "": code, "note": self.note})


def fields_of(act: str) -> tuple[Field, ...]:
    """The fields an act asks for besides its reason and its items."""
    found: Mapping[str, tuple[Field, ...]] = {
        "hold": (Field("cause", "choice", group="cause", codes=CAUSES), Field("document", "line")),
        "release": (Field("document", "line"),),
        "extend": (Field("due", "date"),),
        "remind": (Field("note", "area", required=False),),
        "request_completion": (Field("due", "date"),),
        "part": (Field("lands", "choice", group="choice", codes=("review", "council")),),
        "put_on_agenda": (Field("session_no", "line"), Field("date", "date")),
    }
    return found.get(act, ())


def args_of(act: str, form: Mapping[str, Any]) -> Document:
    """The act's arguments as typed into its form."""
    args = filled({field.name: typed(form, field.name) for field in fields_of(act)})
    if act == "request_completion":
        args["items"] = [item.args for item in items_of(form)]
    if act == "part":
        args["nominations"] = picked(form)
    return args


def picked(form: Mapping[str, Any]) -> list[str]:
    """The nominations that were ticked."""
    return [str(id_) for id_ in form.getlist("nominations")] if isinstance(form, FormData) else []


def items_of(form: Mapping[str, Any]) -> list[Item]:
    """The lines that were filled in, in order; empty ones between them are dropped."""
    found = []
    for place in range(MOST_ITEMS):
        line = (typed(form, f"items.{place}.{name}") for name in ("nomination", "what", "note"))
        item = Item(*line)
        if item != Item():
            found.append(item)
    return found


def things(view: DossierView, lang: Lang) -> list[tuple[str, str]]:
    """What an item may be about: the fields of a dossier or nomination, the papers it may carry."""
    awards = sorted({n.award for n in view.case.standing().values()})
    procedure = view.case.procedure
    likely = dict.fromkeys((*required_papers(procedure), *wished_papers(awards, procedure)))
    placed = dict.fromkeys(p.type for p in view.case.papers.values())
    papers = [code for code in {**likely, **placed} if code in PAPERS]
    said = [(f"field:{name}", labels.field(name, lang)) for name in FIELDS]
    return said + [(f"paper:{code}", paper_name(code, lang)) for code in papers]
