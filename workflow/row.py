"""The row of a case: its facts with the columns that lists ask for."""

from datetime import datetime

from db.cases import CaseRecord
from db.text import fold
from states.case import Case
from states.document import Document, normal, rewritten, spelled, to_document
from states.dossier import DRAFTING
from states.roles import mask_of
from workflow.loading import Loaded
from workflow.passage import Passage


def row_of(passage: Passage, case: Case, document: Document) -> CaseRecord:
    """The row after an act, ``document`` being the case written, normal; ``head_hash`` is still the one before."""
    old, definition = passage.loaded.record, passage.loaded.definition
    title = passage.args.get("title") or (old.title if old else "")
    return CaseRecord(
        id=old.id if old else passage.engine.source.new_id(),
        kind=definition.key,
        ref=case.ref,
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
        facts=spelled(document),
        search=_search(passage, case.ref, title),
        created_at=old.created_at if old else passage.at,
    )


def document_of(loaded: Loaded, case: Case) -> Document:
    """The case as its row is to keep it, what the act left alone as the row kept it before."""
    if loaded.record is None:
        return normal(to_document(case))  # type: ignore[no-any-return]  # of a dataclass it is a document
    return rewritten(case, loaded.case, loaded.document)


def _search(passage: Passage, ref: str, title: str) -> str:
    """Words without marks: reference, title, unit, the names of those proposed."""
    rows, unit, old = passage.args.get("nominations"), passage.loaded.unit, passage.loaded.record
    if passage.command.act not in DRAFTING and old:
        return old.search
    if rows is None:
        names = old.search.rpartition("|")[2] if old else ""
    else:
        names = fold(" ".join(row["subject"]["name"] for row in rows))
    return f"{fold(f'{ref} {title} {unit.name_vi} {unit.name_en}')}|{names}"
