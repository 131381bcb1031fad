"""The demo of 2024, filled once, for test modules that name this file in ``pytest_plugins``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders_demo import City, a_filled
from databases import a_sqlite_copy


@pytest.fixture(scope="session")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The demo on SQLite, filled once for all tests that only look at it."""
    with a_sqlite_copy(sqlite_template) as database:
        yield a_filled(database, tmp_path_factory.mktemp("demo"))
