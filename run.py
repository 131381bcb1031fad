#!/usr/bin/env python3
"""Runs the project in an environment built from its lock.

python3 run.py demo     serve a filled demonstration year
python3 run.py bench    measure `life`, `queries`, `web`, `verify`; the names, `--size N`, `--database` may follow
python3 run.py prove    try to break the promises at full count; `prove P1 --scale 0.1` for less
python3 run.py test     run every gate and every test; pytest arguments may follow and skip the gates
python3 run.py …        anything else goes to the command line, `khenthuong …`
"""

from __future__ import annotations  # so that an older Python gets as far as being told it is too old

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCK = HERE / "requirements.lock"
STAMP = VENV / ".lock-hash"

GATES: dict[str, list[str | Path]] = {
    "ruff check": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "mypy --strict": [BIN / "mypy", "--strict"],
    "lint-imports": [BIN / "lint-imports"],
}

TOO_OLD = "Cần Python 3.11 trở lên. / Python 3.11 or newer is needed."
NO_INSTALLER = (
    "Máy chưa có uv, venv hay pip: chạy `sudo apt-get install -y python3-venv` rồi thử lại. / "
    "No uv, venv or pip here: run `sudo apt-get install -y python3-venv` and try again."
)
NO_PACKAGES = (
    "Không cài được thư viện: xem lỗi ở trên, kiểm tra mạng hoặc proxy rồi thử lại. / "
    "The packages could not be installed: see the error above, check the network or proxy and try again."
)


def say(line: str) -> None:
    """Print progress on stderr, so that stdout stays the command's own."""
    print(line, file=sys.stderr, flush=True)


def succeeds(*command: str | Path) -> bool:
    """Run a command without its output and tell whether it worked."""
    return subprocess.run(command, cwd=HERE, capture_output=True, check=False).returncode == 0


def lock_hash() -> str:
    """Return the mark of the lock that .venv must have been filled from."""
    return hashlib.sha256(LOCK.read_bytes()).hexdigest()


def sync_with_uv(uv: str) -> bool:
    """Fill .venv by uv, trusting the machine's certificates as pip does."""
    say("Cài thư viện bằng uv … / Installing packages with uv …")
    environment = {"UV_SYSTEM_CERTS": "1", **os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV)}
    command = [uv, "sync", "--frozen", "--all-extras", "--all-groups", "--no-install-project", "--no-build"]
    command += ["--quiet", "--python", sys.executable]
    return subprocess.run(command, cwd=HERE, env=environment, check=False).returncode == 0


def of_another_python() -> bool:
    """Whether .venv was made by another Python: mended with this one it would be half of each."""
    settings = VENV / "pyvenv.cfg"
    if not settings.exists():
        return False
    pairs = (line.partition("=") for line in settings.read_text(encoding="utf-8").splitlines())
    home = next((value.strip() for name, _, value in pairs if name.strip() == "home"), "")
    return os.path.realpath(home) != os.path.dirname(os.path.realpath(sys.executable))


def pip_for_venv() -> list[str | Path]:
    """Make .venv, or mend the one there is, and return the pip that can fill it."""
    make: list[str | Path] = [sys.executable, "-m", "venv", VENV]
    if of_another_python():
        make.append("--clear")
    if succeeds(*make):
        return [PYTHON, "-m", "pip"]
    # Debian without python3-venv: an empty environment still works, and the system's pip can fill it.
    outer: list[str | Path] = [sys.executable, "-m", "pip", "--python", PYTHON]
    if succeeds(*make, "--without-pip") and succeeds(*outer, "--version"):
        return outer
    sys.exit(NO_INSTALLER)


def install_with_pip() -> None:
    """Fill .venv by pip from the hashed lock, wheels only."""
    pip = pip_for_venv()
    say("Cài thư viện bằng pip, khoảng một phút … / Installing packages with pip, about a minute …")
    options = ["--quiet", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
    if subprocess.run([*pip, "install", *options, "-r", LOCK], cwd=HERE, check=False).returncode:
        sys.exit(NO_PACKAGES)


def set_up() -> None:
    """Bring .venv in step with the lock; do nothing when it already is."""
    wanted = lock_hash()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        return
    say("Chuẩn bị môi trường .venv … / Preparing .venv …")
    uv = shutil.which("uv")
    if not (uv and sync_with_uv(uv)):
        install_with_pip()
    STAMP.write_text(wanted)
    say("Xong. / Ready.")


def failed_gates() -> list[str]:
    """Run every gate and return the names of those that found something."""
    failed = []
    for name, command in GATES.items():
        say(f"== {name}")
        if subprocess.run(command, cwd=HERE, check=False).returncode:
            failed.append(name)
    return failed


def test(arguments: list[str]) -> int:
    """Run the gates and then pytest, whose closing line is the last word even when a gate failed."""
    failed = [] if arguments else failed_gates()
    if failed:
        say(f"Không đạt, vẫn chạy phép thử / Failed, the tests run all the same: {', '.join(failed)}")
    pytest: list[str | Path] = [PYTHON, "-m", "pytest", "-n", "3", *arguments]
    return subprocess.run(pytest, cwd=HERE, check=False).returncode or int(bool(failed))


def harness(name: str, arguments: list[str]) -> int:
    """Run one of the harnesses beside the product."""
    return subprocess.run([PYTHON, "-m", f"bench.{name}", *arguments], cwd=HERE, check=False).returncode


def command_line(arguments: list[str]) -> int:
    """Hand over to `python -m cli` in the caller's folder, so that relative paths mean what they say."""
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(HERE), os.environ.get("PYTHONPATH")]))
    command = [str(PYTHON), "-P", "-m", "cli", *arguments]
    if os.name == "nt":
        return subprocess.run(command, check=False).returncode
    return os.execv(command[0], command)  # the same process: signals reach the server itself


def main(arguments: list[str]) -> int:
    """Set up, then route."""
    if sys.version_info < (3, 11):  # noqa: UP036 - whoever starts this may have an older Python
        sys.exit(TOO_OLD)
    set_up()
    if arguments[:1] == ["test"]:
        return test(arguments[1:])
    if arguments[:1] in (["bench"], ["prove"]):
        return harness(arguments[0], arguments[1:])
    return command_line(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
