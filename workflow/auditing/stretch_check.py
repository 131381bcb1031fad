"""One stretch of cases is checked, in this process or in a helper's."""

import json
import sys
from typing import NamedTuple

from sqlalchemy.engine import Connection

from db import evidence
from db.engine import Database
from db.evidence import Stretch
from workflow.auditing.proof import Bad, first_bad


class Checked(NamedTuple):
    """What one stretch came to; ``lonely`` is its first row without a history."""

    cases: int
    entries: int
    bad: Bad | None
    lonely: Bad | None

    def written(self) -> str:
        """As a helper reports it, on one line."""
        return json.dumps([self.cases, self.entries, _fields(self.bad), _fields(self.lonely)])

    @classmethod
    def read(cls, line: str) -> "Checked":
        """What a helper reported."""
        cases, entries, bad, lonely = json.loads(line)
        return cls(cases, entries, Bad(*bad) if bad else None, Bad(*lonely) if lonely else None)


def checked(conn: Connection, log: str, stretch: Stretch) -> Checked:
    """Every case of a stretch, as it is at one moment."""
    rows, kept = evidence.cases(conn, stretch), evidence.nominations(conn, stretch)
    lines = evidence.registered(conn, stretch)
    seen, count, bad = set(), 0, None
    for case_id, entries in evidence.histories(conn, stretch):
        seen.add(case_id)
        count += len(entries)
        own = (kept.get(case_id, {}), lines.get(case_id, {}))
        bad = bad or first_bad(log, case_id, entries, rows.get(case_id), *own)
    missing = next((case_id for case_id in rows if case_id not in seen), None)
    lonely = first_bad(log, missing, (), rows[missing], {}) if missing is not None else None
    return Checked(len(seen | rows.keys()), count, bad, lonely)


def help_out() -> None:
    """Say when ready, then answer stretch by stretch until the input ends.

    The first line of the input names the database and the log.
    """
    url, log = json.loads(sys.stdin.readline())
    database = Database(url)
    _said("ready")
    for line in sys.stdin:
        with database.reading() as conn:
            part = checked(conn, log, Stretch(*json.loads(line)))
        _said(part.written())
    database.close()


def _said(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _fields(bad: Bad | None) -> tuple[str, int, str] | None:
    return (bad.case, bad.seq, bad.why) if bad else None


if __name__ == "__main__":
    help_out()
