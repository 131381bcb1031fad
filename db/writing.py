"""Statements that write one row, or very many at once by the shortest way to each database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.engine import Connection, Dialect

from db.table import INSERTS

Values = Mapping[str, Any]
Processor = Callable[[Any], Any]


@dataclass(frozen=True, slots=True, eq=False)
class Writing:
    """A statement by dialect, for one row and for many: on PostgreSQL that takes all rows as one JSON text."""

    one: Mapping[str, Any]
    many: Mapping[str, Any]


def inserting(
    table: sa.Table, names: Sequence[str], conflict: Callable[[Any], Any] = lambda insert: insert
) -> Writing:
    """Rows with these columns are added; ``conflict`` says what else happens where one is there already."""
    one = {dialect: conflict(insert(table)) for dialect, insert in INSERTS.items()}
    given = _given({name: table.c[name] for name in names})
    many = INSERTS["postgresql"](table).from_select(list(names), sa.select(*given.c))
    return Writing(one, {**one, "postgresql": conflict(many)})


def updating(table: sa.Table, names: Sequence[str], same: Mapping[str, str]) -> Writing:
    """These columns are set in the row whose columns ``same`` hold the values sent under other names.

    For one row it returns a row where it changed one.
    """
    one = sa.update(table).where(*(table.c[name] == sa.bindparam(sent) for name, sent in same.items()))
    given = _given(
        {name: table.c[name] for name in names} | {sent: table.c[name] for name, sent in same.items()}
    )
    many = (
        sa.update(table)
        .where(*(table.c[name] == given.c[sent] for name, sent in same.items()))
        .values({name: given.c[name] for name in names})
    )
    return Writing(
        dict.fromkeys(INSERTS, one.returning(*table.primary_key)), {"sqlite": one, "postgresql": many}
    )


def _given(columns: Mapping[str, Any]) -> Any:
    """The rows of a JSON text as a table."""
    text = sa.cast(sa.bindparam("rows", type_=sa.Text), JSON)
    typed = [sa.column(name, column.type) for name, column in columns.items()]
    return sa.func.json_to_recordset(text).table_valued(*typed, name="given").render_derived(with_types=True)


def write_all(conn: Connection, writing: Writing, rows: Sequence[Values]) -> int:
    """Write rows that all name the same columns; how many were added or changed."""
    if conn.dialect.name == "sqlite":
        text, columns = _spelt(writing.many["sqlite"], conn.dialect, tuple(rows[0]))
        sent = zip(*(_column(name, processor, rows) for name, processor in columns), strict=True)
        return conn.exec_driver_sql(text, list(sent)).rowcount
    return conn.execute(
        writing.many["postgresql"], {"rows": orjson.dumps(rows, default=_hex).decode()}
    ).rowcount


def _column(name: str, processor: Processor | None, rows: Sequence[Values]) -> list[Any]:
    values = [row[name] for row in rows]
    return values if processor is None else [processor(value) for value in values]


@lru_cache(maxsize=256)
def _spelt(
    statement: Any, dialect: Dialect, names: tuple[str, ...]
) -> tuple[str, list[tuple[str, Processor | None]]]:
    """The statement for the bare driver, with the names of its parameters in order and what each goes through."""
    compiled = statement.compile(dialect=dialect, column_keys=names)
    types = {name: compiled.binds[name].type.dialect_impl(dialect) for name in compiled.positiontup}
    return compiled.string, [(name, type_.bind_processor(dialect)) for name, type_ in types.items()]


def _hex(value: bytes) -> str:
    """Bytes as PostgreSQL reads them."""
    return f"\\x{value.hex()}"
