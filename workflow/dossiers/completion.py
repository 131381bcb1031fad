"""Completion: what an office asks for once, what the unit answers, what comes back unanswered."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from states.awards import PAPERS
from states.dossier import Completion, Dossier, Flag
from states.facts import Facts
from states.limits import stopped
from states.roles import OFFICE_AT
from workflow.act import Act
from workflow.fields import Code, Day, Form, Prose
from workflow.moment import Moment
from workflow.problems import Wrong

FIELDS = ("title", "award", "subject", "achievement")


class Item(Form):
    """One thing to complete: a field or a paper, of one nomination or of the whole dossier."""

    nomination: Code | None = None
    field: Literal["title", "award", "subject", "achievement"] | None = None
    paper: Code | None = None
    note: Prose

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        if (self.field is None) == (self.paper is None):
            raise PydanticCustomError("field_or_paper", "name either a field or a paper")
        return self


class RequestCompletion(Form):
    """What is missing, with the day until which the unit may answer."""

    items: list[Item] = Field(min_length=1, max_length=200)
    due: Day


def items_fit(facts: Facts) -> Iterator[Wrong]:
    """Items name standing nominations, fields a nomination has, papers of the list."""
    for place, item in enumerate((facts.args or {})["items"]):
        nomination, field = item.get("nomination"), item.get("field")
        if nomination and nomination not in facts.dossier.standing():
            yield Wrong(f"items.{place}.nomination", "standing_once", {})
        if field and (field == "title") == bool(nomination):
            yield Wrong(f"items.{place}.field", "field_of_nomination", {})
        if item.get("paper") and item["paper"] not in PAPERS:
            yield Wrong(f"items.{place}.paper", "not_in_list", {})


def request_completion(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Open the flagged items to the unit and stop the office's clock."""
    flags = {
        f"i{place}": Flag(
            nomination=item.get("nomination") or "",
            field=item.get("field") or "",
            paper=item.get("paper") or "",
        )
        for place, item in enumerate(args["items"], 1)
    }
    left = stopped(case, today=moment.today, calendar=moment.calendar)
    return replace(case, completion=Completion(OFFICE_AT[case.station], moment.seq, flags, left))


def give_back(case: Dossier, _args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Return the dossier to the office that asked: it judges again what was flagged, answered or not."""
    request = case.completion
    assert request is not None  # the row was chosen by who asked
    flagged = {flag.nomination for flag in request.flags.values()} & case.standing().keys()
    reopened = {}
    for id_ in flagged:
        nomination = case.nominations[id_]
        kept = {office: o for office, o in nomination.opinions.items() if office != request.asked_by}
        reopened[id_] = replace(nomination, opinions=kept)
    completed = {**case.completed, request.asked_by: request}
    return replace(case.with_nominations(reopened), completion=None, completed=completed)


ACTS = (
    Act("request_completion", request_completion, form=RequestCompletion, fits=items_fit, needs_reason=True),
    Act("resubmit", give_back),
    Act("take_back", give_back, needs_reason=True),
)
