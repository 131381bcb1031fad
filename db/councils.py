"""The councils with their sessions, which are cases, as others ask about them."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, COUNCIL, CaseRecord
from db.nominations import NominationRecord, NominationRow
from db.table import columns_of, first

_NOMINATION = NominationRow.__table__
# The wording of the partial index, so that it is used.
_OURS = sa.text(f"cases.{COUNCIL}")
_COUNCIL = sa.and_(_OURS, CASE.c.kind == "council", CASE.c.final.is_(sa.false()))
_SESSION = sa.and_(_OURS, CASE.c.kind == "session")


def of_body(conn: Connection, body: str) -> CaseRecord | None:
    """The council that sits for a body, the newest where one replaces another; ``None`` for none."""
    newest = CASES.where(_COUNCIL, CASE.c.body == body).order_by(CASE.c.created_at.desc(), CASE.c.id)
    return first(conn, CaseRecord, newest.limit(1))


def sessions_ahead(conn: Connection, body: str) -> list[CaseRecord]:
    """The sessions of a body that are not over, by reference."""
    open_ = CASES.where(_SESSION, CASE.c.body == body, CASE.c.final.is_(sa.false()))
    return [CaseRecord(*row) for row in conn.execute(open_.order_by(CASE.c.ref))]


def waiting(conn: Connection, body: str) -> list[CaseRecord]:
    """The dossiers of a body that wait for a session, by campaign, by unit, the oldest first."""
    ready = CASES.where(
        CASE.c.body == body, CASE.c.station == "awaiting_council", CASE.c.kind == "dossier"
    ).order_by(CASE.c.category, CASE.c.period.desc(), CASE.c.unit, CASE.c.created_at, CASE.c.id)
    return [CaseRecord(*row) for row in conn.execute(ready)]


def of_campaigns(conn: Connection, body: str, campaigns: Collection[tuple[str, str]]) -> list[CaseRecord]:
    """Every dossier of a body for these kinds and periods, wherever it stands."""
    if not campaigns:
        return []
    wanted = [sa.and_(CASE.c.category == kind, CASE.c.period == period) for kind, period in sorted(campaigns)]
    found = CASES.where(CASE.c.body == body, CASE.c.kind == "dossier", sa.or_(*wanted))
    return [CaseRecord(*row) for row in conn.execute(found.order_by(CASE.c.ref))]


def by_refs(conn: Connection, refs: Collection[str]) -> dict[str, CaseRecord]:
    """The cases people call these, by reference; those there are not are left out."""
    found = conn.execute(CASES.where(CASE.c.ref.in_(sorted(refs)))) if refs else ()
    return {row.ref: CaseRecord(*row) for row in found}


def nominees(conn: Connection, case_ids: Collection[str]) -> list[NominationRecord]:
    """Everybody proposed in these dossiers, in the order of each."""
    if not case_ids:
        return []
    wanted = sa.select(*columns_of(_NOMINATION, NominationRecord)).where(
        _NOMINATION.c.case_id.in_(sorted(case_ids))
    )
    rows = conn.execute(wanted.order_by(_NOMINATION.c.case_id, _NOMINATION.c.position, _NOMINATION.c.id))
    return [NominationRecord(*row) for row in rows]
