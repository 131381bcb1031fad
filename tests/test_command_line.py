"""The command line does what people do, says why not, ends with a code a script can rely on."""

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import World, a_dossier, a_draft, a_world, judged, with_roles
from mail_server import a_mail_server
from typer.testing import CliRunner, Result

from cli.main import app
from cli.words import WORDS
from db.blobs import BlobStore
from db.engine import Database
from states.definition_file import shipped
from workflow.engine import Engine
from workflow.people.preferences import set_contact

Run = Callable[..., Result]


def an_office(database: Database, folder: Path) -> World:
    """The small city as an installation in 2024, everybody with the role they have there."""
    return with_roles(a_world(database, folder))


def a_shell(world: World, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs one command on that installation; its clock shows what the city's does."""
    monkeypatch.setenv("KHENTHUONG_DATABASE", world.engine.database.url)
    monkeypatch.setenv("KHENTHUONG_DATA", str(folder))

    def run(*arguments: str, typed: str = "") -> Result:
        Engine(world.engine.database, world.engine.blobs).open().set_clock(world.now)
        return CliRunner().invoke(app, list(arguments), input=typed, catch_exceptions=False)

    return run


@pytest.fixture
def office(sqlite_database: Database, tmp_path: Path) -> World:
    """The installation on the quicker of the two databases."""
    return an_office(sqlite_database, tmp_path)


@pytest.fixture
def run(office: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line on it."""
    return a_shell(office, tmp_path, monkeypatch)


def printed(result: Result) -> Any:
    """What a command printed as JSON."""
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_an_act_is_done_as_a_person(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = an_office(database, tmp_path)
    run = a_shell(office, tmp_path, monkeypatch)
    ref = a_draft(office)
    done = printed(run("act", ref, "submit", "--as", "minh", "--json"))
    assert done == {"ref": ref, "station": "home_affairs_review", "version": 3, "seq": 3}
    verdicts = {"verdicts": [{"nomination": office.ids(ref)[0], "verdict": "recommended"}]}
    judged_ = run("act", ref, "judge", "--as", "ngoc", "--args", "-", typed=json.dumps(verdicts))
    assert (judged_.exit_code, judged_.stdout) == (0, f"{ref}: đã xong, bước Nội vụ thẩm định, phiên bản 4\n")
    assert office.record(ref).version == 4


def test_the_same_key_does_the_act_once(office: World, run: Run) -> None:
    ref = a_draft(office)
    command = ("act", ref, "submit", "--as", "minh", "--key", "k1", "--version", "2", "--json")
    assert printed(run(*command)) == printed(run(*command))
    assert office.record(ref).version == 3


def test_a_refused_act_ends_with_1_and_every_reason_on_stderr(office: World, run: Run) -> None:
    ref = a_dossier(office, "home_affairs_review")
    refused = run("act", ref, "forward", "--as", "ngoc", "--lang", "en")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "wrong_role" in refused.stderr
    assert "not_all_judged" in refused.stderr
    late = run(
        "act",
        ref,
        "judge",
        "--as",
        "ngoc",
        "--version",
        "1",
        "--json",
        "--args",
        "-",
        typed='{"verdicts": []}',
    )
    assert (late.exit_code, json.loads(late.stderr)["code"]) == (1, "changed_meanwhile")


@pytest.mark.parametrize(
    "arguments",
    [
        ("history", "HS-2024-9999"),
        ("can", "HS-2024-0001", "--as", "nobody"),
        ("can", "HS-2024-0001", "--as", "khoa"),
        ("act", "HS-2024-0001", "dance", "--as", "minh"),
        ("definition", "show", "dossier@Z.9"),
        ("token", "create", "nobody"),
    ],
)
def test_what_is_not_there_ends_with_1(office: World, run: Run, arguments: tuple[str, ...]) -> None:
    a_draft(office)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("dance",),
        ("act", "HS-2024-0001"),
        ("act", "HS-2024-0001", "submit", "--as", "minh", "--version", "two"),
        ("act", "HS-2024-0001", "submit", "--as", "minh", "--key", "two words"),
        ("act", "HS-2024-0001", "submit", "--as", "minh", "--args", "/nowhere.json"),
        ("act", "HS-2024-0001", "withdraw", "--as", "minh", "--args", "-"),
        ("act", "HS-2024-0001", "extend", "--as", "minh"),
        ("history", "HS-2024-0001", "--as-of", "yesterday"),
        ("verify", "--lang", "fr"),
        ("user", "add", "new", "--name", "A", "--role", "unit_clerk"),
        ("user", "add", "new", "--name", "A", "--role", "unit_clerk@P1"),
        ("demo", "--date", "13/05/2024"),
    ],
)
def test_wrong_usage_ends_with_2(office: World, run: Run, arguments: tuple[str, ...]) -> None:
    a_draft(office)
    result = run(*arguments, typed="[1]")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr
    assert office.record("HS-2024-0001").version == 2


def test_settings_that_cannot_be_used_end_with_2(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KHENTHUONG_DATA", str(tmp_path))
    for name, value in (("DATABASE", "mysql://x/y"), ("PUBLIC_ORIGIN", "somewhere")):
        with monkeypatch.context() as wrong:
            wrong.setenv(f"KHENTHUONG_{name}", value)
            assert CliRunner().invoke(app, ["verify"]).exit_code == 2


def test_can_says_what_may_be_done_and_why_the_rest_may_not(office: World, run: Run) -> None:
    ref = a_dossier(office, "home_affairs_review")
    offers = {offer["act"]: offer for offer in printed(run("can", ref, "--as", "son", "--json"))["acts"]}
    assert offers["hold"]["allowed"]
    assert [reason["code"] for reason in offers["forward"]["reasons"]] == ["not_all_judged"]
    said = run("can", ref, "--as", "son").stdout
    assert "+ hold" in said
    assert "- forward" in said


def test_history_is_read_up_to_a_moment(office: World, run: Run) -> None:
    ref = a_dossier(office, "home_affairs_review")
    judged(office, ref)
    whole = printed(run("history", ref, "--json"))
    assert [entry["act"] for entry in whole["items"]] == ["create", "amend", "submit", "judge"]
    early = printed(run("history", ref, "--as-of", "2024-05-13T08:02:30+07:00", "--json"))
    assert early["state"] == {"station": "drafting", "version": 2}
    assert "Đỗ Quang Minh (Thủ trưởng đơn vị, Phường Hoa Mai)" in run("history", ref).stdout


OWNS_THE_FILE = "DROP TRIGGER IF EXISTS guard_history_delete; "
"""Who opens the file with a program of their own is held by no guard, nor by a foreign key."""


@pytest.mark.parametrize(
    ("done", "named", "said"),
    [
        ("UPDATE cases SET station = 'awarded'", 2, "Hồ sơ đang lưu khác với kết quả tính lại từ nhật ký."),
        (f"{OWNS_THE_FILE} DELETE FROM history WHERE seq = 1", 1, "Thiếu mục: số thứ tự không liền nhau."),
        (
            f"{OWNS_THE_FILE} DELETE FROM history WHERE seq = 2",
            1,
            "Hồ sơ đang lưu khác với kết quả tính lại từ nhật ký.",
        ),
    ],
)
def test_verify_ends_with_3_and_names_the_entry_in_a_file_somebody_opened(
    office: World, run: Run, done: str, named: int, said: str
) -> None:
    ref = a_draft(office)
    assert printed(run("verify", "--json"))["ok"] is True
    with sqlite3.connect(office.engine.database.url.removeprefix("sqlite:///")) as raw:
        raw.executescript(done)
    raw.close()
    broken = run("verify", "--json")
    assert broken.exit_code == 3
    bad = json.loads(broken.stdout)["first_bad"]
    assert (bad["case"], bad["seq"]) == (ref, named)
    assert said in run("verify").stdout


def test_a_new_account_comes_in_with_its_token(office: World, run: Run) -> None:
    added = run(
        "user", "add", "thao", "--name", "Hà Bích Thảo", "--role", "unit_clerk@P1", typed="suối reo\n"
    )
    assert added.exit_code == 2
    typed = "suối reo bên đồi\n"
    added = run("user", "add", "thao", "--name", "Hà Bích Thảo", "--role", "unit_clerk@P1", typed=typed)
    assert added.exit_code == 0, added.stderr
    token = printed(run("token", "create", "thao", "--json"))
    assert token["token"].startswith("kt_")
    ref = a_draft(office)
    assert run("act", ref, "withdraw", "--as", "thao").exit_code == 1
    taken = run("user", "add", "thao", "--name", "Ai khác", "--role", "unit_clerk@P1", typed=typed)
    assert taken.exit_code == 2
    assert "login" in taken.stderr


def test_a_unit_begins_and_ends_on_a_day(office: World, run: Run) -> None:
    new = ("unit", "add", "T9", "--kind", "school", "--body", "LK", "--name", "Trường Tiểu học Đồi Mơ")
    assert run(*new, "--from", "2024-05-13").exit_code == 0
    assert run(*new).exit_code == 2, "an id is given once"
    assert run("unit", "add", "T8", "--kind", "choir", "--body", "P1", "--name", "?").exit_code == 2
    ended = printed(run("unit", "end", "T9", "2024-06-30", "--json"))
    assert ended == {"id": "T9", "valid_to": "2024-06-30"}
    assert run("unit", "end", "T9", "2023-01-01").exit_code == 2
    listed = {one["id"]: one for one in printed(run("unit", "list", "--json"))}
    assert (listed["T9"]["valid_from"], listed["T9"]["valid_to"]) == ("2024-05-13", "2024-06-30")


def test_notices_that_wait_are_listed(office: World, run: Run) -> None:
    a_dossier(office, "home_affairs_review")
    listed = printed(run("outbox", "--json"))
    assert {"role": "home_affairs_officer", "unit": "LK"}.items() <= listed[0].items()


def test_definitions_are_checked_shown_and_compared(run: Run, tmp_path: Path) -> None:
    name = "dossier@A.1"
    assert {"name": name, "digest": shipped()[name].digest} in printed(run("definition", "check", "--json"))
    assert printed(run("definition", "show", name, "--json"))["version"] == "A.1"
    assert run("definition", "diagram", name).stdout.startswith("stateDiagram-v2")
    assert run("definition", "diff", name, name).stdout == "Không khác nhau.\n"
    document = tmp_path / "process.md"
    assert run("definition", "diagram", "--write", str(document)).exit_code == 0
    assert f"`{name}`" in document.read_text("utf-8")
    faulty = tmp_path / "faulty.toml"
    faulty.write_text("key = 1", encoding="utf-8")
    assert run("definition", "check", str(faulty)).exit_code == 1
    assert run("definition", "check", str(tmp_path / "none.toml")).exit_code == 2


def test_init_makes_an_empty_installation_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "new" / "data"
    monkeypatch.setenv("KHENTHUONG_DATA", str(data))
    monkeypatch.delenv("KHENTHUONG_DATABASE", raising=False)
    assert CliRunner().invoke(app, ["init"]).exit_code == 0
    assert (data / "khenthuong.sqlite").exists()
    assert printed(CliRunner().invoke(app, ["verify", "--json"]))["cases"] == 0


def test_everything_it_says_is_said_in_both_languages() -> None:
    for code, said in WORDS.items():
        assert said["vi"], code
        assert said["en"], code
        assert said["vi"] != said["en"], code


def test_the_demo_leaves_other_data_alone(office: World, run: Run) -> None:
    refused = run("demo", "--lang", "en")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "empty folder" in refused.stderr


def test_data_of_other_rules_are_not_opened(sqlite_database: Database, tmp_path: Path) -> None:
    name = "dossier@A.1"
    other = replace(shipped()[name], text=shipped()[name].text.replace("Award dossier", "Dossier"))
    Engine(sqlite_database, BlobStore(tmp_path), definitions={name: other}).open()
    there = {"KHENTHUONG_DATABASE": sqlite_database.url, "KHENTHUONG_DATA": str(tmp_path)}
    refused = CliRunner().invoke(app, ["verify"], env=there)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert name in refused.stderr


def test_a_database_that_does_not_answer_is_one_sentence_not_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KHENTHUONG_DATA", str(tmp_path))
    monkeypatch.setenv("KHENTHUONG_DATABASE", "postgresql://nobody@127.0.0.1:1/none")
    ended = CliRunner().invoke(app, ["verify", "--lang", "en"])
    assert ended.exit_code == 2
    assert ended.stderr.startswith("The database does not answer")


def test_notices_are_sent_from_the_command_line(
    office: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_contact(office.engine, "ngoc", email="ngoc@thi-dua.example", lang="vi")
    a_dossier(office, "home_affairs_review")
    with a_mail_server() as post:
        monkeypatch.setenv("KHENTHUONG_SMTP_HOST", "127.0.0.1")
        monkeypatch.setenv("KHENTHUONG_SMTP_PORT", str(post.port))
        assert printed(run("pump", "--once", "--json")) == {
            "addressed": 2,
            "sent": 1,
            "failed": 0,
            "dead": 0,
            "dropped": 0,
        }
    assert len(post.taken) == 1


def test_versions_of_two_processes_are_not_compared(run: Run) -> None:
    refused = run("definition", "diff", "dossier@A.1", "report@A.1", "--lang", "en")
    assert refused.exit_code == 1
    assert "two different processes" in refused.stderr
