"""The closed registry of choices: where an act that branches leads, by the facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from states import awards
from states.council import votes
from states.facts import Facts


@dataclass(frozen=True, slots=True)
class Choice:
    """A named question with a closed list of answers; ``None`` while the facts do not tell yet."""

    values: tuple[str, ...]
    answer: Callable[[Facts], str | None]


def unit_type(facts: Facts) -> str:
    """Schools go through the Education office, everyone else does not."""
    return "school" if facts.unit_kind == "school" else "other"


def path(facts: Facts) -> str:
    """Past the council only under the simplified procedure (Luật 06/2022 Điều 85)."""
    if facts.case.procedure == "full":
        return "council"
    return "simplified_upward" if route(facts) == "upward" else "simplified_here"


def route(facts: Facts) -> str:
    """Which way what stands goes; a dossier has one route, so any of it tells."""
    kinds = {
        awards.route_of(n.award, facts.unit_kind, facts.regime).kind
        for n in facts.dossier.standing().values()
    }
    return "upward" if "upward" in kinds else "here"


def asked_by(facts: Facts) -> str | None:
    """The office whose completion request is open."""
    return facts.dossier.completion.asked_by if facts.dossier.completion else None


def vote(facts: Facts) -> str | None:
    """What a session's rounds said; else what the recorded figures say under the snapshotted rule."""
    case = facts.dossier
    if facts.act == "take_result":
        return _of_a_session(facts)
    if case.agenda is None or case.result is None:
        return None
    if not votes.has_quorum(case.result):
        return "no_quorum"
    if not votes.passed(case, case.agenda, case.result):
        return "none_passed"
    return "passed_upward" if route(facts) == "upward" else "passed_here"


def _of_a_session(facts: Facts) -> str | None:
    if facts.args is None:
        return None
    results = {row["result"] for row in facts.args.get("votes", ())}
    if not results:
        return "no_quorum"
    if "passed" not in results:
        return "none_passed"
    return "passed_upward" if route(facts) == "upward" else "passed_here"


def signing(facts: Facts) -> str:
    """Whether the first or the last signature under the minutes is wanted now."""
    return "last" if facts.session.signatures else "first"


def lands(facts: Facts) -> str | None:
    """Where a dossier that was parted from another begins."""
    return facts.args["lands"] if facts.args else None


def answer(facts: Facts) -> str | None:
    """What the province's answers amount to: anything returned goes back first."""
    if facts.args is None:
        return None
    outcomes = {row["outcome"] for row in facts.args["answers"]}
    outcomes |= {n.outcome for n in facts.dossier.nominations.values()}
    return next((value for value in ("returned", "awarded") if value in outcomes), "declined")


def settled(facts: Facts) -> str:
    """Whether something of this dossier was already awarded (by the province, before a return)."""
    awarded = any(n.outcome == "awarded" for n in facts.dossier.nominations.values())
    return "awarded" if awarded else "none"


def returned_by(facts: Facts) -> str | None:
    """Whether the office that gathers or the one that accepts sent it back."""
    if not facts.duty.returned_by:
        return None
    return "gathering" if facts.duty.returned_by == "education" else "accepting"


def change(facts: Facts) -> str:
    """Whether a decision is replaced for its content or corrected in its form."""
    return facts.case.category


def awarded_by(facts: Facts) -> str:
    """Whether whoever awarded sits here or above."""
    return "here" if facts.revocation.decided_here else "above"


def revocation_answer(facts: Facts) -> str | None:
    """What the province said of a revocation."""
    return str(facts.args["outcome"]) if facts.args else None


CHOICES: Mapping[str, Choice] = {
    "unit_type": Choice(("school", "other"), unit_type),
    "path": Choice(("council", "simplified_here", "simplified_upward"), path),
    "asked_by": Choice(("education", "home_affairs"), asked_by),
    "vote": Choice(("passed_here", "passed_upward", "none_passed", "no_quorum"), vote),
    "answer": Choice(("returned", "awarded", "declined"), answer),
    "returned_by": Choice(("gathering", "accepting"), returned_by),
    "signing": Choice(("first", "last"), signing),
    "lands": Choice(("council", "review"), lands),
    "settled": Choice(("awarded", "none"), settled),
    "change": Choice(("replace", "correct"), change),
    "awarded_by": Choice(("here", "above"), awarded_by),
    "revocation_answer": Choice(("revoked", "kept"), revocation_answer),
}
