"""The row of a case: its facts with the columns that lists ask for."""

from datetime import datetime

from db.cases import CaseRecord
from db.series import next_number
from db.text import fold
from states.document import canonical, to_document
from states.dossier import Dossier
from states.roles import mask_of
from workflow.passage import Passage

EVERY_BODY = "all"
"""References are one series for the whole installation, so that no two dossiers are ever called the same."""


def row_of(passage: Passage, case: Dossier) -> CaseRecord:
    """The row after an act; ``head_hash`` is still the one before."""
    old, definition = passage.loaded.record, passage.loaded.definition
    ref = old.ref if old else _new_ref(passage)
    title = passage.args.get("title") or (old.title if old else "")
    return CaseRecord(
        id=old.id if old else passage.engine.source.new_id(),
        kind="dossier",
        ref=ref,
        body=case.body,
        unit=case.unit,
        title=title,
        category=case.category,
        procedure=case.procedure,
        period=case.period,
        definition=definition.name,
        definition_digest=definition.digest,
        station=case.station,
        version=case.version,
        head_hash=old.head_hash if old else "",
        station_seq=case.station_seq,
        holder_role=case.holder.role if case.holder else None,
        holder_unit=case.holder.unit if case.holder else None,
        entered_at=datetime.fromisoformat(case.entered_at),
        due_on=case.due,
        seen_by=mask_of(case.opened_to),
        final=definition.stations[case.station].final,
        facts=canonical(to_document(case)),
        search=_search(passage, ref, title),
        created_at=old.created_at if old else passage.at,
    )


def _new_ref(passage: Passage) -> str:
    year = passage.day.year
    return f"HS-{year}-{next_number(passage.conn, 'ref', EVERY_BODY, year):04d}"


def _search(passage: Passage, ref: str, title: str) -> str:
    """Words without marks: reference, title, unit, the names of those proposed."""
    rows, unit, old = passage.args.get("nominations"), passage.loaded.unit, passage.loaded.record
    if passage.command.act not in ("create", "amend") and old:
        return old.search
    if rows is None:
        names = old.search.rpartition("|")[2] if old else ""
    else:
        names = fold(" ".join(row["subject"]["name"] for row in rows))
    return f"{fold(f'{ref} {title} {unit.name_vi} {unit.name_en}')}|{names}"
