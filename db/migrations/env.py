"""How Alembic reaches our tables."""

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel.sql.sqltypes import AutoString

from db.instants import UtcDateTime
from db.schema import METADATA


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | Literal[False]:
    """Write our own column types so that a generated migration runs."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen.imports.add("from db.instants import UtcDateTime")
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def run(conn: sa.Connection) -> None:
    """Run the migrations in the transaction the connection already has."""
    context.configure(
        connection=conn,
        target_metadata=METADATA,
        render_item=render_item,
        # SQLite cannot alter a table, only rebuild it.
        render_as_batch=conn.dialect.name == "sqlite",
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
