"""Node packages and Python clients that tests run as programs, installed as their locks say when first needed."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parent
CLIENTS = TESTS / "clients"
CHECKS = TESTS / "checks"
NODE = 20


def missing_node() -> str:
    """What is missing of Node and npm, and what to do about it; "" where nothing is."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            return f"this needs Node {NODE} or newer and npm; there is no `{program}` on the PATH; {_ADVICE}"
    said = subprocess.run(["node", "--version"], text=True, capture_output=True, check=False).stdout.strip()
    number = said.removeprefix("v").partition(".")[0]
    if not number.isdecimal() or int(number) < NODE:
        return f"this needs Node {NODE} or newer; `node --version` says {said!r}; {_ADVICE}"
    return ""


_ADVICE = "install it; the tests that need none: make check unit browser"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Only one of the processes that run tests at a time."""
    with (folder / ".npmrc").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def run(folder: Path, *command: str | Path, **environment: str) -> str:
    """What a command prints, errors and all; it must succeed."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder,
        env=os.environ | environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))}\n{done.stdout}"
    return done.stdout


def node_packages(folder: Path) -> None:
    """What package-lock.json says, unless it is there already."""
    with alone(folder):
        installed, lock = folder / "node_modules" / ".installed", folder / "package-lock.json"
        if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
            run(folder, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
            installed.touch()


def client_python() -> Path:
    """The Python of an environment with what tests/api/clients/requirements.txt says."""
    place = CLIENTS / ".venv"
    python = place / "bin" / "python"
    with alone(CLIENTS):
        installed, lock = place / ".installed", CLIENTS / "requirements.txt"
        if not installed.exists() or installed.stat().st_mtime < lock.stat().st_mtime:
            venv.create(place, with_pip=True, clear=True)
            run(CLIENTS, python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock)
            installed.touch()
    return python


def npx(folder: Path, tool: str, *arguments: str | Path, **environment: str) -> str:
    """What a program of an installed Node package prints."""
    return run(folder, folder / "node_modules" / ".bin" / tool, *arguments, **environment)
