"""A scan that came with an act: looked up while it is sent, found again in the history."""

from collections.abc import Iterable

from sqlalchemy.engine import Connection

from db import papers
from db.papers import PaperRecord
from states.document import Document
from workflow.act import Lookup, Prepared
from workflow.dossiers.entries import EntryView
from workflow.problems import Wrong


def scan_found(paper_type: str, lookup: Lookup, args: Document) -> Prepared:
    """The uploaded scan with its hash; it must be of whoever acts."""
    if not args.get("scan"):
        return Prepared(args)
    found = papers.find(lookup.conn, args["scan"])
    if found is None or found.account_id != lookup.account:
        return Prepared(args, (Wrong("scan", "no_such_file", {}),))
    return Prepared({**args, "papers": [{"paper": found.id, "sha256": found.sha256, "type": paper_type}]})


def scan_of(conn: Connection, entries: Iterable[EntryView], act: str, sha256: str) -> PaperRecord | None:
    """The file with this hash that came with an act; ``None`` where none did, or its words were erased."""
    brought = [
        row["paper"]
        for entry in entries
        if entry.act == act
        for row in entry.args.get("papers", ())
        if row["sha256"] == sha256
    ]
    return papers.find(conn, brought[-1]) if brought else None
