"""The tables are brought up to the code."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from db.engine import Connection, Database
from db.guards import ensure_guards

_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database) -> None:
    """Run the migrations that are missing, then install the guards, all in one transaction."""
    with database.migrating() as conn:
        command.upgrade(_config(conn), "head")
        ensure_guards(conn)


def at_head(database: Database) -> bool:
    """True when no migration is missing."""
    newest = set(ScriptDirectory(str(_SCRIPTS)).get_heads())
    with database.reading() as conn:
        return set(MigrationContext.configure(conn).get_current_heads()) == newest


def _config(conn: Connection) -> Config:
    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
