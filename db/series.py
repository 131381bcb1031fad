"""Numbers of decisions: without gaps, per kind, body, year."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.table import INSERTS, Table

DECISION = "decision"
"""The series of the chairmen's decisions."""


class NumberSeriesRow(Table, table=True):
    """The last number given in a series."""

    __tablename__ = "number_series"

    kind: str = Field(primary_key=True)
    body: str = Field(primary_key=True, sa_column_kwargs={"comment": "unit of the chairman who signs"})
    year: int = Field(primary_key=True)
    last: int


_SERIES = NumberSeriesRow.__table__
# The row stays locked until the transaction ends, so a number of a rolled-back decision is given again.
_NEXT = {
    dialect: (new := insert(_SERIES))
    .on_conflict_do_update(
        index_elements=list(_SERIES.primary_key.columns), set_={"last": _SERIES.c.last + new.excluded.last}
    )
    .returning(_SERIES.c.last)
    for dialect, insert in INSERTS.items()
}


def next_number(conn: Connection, kind: str, body: str, year: int, *, count: int = 1) -> int:
    """The next number of the series, from 1; never twice, never one left out.

    Of ``count`` numbers, which follow one another, the first.
    """
    series = {"kind": kind, "body": body, "year": year, "last": count}
    return int(conn.execute(_NEXT[conn.dialect.name], series).scalar_one()) - count + 1


def last_numbers(conn: Connection, kind: str) -> dict[tuple[str, int], int]:
    """The last number given in each series of a kind, by body and year."""
    wanted = sa.select(_SERIES.c.body, _SERIES.c.year, _SERIES.c.last).where(_SERIES.c.kind == kind)
    return {(body, year): last for body, year, last in conn.execute(wanted)}
