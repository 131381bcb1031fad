"""The tellers' own minutes of a round, as they were scanned."""

from sqlalchemy.engine import Connection

from db import papers
from db.papers import PaperRecord
from workflow.problems import NotFound
from workflow.session_reading import SessionView


def scan_of(conn: Connection, view: SessionView, no: str) -> PaperRecord:
    """The file behind a round's scan, for whoever may read the session. Raises NotFound where there is none."""
    one = view.session.rounds.get(no)
    if one is None or not one.scan:
        raise NotFound
    brought = [
        row["paper"]
        for entry in view.of.entries
        if entry.act == "enter_totals"
        for row in entry.args.get("papers", ())
        if row["sha256"] == one.scan
    ]
    found = papers.find(conn, brought[-1]) if brought else None
    if found is None:
        raise NotFound
    return found
