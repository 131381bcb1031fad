"""The tables are brought up to the code."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from db.engine import Connection, Database
from db.guards import ensure_guards

_SCRIPTS = Path(__file__).parent / "migrations"


class Unreachable(Exception):
    """No database answers at the address; the text is the driver's first line."""


def migrate(database: Database) -> None:
    """Run the migrations that are missing, then install the guards, all in one transaction.

    Raises Unreachable when the database does not answer.
    """
    _reach(database)
    with database.migrating() as conn:
        command.upgrade(_config(conn), "head")
        ensure_guards(conn)


def _reach(database: Database) -> None:
    try:
        with database.reading() as conn:
            conn.execute(sa.select(1))
    except sa.exc.OperationalError as error:
        raise Unreachable(str(error.orig).partition("\n")[0]) from None


def at_head(database: Database) -> bool:
    """True when no migration is missing."""
    newest = set(ScriptDirectory(str(_SCRIPTS)).get_heads())
    with database.reading() as conn:
        return set(MigrationContext.configure(conn).get_current_heads()) == newest


def _config(conn: Connection) -> Config:
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
