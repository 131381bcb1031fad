"""What became of the lines of the register is compared with the cases that changed them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlalchemy.engine import Connection

from db import register_changes as table
from states.document import from_document
from states.kinds import KINDS
from states.register.cases import DECISION_CHANGE, REVOCATION, DecisionChange, Revocation
from states.register.line import RegisterEntry
from workflow.auditing.proof import Bad
from workflow.register.decision_changes import REPLACE
from workflow.register.registering import followed, names_given

ENDED = {DECISION_CHANGE: "changed", REVOCATION: "award_revoked"}
"""Where each kind has had its effect."""
FAULT = "register_does_not_match_history"

Marks = Mapping[str, tuple[str, str]]
"""By line: its status, the case that changed it last."""
Followed = Mapping[str, tuple[str, str, DecisionChange]]
"""By line that took another's place: that other, the id of the case, the case."""


def changes_fault(conn: Connection) -> Bad | None:
    """The first line that is not as the cases about it left it; None where all agree."""
    marks, follows = _expected(conn)
    lines = {line.id: line for line in table.changed(conn)}
    for id_ in sorted({*marks, *lines}):
        if wrong := next(_differing(conn, id_, lines, marks, follows), ""):
            ref = lines[id_].ref if id_ in lines else _missing(id_, marks, follows)
            return Bad(ref, 0, f"{FAULT}:{id_}:{wrong}")
    return None


def _missing(id_: str, marks: Marks, follows: Followed) -> str:
    """Whose line is gone: of the dossier, where it had followed another."""
    return follows[id_][2].about if id_ in follows else marks[id_][1]


def _expected(conn: Connection) -> tuple[Marks, Followed]:
    marks: dict[str, tuple[str, str]] = {}
    follows: dict[str, tuple[str, str, DecisionChange]] = {}
    for case_id, case in sorted(_changes(conn), key=lambda one: (one[1].done_at, one[1].ref)):
        if isinstance(case, Revocation):
            marks[case.entry] = ("revoked", case.ref)
            continue
        status = "replaced" if case.category == REPLACE else "corrected"
        marks |= dict.fromkeys(case.entries, (status, case.ref))
        for entry in case.entries if case.category == REPLACE else ():
            new = f"{entry.partition('.')[0]}.{case.ref}"
            follows[new], marks[new] = (entry, case_id, case), ("in_force", "")
    return marks, follows


def _changes(conn: Connection) -> Iterator[tuple[str, DecisionChange | Revocation]]:
    for case_id, kind, facts in table.changes(conn, ENDED):
        case = from_document(KINDS[kind].facts, json.loads(facts))
        if isinstance(case, DecisionChange | Revocation):
            yield case_id, case


def _differing(
    conn: Connection, id_: str, lines: Mapping[str, RegisterEntry], marks: Marks, follows: Followed
) -> Iterator[str]:
    line = lines.get(id_)
    if line is None:
        yield "gone"
        return
    if (line.status, line.changed_by) != marks.get(id_, ("in_force", "")):
        yield "status"
    if id_ not in follows:
        if line.replaces:
            yield "replaces"
        return
    before, case_id, case = follows[id_]
    old = lines.get(before)
    expected = followed(old, case, names_given(conn, case_id, case.text_seq)) if old else None
    if expected != replace(line, status="in_force", changed_by=""):
        yield "follows"
