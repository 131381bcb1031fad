"""What happens to a revocation: proposed, checked, put before the council, decided or submitted upward."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from db.units import Unit
from states.facts import Facts
from states.register.cases import REVOCATION, Opinion, Revocation
from workflow.act import Act, unchanged
from workflow.fields import Code, Day, Figure, Form, Line
from workflow.moment import Moment
from workflow.problems import Wrong

GROUNDS = ("false_declaration", "forged_file", "unlawful_appraisal", "later_finding")
"""Luật 06/2022 Điều 93 khoản 2, in its order."""
SUBMIT_WITHIN = timedelta(days=7)
"""From the conclusion to the dossier with whoever decides (published procedure after 1/7/2025; confidence high)."""


class ProposeRevocation(Form):
    """A line of the register, one of the four grounds, the document that found it with its day."""

    unit: Code
    entry: Code
    title: Line
    ground: Literal["false_declaration", "forged_file", "unlawful_appraisal", "later_finding"]
    document: Line
    concluded_on: Day


class GiveOpinion(Form):
    """The council's opinion as its minutes say, for and against the revocation."""

    session_no: Line
    date: Day
    entitled: Annotated[int, Field(strict=True, ge=1, le=1000)]
    present: Figure
    for_: Annotated[Figure, Field(alias="for")]
    against: Figure
    blank: Figure


class SubmitRevocation(Form):
    """The letter that brings it before the authority that awarded."""

    letter_no: Line
    date: Day


class RecordRevocation(Form):
    """What that authority answered: revoked by which decision, or kept and why."""

    outcome: Literal["revoked", "kept"]
    decision_no: Line | None = None
    date: Day | None = None
    note: Line | None = None


def begun(args: Mapping[str, Any], unit: Unit) -> tuple[str, Revocation]:
    """A revocation in the hands of the standing office."""
    concluded = date.fromisoformat(args["concluded_on"])
    return REVOCATION, Revocation(
        unit=unit.id,
        body=unit.body,
        category=args["ground"],
        procedure="full",
        period="2000",
        concluded_on=concluded,
        submit_by=concluded + SUBMIT_WITHIN,
    )


def entry_fits(facts: Facts) -> Iterator[Wrong]:
    """The line is there to be seen."""
    if not facts.register:
        yield Wrong("entry", "no_such_entry", {})


def propose_revocation(case: Revocation, _args: Mapping[str, Any], moment: Moment) -> Revocation:
    """Take over the line; what was found stays in the entry that is named here."""
    (entry,) = moment.register
    return replace(
        case,
        period=str(entry.decided_on.year),
        entry=entry.id,
        about=entry.ref,
        award=entry.award,
        decision_no=entry.decision_no,
        authority=entry.authority,
        text_seq=moment.seq,
    )


def figures_fit(facts: Facts) -> Iterator[Wrong]:
    """Those present voted, once each, and were members."""
    args = facts.args or {}
    cast = args["for"] + args["against"] + args["blank"]
    if args["present"] > args["entitled"]:
        yield Wrong(
            "present", "more_than_entitled", {"took_part": args["present"], "entitled": args["entitled"]}
        )
    if cast != args["present"]:
        yield Wrong("for", "votes_do_not_add_up", {"total": cast, "took_part": args["present"]})


def give_opinion(case: Revocation, args: Mapping[str, Any], _moment: Moment) -> Revocation:
    """Keep the figures."""
    figures = {name: args[name] for name in ("session_no", "entitled", "present", "against", "blank")}
    return replace(case, opinion=Opinion(date=date.fromisoformat(args["date"]), for_=args["for"], **figures))


def decide_revocation(case: Revocation, _args: Mapping[str, Any], moment: Moment) -> Revocation:
    """Sign: the award is revoked under the year's next number."""
    assert moment.number is not None  # the row allocates it
    return replace(case, number=moment.number, revoked_on=moment.today, done_at=moment.at)


def submit_revocation(case: Revocation, args: Mapping[str, Any], _moment: Moment) -> Revocation:
    """Remember the letter."""
    return replace(case, letter_no=args["letter_no"], letter_date=date.fromisoformat(args["date"]))


def answer_fits(facts: Facts) -> Iterator[Wrong]:
    """Revoked by a decision with its day, or kept for a reason."""
    args = facts.args or {}
    for name in ("decision_no", "date") if args["outcome"] == "revoked" else ("note",):
        if not args.get(name):
            yield Wrong(name, "missing", {})


def record_revocation(case: Revocation, args: Mapping[str, Any], moment: Moment) -> Revocation:
    """Write what was answered."""
    if args["outcome"] == "kept":
        return case
    day = date.fromisoformat(args["date"])
    return replace(case, answer_no=args["decision_no"], revoked_on=day, done_at=moment.at)


ACTS: tuple[Act[Any], ...] = (
    Act(
        "propose_revocation",
        propose_revocation,
        form=ProposeRevocation,
        fits=entry_fits,
        needs_reason=True,
        begins=begun,
    ),
    Act("check_revocation", unchanged),
    Act("give_opinion", give_opinion, form=GiveOpinion, fits=figures_fit),
    Act("decide_revocation", decide_revocation),
    Act("refuse_revocation", unchanged, needs_reason=True),
    Act("submit_revocation", submit_revocation, form=SubmitRevocation),
    Act("record_revocation", record_revocation, form=RecordRevocation, fits=answer_fits),
)
