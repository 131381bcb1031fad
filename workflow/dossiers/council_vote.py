"""The council's vote on a dossier: put on an agenda, typed from the minutes, confirmed by a second person."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import Field

from states.awards import vote_rule
from states.council import votes
from states.dossier import Agenda, Dossier, Result, RoundRule, Tally
from states.facts import Facts
from workflow.act import Act
from workflow.fields import Code, Day, Figure, Form, Line
from workflow.moment import Moment
from workflow.papers.scans import scan_found
from workflow.problems import Wrong

MINUTES = "BIEN_BAN"
"""The minutes of a session on paper, scanned."""


class PutOnAgenda(Form):
    """The session that will vote."""

    session_no: Line
    date: Day


class Votes(Form):
    """The votes on one nomination."""

    nomination: Code
    for_: Annotated[Figure, Field(alias="for")]
    against: Figure
    blank: Figure


class RecordResult(Form):
    """The figures of the minutes: all members, those present, absent members' written opinions, the votes.

    ``scan`` is the file of those minutes.
    """

    entitled: Annotated[int, Field(strict=True, ge=1, le=1000)]
    present: Figure
    written: Figure
    votes: list[Votes]
    scan: Code | None = None


def put_on_agenda(case: Dossier, args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Name the session and keep the rules the vote will be counted under; one that votes here keeps its own."""
    day, session = date.fromisoformat(args["date"]), args.get("session", "")
    if session:
        return replace(case, agenda=Agenda(args["session_no"], day, session=session), result=None)
    rules = {n.award: vote_rule(n.award) for n in case.standing().values()}
    snapshot = {code: RoundRule(rule.share, rule.confidence) for code, rule in rules.items()}
    return replace(case, agenda=Agenda(args["session_no"], day, snapshot), result=None)


def figures_fit(facts: Facts) -> Iterator[Wrong]:
    """Every standing nomination once; votes add up to those who took part; nobody beyond the members."""
    args = facts.args or {}
    took_part = args["present"] + args["written"]
    if took_part > args["entitled"]:
        yield Wrong("written", "more_than_entitled", {"took_part": took_part, "entitled": args["entitled"]})
    standing, seen = facts.dossier.standing(), set()
    for place, row in enumerate(args["votes"]):
        if row["nomination"] not in standing or row["nomination"] in seen:
            yield Wrong(f"votes.{place}.nomination", "standing_once", {})
        seen.add(row["nomination"])
        total = row["for"] + row["against"] + row["blank"]
        if total != took_part:
            yield Wrong(f"votes.{place}", "votes_do_not_add_up", {"total": total, "took_part": took_part})
    if missing := len(standing.keys() - seen):
        yield Wrong("votes", "votes_missing", {"missing": missing})


def record_result(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Write down the figures; typing them again replaces them until they are confirmed."""
    tallies = {row["nomination"]: Tally(row["for"], row["against"], row["blank"]) for row in args["votes"]}
    before = case.result.scan if case.result else ""
    result = Result(
        entitled=args["entitled"],
        recorded_by=moment.person,
        seq=moment.seq,
        present=args["present"],
        written=args["written"],
        votes=tallies,
        scan=next((paper["sha256"] for paper in args.get("papers", ())), before),
    )
    return replace(case, result=result)


def confirm_result(case: Dossier, _args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Make the figures count; without a quorum there was no vote and the result is discarded."""
    assert case.result is not None  # result_recorded holds here
    assert case.agenda is not None
    if not votes.has_quorum(case.result):
        return replace(case, result=None, agenda=None)
    winners = votes.passed(case, case.agenda, case.result)
    voted = {
        id_: replace(n, council="passed" if id_ in winners else "not_passed")
        for id_, n in case.standing().items()
    }
    return replace(case.with_nominations(voted), result=replace(case.result, confirmed=True))


ACTS = (
    Act("put_on_agenda", put_on_agenda, form=PutOnAgenda),
    Act(
        "record_result",
        record_result,
        form=RecordResult,
        fits=figures_fit,
        looks_up=partial(scan_found, MINUTES),
    ),
    Act("confirm_result", confirm_result),
)
