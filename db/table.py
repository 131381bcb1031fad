"""The common ground of all tables."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any, ClassVar, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

R = TypeVar("R")

NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Table(SQLModel):
    """Base of every stored row; it names all constraints by one convention."""

    metadata: ClassVar[sa.MetaData] = sa.MetaData(naming_convention=NAMES)
    __table__: ClassVar[sa.Table]


# Both dialects speak ON CONFLICT, but SQLAlchemy builds it with a constructor of its own for each.
INSERTS: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def columns_of(table: sa.Table, record: type[Any]) -> list[sa.Column[Any]]:
    """The columns a record class holds, in its field order, so that `record(*row)` builds one."""
    return [table.c[name] for name in names_of(record)]


def values_of(record: Any) -> dict[str, Any]:
    """The fields of a record by column name."""
    return {name: getattr(record, name) for name in names_of(type(record))}


def names_of(record: type[Any]) -> tuple[str, ...]:
    """The fields of a record class, a dataclass or a named tuple, in their order."""
    return _names(record)  # type: ignore[arg-type]  # classes are hashable, mypy is not told so


@cache
def _names(record: Hashable) -> tuple[str, ...]:
    named: tuple[str, ...] | None = getattr(record, "_fields", None)
    return named or tuple(field.name for field in fields(cast(type[Any], record)))


def first(
    conn: Connection, record: Callable[..., R], wanted: sa.Select[Any], asked: Mapping[str, Any] | None = None
) -> R | None:
    """The first row as its record, or None."""
    row = conn.execute(wanted, asked).first()
    return None if row is None else record(*row)


def one_of(column: str, *values: str) -> sa.CheckConstraint:
    """A named constraint: the column holds one of these words."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def where(condition: str) -> dict[str, Any]:
    """The rows a partial index holds, where both databases say so in the same words."""
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upserts(table: sa.Table, *, replaced: Sequence[str]) -> Mapping[str, Any]:
    """By dialect: insert a row, or replace these columns of the row with its primary key."""
    key = list(table.primary_key.columns)
    statements = {}
    for dialect, insert in INSERTS.items():
        new = insert(table)
        statements[dialect] = new.on_conflict_do_update(
            index_elements=key, set_={column: new.excluded[column] for column in replaced}
        )
    return statements
