"""Compiles the engine's hot modules into a wheel, with mypyc, where a build asks for it (HATCH_BUILD_HOOKS_ENABLE=1).

All is compiled in a copy that the build throws away: a checkout never holds a compiled file that its sources outrun.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "engine"
SETUP = """
from setuptools import setup
from mypyc.build import mypycify

setup(name="compiled", packages=[], ext_modules=mypycify({arguments!r}, group_name="{package}", **{options}))
"""
COMPILED = "built"


class CompilingHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled form of the modules that pyproject.toml names; their sources stay in the wheel beside it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile for a wheel; an installation in place reads its sources. Raises SystemExit with what is missing."""
        if version == "editable":
            return
        complain_of_missing()
        self.copy = TemporaryDirectory(prefix="chancery-")
        folder = Path(self.copy.name)
        shutil.copytree(Path(self.root, PACKAGE), folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
        compile_in(folder, modules_of(folder, self.config["modules"]))
        built = folder / COMPILED
        build_data["force_include"].update(
            {str(file): str(file.relative_to(built)) for file in built.rglob("*") if file.is_file()}
        )
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw the copy away."""
        if version != "editable":
            self.copy.cleanup()


def complain_of_missing() -> None:
    """End the build where there is no C compiler, or no headers of Python."""
    compiler = (sysconfig.get_config_var("CC") or "cc").split()[0]
    header = Path(sysconfig.get_path("include"), "Python.h")
    missing = ""
    if sys.platform != "win32" and shutil.which(compiler) is None:
        missing = f"a C compiler, and there is no {compiler!r} on the PATH"
    elif not header.is_file():
        missing = f"Python's headers, and there is no {header}"
    if missing:
        raise SystemExit(
            f"compiling the engine needs {missing}. On Debian: apt-get install gcc libc6-dev python3-dev. "
            "Or build the plain wheel, which needs neither: make wheel"
        )


def modules_of(folder: Path, patterns: list[str]) -> list[str]:
    """The modules that patterns name; a package's own file is left as it is. Raises SystemExit where one names none."""
    found = {pattern: sorted(folder.glob(pattern)) for pattern in patterns}
    if empty := [pattern for pattern, files in found.items() if not files]:
        raise SystemExit(f"pyproject.toml: no such modules to compile: {', '.join(empty)}; mend `modules` there")
    files = [file for files in found.values() for file in files if file.name != "__init__.py"]
    return [file.relative_to(folder).as_posix() for file in files]


def compile_in(folder: Path, modules: list[str]) -> None:
    """Compile modules in a copy of the sources; what is built is in its folder `built`, as a wheel holds it."""
    arguments = ["--ignore-missing-imports", "--follow-imports=silent", *modules]
    setup = folder / "setup.py"
    options = {"opt_level": os.environ.get("MYPYC_OPT_LEVEL", "3"), "debug_level": "0"}
    setup.write_text(SETUP.format(arguments=arguments, package=PACKAGE, options=options), encoding="utf-8")
    command = [sys.executable, setup.name, "build_ext", "--build-lib", COMPILED, "--build-temp", "objects"]
    done = subprocess.run(command, cwd=folder, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise SystemExit(f"mypyc could not compile the engine:\n{done.stdout}")
