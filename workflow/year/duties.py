"""What happens to a duty: it falls to a unit, is filled in, sent, checked, passed on, accepted or excused."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from pydantic import Field

from db.units import Unit
from states.deadlines import remaining
from states.facts import Facts
from states.roles import OFFICE_OF, Role
from states.year.duty import Duty
from states.year.duty_forms import form_of
from workflow.act import Act, unchanged
from workflow.fields import Code, Day, Figure, Form, Line, Optional_prose, PeriodCode
from workflow.moment import Moment
from workflow.problems import Wrong


class Owe(Form):
    """A duty as the plan gives it to one unit; ``via`` is the office that gathers, ``office`` the one that accepts."""

    definition: Literal["report", "registration"]
    unit: Code
    duty: Code
    period: PeriodCode
    title: Line
    deadline: Day
    city_deadline: Day
    via: Literal["", "education"] = ""
    office: Literal["home_affairs", "culture_social"]


class Save(Form):
    """What was filled in: the figures by name take the place of all figures, the texts of all texts."""

    figures: dict[Code, Figure] | None = Field(default=None, max_length=100)
    text: dict[Code, Optional_prose] | None = Field(default=None, max_length=20)


class PassOn(Form):
    """The pack it goes in: the gathering office's own number for what it sends together."""

    pack: Line


def owed(args: Mapping[str, Any], unit: Unit) -> tuple[str, Duty]:
    """A blank duty of one unit; the office that gathers reads along from the first day."""
    via = args["via"]
    along = (f"{via}_officer", f"{via}_head") if via else ()
    return args["definition"], Duty(
        unit=unit.id,
        body=unit.body,
        category=args["duty"],
        procedure="full",
        period=args["period"],
        opened_to=along,
        deadline=date.fromisoformat(args["deadline"]),
        city_deadline=date.fromisoformat(args["city_deadline"]),
        via=via,
        office=args["office"],
    )


RECEIVER = {"A": "home_affairs", "B": "culture_social", "C": "culture_social"}
"""The office that accepts what units owe, by regime."""


def of_the_regime(facts: Facts) -> Iterator[Wrong]:
    """Only the office there is accepts; only what schools owe under regime A is gathered on the way."""
    args = facts.args or {}
    if args["office"] != RECEIVER[facts.regime]:
        yield Wrong("office", "not_in_list", {})
    if args["via"] and not (facts.regime == "A" and facts.unit_kind == "school"):
        yield Wrong("via", "not_in_list", {})


def of_the_form(facts: Facts) -> Iterator[Wrong]:
    """Only figures and sections the form has."""
    form, args = form_of(facts.case.category), facts.args or {}
    known = {"figures": {f.name for f in form.figures}, "text": form.sections.keys()}
    for part, names in known.items():
        for name in args.get(part) or {}:
            if name not in names:
                yield Wrong(f"{part}.{name}", "not_in_list", {})


def save(case: Duty, args: Mapping[str, Any], moment: Moment) -> Duty:
    """Keep the figures as facts; the words stay in the entry that is named here."""
    figures = case.figures if args.get("figures") is None else dict(args["figures"])
    text_seq = case.text_seq if args.get("text") is None else moment.seq
    return replace(case, figures=figures, text_seq=text_seq, saved_seq=moment.seq)


def send(case: Duty, _args: Mapping[str, Any], moment: Moment) -> Duty:
    """The first sending decides whether it was in time; a correction asked for makes nobody late."""
    sent = replace(case, sent_seq=moment.seq, returned_by="")
    if case.sent_on:
        return sent
    late = max(0, -remaining(moment.today, case.deadline, moment.calendar)) if case.deadline else 0
    return replace(sent, sent_on=moment.today, late=late)


def send_back(case: Duty, _args: Mapping[str, Any], moment: Moment) -> Duty:
    """Remember which office returned it, so that it goes back there."""
    office = next(OFFICE_OF[Role(role)] for role in moment.row.by)
    return replace(case, returned_by=office, returned_seq=moment.seq)


def pass_on(case: Duty, args: Mapping[str, Any], _moment: Moment) -> Duty:
    """Remember the pack."""
    return replace(case, pack=args["pack"])


ACTS: tuple[Act[Any], ...] = (
    Act("owe", unchanged, form=Owe, fits=of_the_regime, begins=owed),
    Act("save", save, form=Save, fits=of_the_form),
    Act("send", send),
    Act("check", unchanged),
    Act("pass_on", pass_on, form=PassOn),
    Act("send_back", send_back, needs_reason=True),
    Act("accept", unchanged),
    Act("excuse", unchanged, needs_reason=True),
)
