"""The conditions of a council's session: what keeps it from opening, voting, closing, being signed."""

from collections.abc import Mapping

from states.council.ballot_faults import differences, faults
from states.council.ballots import has_quorum
from states.council.session import Round, Session
from states.council.shares import quorum
from states.facts import Facts, Guard, Reasons, Unmet

CHARTER = "Quy chế hoạt động của Hội đồng"


def has_agenda(facts: Facts) -> Reasons:
    """A session is about at least one dossier."""
    if not facts.session.items:
        yield Unmet("no_agenda", {})


def session_not_past(facts: Facts) -> Reasons:
    """Nobody is called to a day that is over."""
    day = facts.session.day
    if day and day < facts.today:
        yield Unmet("session_past", {"date": day.isoformat(), "today": facts.today.isoformat()})


def session_day(facts: Facts) -> Reasons:
    """A session does not begin before its day."""
    day = facts.session.day
    if day and facts.today < day:
        yield Unmet("session_not_yet", {"date": day.isoformat(), "today": facts.today.isoformat()})


def quorum_attends(facts: Facts) -> Reasons:
    """Enough of all members have come for the session to open."""
    args = facts.args or {}
    members = {id_ for id_, seat in args["roll"].items() if seat.get("votes")}
    yield from _short(len(members.intersection(args["present"])), len(members), _fraction(facts.session))


def quorum_sits(facts: Facts) -> Reasons:
    """Enough of all members are in the room for a vote to begin."""
    session = facts.session
    yield from _short(len(session.sitting), len(session.members), _fraction(session))


def _fraction(session: Session) -> tuple[int, int]:
    return session.quorum_numerator, session.quorum_denominator


def _short(present: int, members: int, fraction: tuple[int, int]) -> Reasons:
    needed = quorum(members, fraction)
    if not members or present < needed:
        yield Unmet("no_quorum", {"present": present, "needed": needed, "members": members}, CHARTER)


def no_round_open(facts: Facts) -> Reasons:
    """One vote at a time."""
    if found := facts.session.open_round:
        yield Unmet("round_is_open", {"ref": found[1].dossier, "round": found[0]})


def round_open(facts: Facts) -> Reasons:
    """There is a vote under way."""
    if facts.session.open_round is None:
        yield Unmet("no_round", {})


def totals_agree(facts: Facts) -> Reasons:
    """Two tellers typed the same, and it fits who sits there now; without a quorum there is nothing to count."""
    found = facts.session.open_round
    if found is None or not _counts(found[1]):
        return
    one = found[1]
    if one.agreed is None:
        yield _disagreement(one)
    elif wrong := [fault.code for fault in faults(one.rules, one.roll, one.agreed.items())]:
        yield Unmet("totals_outdated", {"faults": sorted(set(wrong))})


def _counts(one: Round) -> bool:
    return all(has_quorum(rule, one.roll) for rule in one.rules.values())


def _disagreement(one: Round) -> Unmet:
    typed = list(one.totals.values())
    needed = 1 if one.ballot == "hands" else 2
    if len(typed) < needed:
        return Unmet("totals_missing", {"typed": len(typed), "needed": needed})
    found = list(differences(typed[0], typed[1]))
    return Unmet("totals_differ", {"left": len(found), "nominations": sorted({d.nomination for d in found})})


def scan_attached(facts: Facts) -> Reasons:
    """Of a ballot on paper the tellers' own minutes are kept, scanned."""
    found = facts.session.open_round
    if found and found[1].ballot == "paper" and _counts(found[1]) and not found[1].scan:
        yield Unmet("missing_scan", {})


def nothing_undecided(facts: Facts) -> Reasons:
    """A session ends once each of its dossiers was voted, put off, or what was not voted was set aside."""
    session = facts.session
    left = {ref: len(ids) for ref in session.items if (ids := session.undecided(ref))}
    if left:
        yield Unmet("items_undecided", {"refs": sorted(left), "left": sum(left.values())})


def leaves_something(facts: Facts) -> Reasons:
    """What is set aside is a part; a whole dossier is put off instead."""
    args = facts.args or {}
    item = facts.session.items.get(args["dossier"])
    if item and not item.nominations.keys() - set(args["nominations"]):
        yield Unmet("nothing_left", {"ref": args["dossier"]})


def conflict_may_be_lifted(facts: Facts) -> Reasons:
    """Nobody votes on themselves, whatever the chair says."""
    found = facts.session.conflicts.get((facts.args or {})["conflict"])
    if found and found.why == "nominee":
        yield Unmet("own_interest", {})


def minutes_written(facts: Facts) -> Reasons:
    """There is a text to sign."""
    if not facts.session.minutes:
        yield Unmet("no_minutes", {})


def not_signed_yet(facts: Facts) -> Reasons:
    """What was signed is not written anew; the chair sends it back first."""
    if facts.session.signatures:
        yield Unmet("minutes_signed", {})


def secretary_has_signed(facts: Facts) -> Reasons:
    """The secretary signs before the chair."""
    if not facts.session.signatures:
        yield Unmet("secretary_signs_first", {})


SESSION_GUARDS: Mapping[str, Guard] = {
    "has_agenda": Guard(has_agenda),
    "session_not_past": Guard(session_not_past),
    "session_day": Guard(session_day),
    "quorum_attends": Guard(quorum_attends, needs_args=True),
    "quorum_sits": Guard(quorum_sits),
    "no_round_open": Guard(no_round_open),
    "round_open": Guard(round_open),
    "totals_agree": Guard(totals_agree),
    "scan_attached": Guard(scan_attached),
    "nothing_undecided": Guard(nothing_undecided),
    "leaves_something": Guard(leaves_something, needs_args=True),
    "conflict_may_be_lifted": Guard(conflict_may_be_lifted, needs_args=True),
    "minutes_written": Guard(minutes_written),
    "not_signed_yet": Guard(not_signed_yet),
    "secretary_has_signed": Guard(secretary_has_signed),
}
