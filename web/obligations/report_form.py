"""What is typed into a report: figures as digits, sections of text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request

from states.document import Document
from states.labels import Lang
from states.year.duty_forms import DutyForm
from web.access import viewer
from web.cases.acting import typed
from web.site import site
from workflow import scratch
from workflow.engine import ZONE
from workflow.year.duty_reading import DutyView

WHOLE = re.compile(r"-?\d{1,9}")
GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
"""12.345 or 12 345: a whole number as people group it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the form: what stands in it, what it was in the version before, a year earlier."""

    name: str
    label: str
    required: bool
    value: str
    sent: int | None
    before: int | None


def lines(view: DutyView, values: Mapping[str, str], lang: Lang) -> list[Line]:
    """The figures in the form's order."""
    sent = view.sent_before.figures if view.sent_before else {}
    return [
        Line(
            name=figure.name,
            label=figure.label[lang],
            required=figure.required,
            value=values.get(f"figures.{figure.name}", ""),
            sent=sent.get(figure.name),
            before=view.before.get(figure.name),
        )
        for figure in view.form.figures
    ]


def saved(view: DutyView) -> dict[str, str]:
    """What the form holds as it was saved last."""
    figures = {f"figures.{name}": str(value) for name, value in view.duty.figures.items()}
    return figures | {f"text.{name}": text for name, text in view.text.items()}


def left_behind(request: Request, ref: str) -> tuple[dict[str, str], datetime] | None:
    """What this person typed and did not save, with when."""
    with site(request).engine.database.reading() as conn:
        found = scratch.kept(conn, viewer(request).account_id, ref)
    return (dict(found.fields), found.at.astimezone(ZONE)) if found else None


def typed_in(sent: Mapping[str, Any]) -> dict[str, str]:
    """The fields of the form as they were typed."""
    return {name: typed(sent, name) for name in sent if name.startswith(("figures.", "text."))}


def args_of(form: DutyForm, sent: Mapping[str, Any]) -> Document:
    """The act's arguments: a figure that is no number goes along as it was typed, to be named by the act."""
    figures = {figure.name: typed(sent, f"figures.{figure.name}") for figure in form.figures}
    text = {name: typed(sent, f"text.{name}") for name in form.sections}
    return {"figures": {name: _read(value) for name, value in figures.items() if value}, "text": text}


def _read(value: str) -> int | str:
    if GROUPED.fullmatch(value):
        return int(re.sub(r"\D", "", value))
    return int(value) if value.isascii() and WHOLE.fullmatch(value) else value
