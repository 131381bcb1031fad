"""The demos, filled once in a whole run, for test modules that name this file in ``pytest_plugins``."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders_demo import City, a_shared_demo

from workflow.demo.filling import CITY, WARDS


@pytest.fixture(scope="session")
def city(sqlite_template: Path, run_folder: Path) -> Iterator[City]:
    """The demo of 2024 on SQLite for all tests that only look at it."""
    with a_shared_demo(CITY, sqlite_template, run_folder) as city:
        yield city


@pytest.fixture(scope="session")
def wards(sqlite_template: Path, run_folder: Path) -> Iterator[City]:
    """The same of the five wards."""
    with a_shared_demo(WARDS, sqlite_template, run_folder) as wards:
        yield wards
