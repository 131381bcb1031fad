"""The chairman's decision, the submission to the province, the province's answer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from pydantic import Field

from states.dossier import Decision, Dossier, Nomination, Submission
from states.facts import Facts
from states.register.line import entered
from workflow.act import Act
from workflow.fields import Code, Day, Digest, Form, Line, Prose
from workflow.moment import Moment
from workflow.problems import Wrong

NUMBERED = "/QĐ-UBND"
"""What follows the number of a decision signed here."""


class Award(Form):
    """Which nominations are awarded, by one decision together or by one for each award.

    A reason for those that passed and are left out.
    """

    nominations: list[Code] = Field(min_length=1, max_length=1000)
    split: Literal["together", "award"] = "together"
    others_reason: Prose | None = None


class SubmitUpward(Form):
    """The letter that takes the dossier to the province; the SHA-256 of the package that goes with it."""

    letter_no: Line
    date: Day
    package: Digest | None = None


class Answer(Form):
    """The province's answer on one nomination: awarded by which decision, or why not."""

    nomination: Code
    outcome: Literal["awarded", "declined", "returned"]
    decision_no: Line | None = None
    date: Day | None = None
    reason: Prose | None = None


class RecordAnswer(Form):
    """The province's answer, nomination by nomination."""

    answers: list[Answer]


def decision_number(number: int) -> str:
    """As written on paper: numbers below ten take a leading zero (NĐ 30/2020, annex I)."""
    return f"{number:02d}{NUMBERED}"


def named_fit(facts: Facts) -> Iterator[Wrong]:
    """The decision names standing nominations once each, and says why others that passed are left out."""
    args = facts.args or {}
    named = args["nominations"]
    for place, id_ in enumerate(named):
        if id_ not in facts.dossier.standing() or named.index(id_) != place:
            yield Wrong(f"nominations.{place}", "standing_once", {})
    if facts.dossier.electable().keys() - set(named) and not args.get("others_reason"):
        yield Wrong("others_reason", "missing", {})


def split_of(case: Dossier, args: Mapping[str, Any]) -> dict[str, int]:
    """Which of the decisions each awarded nomination stands in, from 0, by the order of the dossier's list."""
    named = sorted(args["nominations"], key=lambda id_: case.nominations[id_].position)
    if args["split"] == "together":
        return dict.fromkeys(named, 0)
    awards = list(dict.fromkeys(case.nominations[id_].award for id_ in named))
    return {id_: awards.index(case.nominations[id_].award) for id_ in named}


def decisions_needed(facts: Facts) -> int:
    """How many decisions are signed at once."""
    return max(split_of(facts.dossier, facts.args or {}).values()) + 1


def award(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Sign: the named are awarded under the year's next numbers, everything else that stood is declined."""
    assert moment.number is not None  # the row allocates it
    first, place = moment.number, split_of(case, args)

    def settled(id_: str, nomination: Nomination) -> Nomination:
        if id_ in place:
            return _awarded(nomination, decision_number(first + place[id_]), moment.today, moment)
        return _left_out(nomination, case, moment)

    done = case.with_nominations({id_: settled(id_, n) for id_, n in case.standing().items()})
    own = {case.nominations[id_].award: Decision(first + nth, moment.today) for id_, nth in place.items()}
    split = own if args["split"] == "award" else {}
    return replace(done, decision=Decision(first, moment.today), decisions=split)


def _awarded(nomination: Nomination, decision_no: str, day: date, moment: Moment) -> Nomination:
    regime = moment.definition.regime
    said = entered(
        nomination.award, nomination.subject_type, day=day, regime=regime, unit_kind=moment.unit_kind
    )
    return replace(
        nomination, outcome="awarded", decision_no=decision_no, entered=said, settled_seq=moment.seq
    )


def _left_out(nomination: Nomination, case: Dossier, moment: Moment) -> Nomination:
    voted_down = case.result is not None and nomination.council == "not_passed"
    seq = case.result.seq if voted_down and case.result else moment.seq
    return replace(nomination, outcome="declined", settled_seq=seq)


def submit_upward(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Send what passed to the province; what the council did not pass ends here."""
    ended = {
        id_: _left_out(n, case, moment) for id_, n in case.standing().items() if n.council == "not_passed"
    }
    day = date.fromisoformat(args["date"])
    submission = Submission(args["letter_no"], day, args.get("package") or "")
    return replace(case.with_nominations(ended), submission=submission)


def answers_fit(facts: Facts) -> Iterator[Wrong]:
    """One answer for each nomination that was submitted: a decision number with its date, or a reason."""
    standing, seen = facts.dossier.standing(), set()
    for place, row in enumerate((facts.args or {})["answers"]):
        if row["nomination"] not in standing or row["nomination"] in seen:
            yield Wrong(f"answers.{place}.nomination", "standing_once", {})
        seen.add(row["nomination"])
        wanted = ("decision_no", "date") if row["outcome"] == "awarded" else ("reason",)
        for name in wanted:
            if not row.get(name):
                yield Wrong(f"answers.{place}.{name}", "missing", {})
    if missing := len(standing.keys() - seen):
        yield Wrong("answers", "answers_missing", {"missing": missing})


def record_answer(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Write the province's answer; what it returned is appraised again, what it settled stays settled."""
    told = {
        row["nomination"]: _answered(case.nominations[row["nomination"]], row, moment)
        for row in args["answers"]
    }
    answered = case.with_nominations(told)
    if answered.standing():
        return replace(answered, agenda=None, result=None, submission=None)
    return answered


def _answered(nomination: Nomination, row: Mapping[str, Any], moment: Moment) -> Nomination:
    if row["outcome"] == "returned":
        kept = {office: o for office, o in nomination.opinions.items() if office == "education"}
        return replace(nomination, opinions=kept, council="")
    if row["outcome"] == "awarded":
        return _awarded(nomination, row["decision_no"], date.fromisoformat(row["date"]), moment)
    return replace(
        nomination, outcome=row["outcome"], decision_no=row.get("decision_no") or "", settled_seq=moment.seq
    )


ACTS = (
    Act("award", award, form=Award, fits=named_fit, numbers=decisions_needed),
    Act("submit_upward", submit_upward, form=SubmitUpward),
    Act("record_answer", record_answer, form=RecordAnswer, fits=answers_fit),
)
