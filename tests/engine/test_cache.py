"""What is kept of the compiled rules only saves time: without it, or with a stranger's file, all is read alike."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import compile as compiling
from engine.facts import Article
from engine.reader import Reader
from engine.record import record

ARTICLE = Article(
    "kept",
    "South Korea's Vice Foreign Minister Lim Sung-nam will meet his Japanese counterpart in Tokyo on Thursday.",
    "2016-10-21",
)


class Bomb:
    """Leaves a file behind where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return os.mkdir, (str(self.path),)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for what is kept, filled by one loading."""
    monkeypatch.setenv("CHANCERY_CACHE", str(tmp_path / "cache"))
    Reader.load()
    return tmp_path / "cache"


@pytest.fixture
def compilations(monkeypatch: pytest.MonkeyPatch) -> list[None]:
    """One entry for each time that the rules are compiled."""
    made: list[None] = []
    compiled = compiling.compiled

    def counted(sources: Any) -> dict[str, Any]:
        made.append(None)
        return compiled(sources)

    monkeypatch.setattr(compiling, "compiled", counted)
    return made


def test_what_is_kept_is_used_and_reads_alike(cache: Path, reader: Reader, compilations: list[None]) -> None:
    assert record(Reader.load().read(ARTICLE)) == record(reader.read(ARTICLE))
    assert not compilations


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-100]),
        lambda file: file.write_bytes(file.read_bytes().replace(b"meeting", b"heeding")),
        lambda file: file.write_bytes(pickle.dumps(Bomb(file.parent / "exploded"))),
        lambda file: file.chmod(0o666),
    ],
    ids=["deleted", "empty", "cut", "changed", "pickle", "open to others"],
)
def test_a_file_that_is_not_whole_or_safe_is_passed_over(
    cache: Path, reader: Reader, compilations: list[None], spoil: Callable[[Path], object]
) -> None:
    (file,) = cache.glob("*.json")
    spoil(file)
    assert record(Reader.load().read(ARTICLE)) == record(reader.read(ARTICLE))
    assert len(compilations) == 1
    assert not (cache / "exploded").exists()


def test_another_users_file_is_passed_over(
    cache: Path, reader: Reader, compilations: list[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: own + 1)
    before = {file: file.stat().st_mtime_ns for file in cache.iterdir()}
    assert record(Reader.load().read(ARTICLE)) == record(reader.read(ARTICLE))
    assert len(compilations) == 1
    assert {file: file.stat().st_mtime_ns for file in cache.iterdir()} == before
