"""Instants are stored in UTC."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant: UTC in the database, aware when read.

    SQLite keeps fixed-width text, so the order of strings is the order of time.
    Raises ValueError (wrapped by SQLAlchemy in StatementError) for a naive time.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for the database, or ValueError when the time names no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(
                f"a time without a zone cannot be stored: {value.isoformat()}; give it a timezone"
            )
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any] | None:
        """What writes the column: on SQLite its text at one go."""
        if dialect.name != "sqlite":
            return super().bind_processor(dialect)
        return lambda value: _text_of(self.process_bind_param(value, dialect))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """What reads the column: on SQLite its text at one go."""
        return _of_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """The same instant, aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _text_of(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(" ", "microseconds")


def _of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")
