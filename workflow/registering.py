"""What an act awards, replaces, corrects or revokes is written into the register, in its own transaction."""

from collections.abc import Iterator

from db import register as table
from db.cases import CaseRecord
from states.case import Case
from states.dossier import Dossier, Nomination
from states.register import RegisterEntry
from workflow.passage import Passage


def register(passage: Passage, record: CaseRecord, case: Case) -> None:
    """Keep the register as the histories say it once this act has happened."""
    if isinstance(case, Dossier) and (new := list(_awarded(passage, record, case))):
        table.enter(passage.conn, new)


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
