"""What was written stays as it was written."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import DBAPIError, IntegrityError

from db import commands, definitions, history
from db.engine import Connection, Database, ForeignKeysBroken
from db.guards import guards_present
from db.migrate import at_head, migrate
from db.schema import METADATA

NOON = datetime(2024, 5, 13, 5, tzinfo=UTC)


def written(conn: Connection) -> None:
    """One entry, one definition, one attempt that was refused."""
    entry = history.Entry("e1", "dossier", "c1", 1, b"{}", "0" * 64, "a" * 64, NOON, "p1", "submit", "u1")
    history.append(conn, entry, b"salt", '{"reason":"x"}')
    definitions.store(
        conn,
        key="dossier",
        version="A.1",
        digest="d" * 64,
        body="{}",
        effective_from=date(2024, 1, 1),
        stored_at=NOON,
    )
    refused = ("forward", "HS-2024-0001", "c1", "p1", "refused", "{}", NOON, None, "r1")
    commands.insert(conn, commands.CommandRecord("a1", "k1", "d" * 64, *refused))


def refuses(database: Database, statement: str) -> None:
    """The database refuses the statement, and everything it kept is still there."""
    before = kept(database)
    with pytest.raises(IntegrityError, match="kept as it was written"), database.transaction() as conn:
        conn.execute(sa.text(statement))
    assert kept(database) == before


def kept(database: Database) -> list[Any]:
    with database.reading() as conn:
        return [
            conn.execute(sa.select(METADATA.tables[name])).all()
            for name in ("history", "payload", "definition", "command")
        ]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'p2'",
        "DELETE FROM history",
        "UPDATE definition SET body = '[]'",
        "DELETE FROM definition",
        "UPDATE payload SET body = '{}'",
        "DELETE FROM command WHERE outcome = 'refused'",
    ],
)
def test_what_is_written_is_neither_changed_nor_deleted(database: Database, statement: str) -> None:
    with database.transaction() as conn:
        written(conn)
    refuses(database, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT OR REPLACE INTO history "
        "SELECT id, case_kind, case_id, seq, body, prev_hash, hash, at, 'p2', act, unit FROM history",
        "INSERT OR REPLACE INTO definition SELECT id, key, version, digest, '[]', effective_from, stored_at "
        "FROM definition",
        "INSERT OR REPLACE INTO payload SELECT history_id, salt, '{}' FROM payload",
        "INSERT OR REPLACE INTO command SELECT account_id, key, digest, act, ref, case_id, person_id, 'ok', answer, "
        "at, station, request_id FROM command",
    ],
)
def test_replacing_a_row_is_no_way_around_on_sqlite(sqlite_database: Database, statement: str) -> None:
    with sqlite_database.transaction() as conn:
        written(conn)
    refuses(sqlite_database, statement)


@pytest.mark.parametrize("table", ["history CASCADE", "definition", "command"])
def test_emptying_a_table_is_no_way_around_on_postgresql(postgresql_database: Database, table: str) -> None:
    with postgresql_database.transaction() as conn:
        written(conn)
    refuses(postgresql_database, f"TRUNCATE {table}")


def test_the_text_of_an_entry_can_be_erased_while_the_entry_stays(database: Database) -> None:
    with database.transaction() as conn:
        written(conn)
    with database.transaction() as conn:
        conn.execute(sa.text("DELETE FROM payload"))
    with database.reading() as conn:
        [(entry, text, salt)] = history.of_case(conn, "c1")
    assert (entry.id, text, salt) == ("e1", None, None)


def test_the_guards_are_back_after_a_migration_that_rebuilds_a_table(sqlite_database: Database) -> None:
    with sqlite_database.transaction() as conn:
        written(conn)
    with sqlite_database.migrating() as conn:
        with Operations(MigrationContext.configure(conn)).batch_alter_table("history") as batch:
            batch.alter_column("act", existing_type=sa.String(), type_=sa.Text())
        assert not guards_present(conn)
    migrate(sqlite_database)
    refuses(sqlite_database, "DELETE FROM history")
    refuses(sqlite_database, "UPDATE history SET actor = 'p2'")


@pytest.mark.parametrize(
    "removal", ["DROP TRIGGER guard_history_update ON history", "ALTER TABLE history DISABLE TRIGGER USER"]
)
def test_a_guard_that_was_taken_away_is_missed_and_comes_back(
    postgresql_database: Database, removal: str
) -> None:
    with postgresql_database.transaction() as conn:
        assert guards_present(conn)
        conn.execute(sa.text(removal))
        assert not guards_present(conn)
    migrate(postgresql_database)
    with postgresql_database.reading() as conn:
        assert guards_present(conn)


def test_the_migrations_make_the_tables_the_code_describes(database: Database) -> None:
    assert at_head(database)
    with database.reading() as conn:
        context = MigrationContext.configure(
            conn, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []


def test_the_migrations_make_the_checks_the_code_describes(database: Database) -> None:
    described = {
        (name, check.name)
        for name, table in METADATA.tables.items()
        for check in table.constraints
        if isinstance(check, sa.CheckConstraint)
    }
    with database.reading() as conn:
        found = sa.inspect(conn)
        made = {
            (name, check["name"]) for name in METADATA.tables for check in found.get_check_constraints(name)
        }
    assert made == described


def test_a_database_without_tables_is_not_at_head(tmp_path: Any) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    assert not at_head(database)
    migrate(database)
    assert at_head(database)
    migrate(database)
    database.close()


def test_a_migration_that_leaves_rows_pointing_nowhere_changes_nothing(sqlite_database: Database) -> None:
    orphan = sa.text("INSERT INTO payload VALUES ('nobody', x'00', '{}')")
    with pytest.raises(ForeignKeysBroken, match="payload"), sqlite_database.migrating() as conn:
        conn.execute(orphan)
    assert kept(sqlite_database) == [[], [], [], []]
    with pytest.raises(IntegrityError), sqlite_database.transaction() as conn:
        conn.execute(orphan)


def test_a_row_that_points_nowhere_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.transaction() as conn:
        conn.execute(
            sa.text("INSERT INTO scratch VALUES ('nobody', 'form', '{}', '2024-05-13 05:00:00.000000')")
        )


def test_sqlite_keeps_what_it_has_acknowledged_through_a_power_loss(sqlite_database: Database) -> None:
    full = 2
    with sqlite_database.transaction() as conn:
        assert conn.exec_driver_sql("PRAGMA synchronous").scalar_one() == full
        assert conn.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "truncate"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name"])
def test_a_database_that_keeps_nothing_or_is_unknown_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="must be sqlite:///<file> or postgresql://"):
        Database(url)


def test_who_only_reads_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), database.reading() as conn:
        written(conn)
    assert kept(database) == [[], [], [], []]


def test_a_definition_in_use_never_changes(database: Database) -> None:
    with database.transaction() as conn:
        written(conn)
        written_again = definitions.stored(conn)
    [record] = written_again
    with (
        pytest.raises(definitions.DefinitionChanged, match="new version"),
        database.transaction() as conn,
    ):
        definitions.store(
            conn,
            key=record.key,
            version=record.version,
            digest="e" * 64,
            body="[]",
            effective_from=record.effective_from,
            stored_at=NOON,
        )
    with database.reading() as conn:
        assert definitions.stored(conn) == written_again
