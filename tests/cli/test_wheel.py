"""A wheel works where there is no checkout: it brings its rules and pages, and is compiled only where a build asks."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds" / "000_af30fc7277ce6754.txt"


def run(*command: str | Path, **environment: str) -> str:
    """What a command prints; it must succeed."""
    done = subprocess.run(
        list(map(str, command)), env=os.environ | environment, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def wheel(folder: Path, **environment: str) -> Path:
    """The wheel that pip builds of the checkout."""
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, **environment)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment that has the plain wheel and its dependencies, and knows of no checkout."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place / "environment", with_pip=False)
    programs = place / "environment" / "bin"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", programs / "python")
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel(place))
    # A folder that is named here brings its packages, but not what is installed in place there: not the checkout.
    packages = run(programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip()
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return programs


@contextmanager
def served(programs: Path, folder: Path) -> Iterator[str]:
    """The address at which the installed program serves a database of its own."""
    command = [programs / "chancery", "serve", "--port", "0", "--database", folder / "chancery.db"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


def test_it_reads_by_the_rules_it_brings(installed: Path, tmp_path: Path) -> None:
    origin = run(installed / "python", "-P", "-c", "import engine.rules; print(engine.rules.RULES)")
    assert str(ROOT) not in origin
    here = run(Path(sys.executable).with_name("chancery"), "extract", SEED)
    assert json.loads(here)["events"]
    assert run(installed / "chancery", "extract", SEED, CHANCERY_CACHE=str(tmp_path)) == here


def test_it_reads_by_other_rules_where_it_is_told_to(installed: Path, tmp_path: Path) -> None:
    rules = shutil.copytree(ROOT / "rules", tmp_path / "rules")
    Path(rules, "meeting.lark").unlink()
    told = run(installed / "chancery", "extract", "--rules", rules, SEED, CHANCERY_CACHE=str(tmp_path))
    assert "MEETING" not in {event["type"] for event in json.loads(told)["events"]}


def test_it_serves_its_pages(installed: Path, tmp_path: Path) -> None:
    with served(installed, tmp_path) as address, httpx.Client(base_url=address, timeout=60) as client:
        assert client.get("/health").is_success
        page = client.get("/graphql", headers={"accept": "text/html"})
        assert page.is_success
        assets = re.findall(r'"(/static/graphiql/[^"]+)"', page.text)
        assert assets
        assert all(client.get(asset).is_success for asset in assets)


def test_nothing_is_compiled_unless_asked(tmp_path: Path) -> None:
    built = wheel(tmp_path)
    assert built.name.endswith("-py3-none-any.whl")
    names = zipfile.ZipFile(built).namelist()
    assert "engine/hatch_build.py" not in names
    assert not [name for name in names if name.endswith((".so", ".pyd", ".c"))]
