"""Plans of years at the command line."""

import json
from datetime import date
from pathlib import Path

import pytest
from builders import World
from builders_plan import a_year, accepted
from test_command_line import Run, a_shell, an_office

from db.engine import Database
from states.year.plan_file import plan_document, shipped_plan


@pytest.fixture
def office(sqlite_database: Database, tmp_path: Path) -> World:
    """The installation before any plan."""
    return an_office(sqlite_database, tmp_path)


@pytest.fixture
def run(office: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """One command on that installation."""
    return a_shell(office, tmp_path, monkeypatch)


def test_without_a_plan_there_is_nothing_to_show(run: Run) -> None:
    answer = run("plan", "show")
    assert answer.exit_code == 1
    assert "Chưa có kế hoạch năm nào" in answer.stderr


def test_every_item_of_the_plan_is_shown_with_its_state(office: World, run: Run) -> None:
    a_year(office, date(2024, 5, 13))
    accepted(office, "P1")
    found = json.loads(run("plan", "show", "--year", "2024", "--json").stdout)[0]
    assert [one["item"] for one in found["items"]] == [item.id for item in shipped_plan(2024).items]
    by_item = {one["item"]: one for one in found["items"]}
    assert by_item["REP-6M-UNIT"]["duties"] == {
        "owing": 4, "sent": 1, "accepted": 1, "excused": 0, "overdue": 0
    }  # fmt: skip
    assert by_item["Q1-01a"]["state"] == "overdue"
    assert by_item["Q1-01a"]["ref"].startswith("CV-")
    assert by_item["Q1-04"]["waits_for"] == ["Q1-06a", "Q1-06b"]
    lines = run("plan", "show", "--lang", "en").stdout
    assert "1 of 4 units have sent it, 0 overdue" in lines
    assert "working days late" in lines


def test_a_sound_plan_is_called_sound(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan_document(shipped_plan(2024))), "utf-8")
    assert "67 việc" in run("plan", "check", str(file)).stdout


def test_a_faulty_plan_is_answered_place_by_place(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    plan = plan_document(shipped_plan(2024))
    plan["items"][8]["depends_on"] = ["Q9-99"]
    file.write_text(json.dumps(plan), "utf-8")
    answer = run("plan", "check", str(file), "--json")
    assert answer.exit_code == 1
    assert json.loads(answer.stderr)[0]["place"].endswith("depends_on")
    assert "Q9-99" in run("plan", "check", str(file), "--lang", "en").stderr


def test_a_file_that_is_not_there_is_said_to_be_unreadable(run: Run, tmp_path: Path) -> None:
    assert run("plan", "check", str(tmp_path / "none.toml")).exit_code == 2
