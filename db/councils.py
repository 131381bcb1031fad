"""The councils with their sessions, which are cases, as others ask about them."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, COUNCIL, CaseRecord
from db.table import columns_of

_SELECT = sa.select(*columns_of(CASE, CaseRecord))
# The wording of the partial index, so that it is used.
_OURS = sa.text(f"cases.{COUNCIL}")
_COUNCIL = sa.and_(_OURS, CASE.c.kind == "council", CASE.c.final.is_(sa.false()))
_SESSION = sa.and_(_OURS, CASE.c.kind == "session")


def of_body(conn: Connection, body: str) -> CaseRecord | None:
    """The council that sits for a body, the newest where one replaces another; ``None`` for none."""
    newest = _SELECT.where(_COUNCIL, CASE.c.body == body).order_by(CASE.c.created_at.desc(), CASE.c.id)
    row = conn.execute(newest.limit(1)).first()
    return None if row is None else CaseRecord(*row)


def sessions_ahead(conn: Connection, body: str) -> list[CaseRecord]:
    """The sessions of a body that are not over, by reference."""
    open_ = _SELECT.where(_SESSION, CASE.c.body == body, CASE.c.final.is_(sa.false()))
    return [CaseRecord(*row) for row in conn.execute(open_.order_by(CASE.c.ref))]
