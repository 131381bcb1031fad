"""Segregation of duties: what one person may not do twice over on the same dossier."""

from collections.abc import Iterator

from states.council.session import Session
from states.council.session_segregation import session_objections
from states.dossier import Dossier
from states.facts import Facts, Unmet

HAND = {
    "create": "draft",
    "amend": "draft",
    "submit": "draft",
    "resubmit": "draft",
    "judge": "judge",
    "forward": "forward",
    "record_result": "record",
    "confirm_result": "confirm",
    "award": "decide",
    "save": "draft",
    "send": "draft",
    "check": "judge",
    "pass_on": "forward",
    "accept": "judge",
    "propose_day": "draft",
    "apply_day": "decide",
    "draft_change": "draft",
    "revise_change": "draft",
    "check_change": "judge",
    "sign_change": "decide",
    "propose_revocation": "draft",
    "check_revocation": "judge",
    "decide_revocation": "decide",
    "submit_revocation": "decide",
}
"""The hand a person has in a dossier by an act; acts left out leave no trace here."""

APART = {
    frozenset(pair)
    for pair in (
        ("draft", "judge"),
        ("draft", "forward"),
        ("draft", "confirm"),
        ("draft", "decide"),
        ("judge", "forward"),
        ("judge", "confirm"),
        ("judge", "decide"),
    )
}
"""Hands that may not be one person's, whichever came first."""

OWN = frozenset({"judge", "record_result", "confirm_result", "award"})
"""Acts that nobody does where their own nomination is among those treated."""


def hand_of(act: str, station: str) -> str:
    """The hand an act gives; declining is deciding for the chairman, forwarding for an office's head."""
    if act == "decline":
        return "decide" if station == "awaiting_decision" else "forward"
    return HAND.get(act, "")


def objections(facts: Facts, person: str) -> Iterator[Unmet]:
    """Why this person may not do this act here, whatever roles they hold."""
    if isinstance(facts.case, Session):
        yield from session_objections(facts, person)
        return
    if done := _done(facts, person):
        yield Unmet("same_person", {"did": done})
    own = _own(facts, person) if facts.act in OWN else _own_award(facts, person)
    if own:
        yield Unmet("own_nomination", {"nominations": own})


def _done(facts: Facts, person: str) -> list[str]:
    """What this person did already that may not go together with this act."""
    hand = hand_of(facts.act, facts.case.station)
    done = sorted(h for h in facts.case.hands.get(person, ()) if frozenset((h, hand)) in APART)
    if facts.act == "confirm_result" and (typed := facts.dossier.result) and typed.recorded_by == person:
        done.append("record")
    return done


def _own(facts: Facts, person: str) -> list[str]:
    return [id_ for id_ in _treated(facts) if _person(facts.dossier, id_) == person]


def _own_award(facts: Facts, person: str) -> list[str]:
    """Whoever holds an award has no hand in putting it right or revoking it."""
    return [entry.nomination for entry in facts.register if entry.person_id == person]


def _treated(facts: Facts) -> list[str]:
    if facts.act == "judge":
        return [row["nomination"] for row in (facts.args or {}).get("verdicts", ())]
    return list(facts.dossier.standing())


def _person(case: Dossier, id_: str) -> str:
    nomination = case.nominations.get(id_)
    return nomination.person if nomination else ""
