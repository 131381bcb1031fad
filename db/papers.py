"""The papers of a case; their bytes lie in the blob store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.case_record import CASE
from db.instants import UtcDateTime
from db.scope import Scope, visible
from db.table import Table, columns_of, first, upserts, values_of


class PaperRow(Table, table=True):
    """One uploaded file."""

    __tablename__ = "paper"

    id: str = Field(primary_key=True)
    sha256: str = Field(index=True, sa_column_kwargs={"comment": "name of its bytes in the blob store"})
    name: str = Field(sa_column_kwargs={"comment": "file name as uploaded"})
    size: int = Field(sa_column_kwargs={"comment": "bytes"})
    media_type: str
    type: str = Field(sa_column_kwargs={"comment": "kind of paper, as TO_TRINH"})
    account_id: str = Field(foreign_key="account.id", sa_column_kwargs={"comment": "who uploaded it"})
    created_at: datetime = Field(sa_type=UtcDateTime)


class CasePaperRow(Table, table=True):
    """A paper attached to a case."""

    __tablename__ = "case_paper"

    case_id: str = Field(primary_key=True, foreign_key="cases.id")
    paper_id: str = Field(primary_key=True, foreign_key="paper.id", index=True)
    type: str = Field(sa_column_kwargs={"comment": "kind of paper it serves as here"})
    nomination_id: str | None = Field(
        default=None, sa_column_kwargs={"comment": "null: of the whole dossier"}
    )
    attached_at: datetime = Field(sa_type=UtcDateTime)
    replaced_by: str | None = Field(
        default=None, foreign_key="paper.id", sa_column_kwargs={"comment": "newer paper in its place"}
    )


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """An uploaded file; `size` in bytes."""

    id: str
    sha256: str
    name: str
    size: int
    media_type: str
    type: str
    account_id: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CasePaper:
    """A paper in its place in a case; `replaced_by` is the paper that took that place."""

    paper: PaperRecord
    type: str
    nomination_id: str | None
    attached_at: datetime
    replaced_by: str | None


_PAPER = PaperRow.__table__
_PLACE = CasePaperRow.__table__
_PLACED = (_PLACE.c.type, _PLACE.c.nomination_id, _PLACE.c.attached_at, _PLACE.c.replaced_by)
_OF_CASE = (
    sa.select(*_PLACED, *columns_of(_PAPER, PaperRecord))
    .join_from(_PLACE, _PAPER, _PAPER.c.id == _PLACE.c.paper_id)
    .where(_PLACE.c.case_id == sa.bindparam("case"))
    .order_by(_PLACE.c.attached_at, _PAPER.c.id)
)
_FIND = sa.select(*columns_of(_PAPER, PaperRecord)).where(_PAPER.c.id == sa.bindparam("wanted"))
_BY_IDS = sa.select(*columns_of(_PAPER, PaperRecord)).where(
    _PAPER.c.id.in_(sa.bindparam("wanted", expanding=True))
)
_REPLACE = sa.update(_PLACE).where(
    _PLACE.c.case_id == sa.bindparam("case"),
    _PLACE.c.type == sa.bindparam("same_type"),
    _PLACE.c.nomination_id.is_not_distinct_from(sa.bindparam("same_nomination")),
    _PLACE.c.replaced_by.is_(None),
)
_ATTACH = upserts(_PLACE, replaced=("type", "nomination_id", "attached_at", "replaced_by"))


def insert(conn: Connection, paper: PaperRecord) -> None:
    """Store what is known of a new file."""
    conn.execute(sa.insert(_PAPER), values_of(paper))


def find(conn: Connection, paper_id: str) -> PaperRecord | None:
    """The file with this id, or None; whoever asks must be allowed to see it (see `seen_in_a_case`)."""
    return first(conn, PaperRecord, _FIND, {"wanted": paper_id})


def by_ids(conn: Connection, paper_ids: Sequence[str]) -> dict[str, PaperRecord]:
    """The files with these ids, by id; those there are not are left out."""
    return {row.id: PaperRecord(*row) for row in conn.execute(_BY_IDS, {"wanted": paper_ids})}


def seen_in_a_case(conn: Connection, scope: Scope, paper_id: str) -> bool:
    """True when the paper is attached to a case within the scope."""
    within = (
        sa.select(_PLACE.c.paper_id)
        .join_from(_PLACE, CASE, CASE.c.id == _PLACE.c.case_id)
        .where(_PLACE.c.paper_id == paper_id, visible(scope))
    )
    return conn.execute(within.limit(1)).first() is not None


def of_case(conn: Connection, case_id: str) -> list[CasePaper]:
    """All papers of a case, replaced ones too, in the order they were attached."""
    width = len(_PLACED)
    rows = conn.execute(_OF_CASE, {"case": case_id})
    return [CasePaper(PaperRecord(*row[width:]), *row[:width]) for row in rows]


def attach(
    conn: Connection, *, case_id: str, paper_id: str, paper_type: str, nomination_id: str | None, at: datetime
) -> None:
    """Attach a paper; the one now in its place (same type, same nomination) is kept as replaced by it."""
    same_place = {"case": case_id, "same_type": paper_type, "same_nomination": nomination_id}
    conn.execute(_REPLACE, same_place | {"replaced_by": paper_id})
    place = {"case_id": case_id, "paper_id": paper_id, "type": paper_type, "nomination_id": nomination_id}
    conn.execute(_ATTACH[conn.dialect.name], place | {"attached_at": at, "replaced_by": None})


def detach(conn: Connection, *, case_id: str, paper_id: str) -> None:
    """Take a paper out of a case; its bytes stay, the history names them."""
    conn.execute(sa.delete(_PLACE).where(_PLACE.c.case_id == case_id, _PLACE.c.paper_id == paper_id))
