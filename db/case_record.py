"""A case as it stands now: the cache of its history."""

from datetime import date, datetime
from typing import NamedTuple, TypeVar

import sqlalchemy as sa
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import Table, columns_of, where

ONE_OF_A_KIND = "kind IN ('report', 'registration', 'plan_item', 'intake')"
COUNCIL = "kind IN ('council', 'session')"


class CaseRow(Table, table=True):
    """A case at its station."""

    __tablename__ = "cases"
    __table_args__ = (
        sa.Index(
            "ix_cases_waiting",
            "holder_unit",
            "holder_role",
            "due_on",
            "id",
            # From here on only what counting a queue asks for.
            "body",
            "unit",
            "seen_by",
            "final",
            sqlite_where=sa.text("final IS 0"),
            postgresql_where=sa.text("final IS false"),
        ),
        sa.Index("ix_cases_unit_created_at", "unit", "created_at", "id"),
        sa.Index("ix_cases_body_created_at", "body", "created_at", "id"),
        # Holds all that counting by station asks for, now or as of a day.
        sa.Index("ix_cases_body_station", "body", "station", "due_on", "seen_by", "entered_at", "created_at"),
        sa.Index("ix_cases_created_at", "created_at", "id"),
        sa.Index(
            "ix_cases_plan",
            "station",
            **where("kind = 'plan'"),
        ),
        sa.Index(
            "ix_cases_calendar",
            "id",
            "version",
            **where("kind = 'calendar_day'"),
        ),
        # A unit owes a duty once, an item of the plan is one case, so is a window; others are as many as it takes.
        sa.Index(
            "ix_cases_once",
            "kind",
            "unit",
            "category",
            "period",
            unique=True,
            **where(ONE_OF_A_KIND),
        ),
        sa.Index(
            "ix_cases_council",
            "body",
            "kind",
            "final",
            **where(COUNCIL),
        ),
        # Whether a case somebody acted on is still theirs, told without its facts.
        sa.Index("ix_cases_done", "id", "body", "unit", "seen_by", "final", "holder_unit", "holder_role"),
    )

    id: str = Field(primary_key=True)
    kind: str = Field(sa_column_kwargs={"comment": "dossier"})
    ref: str = Field(unique=True, sa_column_kwargs={"comment": "what people call it"})
    body: str = Field(sa_column_kwargs={"comment": "unit of the deciding chairman"})
    unit: str = Field(foreign_key="unit.id", sa_column_kwargs={"comment": "unit that proposes"})
    title: str
    category: str = Field(sa_column_kwargs={"comment": "kind of commendation, as CONG_TRANG"})
    procedure: str = Field(sa_column_kwargs={"comment": "full or simplified"})
    period: str
    definition: str = Field(sa_column_kwargs={"comment": "process it follows, as dossier@A.1"})
    definition_digest: str
    station: str
    version: int = Field(sa_column_kwargs={"comment": "seq of its last history entry"})
    head_hash: str = Field(sa_column_kwargs={"comment": "hash of its last history entry, hex"})
    station_seq: int = Field(sa_column_kwargs={"comment": "seq of the entry that brought it to its station"})
    holder_role: str | None = None
    holder_unit: str | None = None
    entered_at: datetime = Field(sa_type=UtcDateTime)
    due_on: date | None = Field(default=None, sa_column_kwargs={"comment": "last day of the station's limit"})
    seen_by: int = Field(sa_column_kwargs={"comment": "bit mask of the roles that may see it"})
    final: bool
    facts: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "folded state, canonical JSON"})
    search: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "words without marks"})
    created_at: datetime = Field(sa_type=UtcDateTime)


class CaseRecord(NamedTuple):
    """All that is kept of a case beside its history."""

    id: str
    kind: str
    ref: str
    body: str
    unit: str
    title: str
    category: str
    procedure: str
    period: str
    definition: str
    definition_digest: str
    station: str
    version: int
    head_hash: str
    station_seq: int
    holder_role: str | None
    holder_unit: str | None
    entered_at: datetime
    due_on: date | None
    seen_by: int
    final: bool
    facts: str
    search: str
    created_at: datetime


class CaseLine(NamedTuple):
    """What lists ask of a case: all but the facts and the words to find it by, which are long."""

    id: str
    ref: str
    body: str
    unit: str
    title: str
    category: str
    procedure: str
    period: str
    definition: str
    station: str
    head_hash: str
    station_seq: int
    holder_role: str | None
    holder_unit: str | None
    entered_at: datetime
    due_on: date | None
    final: bool
    created_at: datetime


Listed = TypeVar("Listed", CaseLine, CaseRecord)
"""A case in a list, read whole or not."""

CASE = CaseRow.__table__
CASES = sa.select(*columns_of(CASE, CaseRecord))
"""Every case as its record, to be narrowed."""
