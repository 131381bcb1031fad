"""The numbers of decisions are held against the series that gave them."""

import json
from collections.abc import Iterator

from sqlalchemy.engine import Connection

from db import register_changes, series
from states.awards import AUTHORITIES
from states.register.cases import REVOCATION
from states.register.line import decided_here
from workflow.auditing.proof import Bad
from workflow.dossiers.decision import NUMBERED, decision_number
from workflow.register.changes_check import ENDED

FAULT = "number_series_is_behind"
OURS = tuple(authority for authority in AUTHORITIES if decided_here(authority))


def series_fault(conn: Connection) -> Bad | None:
    """The first number that was given although its series has not come so far: it would be given again."""
    last = series.last_numbers(conn, series.DECISION)
    for ref, body, year, number in _given(conn):
        if number > last.get((body, year), 0):
            return Bad(ref, 0, f"{FAULT}:{decision_number(number)}")
    return None


def _given(conn: Connection) -> Iterator[tuple[str, str, int, int]]:
    """The highest number of each body and year among awards, every one of a revocation, with whose it is."""
    yield from register_changes.highest(conn, OURS, NUMBERED)
    for _, _, written in register_changes.changes(conn, {REVOCATION: ENDED[REVOCATION]}):
        facts = json.loads(written)
        if number := facts.get("number"):
            yield facts["ref"], facts["body"], int(facts["revoked_on"][:4]), number
