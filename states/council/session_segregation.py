"""What one person may not do in a session because of who they are or what they did before."""

from collections.abc import Iterator

from states.council.session import Session
from states.facts import Facts, Unmet

TELLERS = 2
"""Persons who type the totals of a round, each without looking at the other's."""
COUNTING = frozenset({"enter_totals", "close_round"})


def session_objections(facts: Facts, person: str) -> Iterator[Unmet]:
    """Why this person may not do this act of a session, whatever roles they hold."""
    session = facts.session
    if facts.act == "declare_conflict" and not session.seat_of(person):
        yield Unmet("not_seated", {})
    if facts.act == "sign_minutes" and any(one.person == person for one in session.signatures.values()):
        yield Unmet("same_person", {"did": ["sign"]})
    if facts.act in COUNTING:
        yield from _counting(facts, session, person)


def _counting(facts: Facts, session: Session, person: str) -> Iterator[Unmet]:
    found = session.open_round
    if found is None:
        return
    _, one = found
    item = session.items[one.dossier]
    if own := [id_ for id_ in one.rules if item.nominations[id_].person == person]:
        yield Unmet("own_nomination", {"nominations": own})
    if facts.act == "enter_totals" and person not in one.totals and len(one.totals) >= TELLERS:
        yield Unmet("two_tellers", {})
    if facts.act == "close_round":
        did = ["record"] if person in one.totals else []
        did += ["judge"] if person in item.apart else []
        if did:
            yield Unmet("same_person", {"did": did})
