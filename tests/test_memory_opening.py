"""Readers and the writer of one file never wait for each other in a ring."""

import threading

import sqlalchemy as sa

from db import settings
from db.engine import Database

OPENED = 150


def test_readers_that_open_while_somebody_commits_never_find_the_file_locked(
    sqlite_database: Database,
) -> None:
    """SQLite answers a journal mode at once with "locked" then, whatever the timeout: readers must not set one."""
    done = threading.Event()

    def keep_committing() -> None:
        while not done.is_set():
            with sqlite_database.transaction() as conn:
                settings.put(conn, "turn", "x" * 20_000)

    writer = threading.Thread(target=keep_committing)
    writer.start()
    try:
        for _ in range(OPENED):
            fresh = Database(sqlite_database.url)
            with fresh.reading() as conn:
                conn.execute(sa.text("SELECT count(*) FROM cases")).scalar_one()
            fresh.close()
    finally:
        done.set()
        writer.join()


def test_a_reading_within_a_reading_does_not_keep_the_writer_waiting(sqlite_database: Database) -> None:
    """A second reader would wait for the writer, who waits for the first reader, until both give up."""
    committing = threading.Event()

    def commit() -> None:
        with sqlite_database.transaction() as conn:
            settings.put(conn, "turn", "1")
            committing.set()

    with sqlite_database.reading() as outer:
        outer.execute(sa.text("SELECT count(*) FROM cases"))
        writer = threading.Thread(target=commit)
        writer.start()
        committing.wait(5)
        writer.join(0.3)  # it waits for this reading now
        with sqlite_database.reading() as inner:
            assert inner.execute(sa.text("SELECT count(*) FROM cases")).scalar_one() == 0
    writer.join(5)
    assert not writer.is_alive()
