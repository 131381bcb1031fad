"""What an auditor narrows the history to, as an address says it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from fastapi import Request

from states import labels
from states.labels import Lang
from web.paging import plain
from workflow.acts import ACTS
from workflow.auditing.search import OUTCOMES, Asked
from workflow.problems import Invalid, Wrong

NAMES = ("q", "person", "unit", "act", "outcome", "from", "to")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Filters:
    """The texts of the form with what they ask for, or what is wrong with them by field."""

    values: Mapping[str, str]
    asked: Asked
    wrong: Mapping[str, str]

    @property
    def narrowed(self) -> dict[str, str]:
        """The fields that are filled in, for addresses."""
        return {name: value for name, value in self.values.items() if value}


def filters(request: Request) -> Filters:
    """The filters of an address; what cannot be asked is told, a day that is none counts as not asked for."""
    values = {name: plain(request.query_params.get(name, "")) for name in NAMES}
    days = {name: day(values[name]) for name in ("from", "to")}
    wrong = {name: _fault(values[name]) for name, found in days.items() if values[name] and found is None}
    known = {"act": ACTS, "outcome": OUTCOMES}
    wrong |= {name: "value_error" for name in known if values[name] and values[name] not in known[name]}
    if days["from"] and days["to"] and days["to"] < days["from"]:
        wrong["to"] = "before_from"
    asked = Asked(
        words=values["q"],
        person=values["person"],
        unit=values["unit"],
        act=values["act"],
        outcome=values["outcome"],
        since=days["from"],
        until=days["to"],
    )
    return Filters(values, asked, wrong)


def strictly(request: Request) -> Filters:
    """The filters of a download, which has no form to complain in. Raises Invalid."""
    found = filters(request)
    if found.wrong:
        raise Invalid(*(Wrong(name, kind, {}) for name, kind in found.wrong.items()))
    return found


def complaints(found: Filters, lang: Lang) -> dict[str, str]:
    """What is wrong, in words, by field."""
    return {name: labels.validation(kind, {}, lang) for name, kind in found.wrong.items()}


def day(text: str) -> date | None:
    """An ISO day between the years anybody asks about, or None."""
    with suppress(ValueError):
        found = date.fromisoformat(text)
        return found if FIRST_YEAR <= found.year <= LAST_YEAR else None
    return None


def _fault(text: str) -> str:
    with suppress(ValueError):
        date.fromisoformat(text)
        return "date_range"
    return "date_parsing"
