"""An installation is told what it needs by its environment."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from workflow.settings import Settings


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHENTHUONG_DATA", "/srv/khenthuong")
    monkeypatch.setenv("KHENTHUONG_PUBLIC_ORIGIN", "https://Thi-Dua.Example:8443/")
    told = Settings()
    assert told.data == Path("/srv/khenthuong")
    assert told.database_url == "sqlite:////srv/khenthuong/khenthuong.sqlite"
    assert told.public_origin == "https://thi-dua.example:8443"
    assert told.secure


def test_a_database_that_is_named_wins_over_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KHENTHUONG_DATABASE", "postgresql://app@db/khenthuong")
    assert Settings().database_url == "postgresql://app@db/khenthuong"


@pytest.mark.parametrize(
    "origin", ["thi-dua.example", "ftp://thi-dua.example", "https://", "https://a.example/app"]
)
def test_an_address_nobody_could_open_stops_the_start(origin: str) -> None:
    with pytest.raises(ValidationError, match="must be the address people open"):
        Settings(public_origin=origin)
