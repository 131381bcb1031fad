"""The texts of a drafting act, which live outside the facts: looked up before it, written after it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from db import nominations as nomination_table, papers as paper_table
from db.cases import CaseRecord
from db.nominations import NominationRecord
from db.papers import PaperRecord
from db.people import person_named_by
from db.text import fold, person_key
from states.document import Document, canonical
from states.dossier import Dossier
from states.facts import Change
from workflow.act import Lookup, Prepared
from workflow.problems import Wrong


def prepared(lookup: Lookup, args: Document) -> Prepared:
    """The arguments with ids for new nominations, persons and files found; with what they change."""
    known: dict[str, NominationRecord] = {}
    wrong: list[Wrong] = []
    done = dict(args)
    if args.get("nominations") is not None:
        if lookup.record:
            known = {n.id: n for n in nomination_table.of_case(lookup.conn, lookup.record.id)}
        done["nominations"] = [
            _nomination(lookup, place, row, known, wrong) for place, row in enumerate(args["nominations"])
        ]
        _refuse_twins(done["nominations"], wrong)
    if args.get("papers"):
        found = paper_table.by_ids(lookup.conn, [row["paper"] for row in args["papers"]])
        done["papers"] = [
            _paper(lookup, place, row, found, wrong) for place, row in enumerate(args["papers"])
        ]
    changes = frozenset(_changes(lookup, done, known))
    if lookup.record:
        done["changed"] = sorted([nomination, name] for nomination, name in changes)
    return Prepared(done, tuple(wrong), changes)


def _nomination(
    lookup: Lookup, place: int, row: Document, known: Mapping[str, NominationRecord], wrong: list[Wrong]
) -> Document:
    if row.get("id") and row["id"] not in known:
        wrong.append(Wrong(f"nominations.{place}.id", "not_of_this_dossier", {}))
    subject = dict(row["subject"])
    if subject.get("person"):
        found = person_named_by(lookup.conn, subject["person"])
        if found is None:
            wrong.append(Wrong(f"nominations.{place}.subject.person", "nobody_known", {}))
        subject["person"] = found.id if found else ""
    return {**row, "id": row.get("id") or lookup.engine.source.new_id(), "subject": subject}


def _refuse_twins(rows: list[Document], wrong: list[Wrong]) -> None:
    ids = [row["id"] for row in rows]
    for place, id_ in enumerate(ids):
        if ids.index(id_) != place:
            wrong.append(Wrong(f"nominations.{place}.id", "named_twice", {}))


def _paper(
    lookup: Lookup, place: int, row: Document, known: Mapping[str, PaperRecord], wrong: list[Wrong]
) -> Document:
    found = known.get(row["paper"])
    mine = found is not None and found.account_id == lookup.account
    placed = lookup.case.papers if isinstance(lookup.case, Dossier) else {}
    if found is None or not (mine or row["paper"] in placed):
        wrong.append(Wrong(f"papers.{place}.paper", "no_such_file", {}))
    return {**row, "sha256": found.sha256 if found else ""}


def _changes(lookup: Lookup, args: Document, known: Mapping[str, NominationRecord]) -> Iterator[Change]:
    record = lookup.record
    if record and args.get("title") and args["title"] != record.title:
        yield "", "title"
    rows = args.get("nominations")
    if rows is not None:
        yield from ((id_, "nominations") for id_, n in known.items() if not n.outcome and _gone(id_, rows))
        listed = lookup.case.nominations if isinstance(lookup.case, Dossier) else {}
        classes = {id_: nomination.class_ for id_, nomination in listed.items()}
        for row in rows:
            yield from _nomination_changes(row, known.get(row["id"]), classes.get(row["id"], ""))
    placed = lookup.case.papers if isinstance(lookup.case, Dossier) else {}
    for paper in args.get("papers", ()):
        place = placed.get(paper["paper"])
        if place is None or (place.type, place.nomination) != (paper["type"], paper.get("nomination") or ""):
            yield paper.get("nomination") or "", paper["type"]
    if args.get("papers_removed"):
        yield "", "papers_removed"


def _gone(id_: str, rows: list[Document]) -> bool:
    return all(row["id"] != id_ for row in rows)


def _nomination_changes(row: Document, before: NominationRecord | None, class_: str) -> Iterator[Change]:
    if before is None:
        yield row["id"], "nominations"
        return
    subject = row["subject"]
    new = (subject["type"], subject["name"], subject.get("title") or "", subject.get("person") or "")
    old = (before.subject_type, before.name, before.role_title, before.person_id or "")
    if new != old or (subject.get("class") or "") != class_:
        yield row["id"], "subject"
    if row["award"] != before.award:
        yield row["id"], "award"
    if row.get("achievement", "") != before.achievement:
        yield row["id"], "achievement"


def write(conn: Connection, record: CaseRecord, case: Dossier, args: Mapping[str, Any], at: datetime) -> None:
    """Write what a drafting act says in words: the nominations, the papers in their places."""
    if args.get("nominations") is not None:
        before = nomination_table.of_case(conn, record.id) if record.version > 1 else []
        listed = [_record(record.id, case, row) for row in args["nominations"]]
        ids = {n.id for n in listed}
        settled = [n for n in before if n.outcome and n.id not in ids]
        nomination_table.replace(conn, before, [*listed, *settled])
    for row in args.get("papers", ()):
        paper_table.attach(
            conn,
            case_id=record.id,
            paper_id=row["paper"],
            paper_type=row["type"],
            nomination_id=row.get("nomination"),
            at=at,
        )
    for paper_id in args.get("papers_removed", ()):
        paper_table.detach(conn, case_id=record.id, paper_id=paper_id)


def _record(case_id: str, case: Dossier, row: Mapping[str, Any]) -> NominationRecord:
    subject, nomination = row["subject"], case.nominations[row["id"]]
    return NominationRecord(
        id=row["id"],
        case_id=case_id,
        position=nomination.position,
        award=nomination.award,
        subject_type=nomination.subject_type,
        name=subject["name"],
        sort_key=person_key(subject["name"]),
        folded=fold(subject["name"]),
        person_id=nomination.person or None,
        role_title=subject.get("title") or "",
        achievement=row.get("achievement", ""),
        details=canonical({}),
        outcome=nomination.outcome or None,
        decision_no=nomination.decision_no or None,
    )
