"""Triggers that keep what was written as it was written."""

from collections.abc import Iterator, Mapping

from sqlalchemy.engine import Connection

# What nobody may do to a table. A payload may be erased: the law on personal data asks for it. A command is
# written when it begins and again when it ends.
GUARDED: Mapping[str, tuple[str, ...]] = {
    "history": ("UPDATE", "DELETE", "TRUNCATE"),
    "definition": ("UPDATE", "DELETE", "TRUNCATE"),
    "payload": ("UPDATE",),
    "command": ("DELETE", "TRUNCATE"),
    "view_log": ("UPDATE", "DELETE", "TRUNCATE"),
}


def ensure_guards(conn: Connection) -> None:
    """Install every guard afresh; a table rebuilt by a migration comes without its triggers."""
    for statement in _STATEMENTS[conn.dialect.name]():
        conn.exec_driver_sql(statement)


def guards_present(conn: Connection) -> bool:
    """True when every guard is installed and switched on."""
    found = set(conn.exec_driver_sql(_INSTALLED[conn.dialect.name]).scalars())
    return set(_names(conn.dialect.name)) <= found


def _names(dialect: str) -> Iterator[str]:
    for table, verb in _guards(dialect):
        yield f"guard_{table}_{verb.lower()}"


def _guards(dialect: str) -> Iterator[tuple[str, str]]:
    for table, verbs in GUARDED.items():
        # SQLite knows no TRUNCATE.
        yield from ((table, verb) for verb in verbs if dialect == "postgresql" or verb != "TRUNCATE")
    if dialect == "sqlite":
        # Deleting is allowed here, so REPLACE would be a change that no other trigger sees.
        yield "payload", "REPLACE"


def _sqlite_statements() -> Iterator[str]:
    for table, verb in _guards("sqlite"):
        name = f"guard_{table}_{verb.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        occasion = f"BEFORE {verb} ON {table}"
        if verb == "REPLACE":
            known = f"EXISTS (SELECT 1 FROM {table} WHERE history_id = NEW.history_id)"
            occasion = f"BEFORE INSERT ON {table} WHEN {known}"
        yield f"CREATE TRIGGER {name} {occasion} BEGIN SELECT RAISE(ABORT, '{_refusal(table, verb)}'); END"


def _postgresql_statements() -> Iterator[str]:
    yield (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_ARGV[0]; END $$"
    )
    for table, verb in _guards("postgresql"):
        level = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        yield (
            f"CREATE OR REPLACE TRIGGER guard_{table}_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {level} EXECUTE FUNCTION refuse_change('{_refusal(table, verb)}')"
        )
        # A trigger that was switched off stays off when it is replaced.
        yield f"ALTER TABLE {table} ENABLE TRIGGER guard_{table}_{verb.lower()}"


def _refusal(table: str, verb: str) -> str:
    return f"{table} is kept as it was written: {verb} refused"


_STATEMENTS = {"sqlite": _sqlite_statements, "postgresql": _postgresql_statements}
_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') "
    "AND relnamespace = current_schema()::regnamespace",
}
