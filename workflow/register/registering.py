"""What an act awards, replaces, corrects or revokes is written into the register, in its own transaction."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from sqlalchemy.engine import Connection

from db import history, register as table
from db.cases import CaseRecord
from db.text import fold
from states.case import Case
from states.dossier import Dossier, Nomination
from states.register.cases import DecisionChange, Revocation
from states.register.line import RegisterEntry
from workflow.dossiers.decision import decision_number
from workflow.passage import Passage
from workflow.register.decision_changes import REPLACE


def register(passage: Passage, record: CaseRecord, case: Case) -> None:
    """Keep the register as the histories say it once this act has happened."""
    if isinstance(case, Dossier):
        if new := list(_awarded(passage, record, case)):
            table.enter(passage.conn, new)
    elif isinstance(case, DecisionChange):
        if case.done_at and passage.loaded.case.station != case.station:
            _changed(passage.conn, record, case, passage.facts.register)
    elif isinstance(case, Revocation) and case.done_at and passage.loaded.case.station != case.station:
        table.mark(passage.conn, [case.entry], "revoked", case.ref)


def _changed(
    conn: Connection, record: CaseRecord, case: DecisionChange, lines: tuple[RegisterEntry, ...]
) -> None:
    if case.category != REPLACE:
        table.mark(conn, case.entries, "corrected", case.ref)
        return
    table.mark(conn, case.entries, "replaced", case.ref)
    names = names_given(conn, record.id, case.text_seq)
    table.follow(conn, [followed(line, case, names) for line in lines])


def followed(line: RegisterEntry, case: DecisionChange, names: Mapping[str, str]) -> RegisterEntry:
    """The line that takes the place of one whose decision was replaced; what was paid was paid once."""
    assert case.done_on is not None  # it is signed
    name = names.get(line.id, line.name)
    return replace(
        line,
        id=f"{line.nomination}.{case.ref}",
        decision_no=decision_number(case.number),
        decided_on=case.done_on,
        name=name,
        folded=fold(name),
        status="in_force",
        changed_by="",
        replaces=line.id,
    )


def names_given(conn: Connection, case_id: str, seq: int) -> Mapping[str, str]:
    """The names a replacing decision puts right, by line; none once the words were erased."""
    recorded = history.of_case(conn, case_id, after_seq=seq - 1)
    payload = next((words for entry, words, _ in recorded if entry.seq == seq), None)
    rows = json.loads(payload)["args"].get("names", ()) if payload else ()
    return {row["entry"]: row["name"] for row in rows}


def _awarded(passage: Passage, record: CaseRecord, case: Dossier) -> Iterator[RegisterEntry]:
    before = passage.loaded.case
    known = before.nominations if isinstance(before, Dossier) else {}
    for id_, nomination in case.nominations.items():
        if nomination.entered and not (id_ in known and known[id_].entered):
            yield entry_of(record.id, case, id_, nomination)


def entry_of(case_id: str, case: Dossier, id_: str, nomination: Nomination) -> RegisterEntry:
    """The line of an awarded nomination; its name stands with the nomination, not in the facts."""
    said = nomination.entered
    assert said is not None  # it is awarded
    return RegisterEntry(
        id=id_,
        case_id=case_id,
        body=case.body,
        unit=case.unit,
        ref=case.ref,
        nomination=id_,
        decision_no=nomination.decision_no,
        decided_on=said.decided_on,
        authority=said.authority,
        award=nomination.award,
        subject_type=nomination.subject_type,
        name="",
        folded="",
        person_id=nomination.person or None,
        period=case.period,
        base_salary=said.base_salary,
        multiplier=said.multiplier,
        bonus=said.bonus,
        why=said.why,
    )
