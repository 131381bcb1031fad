"""The clock from the command line: one pass, or running until it is told to stop."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """The command line over an empty installation that is no demonstration."""
    monkeypatch.setenv("KHENTHUONG_DATA", str(tmp_path))
    for name in ("KHENTHUONG_DEMO", "KHENTHUONG_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    return CliRunner()


def test_a_pass_over_nothing_says_so(run: CliRunner) -> None:
    found = run.invoke(app, ["tick", "--json"])
    said = json.loads(found.stdout)
    assert (found.exit_code, said["fired"], said["failed"], said["halt"]) == (0, [], [], None)


def test_a_real_installations_clock_is_not_moved(run: CliRunner) -> None:
    found = run.invoke(app, ["tick", "--at", "2030-01-01", "--lang", "en"])
    assert found.exit_code == 2
    assert "demonstrations only" in found.stderr


def test_a_demos_clock_moves_first_then_everything_due_is_fired(
    run: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHENTHUONG_DEMO", "1")
    found = run.invoke(app, ["tick", "--at", "2024-05-15T08:00", "--json"])
    assert json.loads(found.stdout)["at"].startswith("2024-05-15T08:00:0")
    elsewhere = run.invoke(app, ["tick", "--at", "2024-05-16T01:00:00+00:00", "--json"])
    assert json.loads(elsewhere.stdout)["at"].startswith("2024-05-16T08:00:0")
    back = run.invoke(app, ["tick", "--at", "2024-05-01", "--lang", "en"])
    assert back.exit_code == 1
    assert "went back" in back.stdout
    released = run.invoke(app, ["tick", "--release", "--json"])
    assert (released.exit_code, json.loads(released.stdout)["halt"]) == (0, None)


def test_the_clock_runs_alone_until_it_is_told_to_stop(tmp_path: Path) -> None:
    there = {**os.environ, "KHENTHUONG_DATA": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "cli", "clock", "--lang", "en"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=there, cwd=root) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "The clock is running.\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0
