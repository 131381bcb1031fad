"""Who looked at which dossier, paper or export."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.case_record import CASE, CASES, CaseRecord
from db.instants import UtcDateTime
from db.papers import CasePaperRow
from db.people import PersonRow
from db.scope import Scope, visible
from db.table import Table, columns_of, first, one_of, values_of

WHAT = ("page", "print", "paper", "export")
"""What can be looked at or taken away."""


class ViewRow(Table, table=True):
    """One look at personal data; triggers refuse every change."""

    __tablename__ = "view_log"
    __table_args__ = (
        one_of("what", *WHAT),
        sa.Index("ix_view_log_body_at", "body", "at", "id"),
        sa.Index("ix_view_log_account_case_at", "account_id", "case_id", "at"),
    )

    id: str = Field(primary_key=True)
    account_id: str = Field(foreign_key="account.id")
    person_id: str
    body: str = Field(sa_column_kwargs={"comment": "deciding body whose auditors read this row"})
    case_id: str | None = Field(default=None, foreign_key="cases.id")
    ref: str = Field(sa_column_kwargs={"comment": "empty for an export of many cases"})
    what: str
    about: str = Field(sa_column_kwargs={"comment": "paper id, or what an export was narrowed to"})
    at: datetime = Field(sa_type=UtcDateTime)
    request_id: str


@dataclass(frozen=True, slots=True)
class View:
    """One look; ``about`` is the paper's id, or what an export was narrowed to."""

    id: str
    account_id: str
    person_id: str
    body: str
    case_id: str | None
    ref: str
    what: str
    about: str
    at: datetime
    request_id: str


_VIEW = ViewRow.__table__
_PERSON = PersonRow.__table__
_PLACE = CasePaperRow.__table__
_INSERT = sa.insert(_VIEW)
_SEEN = (
    sa.select(_VIEW.c.id)
    .where(
        _VIEW.c.account_id == sa.bindparam("account"),
        _VIEW.c.case_id == sa.bindparam("case"),
        _VIEW.c.what == sa.bindparam("wanted"),
        _VIEW.c.at >= sa.bindparam("since"),
    )
    .limit(1)
)


def insert(conn: Connection, view: View) -> None:
    """Write one look down."""
    conn.execute(_INSERT, values_of(view))


def seen_since(conn: Connection, account_id: str, case_id: str, what: str, since: datetime) -> bool:
    """Whether this account is already known to have looked at this since then."""
    asked = {"account": account_id, "case": case_id, "wanted": what, "since": since}
    return conn.execute(_SEEN, asked).first() is not None


def case_of_paper(conn: Connection, scope: Scope, paper_id: str) -> CaseRecord | None:
    """A visible case the paper is attached to, the oldest of several, or None."""
    wanted = (
        CASES.join_from(_PLACE, CASE, CASE.c.id == _PLACE.c.case_id)
        .where(_PLACE.c.paper_id == paper_id, visible(scope))
        .order_by(CASE.c.created_at, CASE.c.id)
    )
    return first(conn, CaseRecord, wanted.limit(1))


def listed(
    conn: Connection,
    bodies: frozenset[str],
    *,
    ref: str = "",
    after: tuple[datetime, str] | None = None,
    limit: int,
) -> list[tuple[View, str]]:
    """Looks at what these bodies decide with the looker's name, newest first; ``after`` is (at, id)."""
    wanted = (
        sa.select(*columns_of(_VIEW, View), sa.func.coalesce(_PERSON.c.name, "").label("name"))
        .join_from(_VIEW, _PERSON, _PERSON.c.id == _VIEW.c.person_id, isouter=True)
        .where(_VIEW.c.body.in_(sorted(bodies)))
    )
    if ref:
        wanted = wanted.where(_VIEW.c.ref == ref)
    if after is not None:
        at, id_ = after
        wanted = wanted.where(_VIEW.c.at <= at, sa.or_(_VIEW.c.at < at, _VIEW.c.id < id_))
    rows = conn.execute(wanted.order_by(_VIEW.c.at.desc(), _VIEW.c.id.desc()).limit(limit))
    return [(View(*row[:-1]), row.name) for row in rows]
