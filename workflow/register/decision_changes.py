"""What happens to a wrong decision: a change is drafted, checked, sent back, revised, signed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from pydantic import Field

from db.units import Unit
from states.facts import Facts
from states.register.cases import DECISION_CHANGE, DecisionChange
from workflow.act import Act, unchanged
from workflow.fields import Code, Day, Form, Line, Prose
from workflow.moment import Moment
from workflow.problems import Wrong

REPLACE = "replace"


class RightName(Form):
    """A line of the register with the name as it should be."""

    entry: Code
    name: Line


class Texts(Form):
    """What the decision says, what it should say; the names that change, where another takes its place."""

    wrong: Prose
    right: Prose
    names: list[RightName] = Field(default_factory=list, max_length=1000)


class DraftChange(Texts):
    """Any line of the decision, whether its content or only its form is wrong, what the new document is about."""

    unit: Code
    entry: Code
    category: Literal["replace", "correct"]
    title: Line


class SignChange(Form):
    """The letter that corrects the form; a replacing decision gets its number by itself."""

    document_no: Line | None = None
    date: Day | None = None


def begun(args: Mapping[str, Any], unit: Unit) -> tuple[str, DecisionChange]:
    """A change in the hands of the standing office."""
    return DECISION_CHANGE, DecisionChange(
        unit=unit.id, body=unit.body, category=args["category"], procedure="full", period="2000"
    )


def lines_fit(facts: Facts) -> Iterator[Wrong]:
    """The line is there to be seen; names are of lines of the same decision, and only change with the content."""
    args = facts.args or {}
    if not facts.register:
        yield Wrong("entry", "no_such_entry", {})
        return
    yield from names_fit(facts, args.get("category", facts.case.category))


def names_fit(facts: Facts, category: str) -> Iterator[Wrong]:
    """Names belong to lines of the decision, each once."""
    known, seen = {entry.id for entry in facts.register}, set[str]()
    for place, row in enumerate((facts.args or {}).get("names", ())):
        if category != REPLACE:
            yield Wrong(f"names.{place}.name", "only_when_replaced", {})
        elif row["entry"] not in known or row["entry"] in seen:
            yield Wrong(f"names.{place}.entry", "no_such_entry", {})
        seen.add(row["entry"])


def revised_fits(facts: Facts) -> Iterator[Wrong]:
    """The names of a revised draft."""
    yield from names_fit(facts, facts.case.category)


def draft_change(case: DecisionChange, _args: Mapping[str, Any], moment: Moment) -> DecisionChange:
    """Take over the decision's lines; the words stay in the entry that is named here."""
    first = moment.register[0]
    return replace(
        case,
        period=str(first.decided_on.year),
        entries=tuple(entry.id for entry in moment.register if entry.stands),
        about=first.ref,
        decision_no=first.decision_no,
        decided_on=first.decided_on,
        authority=first.authority,
        text_seq=moment.seq,
    )


def revise_change(case: DecisionChange, _args: Mapping[str, Any], moment: Moment) -> DecisionChange:
    """The words as they are now."""
    return replace(case, text_seq=moment.seq)


def letter_fits(facts: Facts) -> Iterator[Wrong]:
    """A correction names its letter with the day; a replacement is a decision, which has no letter."""
    args = facts.args or {}
    for name in ("document_no", "date"):
        if facts.case.category == REPLACE and args.get(name):
            yield Wrong(name, "only_when_corrected", {})
        if facts.case.category != REPLACE and not args.get(name):
            yield Wrong(name, "missing", {})


def sign_change(case: DecisionChange, args: Mapping[str, Any], moment: Moment) -> DecisionChange:
    """Sign: from now on the register says so."""
    done = replace(case, done_on=moment.today, done_at=moment.at)
    if case.category == REPLACE:
        assert moment.number is not None  # the row allocates it
        return replace(done, number=moment.number)
    return replace(done, letter_no=args["document_no"], letter_date=date.fromisoformat(args["date"]))


ACTS: tuple[Act[Any], ...] = (
    Act("draft_change", draft_change, form=DraftChange, fits=lines_fit, needs_reason=True, begins=begun),
    Act("check_change", unchanged),
    Act("return_change", unchanged, needs_reason=True),
    Act("revise_change", revise_change, form=Texts, fits=revised_fits),
    Act("sign_change", sign_change, form=SignChange, fits=letter_fits),
)
