"""What happens while a session votes: people come or go, a round is opened, typed twice, closed."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import Field

from states.council.ballot_faults import CountFault, faults, of_hands as hands_faults
from states.council.ballots import Totals, of_hands
from states.council.session import Round, Session
from states.council.vote_rules import Rule
from states.document import Document, from_document, to_document
from states.facts import Facts
from workflow.act import Act, Lookup, Prepared
from workflow.council.session_agenda import council_of
from workflow.council.session_interests import of_the_agenda, with_round_recused
from workflow.fields import Code, Figure, Form, Prose
from workflow.moment import Moment
from workflow.papers.scans import scan_found
from workflow.problems import Wrong

SCAN = "BIEN_BAN_KIEM_PHIEU"
"""The tellers' own minutes, scanned."""


class MarkAttendance(Form):
    """How one seat stands to the session from now on."""

    seat: Code
    attendance: Literal["present", "written", "excused", "absent", "left"]


class OpenRound(Form):
    """The dossier that is voted on; only some of its nominations, else those nothing was decided on yet.

    ``again`` says why what was voted is voted anew.
    """

    dossier: Code
    nominations: list[Code] = Field(default_factory=list, max_length=1000)
    ballot: Literal["paper", "hands"] | None = None
    again: Prose | None = None


class TotalsRow(Form):
    """The votes on one nomination, in the room and by written opinions."""

    nomination: Code
    for_: Annotated[Figure, Field(alias="for")] = 0
    against: Figure = 0
    blank: Figure = 0
    written_for: Figure = 0
    written_against: Figure = 0
    written_blank: Figure = 0


class Hand(Form):
    """One member's open vote on one nomination."""

    nomination: Code
    seat: Code
    vote: Literal["for", "against", "blank"]


class EnterTotals(Form):
    """What one teller counted: totals of a paper ballot, hands of a show of hands; the tellers' minutes, scanned."""

    totals: list[TotalsRow] = Field(default_factory=list, max_length=1000)
    hands: list[Hand] = Field(default_factory=list, max_length=99_000)
    scan: Code | None = None


def seat_known(facts: Facts) -> Iterator[Wrong]:
    """The seat is one of the roll."""
    if (facts.args or {})["seat"] not in facts.session.roll:
        yield Wrong("seat", "not_in_list", {})


def mark(case: Session, args: Mapping[str, Any], _moment: Moment) -> Session:
    """Note who came, left or wrote; the round that is open counts with it."""
    marked = replace(case, attendance={**case.attendance, args["seat"]: args["attendance"]})
    found = marked.open_round
    if found is None:
        return marked
    no, one = found
    went = {seat for seat in {*one.left, *one.present} if marked.attendance.get(seat) == "left"}
    now = replace(one, present=marked.sitting, left=tuple(sorted(went)), written=marked.writing)
    return replace(marked, rounds={**marked.rounds, no: now})


def rules_found(lookup: Lookup, args: Document) -> Prepared:
    """The rule of every nomination of a round, as the council's settings are now."""
    session, sat = lookup.case, council_of(lookup)
    assert isinstance(session, Session)
    item = session.items.get(args["dossier"])
    if sat is None or item is None:
        return Prepared(args, () if item is None else (Wrong("council", "no_council", {}),))
    named = args.get("nominations") or session.undecided(args["dossier"]) or list(item.nominations)
    rules = {id_: sat.council.rule(item.nominations[id_].award) for id_ in named if id_ in item.nominations}
    return Prepared({**args, "rules": {id_: to_document(rule) for id_, rule in rules.items()}})


def round_fits(facts: Facts) -> Iterator[Wrong]:
    """Nominations of a dossier on the agenda; open hands only where the rule permits; a reason to vote anew."""
    yield from of_the_agenda(facts)
    args, session = facts.args or {}, facts.session
    if args["dossier"] not in session.items:
        return
    rules = _rules(args)
    if args.get("ballot") == "hands" and any(rule.ballot != "hands" for rule in rules.values()):
        yield Wrong("ballot", "paper_only", {})
    if rules.keys() & session.outcomes(args["dossier"]).keys() and not args.get("again"):
        yield Wrong("again", "missing", {})


