"""What the register says of the lines an act is about, looked up for the rules."""

from dataclasses import replace

from sqlalchemy.engine import Connection

from db import register, register_changes
from states.decide import Actor
from states.facts import Facts
from states.register.cases import DECISION_CHANGE, REVOCATION, DecisionChange, Revocation
from states.register.line import RegisterEntry
from workflow.sight import scope_of

BEGINNING = {"draft_change": DECISION_CHANGE, "propose_revocation": REVOCATION}
"""The acts that begin a change of the register, with the kind of case each begins."""
BOOKKEEPING = frozenset({"escalate", "recount", "extend", "withdraw"})
"""Acts that say nothing about the register."""


def with_register(conn: Connection, facts: Facts, actor: Actor) -> Facts:
    """The facts with the lines of the register they are about, kept from others until the transaction ends."""
    if facts.act in BEGINNING:
        return _beginning(conn, facts, actor)
    case = facts.case
    if facts.act in BOOKKEEPING or not isinstance(case, DecisionChange | Revocation):
        return facts
    return replace(facts, register=tuple(register.by_ids(conn, lines_of(case), lock=True)))


def lines_of(case: DecisionChange | Revocation) -> tuple[str, ...]:
    """The lines a case is about."""
    return case.entries if isinstance(case, DecisionChange) else (case.entry,)


def _beginning(conn: Connection, facts: Facts, actor: Actor) -> Facts:
    """A line nobody shows this person is as good as none."""
    found = register.seen(conn, scope_of(actor), (facts.args or {})["entry"])
    if found is None:
        return facts
    lines = register.of_decision(conn, found.id) if facts.act == "draft_change" else [found]
    open_ = _under_way(conn, BEGINNING[facts.act], lines)
    return replace(facts, register=tuple(lines), under_way=open_)


def _under_way(conn: Connection, kind: str, lines: list[RegisterEntry]) -> tuple[str, ...]:
    first = next((line.id for line in lines if line.stands), "")
    return tuple(register_changes.under_way(conn, kind, first)) if first else ()
