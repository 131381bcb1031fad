"""Packages from the command line: made, verified with an exit code of its own, taken in once."""

import json
from pathlib import Path

import pytest
from builders import World, a_dossier, a_world, with_roles
from builders_packages import Taken, digest, with_files
from databases import a_sqlite_copy
from test_command_line import Run, a_shell, printed

from db.engine import Database


@pytest.fixture
def sender(sqlite_database: Database, tmp_path: Path) -> World:
    """An installation whose papers have their bytes."""
    return with_files(with_roles(a_world(sqlite_database, tmp_path)))


@pytest.fixture
def run(sender: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line on it."""
    return a_shell(sender, tmp_path, monkeypatch)


def test_a_package_goes_from_one_installation_to_another(
    sender: World,
    run: Run,
    sqlite_template: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refs = [a_dossier(sender, "awaiting_submission", unit=unit) for unit in ("P1", "P2")]
    file = tmp_path / "goi.zip"
    letter = ("--letter", "15/TTr-UBND", "--date", "2024-05-20")
    made = printed(run("package", "make", *refs, "--out", str(file), "--as", "hung", *letter, "--json"))
    assert (made["sha256"], made["size"]) == (digest(file.read_bytes()), file.stat().st_size)
    found = printed(run("package", "verify", str(file), "--sha256", made["sha256"], "--json"))
    assert (found["ok"], found["refs"], found["members"]) == (True, refs, 15)
    with a_sqlite_copy(sqlite_template) as other:
        monkeypatch.setenv("KHENTHUONG_DATABASE", other.url)
        monkeypatch.setenv("KHENTHUONG_DATA", str(tmp_path / "province"))
        first = printed(run("package", "import", str(file), "--json"))
        again = printed(run("package", "import", str(file), "--json"))
        assert (first["new"], again["new"], again["id"]) == (True, False, first["id"])
        assert "không có gì thay đổi" in run("package", "import", str(file)).stdout


def test_the_first_bad_member_is_named_with_exit_code_three(sender: World, run: Run, tmp_path: Path) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    file = tmp_path / "goi.zip"
    assert run("package", "make", ref, "--out", str(file)).exit_code == 0
    changed = Taken.of(file.read_bytes())
    changed.members["to-trinh.docx"] = b"another letter"
    file.write_bytes(changed.packed())
    for command in ("verify", "import"):
        refused = run("package", command, str(file), "--lang", "en")
        assert refused.exit_code == 3
        assert "to-trinh.docx: its size is not the listed one" in refused.stderr
    told = run("package", "verify", str(file), "--json")
    assert (told.exit_code, json.loads(told.stdout)["member"]) == (3, "to-trinh.docx")


def test_another_digest_than_the_one_recorded_is_told(sender: World, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "goi.zip"
    run("package", "make", a_dossier(sender, "awaiting_submission"), "--out", str(file))
    refused = run("package", "verify", str(file), "--sha256", "0" * 64)
    assert refused.exit_code == 3
    assert digest(file.read_bytes()) in refused.stderr


def test_what_cannot_be_packed_says_why(sender: World, run: Run, tmp_path: Path) -> None:
    ref = a_dossier(sender, "awaiting_submission")
    out = ("--out", str(tmp_path / "goi.zip"))
    assert run("package", "make", "HS-2024-0999", *out).exit_code == 1
    assert run("package", "make", ref, "--as", "lan", *out).exit_code == 1
    assert run("package", "make", ref, "--as", "nobody", *out).exit_code == 1
    assert run("package", "make", a_dossier(sender), *out).exit_code == 1
    assert run("package", "make", ref, "--letter", "15/TTr\u0007", *out).exit_code == 2
    assert run("package", "make", ref, "--out", str(tmp_path / "no" / "goi.zip")).exit_code == 2
    assert run("package", "verify", str(tmp_path / "absent.zip")).exit_code == 2
    for blob in (tmp_path / "blobs").glob("*/*"):
        blob.unlink()
    lost = run("package", "make", ref, *out)
    assert (lost.exit_code, "TO_TRINH.pdf" in lost.stderr) == (1, True)


def test_a_package_larger_than_the_settings_allow_is_refused(
    sender: World, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "goi.zip"
    run("package", "make", a_dossier(sender, "awaiting_submission"), "--out", str(file))
    monkeypatch.setenv("KHENTHUONG_PACKAGE_MEMBERS", "2")
    refused = run("package", "verify", str(file), "--lang", "en")
    assert (refused.exit_code, "the most is 2" in refused.stderr) == (3, True)
