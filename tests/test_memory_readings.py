"""Readers and the writer of one file never wait for each other in a ring."""

import threading

import sqlalchemy as sa

from db import settings
from db.engine import Database


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