def _rules(args: Mapping[str, Any]) -> dict[str, Rule]:
    return {id_: from_document(Rule, rule) for id_, rule in args.get("rules", {}).items()}


def open_round(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Begin a vote: rules, members and interests are kept as they are at this moment."""
    rules, ref = _rules(args), args["dossier"]
    on_paper = any(rule.ballot != "hands" for rule in rules.values())
    opened = Round(
        dossier=ref,
        ballot=args.get("ballot") or ("paper" if on_paper else "hands"),
        opened=moment.seq,
        seats=tuple(sorted(case.members)),
        present=case.sitting,
        written=case.writing,
        awards={id_: case.items[ref].nominations[id_].award for id_ in rules},
        rules=rules,
    )
    item = replace(case.items[ref], postponed=0)
    begun = replace(case, items={**case.items, ref: item})
    return with_round_recused(replace(begun, rounds={**begun.rounds, str(len(begun.rounds) + 1): opened}))


def totals_fit(facts: Facts) -> Iterator[Wrong]:
    """Every nomination of the round once, the votes adding up to who may vote on it."""
    found = facts.session.open_round
    if found is None:
        return
    _, one = found
    args = facts.args or {}
    if one.ballot == "hands":
        yield from _hands_fit(one, _hands(args))
        return
    rows = [(row["nomination"], _totals(row)) for row in args.get("totals", ())]
    for fault in faults(one.rules, one.roll, rows):
        field = "totals" if fault.row is None else f"totals.{fault.row}"
        yield Wrong(field, fault.code, dict(fault.facts))


def _hands_fit(one: Round, hands: Mapping[str, Mapping[str, str]]) -> Iterator[Wrong]:
    for id_, rule in one.rules.items():
        for fault in hands_faults(rule, one.roll, id_, hands.get(id_, {})):
            yield Wrong("hands", fault.code, _about(fault))


def _about(fault: CountFault) -> dict[str, Any]:
    return {**fault.facts, "nomination": fault.nomination, "seat": fault.seat}


def _hands(args: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    hands: dict[str, dict[str, str]] = {}
    for row in args.get("hands", ()):
        hands.setdefault(row["nomination"], {})[row["seat"]] = row["vote"]
    return hands


def _totals(row: Mapping[str, Any]) -> Totals:
    return Totals(
        row["for"],
        row["against"],
        row["blank"],
        row["written_for"],
        row["written_against"],
        row["written_blank"],
    )


def enter_totals(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Keep what this teller counted; the same teller typing again replaces it."""
    assert case.open_round is not None  # a round is open here
    no, one = case.open_round
    hands = _hands(args) if one.ballot == "hands" else {}
    if one.ballot == "hands":
        typed = {id_: of_hands(hands.get(id_, {}), one.roll, id_, rule) for id_, rule in one.rules.items()}
    else:
        typed = {row["nomination"]: _totals(row) for row in args["totals"]}
    scan = next((paper["sha256"] for paper in args.get("papers", ())), one.scan)
    kept = replace(one, totals={**one.totals, moment.person: typed}, hands=hands, scan=scan)
    return replace(case, rounds={**case.rounds, no: kept})


def close_round(case: Session, _args: Mapping[str, Any], moment: Moment) -> Session:
    """End the vote: what it came to never changes again."""
    assert case.open_round is not None  # a round is open here
    no, one = case.open_round
    closed = replace(one, closed=moment.seq, closed_by=moment.person, outcomes=one.counted())
    return replace(case, rounds={**case.rounds, no: closed})


ACTS: tuple[Act[Any], ...] = (
    Act("mark_attendance", mark, form=MarkAttendance, fits=seat_known),
    Act("open_round", open_round, form=OpenRound, fits=round_fits, looks_up=rules_found),
    Act("enter_totals", enter_totals, form=EnterTotals, fits=totals_fit, looks_up=partial(scan_found, SCAN)),
    Act("close_round", close_round),
)
