"""The tables are brought up to the code."""

from pathlib import Path

import sqlalchemy as sa

from db.engine import Connection, Database
from db.guards import ensure_guards

_SCRIPTS = Path(__file__).parent / "migrations"


class Unreachable(Exception):
    """No database answers at the address; the text is the driver's first line."""


def migrate(database: Database) -> None:
    """Run the migrations that are missing, then install the guards, all in one transaction.

    Where none is missing no foreign key is checked: rows somebody removed are for verification to name.
    Raises Unreachable when the database does not answer, ForeignKeysBroken as ``Database.migrating`` does.
    """
    _reach(database)
    with database.transaction() if at_head(database) else database.migrating() as conn:
        if _revision(conn) != _newest():
            _upgrade(conn)
        ensure_guards(conn)


def _reach(database: Database) -> None:
    try:
        with database.reading() as conn:
            conn.execute(sa.select(1))
    except sa.exc.OperationalError as error:
        raise Unreachable(str(error.orig).partition("\n")[0]) from None


def at_head(database: Database) -> bool:
    """True when no migration is missing."""
    with database.reading() as conn:
        return _revision(conn) == _newest()


def _newest() -> str:
    """The number of the last migration; each is the first word of its file's name."""
    return max(file.name.partition("_")[0] for file in (_SCRIPTS / "versions").glob("[0-9]*.py"))


def _revision(conn: Connection) -> str | None:
    """The last migration that was run, None before the first."""
    if not sa.inspect(conn).has_table("alembic_version"):
        return None
    found: str | None = conn.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _upgrade(conn: Connection) -> None:
    # Alembic takes 7 MB in every process that loads it; nearly every start finds nothing to migrate.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": conn})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    command.upgrade(config, "head")
