"""Checks of the ground the project stands on: locks, packaging, rooms."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("states", "db", "notifications", "workflow", "web", "cli")
HARNESSES = "bench"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
BIN = Path(sys.executable).parent


def locked_by_uv() -> dict[str, dict[str, Any]]:
    """Return uv.lock's packages by name, without the project itself."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return {package["name"]: package for package in packages if package["name"] != "khenthuong"}


def test_both_locks_name_the_same_versions() -> None:
    pinned = dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", (ROOT / "requirements.lock").read_text(), re.M))
    assert pinned == {name: package["version"] for name, package in locked_by_uv().items()}


def test_both_locks_carry_the_same_hashes() -> None:
    in_uv = {
        file["hash"]
        for package in locked_by_uv().values()
        for file in [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
    }
    assert set(re.findall(r"--hash=(\S+)", (ROOT / "requirements.lock").read_text())) == in_uv


def test_the_locked_versions_satisfy_every_declared_requirement() -> None:
    project = PYPROJECT["project"]
    declared = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
        *(line for group in PYPROJECT["dependency-groups"].values() for line in group),
    ]
    locked = locked_by_uv()
    for requirement in map(Requirement, declared):
        assert requirement.specifier.contains(locked[requirement.name.lower()]["version"]), requirement


def test_every_locked_package_has_a_wheel() -> None:
    assert [name for name, package in locked_by_uv().items() if not package.get("wheels")] == []


def test_the_locks_name_the_public_index_alone() -> None:
    text = (ROOT / "uv.lock").read_text() + (ROOT / "requirements.lock").read_text()
    assert set(re.findall(r"https?://[^/\"\s]+", text)) == {
        "https://pypi.org",
        "https://files.pythonhosted.org",
    }


def test_no_installed_distribution_shadows_a_room() -> None:
    owners = packages_distributions()
    assert {room: owners[room] for room in ROOMS if set(owners.get(room, [])) - {"khenthuong"}} == {}


def test_the_starter_needs_the_standard_library_alone() -> None:
    # feature_version: an older Python must be able to read the file to say that it is too old.
    tree = ast.parse((ROOT / "run.py").read_text(), feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_the_wheel_carries_every_file_of_the_rooms_with_nothing_beside(tmp_path: Path) -> None:
    build: list[str | Path] = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert shipped == {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


PLANTED = {
    "db/wrong.py": "import web",
    "states/wrong.py": "import sqlalchemy",
    "workflow/wrong.py": "import transitions",
    "notifications/wrong.py": "import apscheduler\nimport fastapi",
    "web/wrong.py": "import sqlmodel\nimport bench",
}


@pytest.mark.parametrize("planted", [{}, PLANTED], ids=["a clean tree", "one wrong import for each contract"])
def test_the_import_contracts_catch_a_wrong_import(tmp_path: Path, planted: dict[str, str]) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in (*ROOMS, HARNESSES):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").touch()
    for path, source in planted.items():
        (tmp_path / path).write_text(source)
    run = subprocess.run(
        [BIN / "lint-imports", "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    contracts = PYPROJECT["tool"]["importlinter"]["contracts"]
    verdict = "BROKEN" if planted else "KEPT"
    assert [
        contract["name"] for contract in contracts if f"{contract['name']} {verdict}" not in run.stdout
    ] == []


def clock_reads(source: str) -> list[int]:
    """Return the lines that ask `datetime` or `date` for the present."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and node.attr in {"now", "today", "utcnow"}
        # `facts.today` is a fact handed in; `date.today` and `datetime.datetime.now` are not.
        and ast.unparse(node.value).rpartition(".")[2] in {"date", "datetime"}
    ]


def test_the_rules_never_read_a_clock() -> None:
    assert clock_reads("a = facts.today\nb = date.today()\nc = datetime.datetime.now(UTC)") == [2, 3]
    rules = (ROOT / "states").rglob("*.py")
    assert {path.name: lines for path in rules if (lines := clock_reads(path.read_text()))} == {}


def test_an_environment_made_by_another_python_is_known_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    described = importlib.util.spec_from_file_location("starter", ROOT / "run.py")
    assert described is not None
    assert described.loader is not None
    starter = importlib.util.module_from_spec(described)
    described.loader.exec_module(starter)
    monkeypatch.setattr(starter, "VENV", tmp_path)
    settings = tmp_path / "pyvenv.cfg"
    assert not starter.of_another_python()
    settings.write_text(f"home = {Path(sys.executable).resolve().parent}\nversion = 3\n")
    assert not starter.of_another_python()
    settings.write_text("home = /opt/python/bin\n")
    assert starter.of_another_python()
